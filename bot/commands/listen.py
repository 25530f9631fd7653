"""The address the web server listens at."""

from __future__ import annotations

import errno
import socket

from bot.commands.refused import Refused
from bot.commands.texts import say


def listen(host: str, port: int, how: str) -> socket.socket:
    """A bound socket. Refuses with the mend; `how` is what chooses another port."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise Refused(_why(error, host, port, how)) from None


def _why(error: OSError | UnicodeError, host: str, port: int, how: str) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return say("port.taken", host=host, port=port, how=how)
        case errno.EACCES | errno.EPERM:
            return say("port.denied", port=port, how=how)
        case _:
            return say("port.no-host", host=host)
