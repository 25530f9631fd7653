"""Where new ids come from; made by the caller, so that a simulation can be replayed."""

import base64
import random
import secrets
from typing import Protocol

ID_BYTES = 8  # 64 bits, written as 11 url-safe characters


class Ids(Protocol):
    def __call__(self) -> str:
        """A new id of 11 url-safe characters."""
        ...


class RandomIds:
    """Ids that nobody can guess."""

    def __call__(self) -> str:
        return secrets.token_urlsafe(ID_BYTES)


class SeededIds:
    """The same ids in the same order for the same seed: for simulations and tests only."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(ID_BYTES)).rstrip(b"=").decode()
