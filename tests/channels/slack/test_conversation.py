"""A conversation over Slack, on the real stack: written, pressed, edited in place."""

from __future__ import annotations

from tests.channels.house import ADDRESS
from tests.channels.slack.house import House


async def test_what_is_written_is_answered_with_buttons(house: House) -> None:
    async with house.running() as edge:
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
        assert edge.health() == "ok"
    assert house.outcomes == ["taken"]
    assert house.fake.mistakes == []


async def test_a_question_becomes_its_answer_when_it_is_pressed(house: House) -> None:
    async with house.running():
        house.mette.writes("hjælp")
        await house.fake.until(lambda: house.mette.buttons)
        question = house.mette.sees[-1]
        label = question.labels[0]
        house.mette.presses(label)
        await house.fake.until(lambda: house.fake.calls_of("chat.update"))
        await house.fake.deliver()
    settled = next(sight for sight in house.mette.sees if sight.ts == question.ts)
    assert settled.labels == []
    assert settled.text.endswith(f"✓ {label}")
    assert house.outcomes == ["taken", "taken"]
    assert house.fake.mistakes == []


async def until_asked(house: House, *, entry: str = "Skriv …") -> None:
    """Presses on until a question is asked that takes free text."""
    for _ in range(8):
        if entry in house.mette.sees[-1].labels:
            return
        known, question = len(house.mette.sees), house.mette.sees[-1]
        house.mette.presses(question.labels[0], question)
        await house.fake.until(lambda before=known: len(house.mette.sees) > before)
        await house.fake.deliver()
    raise AssertionError("no free text was asked for")


async def test_what_is_written_in_the_window_is_kept_and_shown_nowhere(house: House) -> None:
    async with house.running():
        house.mette.writes("forbered")
        await house.fake.until(lambda: house.mette.buttons)
        await house.fake.deliver()
        await until_asked(house)
        question = house.mette.sees[-1]
        house.mette.presses("Skriv …", question)
        await house.fake.until(lambda: house.mette.view)
        assert house.mette.view
        assert "Kun du ser" in str(house.mette.view.json)
        house.mette.submits({"words": "Jeg sover ikke <@U1> & sådan"})
        await house.fake.until(lambda: house.mette.view is None)
        await house.fake.deliver()
    settled = next(sight for sight in house.mette.sees if sight.ts == question.ts)
    assert settled.text.endswith("✓ Skrevet")
    assert settled.labels == []
    assert house.outcomes[-1] == "taken"
    assert all(sight.mentions == () for sight in house.mette.sees)
    assert house.fake.mistakes == []


async def test_the_whole_fortnight_goes_over_slack_from_its_reminder(house: House) -> None:
    house.pairs_up()
    async with house.running():
        await house.reaches(24, "12:00")
        assert house.mette.sees, "no reminder came"
        assert house.mette.sees[-1].notice == "Tillidsrum har et spørgsmål til dig"
        for _ in range(20):
            question = house.mette.sees[-1]
            if not question.labels:
                break
            house.mette.presses(question.labels[-1], question)
            await house.fake.deliver()
    assert house.fake.mistakes == []
    assert "taken" in house.outcomes


async def test_who_is_unknown_here_is_recognised_by_the_workspaces_own_address(
    house: House,
) -> None:
    berit = house.fake.person("U103", "Berit Dahl")
    house.does(lambda unit: house.invite(unit, "Berit Dahl", berit.email))
    async with house.running():
        berit.writes("hej")
        await house.fake.until(lambda: berit.buttons)
    assert house.outcomes == [], "the welcome is the whole answer"
    assert house.rows("SELECT count(*) FROM conversation") == [(1,)]
    assert len(berit.sees) == 2


async def test_somebody_nobody_has_invited_gets_a_kind_word_and_nothing_is_kept(
    house: House,
) -> None:
    stranger = house.fake.person("U104", "Jens Fremmed")
    async with house.running():
        stranger.writes("min hemmelighed")
        await house.fake.until(lambda: len(stranger.sees) > 1)
    assert house.outcomes == ["unknown-person"]
    assert "Jeg kender dig ikke endnu" in stranger.sees[-1].text


async def test_a_crash_before_the_acknowledgement_leaves_one_effect(house: House) -> None:
    house.dies = [RuntimeError("min hemmelighed")]
    async with house.running():
        house.mette.writes("hjælp")
        await house.fake.until(lambda: len(house.outcomes) == 2)
    assert house.outcomes == ["taken", "before"]
    assert house.fake.outbox.waiting == []


async def test_a_question_that_is_answered_by_typing_becomes_its_answer_too(house: House) -> None:
    async with house.running():
        house.mette.writes("forbered")
        await house.fake.until(lambda: house.mette.buttons)
        await house.fake.deliver()
        question = house.mette.sees[-1]
        house.mette.writes("3")
        await house.fake.until(lambda: house.fake.calls_of("chat.update"))
        await house.fake.deliver()
    (settled,) = [sight for sight in house.mette.sees if sight.ts == question.ts]
    assert settled.labels == []
    assert settled.text.startswith(question.text)
    assert house.fake.mistakes == []


async def test_a_press_gives_the_way_to_ones_own_page(house: House) -> None:
    async with house.running():
        house.mette.writes("tag op")
        await house.fake.until(lambda: house.mette.buttons)
        await house.fake.deliver()
        question = house.mette.sees[-1]
        assert question.labels == ["Skriv …", "Skriv på min side"]
        house.mette.presses("Skriv på min side", question)
        await house.fake.until(lambda: len(house.mette.sees) > 2)
        await house.fake.deliver()
    assert f"{ADDRESS}/me/enter?token=" in house.mette.sees[-1].text
    assert house.rows("SELECT status, turn FROM conversation") == [("open", 0)]
    assert house.fake.mistakes == []
