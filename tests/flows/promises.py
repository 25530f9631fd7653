"""What the engine promises whatever anybody does, as checks that take the engine they judge.

`test_engine_properties.py` holds the real one to them, `test_engine_teeth.py` planted bugs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flows.answers import SKIP, named
from flows.conversation import Answer, Conversation, Place
from flows.events import Event, Press, Say, Write
from flows.labels import AS_IT_WAS, offered
from flows.model import Dialogue, Rule
from flows.testing import TODAY
from flows.turn import Effect
from tests.flows.playing import Case, Played, System, play, text_of


def _withdraws(event: Event) -> bool:
    return isinstance(event, Press) and event.choice.startswith("withdraw-")


def _pressed_alone(event: Event) -> bool:
    return isinstance(event, Press) and not event.choice.startswith(("revise-", "withdraw-"))


# The promises. Each takes what was played and raises AssertionError when it was broken.


def nothing_is_lost(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    """An answer goes only where its own person put another in its place."""
    for one in played:
        asked = system.position(dialogue, one.before)
        after = one.after.answered()
        for place, answer in one.before.answered().items():
            assert place in after, f"the answer at {place} is gone"
            if isinstance(answer.value, dict):
                kept = isinstance(after[place].value, dict) or after[place].value is None
                assert kept, f"the decision at {place} is gone"
                assert place == asked or text_of(after[place]) == text_of(answer)
            elif place != asked:
                assert after[place] == answer, f"the answer at {place} changed, not asked"


def a_written_answer_is_kept_as_it_was_written(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for one in played:
        asked = system.position(dialogue, one.before)
        plain = isinstance(one.event, Write) and one.event.text.isascii()
        if not plain or asked is None or not one.event.text.isprintable():
            continue
        step = dialogue.every_step[asked.step]
        written = one.event.text.strip()
        passing = (SKIP, AS_IT_WAS, *step.rest)
        if named(step, written, offered(dialogue, one.before, step)) in passing:
            continue  # "spring over", in the words of the button
        if step.kind == "text" and not step.form and 0 < len(written) <= step.longest:
            assert one.after.answered()[asked].value == written


def the_same_follows_from_the_same(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for one in played:
        assert system.advance(dialogue, one.before, one.event) == one.turn
        assert system.walk(dialogue, one.after) == system.walk(dialogue, one.after)


def steps_only_go_forward(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    for one in played:
        walked = system.walk(dialogue, one.after)
        order = [_order(dialogue, visit.place) for visit in walked.visits]
        if walked.position:
            order.append(_order(dialogue, walked.position))
        assert order == sorted(set(order)), "the path goes back or comes by twice"


def _order(dialogue: Dialogue, place: Place) -> tuple[int, int, int]:
    """A repeat's own question stands after the steps of its round."""
    group = dialogue.groups.get(place.step)
    if group is None:
        return dialogue.order[place.step], place.item, 999
    inner = dialogue.every_step[group].inner[place.step]
    return dialogue.order[group], place.item, inner


