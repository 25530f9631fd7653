"""No secret gets into the log, whatever logs it and however."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from bot.logs import QUIET, REMOVED, secrets_of, without_secrets
from bot.settings import Settings

TOKEN = "7123456789:AAF-canary_canary_canary_canary_can"
OTHERS = "8000000001:AAG-somebody_elses_token_that_leaked1"
SLACK = "xoxb-canary-1234567890-abcdefghij"
SIGNING = "canary/signing+secret"
KEY = "canary-key-canary-key-canary-key"
PASSWORD = "canary%40password"
MARKS = (TOKEN, SLACK, SIGNING, quote(SIGNING, safe=""), KEY, PASSWORD, OTHERS)


@pytest.fixture
def settings() -> Settings:
    return Settings(
        secret_key=SecretStr(KEY),
        telegram_bot_token=SecretStr(TOKEN),
        slack_bot_token=SecretStr(SLACK),
        slack_signing_secret=SecretStr(SIGNING),
        database_url=f"postgresql://tillidsrum:{PASSWORD}@localhost/tillidsrum",
    )


@pytest.fixture
def written(settings: Settings) -> Iterator[io.StringIO]:
    """What a handler writes that knows nothing of secrets."""
    shown = io.StringIO()
    handler = logging.StreamHandler(shown)
    log = logging.getLogger("canary")
    log.addHandler(handler)
    with without_secrets(settings):
        yield shown
    log.removeHandler(handler)


def warn(message: object, *args: object, **more: object) -> None:
    logging.getLogger("canary").warning(message, *args, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", MARKS)
def test_no_secret_is_in_a_message(mark: str, written: io.StringIO) -> None:
    warn(f"POST https://api.example.org/bot{mark}/sendMessage")
    assert mark not in written.getvalue()
    assert f"bot{REMOVED}/sendMessage" in written.getvalue()


@pytest.mark.parametrize("mark", MARKS)
def test_no_secret_is_in_an_argument(mark: str, written: io.StringIO) -> None:
    warn("it was %s, and %r, and %s", mark, {"token": mark}, [mark])
    warn("%(one)s", {"one": mark})
    assert mark not in written.getvalue()
    assert written.getvalue().count(REMOVED) == 4


@pytest.mark.parametrize("mark", MARKS)
def test_no_secret_is_in_an_exception(mark: str, written: io.StringIO) -> None:
    try:
        raise ValueError(mark)
    except ValueError:
        warn("it broke", exc_info=True)
    assert "ValueError" in written.getvalue()
    assert mark not in written.getvalue()


def test_no_secret_is_in_the_stack(written: io.StringIO) -> None:
    warn("here", stack_info=True)
    assert "test_no_secret_is_in_the_stack" in written.getvalue()


def test_a_token_is_removed_where_an_address_has_it_in_percent(written: io.StringIO) -> None:
    warn(quote(OTHERS, safe=""))
    warn(quote(TOKEN, safe=""))
    assert written.getvalue().splitlines() == [REMOVED, REMOVED]


def test_arguments_that_do_not_fit_are_not_written_elsewhere(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    warn("%s and %s", TOKEN)
    assert TOKEN not in written.getvalue() + capsys.readouterr().err
    assert written.getvalue() == "%s and %s\n"


def test_what_is_no_secret_stays(written: io.StringIO) -> None:
    warn("delivery %s failed: %s at %s", 12345678, "no answer", "09:05:00")
    assert written.getvalue() == "delivery 12345678 failed: no answer at 09:05:00\n"


def test_every_secret_that_can_be_set_is_known(settings: Settings) -> None:
    kinds = {name for name, field in Settings.model_fields.items() if "Secret" in str(field)}
    every = settings.model_copy(update={name: SecretStr(f"canary-{name}") for name in kinds})
    assert {f"canary-{name}" for name in kinds} <= set(secrets_of(every))
    assert PASSWORD in set(secrets_of(every))


def test_the_libraries_that_write_addresses_are_quiet(settings: Settings) -> None:
    with without_secrets(settings):
        for name in QUIET:
            assert not logging.getLogger(f"{name}.anything").isEnabledFor(logging.INFO)


def test_afterwards_records_are_made_as_before(settings: Settings) -> None:
    before = logging.getLogRecordFactory()
    with without_secrets(settings):
        assert logging.getLogRecordFactory() is not before
    assert logging.getLogRecordFactory() is before
