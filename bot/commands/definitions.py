"""Every command with its options and help; what a command does is imported when it is called."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bot.commands.texts import TEXTS, say

SETTINGS = {"help_option_names": ["-h", "--help"]}
PORTS = click.IntRange(1, 65535)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW = click.Path(path_type=Path)


class SpokenCommand(click.Command):
    """A command whose --help is in the terminal's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return spoken_help(super().get_help_option(ctx))


class SpokenGroup(click.Group):
    command_class = SpokenCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return spoken_help(super().get_help_option(ctx))


def spoken_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("help")
    return option


def later(module: str) -> Callable[..., None]:
    """Imports and runs the command's module only when the command is called."""

    def call(**given: Any) -> None:
        obey = import_module("bot.commands.obey").obey
        click.get_current_context().exit(obey(module, given))

    return call


def command(name: str, module: str, *params: click.Parameter) -> click.Command:
    more = f"\n\n{say(f'{name}.more')}" if f"{name}.more" in TEXTS else ""
    return SpokenCommand(
        name.split()[-1],
        callback=later(module),
        params=list(params),
        help=say(name) + more,
        short_help=say(name),
        options_metavar=say("options"),
        context_settings=SETTINGS,
    )


def flag(option: str, name: str, text: str) -> click.Option:
    return click.Option([option, name], is_flag=True, help=say(text))


def number(option: str, metavar: str, default: int, text: str, within: Any) -> click.Option:
    return click.Option(
        [option], type=within, default=default, metavar=say(metavar), help=say(text)
    )


def option(name: str, metavar: str, text: str, *names: str, **more: Any) -> click.Option:
    return click.Option([name, *names], metavar=say(metavar), help=say(text), **more)


def argument(name: str, metavar: str, **more: Any) -> click.Argument:
    return click.Argument([name], metavar=say(metavar), **more)


def as_json() -> click.Option:
    return flag("--json", "as_json", "json")


def demo() -> click.Command:
    return command(
        "demo",
        "demo",
        number("--port", "N", 8080, "demo.port", PORTS),
        flag("--no-browser", "no_browser", "demo.no-browser"),
        click.Option(["--database"], type=NEW, metavar=say("PATH"), help=say("demo.database")),
    )


def run() -> click.Command:
    return command("run", "run")


def check() -> click.Command:
    folder = click.Argument(["folder"], type=FOLDER, required=False, metavar=f"[{say('DIR')}]")
    return command("check", "check", folder, as_json())


def simulate() -> click.Command:
    return command(
        "simulate",
        "simulate",
        number("--leaders", "N", 20, "simulate.leaders", click.IntRange(1, 100_000)),
        number("--weeks", "W", 8, "simulate.weeks", click.IntRange(1, 520)),
        number("--seed", "S", 1, "simulate.seed", click.IntRange(0)),
        flag("--faults", "faults", "simulate.faults"),
        as_json(),
    )


def export() -> click.Command:
    return command(
        "export",
        "export",
        argument("email", "EMAIL"),
        argument("folder", "DIR", type=NEW),
        flag("--yes", "yes", "yes"),
    )


def erase() -> click.Command:
    email = argument("email", "EMAIL")
    return command("erase", "erase", email, flag("--yes", "yes", "yes"), as_json())


def db() -> click.Command:
    file = argument("file", "FILE", type=click.Path(dir_okay=False, path_type=Path))
    replace = flag("--replace", "replace", "db restore.replace")
    return group(
        "db",
        command("db upgrade", "db_upgrade", as_json()),
        command("db backup", "db_backup", file, as_json()),
        command("db restore", "db_restore", file, replace, as_json()),
    )


