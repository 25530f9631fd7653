import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands.explain import SETTINGS_DA
from bot.settings import EXPLAINED, PREFIX, Settings, SettingsError, read_settings

EXAMPLE = Path(__file__).parents[2] / "deploy" / "env.example"
SECRET = "a-secret-nobody-may-see"


def read(**given: str) -> Settings:
    return read_settings({f"{PREFIX}{name}": value for name, value in given.items()}, None)


def refused(**given: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(**given)
    return caught.value


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^#?(TILLIDSRUM_[A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)


def test_the_example_shows_the_defaults_and_explains_each_setting() -> None:
    blocks = EXAMPLE.read_text("utf-8").split("\n\n")[1:]
    for block in blocks:
        *comment, line = block.strip().splitlines()
        name, _, shown = line.removeprefix("#").partition("=")
        default = Settings.model_fields[name.removeprefix(PREFIX).lower()].default
        assert comment
        assert all(one.startswith("# ") for one in comment)
        assert default is None or shown == str(default)


def test_the_example_can_be_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(?=TILL)", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE))
    settings = read_settings({}, file)
    assert settings.model_dump(exclude={"public_url"}) == Settings().model_dump(
        exclude={"public_url"}
    )


def test_without_any_setting_the_defaults_hold() -> None:
    assert read_settings({}, None) == Settings()


def test_an_unknown_setting_is_refused_by_its_name() -> None:
    error = refused(SLAKC_BOT_TOKEN=SECRET, DATABSE_URL_FILE="/nowhere", PORT="8000")
    assert {fault.name for fault in error.faults} == {
        "TILLIDSRUM_SLAKC_BOT_TOKEN",
        "TILLIDSRUM_DATABSE_URL_FILE",
    }
    assert SECRET not in str(error)


def test_what_others_set_in_the_environment_is_none_of_ours() -> None:
    assert read_settings({"PATH": "/bin", "PORT": "70000"}, None) == Settings()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_can_stand_in_a_file(name: str, tmp_path: Path) -> None:
    values = {"port": "9000", "retention_days": "90", "language": "en", "time_zone": "America/Nuuk"}
    is_address = name.endswith(("_url", "_issuer"))
    value = values.get(name, "https://example.org/" if is_address else SECRET)
    file = tmp_path / "value"
    file.write_text(f"\ufeff{value}\n", "utf-8")
    read_one = getattr(read(**{f"{name.upper()}_FILE": str(file)}), name)
    found = read_one.get_secret_value() if isinstance(read_one, SecretStr) else read_one
    assert str(found) == value


def test_a_file_that_is_not_there_is_named_by_its_setting() -> None:
    error = refused(SECRET_KEY_FILE="/nowhere/key")
    assert str(error).startswith("TILLIDSRUM_SECRET_KEY_FILE names a file that cannot be read.")


def test_an_empty_file_is_no_value(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("\n")
    error = refused(SECRET_KEY_FILE=str(tmp_path / "key"))
    assert [fault.wrong for fault in error.faults] == ["empty-file"]


def test_a_setting_given_twice_is_refused_whatever_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(SECRET)
    both = {"SECRET_KEY": SECRET, "SECRET_KEY_FILE": str(file)}
    for given in (both, dict(reversed(both.items()))):
        error = refused(**given)
        assert [(one.name, one.wrong) for one in error.faults] == [
            ("TILLIDSRUM_SECRET_KEY", "twice")
        ]
        assert SECRET not in str(error)


def test_the_environment_goes_before_the_file_however_each_gives_it(tmp_path: Path) -> None:
    key, dotenv = tmp_path / "key", tmp_path / ".env"
    key.write_text("from the file")
    dotenv.write_text("TILLIDSRUM_SECRET_KEY=from .env\nTILLIDSRUM_PORT=9000\n")
    settings = read_settings({"TILLIDSRUM_SECRET_KEY_FILE": str(key)}, dotenv)
    assert settings.secret_key == SecretStr("from the file")
    assert settings.port == 9000


def test_a_dotenv_file_is_read_to_the_letter(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "\ufeffTILLIDSRUM_ORGANISATION='Ærø ${HOME} $5' # ours\nOTHER=1\nTILLIDSRUM_HOST=\n",
        "utf-8",
    )
    settings = read_settings({}, dotenv)
    assert settings.organisation == "Ærø ${HOME} $5"
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize("line", ["TILLIDSRUM_PORT 8000", "TILLIDSRUM_PORT", "= 5"])
def test_a_line_that_sets_nothing_is_told_with_its_number(line: str, tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"TILLIDSRUM_HOST=localhost\n{line}\n")
    with pytest.raises(SettingsError, match=r"^\.env:2 is not NAME=value"):
        read_settings({}, dotenv)


def test_a_dotenv_file_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"TILLIDSRUM_ORGANISATION=\xc6r\xf8\n")
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        read_settings({}, dotenv)


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("PORT", "0", "1 to 65535"),
        ("PORT", "eighty", "1 to 65535"),
        ("TIME_ZONE", "Europe/Kobenhavn", "Europe/Copenhagen"),
        ("LANGUAGE", "dk", "da or en"),
        ("RETENTION_DAYS", "7", "30 to 365"),
        ("PUBLIC_URL", "wellbeing.local", "https://"),
        ("PUBLIC_URL", "https://", "https://"),
        ("PUBLIC_URL", "https://example.org:x/", "https://"),
        ("TELEGRAM_API_URL", "file:///etc/passwd", "https://"),
        ("OIDC_ISSUER", "login.example.org", "https://"),
    ],
)
def test_a_wrong_value_is_told_with_the_mend_and_never_repeated(
    name: str, value: str, mend: str
) -> None:
    error = refused(**{name: value})
    assert str(error).startswith(f"{PREFIX}{name} ")
    assert mend in str(error)
    assert value == "https://" or value not in str(error)


def test_everything_wrong_is_told_at_once() -> None:
    error = refused(PORT="x", LANGUAGE="dk", NOTHING="1", SECRET_KEY_FILE="/nowhere")
    assert {fault.wrong for fault in error.faults} == {
        "no-port",
        "no-language",
        "unknown",
        "unreadable-file",
    }


def test_no_secret_shows_when_settings_are_printed() -> None:
    url = f"postgresql://tillidsrum:{SECRET}@db/tillidsrum"
    settings = read(DATABASE_URL=url, SECRET_KEY=SECRET, SLACK_BOT_TOKEN=SECRET)
    assert SECRET not in f"{settings!r} {settings}"


def test_every_fault_is_worded_in_danish_too() -> None:
    assert SETTINGS_DA.keys() == EXPLAINED.keys()
