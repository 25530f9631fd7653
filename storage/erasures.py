"""The erase log: who was erased, kept outside the database so that no backup brings them back.

A text file beside the database, one line for each person: the day and the person's random id,
which after the erasure means nothing to anybody. Only ever appended to.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storage.errors import CannotCreate


@dataclass(frozen=True, slots=True)
class Tombstone:
    person_id: str
    on: date


class EraseLog:
    """The file at `path`; it is made by the first erasure."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, database_file: Path) -> "EraseLog":
        return cls(database_file.with_suffix(".erased"))

    def append(self, person_id: str, on: date) -> None:
        """Writes the tombstone and returns when it is on the disk."""
        line = f"{on.isoformat()} {person_id}\n".encode()
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                # One write, led by a line end: a line torn by a power cut spoils no other.
                os.write(log, line if os.fstat(log).st_size == 0 else b"\n" + line)
                os.fsync(log)
            finally:
                os.close(log)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise CannotCreate(
                f"The erase log {self.path} cannot be written ({error.strerror}), so nobody was "
                "erased. Let the user who runs the program own the file and its folder."
            ) from None

    def read(self) -> list[Tombstone]:
        """Every whole line; a torn one belongs to an erasure that was never promised."""
        try:
            lines = self.path.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CannotCreate(
                f"The erase log {self.path} cannot be read ({error.strerror}), and without it "
                "erased people might come back. Let the user who runs the program own it."
            ) from None
        return [stone for line in lines if (stone := _tombstone(line)) is not None]


def _tombstone(line: str) -> Tombstone | None:
    day, _, person_id = line.strip().partition(" ")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    return Tombstone(person_id, on) if person_id else None


def _sync_folder(folder: Path) -> None:
    """A new file is only safe when its folder's entry is on the disk too."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
