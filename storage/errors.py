"""What can go wrong with the store, each with the mend in its message.

No message carries a statement's parameters, a sealed text or a key.
"""


class StorageError(Exception):
    """The store cannot do what was asked; the message names the mend."""


class CannotCreate(StorageError):
    """The database file or its folder cannot be made or written."""


class CannotConnect(StorageError):
    """The database server does not answer or does not let us in."""


class DatabaseLocked(StorageError):
    """Another process held the database for longer than we wait."""


class DiskFull(StorageError):
    """There is no room for another commit."""


class NotADatabase(StorageError):
    """The file is something else, is damaged, or is not ours."""


class SchemaMissing(StorageError):
    """The tables are not there, or are older than this program."""


class SchemaTooNew(StorageError):
    """A newer version of the program has written this database."""


class WrongKey(StorageError):
    """The master key is malformed, or is not the one this database was made with."""


class Unreadable(StorageError):
    """A sealed text does not open in the place where it was found."""


class WouldOverwrite(StorageError):
    """There is something where we were asked to write."""
