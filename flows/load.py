"""From TOML files to a Catalogue, and to the programmes that come along. The only place in flows
that reads files, and each only once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from pydantic import ValidationError

from flows.model import LANGUAGES, Common, Dialogue, Frozen, Language, Wording
from flows.programme import Insight, Programme, load_insights, load_programme

COMMON = "common"
INSIGHTS = "insights.toml"


class Broken(ValueError):
    """A dialogue that cannot be read; the message names the file, the place and the mend."""


class Catalogue(Frozen):
    dialogues: dict[str, Dialogue]
    common: dict[Language, Common]

    def __getitem__(self, dialogue: str) -> Dialogue:
        return self.dialogues[dialogue]


@lru_cache(maxsize=1)
def shipped_catalogue() -> Catalogue:
    """The dialogues that come with the product."""
    return load_catalogue(files("flows") / "dialogues")


class Shipped(NamedTuple):
    """A programme that comes with the product, and its file's text."""

    programme: Programme
    text: str


@lru_cache(maxsize=1)
def shipped_programmes() -> dict[str, Shipped]:
    """By id."""
    texts = {
        one.name: one.read_text("utf-8")
        for one in (files("flows") / "programmes").iterdir()
        if one.name.endswith(".toml") and one.name != INSIGHTS
    }
    found = (
        Shipped(load_programme(texts[name], name, shared_insights()), texts[name])
        for name in sorted(texts)
    )
    return {one.programme.id: one for one in found}


@lru_cache(maxsize=1)
def shared_insights() -> dict[str, Insight]:
    """The insights that any programme may name."""
    return load_insights((files("flows") / "programmes" / INSIGHTS).read_text("utf-8"), INSIGHTS)


def load_catalogue(folder: Traversable) -> Catalogue:
    """Reads every dialogue below `folder`. Raises Broken at the first that cannot be read."""
    common = {lang: load_common(folder / COMMON / f"{lang}.toml") for lang in LANGUAGES}
    names = sorted(one.name for one in folder.iterdir() if (one / "dialogue.toml").is_file())
    return Catalogue(
        dialogues={name: load_dialogue(folder / name, common) for name in names}, common=common
    )


def load_dialogue(folder: Traversable, common: Mapping[Language, Common]) -> Dialogue:
    structure = _read(folder / "dialogue.toml")
    wordings = {lang: _load_wording(folder, lang) for lang in LANGUAGES}
    try:
        dialogue = Dialogue.model_validate({**structure, "wordings": wordings, "common": common})
    except ValidationError as error:
        raise Broken(_explain(f"{folder.name}/dialogue.toml", error)) from None
    if dialogue.id != folder.name:
        raise Broken(
            f"{folder.name}/dialogue.toml: id is {dialogue.id!r}; give it the folder's name."
        )
    return dialogue


def load_common(file: Traversable) -> Common:
    """The words that all dialogues share, in the language of the file."""
    try:
        return Common.model_validate(_read(file))
    except ValidationError as error:
        raise Broken(_explain(f"{COMMON}/{file.name}", error)) from None


def _load_wording(folder: Traversable, language: Language) -> Wording:
    file = folder / f"{language}.toml"
    texts = _read(file)
    title = texts.pop("title", None)
    try:
        return Wording.model_validate({"title": title, "steps": texts})
    except ValidationError as error:
        raise Broken(_explain(f"{folder.name}/{file.name}", error)) from None


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise Broken(
            f"{file}: is missing; every dialogue has dialogue.toml, da.toml and en.toml."
        ) from None
    except UnicodeDecodeError:
        raise Broken(f"{file}: is not UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise Broken(f"{file}: is no TOML: {error}.") from None


def _explain(file: str, error: ValidationError) -> str:
    """Every fault with its place, without the text that was there."""
    faults = (
        f"{file}: {'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)
    )
    return "\n".join(faults)
