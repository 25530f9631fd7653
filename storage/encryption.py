"""Every free text sealed under its owner's key, and the keys under one master key.

AES-256-GCM. The master key is never used itself: one sub-key by HKDF for each purpose.
A sealed value is `nonce (12 bytes) + ciphertext + tag (16 bytes)`, and it opens only in the
table, column and row and for the person it was sealed for: a text moved to another place in
the database does not open there.
"""

import base64
import hmac
import os
import secrets
import threading
from collections import OrderedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import Unreadable, WrongKey

KEY_BYTES = 32
NONCE_BYTES = 12
KEYS_KEPT = 2048  # unwrapped person keys in memory; about 1 KB each
SETTING = "TILLIDSRUM_SECRET_KEY"


def new_secret_key() -> str:
    """A master key as url-safe base64, ready for the settings."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def parse_secret_key(text: str) -> bytes:
    """The 32 bytes of a master key written as base64 (either alphabet) or as 64 hex digits.

    Raises WrongKey, which never repeats the text.
    """
    written = "".join(text.split())
    key = _from_hex(written) if len(written) == 2 * KEY_BYTES else _from_base64(written)
    if key is None or len(key) != KEY_BYTES:
        raise WrongKey(
            f"{SETTING} is not a key: it must be 32 bytes written as base64 (44 characters) "
            "or as 64 hex digits. `tillidsrum demo` makes one for itself; `tillidsrum doctor "
            "--new-key` makes one for `run`."
        )
    return key


def _from_hex(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


def _from_base64(text: str) -> bytes | None:
    standard = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except ValueError:
        return None


def place(*parts: str) -> bytes:
    """Associated data: each part with its length, so that no two places read alike."""
    return "".join([f"{len(part)}:{part}," for part in parts]).encode()


class PersonKey:
    """One person's unwrapped key, ready for use. Not printable."""

    __slots__ = ("_cipher", "person")

    def __init__(self, person: str, key: bytes) -> None:
        self.person = person
        self._cipher = AESGCM(key)

    def seal(self, table: str, column: str, row: str, text: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        where = place(table, column, row, self.person)
        return nonce + self._cipher.encrypt(nonce, text.encode(), where)

    def open(self, table: str, column: str, row: str, sealed: bytes) -> str:
        where = place(table, column, row, self.person)
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], where).decode()
        except (InvalidTag, ValueError):
            raise Unreadable(_unreadable(table, column)) from None


def _unreadable(table: str, column: str) -> str:
    return (
        f"A text in {table}.{column} does not open: it was changed, moved from another row or "
        "sealed for somebody else. Restore the row from a backup, or delete it."
    )


class Vault:
    """Seals and opens; keeps the last used person keys unwrapped, never more than `KEYS_KEPT`.

    `row` is what names the row for ever: its id, or where the database numbers the rows the
    unique key beside it (`outbox.slot_key`, `transcript.message_key`). Safe between threads.
    """

    def __init__(self, master_key: bytes) -> None:
        if len(master_key) != KEY_BYTES:
            raise WrongKey(f"{SETTING} must be {KEY_BYTES} bytes, not {len(master_key)}.")
        self._wrapping = AESGCM(_sub_key(master_key, "wrap person keys"))
        self._transit = AESGCM(_sub_key(master_key, "seal inbound bodies"))
        self._index_key = _sub_key(master_key, "index e-mail addresses")
        self.check_value = _sub_key(master_key, "recognise this key").hex()[:32]
        self._keys: OrderedDict[str, tuple[bytes, PersonKey]] = OrderedDict()
        self._lock = threading.Lock()

    # --- one key per person

    def new_key(self, person: str, *, keep: bool = True) -> tuple[PersonKey, bytes]:
        """A fresh key, and what to store in `person_key.wrapped`. `keep`: as for `unwrap`."""
        raw = AESGCM.generate_key(bit_length=256)
        key, wrapped = PersonKey(person, raw), self.wrap(person, raw)
        return self._keep(key, wrapped) if keep else key, wrapped

    def wrap(self, person: str, raw: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, raw, person.encode())

    def unwrap(self, person: str, wrapped: bytes, *, keep: bool = True) -> PersonKey:
        """The person's key; raises WrongKey when the master key does not fit it. `keep`: in memory,
        for the next time."""
        known = self._known(person, wrapped)
        if known is not None:
            return known
        nonce, body = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            raw = self._wrapping.decrypt(nonce, body, person.encode())
        except (InvalidTag, ValueError):
            raise WrongKey(wrong_key_message()) from None
        key = PersonKey(person, raw)
        return self._keep(key, wrapped) if keep else key

    def forget(self, person: str) -> None:
        """Drops the unwrapped key from memory: part of erasing somebody."""
        with self._lock:
            self._keys.pop(person, None)

    def _known(self, person: str, wrapped: bytes) -> PersonKey | None:
        with self._lock:
            kept = self._keys.get(person)
            if kept is None or kept[0] != wrapped:
                return None
            self._keys.move_to_end(person)
            return kept[1]

    def _keep(self, key: PersonKey, wrapped: bytes) -> PersonKey:
        with self._lock:
            self._keys[key.person] = (wrapped, key)
            self._keys.move_to_end(key.person)
            if len(self._keys) > KEYS_KEPT:
                self._keys.popitem(last=False)
            return key

    # --- texts

    def seal(
        self, key: PersonKey, table: str, column: str, row: str, person: str, text: str
    ) -> bytes:
        return _of(key, person).seal(table, column, row, text)

    def open(
        self, key: PersonKey, table: str, column: str, row: str, person: str, sealed: bytes
    ) -> str:
        """The text; raises Unreadable when it was not sealed for this place."""
        return _of(key, person).open(table, column, row, sealed)

    def seal_transit(self, channel: str, event_key: str, body: str) -> bytes:
        """Seals an inbound body, of which nobody yet knows whose it is."""
        nonce = os.urandom(NONCE_BYTES)
        where = place("inbox", "body_sealed", channel, event_key)
        return nonce + self._transit.encrypt(nonce, body.encode(), where)

    def open_transit(self, channel: str, event_key: str, sealed: bytes) -> str:
        where = place("inbox", "body_sealed", channel, event_key)
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._transit.decrypt(nonce, body, where).decode()
        except (InvalidTag, ValueError):
            raise Unreadable(_unreadable("inbox", "body_sealed")) from None

    def index(self, text: str) -> bytes:
        """A blind index: the same for the same e-mail however it is written, else unreadable."""
        return hmac.digest(self._index_key, text.strip().casefold().encode(), "sha256")

    def blind(self, word: str) -> str:
        """The same, as a short text, for a word of our own that would tell something."""
        return self.index(word).hex()[:32]

    def fits(self, check_value: str) -> bool:
        return hmac.compare_digest(self.check_value, check_value)


def wrong_key_message() -> str:
    return (
        f"{SETTING} is not the key this database was made with, so nothing in it can be read. "
        f"Put the original key back in {SETTING} (or the file that {SETTING}_FILE names); "
        "it is not stored in the database or its backups and cannot be made again."
    )


def _of(key: PersonKey, person: str) -> PersonKey:
    if key.person != person:
        raise Unreadable("A text was to be sealed or opened with another person's key.")
    return key


def _sub_key(master_key: bytes, purpose: str) -> bytes:
    info = f"tillidsrum 1: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(master_key)
