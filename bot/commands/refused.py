"""What a command refuses by itself."""


class Refused(Exception):
    """The message is in the terminal's language and names the mend."""
