"""`tillidsrum`: what an organisation runs from its terminal.

Nothing but click is imported before a command is called, so that `--help` answers at once.
"""

from __future__ import annotations

from typing import Any

import click

from bot.commands.definitions import COMMANDS, SETTINGS, SpokenGroup
from bot.commands.language import speak, terminal_language
from bot.commands.texts import say


class Tillidsrum(SpokenGroup):
    """The commands, each made when it is asked for, in the terminal's language of that moment."""

    def make_context(
        self, info_name: str | None, args: list[str], *rest: Any, **extra: Any
    ) -> click.Context:
        speak(terminal_language())
        self.help, self.options_metavar = say("root"), say("options")
        self.subcommand_metavar = say("a-command")
        return super().make_context(info_name, args, *rest, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return COMMANDS[cmd_name]() if cmd_name in COMMANDS else None


main = Tillidsrum("tillidsrum", context_settings=SETTINGS)

if __name__ == "__main__":
    main()