def people() -> click.Command:
    file = argument("file", "FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    dry_run = flag("--dry-run", "dry_run", "people.dry-run")
    skip_bad = flag("--skip-bad", "skip_bad", "people.skip-bad")
    channels = click.Choice(["slack", "telegram"])
    channel = click.Option(["--channel"], type=channels, help=say("people.channel"))
    return group(
        "people",
        command("people import", "people_import", file, dry_run, skip_bad, as_json()),
        command("people list", "people_list", as_json()),
        command("people invite", "people_invite", argument("email", "EMAIL"), channel, as_json()),
        command("people leave", "people_leave", argument("email", "EMAIL"), as_json()),
    )


def cadence() -> click.Command:
    kinds = click.Choice(["dialogue", "digest", "insight", "nudge"])
    kind = click.Option(["--kind"], type=kinds, default="dialogue", help=say("cadence.kind"))
    return group(
        "cadence",
        command("cadence list", "cadence_list", as_json()),
        command(
            "cadence set", "cadence_set", *_rule(), kind, flag("--yes", "yes", "yes"), as_json()
        ),
        command(
            "cadence preview", "cadence_preview", kind,
            option("--person", "EMAIL", "cadence.person"),
            number("--count", "N", 10, "cadence.count", click.IntRange(1, 100)), as_json(),
        ),
    )  # fmt: skip


def programme() -> click.Command:
    file = argument("file", "FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    dry_run = flag("--dry-run", "dry_run", "programme.dry-run")
    known, cohort = argument("programme", "PROGRAMME"), argument("cohort", "COHORT")
    module, day = argument("module", "MODULE"), argument("day", "DATE")
    email = argument("email", "EMAIL")
    person = option("--person", "EMAIL", "programme.person")
    return group(
        "programme",
        command("programme import", "programme_import", file, dry_run, as_json()),
        command("programme list", "programme_list", as_json()),
        command("programme show", "programme_show", known),
        command("programme start", "programme_start", known, *_cohort(), dry_run, as_json()),
        command("programme preview", "programme_preview", cohort, person, as_json()),
        command("programme move", "programme_move", cohort, module, day, dry_run, as_json()),
        command("programme pause", "programme_pause", cohort, as_json()),
        command("programme resume", "programme_resume", cohort, as_json()),
        command("programme end", "programme_end", cohort, flag("--yes", "yes", "yes"), as_json()),
        command("programme join", "programme_join", cohort, email, as_json()),
        command("programme leave", "programme_leave", cohort, email, as_json()),
    )


def _cohort() -> tuple[click.Parameter, ...]:
    """Who takes a course, and when."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    return (
        option("--name", "NAME", "programme.name", required=True),
        option("--module", "MODULE=DATE", "programme.module", "modules", multiple=True),
        option("--people", "FILE", "programme.people", "people_file", type=file),
        option("--group", "GROUP", "programme.group", "groups", multiple=True),
        flag("--pilot", "pilot", "programme.pilot"),
    )


def _rule() -> tuple[click.Parameter, ...]:
    """What a rule may say; what is not given stays as it is."""
    return (
        option("--for", "LEVEL", "cadence.for", "level", default="organisation"),
        option("--every", "N", "cadence.every", "every_weeks", type=click.IntRange(1, 26)),
        option("--day", "DAY", "cadence.day"),
        option("--at", "TIME", "cadence.at"),
        option("--offset", "N", "cadence.offset", type=click.IntRange(-10, 10)),
        option("--quiet", "WEEK", "cadence.quiet", multiple=True),
        click.Option(["--off/--on", "off"], default=None, help=say("cadence.off")),
        flag("--clear", "clear", "cadence.clear"),
        option("--show", "EMAIL", "cadence.show", "show_for"),
    )


def digest() -> click.Command:
    preview = command("digest preview", "digest_preview", argument("email", "EMAIL"), as_json())
    return group("digest", preview)


def group(name: str, *commands: click.Command) -> click.Group:
    return SpokenGroup(
        name,
        commands=list(commands),
        help=say(name),
        short_help=say(name),
        options_metavar=say("options"),
        subcommand_metavar=say("a-command"),
        context_settings=SETTINGS,
    )


def doctor() -> click.Command:
    new_key = flag("--new-key", "new_key", "doctor.new-key")
    return command("doctor", "doctor", new_key, as_json())


COMMANDS: dict[str, Callable[[], click.Command]] = {
    "demo": demo,
    "run": run,
    "check": check,
    "simulate": simulate,
    "people": people,
    "cadence": cadence,
    "digest": digest,
    "programme": programme,
    "export": export,
    "erase": erase,
    "db": db,
    "doctor": doctor,
}
