"""docs/telegram.md as somebody follows it: its commands and settings work, its numbers are ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import linking
from bot.channels.telegram import edge, send
from bot.channels.telegram.hook import LARGEST_BODY, PATH, is_secret, webhook_route
from bot.channels.telegram.menu import MENU
from bot.commands.doctor_telegram import PORTS
from bot.connected import PLATFORMS
from bot.settings import Settings, read_settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from flows.model import LANGUAGES
from storage.encryption import new_secret_key
from tests.docs.test_docs import rows, ticked, written
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.limits import Rates

__all__ = ["no_proxy"]

PAGE = "docs/telegram.md"
POLLING, WEBHOOK = "## 2a.", "## 2b."


def section(begins: str) -> str:
    """From its heading to the next."""
    text = written(PAGE)
    start = text.index(f"\n{begins}") + 1
    end = text.find("\n## ", start)
    return text[start:end]


def exports(text: str) -> dict[str, str]:
    return dict(re.findall(r"^export (\w+)=(\S+)", text, re.MULTILINE))


def followed(folder: Path, *sections: str, **contents: str) -> Settings:
    """The settings as they are after the steps. A file that a step makes holds what it says in
    `contents`, by its name."""
    environment = {"TILLIDSRUM_SECRET_KEY": new_secret_key()}
    for name, value in exports("\n".join(sections)).items():
        if name.endswith("_FILE"):
            file = folder / Path(value).name
            file.write_text(contents[file.name.replace(".", "_")] + "\n")
            value = str(file)
        environment[name] = value
    return read_settings(environment, None)


def steps_to_the_token() -> str:
    return section("## 1.")


async def test_the_steps_for_polling_set_the_bot_up(tmp_path: Path) -> None:
    settings = followed(tmp_path, steps_to_the_token(), section(POLLING), telegram_token="1:a")
    telegram = next(one for one in PLATFORMS if one.name == "Telegram")
    assert telegram.is_set_up(settings)
    assert settings.telegram_webhook_secret is None
    assert settings.public_url is None


async def test_the_steps_for_a_webhook_have_telegram_post_to_the_page_that_is_named(
    tmp_path: Path, no_proxy: None
) -> None:
    async with FakeTelegram(rates=None) as telegram:
        settings = followed(
            tmp_path, steps_to_the_token(), section(WEBHOOK),
            telegram_token=telegram.token, webhook_secret="0123456789abcdef" * 4,
        )  # fmt: skip
        here = {
            "database_url": f"sqlite:///{tmp_path / 'all.db'}",
            "telegram_api_url": telegram.url,
        }
        wired: Wired = build(settings.model_copy(update=here))
        app = make_app(wired)
        async with app.router.lifespan_context(app):
            await telegram.until(lambda: telegram.webhook.url)
        wired.close()
    assert telegram.mistakes == []
    assert telegram.webhook.url == f"{settings.public_url}{PATH}"
    assert f"POST {PATH}" in ticked(section(WEBHOOK))


def test_the_secret_that_is_made_there_is_one_that_we_take() -> None:
    made = re.search(r"^openssl rand -hex (\d+) >", section(WEBHOOK), re.MULTILINE)
    assert made is not None
    assert is_secret("f0" * int(made[1]))
    least, most = (int(one) for one in re.findall(r"(\d+) to (\d+) letters", written(PAGE))[0])
    assert [is_secret("x" * length) for length in (least - 1, least, most, most + 1)] == [
        False, True, True, False,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="openssl rand -hex 32"):
        webhook_route("x" * (least - 1), None)  # type: ignore[arg-type]


def test_the_numbers_of_the_webhook_are_ours() -> None:
    text = " ".join(section(WEBHOOK).split())
    ports = re.search(r"on port (\d+), (\d+), (\d+) or (\d+)", text)
    assert ports is not None
    assert {int(one) for one in ports.groups()} == set(PORTS)
    assert f"bodies of up to {LARGEST_BODY // 1024} KB" in text
    for status in (401, 413, 503, 200):
        assert str(status) in text


def test_the_menu_is_as_it_is_shown() -> None:
    shown = [tuple(ticked(cell)[0] for cell in row[:2]) for row in rows(PAGE, "Danish")]
    menus = zip(*(MENU[language] for language in LANGUAGES), strict=True)
    assert shown == [tuple(f"/{entry.command}" for entry in both) for both in menus]


def test_what_botfather_is_written_is_one_of_its_commands() -> None:
    wanted = [ticked(row[0])[0] for row in rows(PAGE, "write")]
    assert wanted == ["/newbot", "/setjoingroups", "/setprivacy", "/setuserpic"]


def test_a_link_works_for_as_long_as_it_says() -> None:
    assert linking.LASTS.total_seconds() == 10 * 60
    assert "works for ten minutes and once" in " ".join(written(PAGE).split())


def test_the_pace_is_ours_and_what_telegram_allows() -> None:
    said = re.search(
        r"[Oo]ne message a second in a chat and ([\d.]+) a second in all", written(PAGE)
    )
    assert said is not None
    assert float(said[1]) == send.ALL_PER_SECOND <= Rates().overall_per_second
    assert Rates().chat_per_second >= send.CHAT_PER_SECOND


def test_each_thing_that_the_health_may_say_has_its_mend() -> None:
    mended = [row[0] for row in rows(PAGE, "says")]
    for said in (edge.NOT_CONNECTED, edge.WHAT_IS_WRONG[401], edge.WHAT_IS_WRONG[409]):
        assert said in mended
    source = Path(edge.__file__).read_text("utf-8") + Path(send.__file__).read_text("utf-8")
    for said in mended:
        assert re.split(r" \(|:", said)[0] in source
