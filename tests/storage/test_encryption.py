import base64
from dataclasses import dataclass, replace

import pytest

from storage import encryption
from storage.encryption import NONCE_BYTES, PersonKey, Vault, new_secret_key, parse_secret_key
from storage.errors import Unreadable, WrongKey


@dataclass(frozen=True)
class Place:
    table: str = "note"
    column: str = "body_sealed"
    row: str = "row1"
    person: str = "mette"


HERE = Place()


def seal(vault: Vault, key: PersonKey, at: Place, text: str) -> bytes:
    return vault.seal(key, at.table, at.column, at.row, at.person, text)


def unseal(vault: Vault, key: PersonKey, at: Place, sealed: bytes) -> str:
    return vault.open(key, at.table, at.column, at.row, at.person, sealed)


@pytest.fixture
def key(vault: Vault) -> PersonKey:
    return vault.new_key("mette")[0]


@pytest.mark.parametrize("text", ["", "Jeg når det ikke i dag 🌿", "æøå" * 3000])
def test_a_text_opens_where_it_was_sealed(vault: Vault, key: PersonKey, text: str) -> None:
    assert unseal(vault, key, HERE, seal(vault, key, HERE, text)) == text


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, table="point"),
        replace(HERE, column="title_sealed"),
        replace(HERE, row="row2"),
        # The same letters in a row, cut in another place.
        replace(HERE, table="notebody", column="_sealed"),
        replace(HERE, column="body_sealedrow", row="1"),
    ],
    ids=lambda place: f"{place.table}.{place.column}.{place.row}",
)
def test_a_text_moved_elsewhere_does_not_open(
    vault: Vault, key: PersonKey, elsewhere: Place
) -> None:
    sealed = seal(vault, key, HERE, "kun her")
    with pytest.raises(Unreadable, match=f"{elsewhere.table}.{elsewhere.column}"):
        unseal(vault, key, elsewhere, sealed)


def test_a_text_opens_for_nobody_else(vault: Vault, key: PersonKey) -> None:
    sealed = seal(vault, key, HERE, "kun mig")
    jens, _ = vault.new_key("jens")
    with pytest.raises(Unreadable):
        unseal(vault, jens, replace(HERE, person="jens"), sealed)
    with pytest.raises(Unreadable, match="another person's key"):
        unseal(vault, key, replace(HERE, person="jens"), sealed)


def test_not_one_changed_bit_gets_through(vault: Vault, key: PersonKey) -> None:
    sealed = seal(vault, key, HERE, "ja")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            unseal(vault, key, HERE, bytes(changed))


@pytest.mark.parametrize("length", [0, 5, NONCE_BYTES, NONCE_BYTES + 15])
def test_a_cut_off_text_is_refused_and_not_a_crash(
    vault: Vault, key: PersonKey, length: int
) -> None:
    with pytest.raises(Unreadable):
        unseal(vault, key, HERE, seal(vault, key, HERE, "afbrudt")[:length])


def test_no_nonce_is_used_twice(vault: Vault, key: PersonKey) -> None:
    sealed = [seal(vault, key, HERE, "det samme") for _ in range(5000)]
    assert len({each[:NONCE_BYTES] for each in sealed}) == 5000


def test_a_wrapped_key_comes_back_only_under_its_master_key_and_its_person(vault: Vault) -> None:
    key, wrapped = vault.new_key("mette")
    sealed = seal(vault, key, HERE, "hej")
    later = Vault(bytes(range(32)))
    assert unseal(later, later.unwrap("mette", wrapped), HERE, sealed) == "hej"
    with pytest.raises(WrongKey, match="TILLIDSRUM_SECRET_KEY"):
        Vault(bytes(32)).unwrap("mette", wrapped)
    with pytest.raises(WrongKey):
        Vault(bytes(range(32))).unwrap("jens", wrapped)


def test_an_unwrapped_key_is_kept_until_it_is_forgotten(vault: Vault) -> None:
    key, wrapped = vault.new_key("mette")
    assert vault.unwrap("mette", wrapped) is key
    vault.forget("mette")
    assert vault.unwrap("mette", wrapped) is not key


def test_another_wrapped_key_is_never_answered_with_the_one_kept(vault: Vault) -> None:
    before, _ = vault.new_key("mette")
    other = Vault(bytes(range(32)))
    after, wrapped = other.new_key("mette")
    sealed = seal(other, after, HERE, "ny")
    assert vault.unwrap("mette", wrapped) is not before
    assert unseal(vault, vault.unwrap("mette", wrapped), HERE, sealed) == "ny"


def test_no_more_keys_are_kept_than_the_bound(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encryption, "KEYS_KEPT", 3)
    kept = {name: vault.new_key(name) for name in "abcd"}
    assert vault.unwrap("a", kept["a"][1]) is not kept["a"][0]
    assert vault.unwrap("d", kept["d"][1]) is kept["d"][0]


def test_an_inbound_body_opens_for_its_event_alone(vault: Vault) -> None:
    sealed = vault.seal_transit("slack", "Ev1", '{"text": "hej"}')
    assert vault.open_transit("slack", "Ev1", sealed) == '{"text": "hej"}'
    with pytest.raises(Unreadable):
        vault.open_transit("slack", "Ev2", sealed)
    with pytest.raises(Unreadable):
        Vault(bytes(32)).open_transit("slack", "Ev1", sealed)


def test_the_blind_index_knows_an_address_however_it_is_written(vault: Vault) -> None:
    assert vault.index(" Mette@Example.DK ") == vault.index("mette@example.dk")
    assert vault.index("mette@example.dk") != vault.index("jens@example.dk")
    assert vault.index("mette@example.dk") != Vault(bytes(32)).index("mette@example.dk")


def test_a_new_secret_key_can_be_read_back_and_is_new_each_time() -> None:
    first, second = new_secret_key(), new_secret_key()
    assert len(parse_secret_key(first)) == 32
    assert first != second


def test_the_same_key_is_read_in_every_spelling() -> None:
    raw = bytes(range(200, 232))
    spellings = [
        raw.hex(),
        raw.hex().upper(),
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        f"\n{base64.urlsafe_b64encode(raw).decode()}\n",
    ]
    assert [parse_secret_key(text) for text in spellings] == [raw] * 5


@pytest.mark.parametrize("text", ["", "hemmelig", "x" * 64, "æ" * 44, "A" * 40, "A" * 88])
def test_a_malformed_secret_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(WrongKey, match="TILLIDSRUM_SECRET_KEY") as refused:
        parse_secret_key(text)
    assert not text or text not in str(refused.value)


def test_a_key_never_shows_itself(vault: Vault) -> None:
    key, wrapped = vault.new_key("mette")
    shown = f"{vault!r} {key!r} {vars(vault)!r}"
    assert wrapped.hex() not in shown
    assert bytes(range(32)).hex() not in shown
