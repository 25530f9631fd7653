"""How each dialogue goes, as transcripts: step ids and effects, never wording."""

from pathlib import Path

import pytest

from flows.load import Catalogue, shipped_catalogue
from flows.model import LANGUAGES, Language
from flows.testing import Player, read_story

FOLDER = Path(__file__).parent / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.toml"))
DIALOGUES = sorted(shipped_catalogue().dialogues)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
def test_it_goes_as_written(transcript: Path, language: Language, catalogue: Catalogue) -> None:
    story = read_story(transcript)
    player = Player(catalogue, story.dialogue, story.facts, language, today=story.today)
    for at, moment in enumerate(story.events):
        player.follow(moment)
        assert player.differs(moment) == [], f"event {at}: {moment.do} {moment.words(language)}"


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.stem)
def test_it_is_named_after_its_dialogue_and_begins_with_what_that_must_know(
    transcript: Path, catalogue: Catalogue
) -> None:
    story = read_story(transcript)
    assert transcript.name.split(".")[0] == story.dialogue
    assert set(story.facts) <= set(catalogue[story.dialogue].facts)
    assert story.events[0].do == "begin"
    assert story.events[-1].status is not None


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_every_dialogue_has_a_main_and_an_odd_story(dialogue: str) -> None:
    stories = [read_story(file) for file in TRANSCRIPTS if file.name.startswith(f"{dialogue}.")]
    assert len(stories) >= 2
    odd = {"back", "edit", "skip", "rest", "again", "where"}
    assert any(
        moment.do in ("old", "speak") or moment.words("da") in odd
        for story in stories
        for moment in story.events
    ) or any("[not-understood]" in (m.hears or ()) for s in stories for m in s.events)


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_its_transcripts_come_by_every_question(dialogue: str, catalogue: Catalogue) -> None:
    files = [file for file in TRANSCRIPTS if file.name.startswith(f"{dialogue}.")]
    heard: set[str] = set()
    for story in map(read_story, files):
        for moment in story.events:
            heard |= {name.split("#")[0] for name in moment.hears or ()}
    silent = {
        step.id
        for step in catalogue[dialogue].every_step.values()
        if step.kind == "repeat" and (step.over or step.most == 1)
    }
    assert {
        step for step, one in catalogue[dialogue].every_step.items() if one.asks
    } - heard <= silent