def the_question_told_is_the_one_that_is_open(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for one in played:
        asked = system.position(dialogue, one.after)
        assert (one.after.status == "done") == (asked is None)
        assert all(told.place == asked for told in one.turn.says if told.asks)
        accepted = one.after.answers != one.before.answers
        if accepted and asked and not _withdraws(one.event):
            assert any(told.asks for told in one.turn.says), "the next question was not told"


def only_what_was_previewed_and_decided_is_shared(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    """Consent: the latest preview of that place showed exactly this text, and it was this very
    event that answered it."""
    for at, one in enumerate(played):
        for effect in one.turn.effects:
            if not _shares(effect):
                continue
            assert system.position(dialogue, one.before) == effect.place, "shared unasked"
            assert _says_share(one.event), "shared without anybody pressing share"
            text = effect.value["text"]  # type: ignore[index,call-overload]
            assert text in _latest_preview(played[:at], effect.place), "shared another text"


def _shares(effect: Effect) -> bool:
    return isinstance(effect.value, dict) and effect.value["decision"] == "share"


def _says_share(event: Event) -> bool:
    if isinstance(event, Press):
        return event.choice == "share"
    return isinstance(event, Write) and event.text.strip().casefold() in ("share", "del")


def _latest_preview(played: list[Played], place: Place) -> list[str]:
    for one in reversed(played):
        for told, message in zip(one.turn.says, one.messages, strict=True):
            if told.asks and told.place == place:
                return [span.text for span in message.spans if span.theirs]
    return []


World = dict[tuple[str, Place], Any]


def _change(world: World, effects: tuple[Effect, ...]) -> None:
    for effect in effects:
        if effect.undone:
            world.pop((effect.name, effect.place), None)
        else:
            world[effect.name, effect.place] = effect.value


def _world(played: list[Played]) -> World:
    world: World = {}
    for one in played:
        _change(world, one.turn.effects)
    return world


def the_world_is_what_the_answers_say(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    """What is on the path has been done with its present answer; at the end, nothing else."""
    world: World = {}
    for one in played:
        _change(world, one.turn.effects)
        walked = system.walk(dialogue, one.after)
        wanted = {
            (visit.step.effect, visit.place): visit.value
            for visit in walked.visits
            if visit.step.effect
        }
        stands = {key: value for key, value in world.items() if key[1].step != "end"}
        for key, value in wanted.items():
            assert key in stands, f"what {key} does was not done"
            assert stands[key] == value, f"{key} was done with another answer"
        for value in wanted.values():
            assert not isinstance(value, dict) or value["decision"] in ("share", "keep")
        if walked.position is None:
            assert stands.keys() == wanted.keys(), "an effect stands that is off the path"
            assert all((name, Place("end")) in world for name in dialogue.finish)


def changing_a_text_takes_back_its_own_share_only(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    """Save for a text whose being skipped leads elsewhere, and what is asked anew after any
    change."""
    for one in played:
        asked = system.position(dialogue, one.before)
        written = dialogue.every_step[asked.step] if asked else None
        if asked is None or written is None or written.kind != "text" or written.rules:
            continue
        for effect in one.turn.effects:
            step = dialogue.every_step.get(effect.place.step)
            if effect.undone and step and step.kind != "say" and not step.anew:
                assert asked.step in step.of, f"{effect.place} was taken back"
                assert effect.place.item == asked.item


def what_is_to_be_asked_anew_is_younger_than_all_before_it(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for one in played:
        youngest = -1
        for visit in system.walk(dialogue, one.after).answered():
            assert not visit.step.anew or (visit.turn or 0) > youngest, "it was not asked anew"
            youngest = max(youngest, visit.turn or 0)


def what_was_answered_is_passed(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    for one in played:
        asked = system.position(dialogue, one.before)
        given = one.after.answered().get(asked) if asked else None
        if given is None or _edits_an_item(dialogue, given.place) or _withdraws(one.event):
            continue
        if given != one.before.answered().get(given.place):
            assert given.place in system.walk(dialogue, one.after).places()


def _edits_an_item(dialogue: Dialogue, place: Place) -> bool:
    """Editing an item's text at its share answers a step that may be off the path."""
    of = [step.of for step in dialogue.every_step.values() if place.step in step.of]
    return any("item.text" in sources for sources in of)


def rules_and_rounds_are_followed(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    walked = system.walk(dialogue, played[-1].after)
    places = [visit.place for visit in walked.visits]
    if walked.position:
        places.append(walked.position)
    for visit in walked.visits:
        if visit.step.kind == "repeat" and visit.value == "more":
            wanted = visit.place.item + 1
            inside = [one for one in places if _group(dialogue, one) == visit.step.id]
            last = wanted == visit.step.most - 1
            assert last or any(one.item == wanted for one in inside), "no round for one more"
        for rule in visit.step.rules[:1]:
            if _own(rule) and _decision(visit.value) == rule.is_:
                between = _between(dialogue, visit.place, rule.go)
                assert not between & set(places), "a rule was not followed"


def _group(dialogue: Dialogue, place: Place) -> str:
    return dialogue.groups.get(place.step, place.step)


def _own(rule: Rule) -> bool:
    return rule.answer is None and rule.fact is None and rule.when is None


def _decision(value: object) -> object:
    return value["decision"] if isinstance(value, dict) else value


def _between(dialogue: Dialogue, place: Place, go: str) -> set[Place]:
    group = dialogue.groups.get(place.step)
    steps = dialogue.every_step[group].steps if group else dialogue.steps
    order = [step.id for step in steps]
    until = order.index(go) if go in order else len(order)
    passed = steps[order.index(place.step) + 1 : until]
    return {
        Place(step.id, item)
        for step in passed
        for item in (range(step.most) if step.kind == "repeat" else (place.item,))
    }


def a_share_is_of_the_text_of_its_own_round(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    after = played[-1].after
    visits = {visit.place: visit.value for visit in system.walk(dialogue, after).visits}
    for place, value in visits.items():
        if isinstance(value, dict):
            step = dialogue.every_step[place.step]
            written = visits.get(Place(step.of[0], place.item))
            day = visits.get(Place(step.beside, place.item)) if step.beside else None
            beside = f" ({date.fromisoformat(day):%d.%m.%Y})" if day else ""
            assert not written or value["text"] == f"{written}{beside}", "another round's text"


def pressing_twice_does_once(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    for one in played:
        if isinstance(one.event, Press):
            again = system.advance(dialogue, one.after, one.event)
            if one.after.turn != one.before.turn or one.turn.effects:
                assert again.effects == (), "pressed twice, done twice"
                assert again.conversation.answers == one.after.answers


def an_old_button_changes_nothing(system: System, dialogue: Dialogue, played: list[Played]) -> None:
    for one in played:
        if _pressed_alone(one.event) and one.event.turn != one.before.turn:  # type: ignore[union-attr]
            assert one.after == one.before, "an old button changed something"
            assert one.turn.effects == ()


def a_button_answers_the_question_it_was_shown_with(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    shown: set[tuple[int, Place]] = set()
    for one in played:
        asked = system.position(dialogue, one.before)
        if _pressed_alone(one.event) and one.after.answers != one.before.answers and asked:
            assert (one.event.turn, asked) in shown, "a button answered another question"  # type: ignore[union-attr]
        shown |= {
            (one.after.turn, told.place) for told in one.turn.says if told.asks and told.place
        }


def every_receipt_takes_its_share_back(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for at, one in enumerate(played):
        for told in one.turn.says:
            for button in told.choices:
                if told.note == "shared":
                    place = system.position(dialogue, one.before)
                    for until in (at + 1, len(played)):
                        _takes_back(system, dialogue, played[:until], place, button.choice)


def _takes_back(
    system: System, dialogue: Dialogue, played: list[Played], place: Place | None, choice: str
) -> None:
    last = played[-1].after
    event = Press(today=TODAY, turn=0, choice=choice)
    turn = system.advance(dialogue, last, event)
    world = _world([*played, Played(last, event, turn, [])])
    left = [value for key, value in world.items() if key[1] == place and isinstance(value, dict)]
    assert all(value["decision"] != "share" for value in left), "a receipt took nothing back"


def going_back_and_answering_the_same_changes_nothing(
    system: System, dialogue: Dialogue, played: list[Played]
) -> None:
    for one in played:
        if one.after.revising:
            continue
        back = system.advance(dialogue, one.after, Say(today=TODAY, control="back"))
        place = back.conversation.revising
        answer = one.after.answered().get(place) if place else None
        if answer is None:
            assert back.conversation == one.after
            continue
        kind = dialogue.every_step[answer.step].kind
        same = _same_answer(answer, kind, back.conversation.turn)
        turn = system.advance(dialogue, back.conversation, same)
        assert turn.effects == (), "the same answer was done again"
        assert _but_turns(turn.conversation) == _but_turns(one.after)


def _same_answer(answer: Answer, kind: str, turn: int) -> Event:
    value = answer.value
    if isinstance(value, dict):
        return Press(today=TODAY, turn=turn, choice=str(value["decision"]))
    if isinstance(value, list):
        first, *also = map(str, value)
        return Press(today=TODAY, turn=turn, choice=first, also=tuple(also))
    if value is None:
        return Press(today=TODAY, turn=turn, choice="skip")
    if kind in ("text", "date"):
        return Write(today=TODAY, text=str(value))
    return Press(today=TODAY, turn=turn, choice=str(value))


def _but_turns(conversation: Conversation) -> tuple[object, ...]:
    answers = {answer.place: answer.value for answer in conversation.answers}
    return answers, conversation.status, conversation.revising, conversation.language


Promise = Callable[[System, Dialogue, list[Played]], None]
PROMISES: tuple[Promise, ...] = (
    nothing_is_lost,
    a_written_answer_is_kept_as_it_was_written,
    steps_only_go_forward,
    the_question_told_is_the_one_that_is_open,
    only_what_was_previewed_and_decided_is_shared,
    the_world_is_what_the_answers_say,
    what_was_answered_is_passed,
    what_is_to_be_asked_anew_is_younger_than_all_before_it,
    changing_a_text_takes_back_its_own_share_only,
    rules_and_rounds_are_followed,
    a_share_is_of_the_text_of_its_own_round,
    an_old_button_changes_nothing,
    a_button_answers_the_question_it_was_shown_with,
    every_receipt_takes_its_share_back,
    pressing_twice_does_once,
    going_back_and_answering_the_same_changes_nothing,
    the_same_follows_from_the_same,
)


def broken(system: System, case: Case) -> str | None:
    """The first promise that the system breaks in this case; "raises" if it cannot be played."""
    name = "raises"
    try:
        played = play(system, case)
        for promise in PROMISES:
            name = promise.__name__
            promise(system, case[0], played)
    except (AssertionError, LookupError, ValueError, TypeError, AttributeError):
        return name
    return None
