"""What click itself says, in Danish, and how that becomes the catalogue that gettext reads.

`python -m bot.commands.click_texts` writes the catalogue anew after a change here.
"""

from __future__ import annotations

import struct
from pathlib import Path

CATALOGUE = Path(__file__).parent / "locale" / "da" / "LC_MESSAGES" / "messages.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
MAGIC = 0x950412DE

DANISH: dict[str, str] = {
    "": HEADER,
    "Usage:": "Brug:",
    "Options": "Tilvalg",
    "Commands": "Kommandoer",
    "Aborted!": "Afbrudt.",
    "Error: {message}": "Fejl: {message}",
    "Error: invalid input": "Fejl: Svar y (ja) eller n (nej).",
    "Show this message and exit.": "Vis denne hjælp.",
    "Show the version and exit.": "Vis versionen.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "Try '{command} {option}' for help.": "Prøv '{command} {option}' for at få hjælp.",
    "Missing command.": "Der mangler en kommando.",
    "Missing argument": "Der mangler",
    "Missing option": "Der mangler tilvalget",
    "Missing parameter": "Der mangler",
    "Missing parameter: {param_name}": "Der mangler: {param_name}",
    "Missing {param_type}": "Der mangler {param_type}",
    "No such option {name!r}.": "Tilvalget {name!r} findes ikke.",
    "No such option: {name}": "Tilvalget {name} findes ikke",
    "No such command {name!r}.": "Kommandoen {name!r} findes ikke.",
    "Did you mean {possibility}?\0(Did you mean one of: {possibilities}?)": (
        "Mente du {possibility}?\0(Mente du en af disse: {possibilities}?)"
    ),
    "Did you mean {possibility}?\0(Possible options: {possibilities})": (
        "Mente du {possibility}?\0(Mente du en af disse: {possibilities}?)"
    ),
    "Got unexpected extra argument ({args})\0Got unexpected extra arguments ({args})": (
        "Her er noget for meget ({args})\0Her er noget for meget ({args})"
    ),
    "Invalid value: {message}": "Det kan ikke bruges: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} kan ikke bruges: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} er ikke et helt tal.",
    "{value} is not in the range {range}.": "{value} er uden for {range}.",
    "{name} {filename!r} does not exist.": "{filename!r} findes ikke.",
    "{name} {filename!r} is a file.": "{filename!r} er en fil.",
    "{name} {filename!r} is a directory.": "{filename!r} er en mappe.",
    "{name} {filename!r} is not readable.": "{filename!r} kan ikke læses.",
    "{name} {filename!r} is not writable.": "{filename!r} kan ikke skrives.",
    "Option {name!r} requires an argument.\0Option {name!r} requires {nargs} arguments.": (
        "Tilvalget {name!r} skal have en værdi.\0Tilvalget {name!r} skal have {nargs} værdier."
    ),
    "Option {name!r} does not take a value.": "Tilvalget {name!r} tager ingen værdi.",
    "default: {default}": "ellers {default}",
}


def catalogue() -> bytes:
    """The texts in gettext's .mo format: a header, two tables of (length, place), the texts."""
    pairs = sorted((source.encode(), said.encode()) for source, said in DANISH.items())
    columns = [source for source, _ in pairs], [said for _, said in pairs]
    count, first_table = len(pairs), 7 * 4
    place = first_table + 2 * count * 8
    tables, texts = [], b""
    for column in columns:
        for text in column:
            tables.append(struct.pack("<II", len(text), place + len(texts)))
            texts += text + b"\0"
    head = struct.pack("<7I", MAGIC, 0, count, first_table, first_table + count * 8, 0, first_table)
    return head + b"".join(tables) + texts


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(catalogue())
