"""What follows when something happens in a conversation. Pure: the same in, the same out."""

from __future__ import annotations

from pydantic import JsonValue

from flows import answers, events
from flows.conversation import NO_ITEM, Answer, Conversation, Place
from flows.deeds import effects_of
from flows.labels import AS_IT_WAS, labels_of, offered
from flows.model import Dialogue
from flows.path import Path, Walks, foreseen, nearest, preview_at, walk
from flows.turn import Choosing, Effect, Note, Told, Turn

REVISE, WITHDRAW = "revise-", "withdraw-"
NOT_READ = ("not-understood", "choose-some", "bad-date", "bad-form")
"""Whoever typed this may see no buttons."""
LISTED = 8
REVIEWED = 20


def advance(dialogue: Dialogue, conversation: Conversation, event: events.Event) -> Turn:
    """The turn that follows. Never raises for what a person can do; never loses an answer."""
    if conversation.version == dialogue.version:
        return _follow(dialogue, conversation, event)
    newer = _taken_over(dialogue, conversation)
    if isinstance(event, events.Write) and _asks_to_share(dialogue, newer):
        return _ask_again(dialogue, newer)
    if isinstance(event, events.Press) and _answers_now(conversation, event):
        return _ask_again(dialogue, newer)
    return _follow(dialogue, newer, event)


def _answers_now(conversation: Conversation, event: events.Press) -> bool:
    """Whether it is a button of the question that is being asked."""
    about_another = event.choice.startswith((REVISE, WITHDRAW))
    return event.turn == conversation.turn and not about_another


def _taken_over(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """A conversation begun with another version: buttons shown before are old ones now."""
    return _lapsed(dialogue, _turned(conversation.having(version=dialogue.version)))


def _asks_to_share(dialogue: Dialogue, conversation: Conversation) -> bool:
    place = position(dialogue, conversation)
    return place is not None and dialogue.every_step[place.step].kind == "share"


def _follow(dialogue: Dialogue, conversation: Conversation, event: events.Event) -> Turn:
    match event:
        case events.Begin():
            return _begin(dialogue, conversation)
        case events.Press():
            return _press(dialogue, conversation, event)
        case events.Write():
            return _write(dialogue, conversation, event)
        case events.Say():
            return _control(dialogue, conversation, event)
        case events.Speak():
            return _ask_again(dialogue, conversation.having(language=event.language))


def position(dialogue: Dialogue, conversation: Conversation) -> Place | None:
    """What is being asked: the answer under revision, else where the walk has come to."""
    return _asked(Walks(dialogue, conversation))


def _asked(walks: Walks) -> Place | None:
    revising = walks.conversation.revising
    if revising and revising.step in walks.dialogue.every_step:
        return revising
    return walks.path.position


def _begin(dialogue: Dialogue, conversation: Conversation) -> Turn:
    if conversation.turn:
        return _ask_again(dialogue, conversation)
    return _settle(None, Walks(dialogue, conversation))


def _press(dialogue: Dialogue, conversation: Conversation, event: events.Press) -> Turn:
    if event.choice.startswith(WITHDRAW):
        return _withdraw(dialogue, conversation, event.choice.removeprefix(WITHDRAW))
    if event.choice.startswith(REVISE):
        return _revise(dialogue, conversation, event.choice.removeprefix(REVISE))
    walks = Walks(dialogue, conversation)
    place = _asked(walks)
    if event.turn != conversation.turn or place is None:
        return _old_button(dialogue, conversation, event)
    if event.choice == AS_IT_WAS:
        return _ask_at(dialogue, conversation, None)
    step = dialogue.every_step[place.step]
    if event.choice in step.rest:
        return _note(conversation, "resting")
    labels = labels_of(dialogue, conversation, step)
    read = answers.read_press(step, event.choice, event.also, event.today, labels)
    return _take(walks, place, read)


def _write(dialogue: Dialogue, conversation: Conversation, event: events.Write) -> Turn:
    walks = Walks(dialogue, conversation)
    place = _asked(walks)
    if place is None:
        return _note(conversation, "finished")
    step = dialogue.every_step[place.step]
    if answers.named(step, event.text, offered(dialogue, conversation, step)) == AS_IT_WAS:
        return _ask_at(dialogue, conversation, None)
    labels = labels_of(dialogue, conversation, step)
    read = answers.read_text(step, event.text, event.today, labels)
    if isinstance(read, answers.Reading) and read.value in step.rest:
        return _note(conversation, "resting")
    return _take(walks, place, read)


def _take(walks: Walks, place: Place, read: answers.Reading | answers.Refusal) -> Turn:
    dialogue, conversation = walks.dialogue, walks.conversation
    step = dialogue.every_step[place.step]
    if isinstance(read, answers.Refusal):
        return _refuse(dialogue, conversation, place, read)
    if step.kind == "confirm" and read.value == "change":
        return _which_answer(dialogue, conversation, step.review)
    if step.kind == "share":
        if read.value == "edit":
            return _edit_shared(dialogue, conversation, place)
        text = preview_at(dialogue, conversation, place)
        return _store(walks, place, {"decision": read.value, "text": text})
    return _store(walks, place, read.value)


def _refuse(
    dialogue: Dialogue, conversation: Conversation, place: Place, refusal: answers.Refusal
) -> Turn:
    note = Told(note=refusal.note, slots=dict(refusal.slots))
    asked = Told(place=place, asks=True, spelled=refusal.note in NOT_READ)
    return Turn(conversation=conversation, says=(note, asked))


def _edit_shared(dialogue: Dialogue, conversation: Conversation, place: Place) -> Turn:
    """Asks for the text again, where it is written: the source that was shown, else the first."""
    passed = {visit.place: visit for visit in walk(dialogue, conversation).visits}
    sources = answers.written_sources(dialogue.every_step[place.step])
    written = (visit for one in sources if (visit := nearest(passed, one, place.item)))
    shown = next((visit.place for visit in written if visit.value), None)
    inside = dialogue.groups.get(sources[0]) is not None
    unwritten = Place(sources[0], place.item if inside else NO_ITEM)
    return _ask_at(dialogue, conversation, shown or unwritten)


def _ask_at(dialogue: Dialogue, conversation: Conversation, revising: Place | None) -> Turn:
    """Asks for an answer anew, or (None) for what the path has come to."""
    asked = _turned(conversation.having(revising=revising))
    status = "open" if position(dialogue, asked) else "done"
    return _ask_again(dialogue, asked.having(status=status))


def _store(walks: Walks, place: Place, value: JsonValue) -> Turn:
    dialogue, conversation = walks.dialogue, walks.conversation
    turn = _receipt_turn(dialogue, conversation, place)
    answer = Answer(step=place.step, item=place.item, value=value, turn=turn)
    kept = tuple(one for one in conversation.answers if one.place != place)
    after = _turned(conversation.having(answers=(*kept, answer), revising=None))
    return _settle(walks, Walks(dialogue, after), answer)


def _receipt_turn(dialogue: Dialogue, conversation: Conversation, place: Place) -> int:
    """A share keeps its first turn: every receipt for it withdraws what is shared there now."""
    earlier = conversation.answered().get(place)
    if earlier and dialogue.every_step[place.step].kind == "share":
        return earlier.turn
    return conversation.turn


def _lapsed(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """A share that left the path is taken back, and asked for again rather than shared again by
    itself when the path comes back to it."""
    if not any(_decided(one, "share") for one in conversation.answers):
        return conversation
    stand = {visit.place for visit in foreseen(dialogue, conversation)}
    answered = (
        _deciding(one, "lapsed") if _decided(one, "share") and one.place not in stand else one
        for one in conversation.answers
    )
    return conversation.having(answers=tuple(answered))


def _decided(answer: Answer, *decisions: str) -> bool:
    return isinstance(answer.value, dict) and answer.value["decision"] in decisions


def _deciding(answer: Answer, decision: str) -> Answer:
    value = answer.value if isinstance(answer.value, dict) else {}
    return answer.model_copy(update={"value": {**value, "decision": decision}})


def _turned(conversation: Conversation) -> Conversation:
    return conversation.having(turn=conversation.turn + 1)


def _settle(before: Walks | None, after: Walks, latest: Answer | None = None) -> Turn:
    """What follows from `before` (None: nothing was) having become `after`."""
    dialogue, path = after.dialogue, after.path
    told = _news(before.path if before else None, path)
    lapsed = _lapsed(dialogue, after.conversation)
    walks = after if lapsed is after.conversation else Walks(dialogue, lapsed)
    says = [*_receipts(dialogue, latest), *(Told(place=place) for place in told)]
    if before and before.conversation.revising and not says:
        says.append(Told(note="changed"))
    if path.position is not None:
        says.append(Told(place=path.position, asks=True))
    settled = _with_status(lapsed, "open" if path.position else "done")
    return Turn(conversation=settled, says=tuple(says), effects=effects_of(before, walks))


def _with_status(conversation: Conversation, status: str) -> Conversation:
    same = conversation.status == status
    return conversation if same else conversation.having(status=status)


def _news(before: Path | None, after: Path) -> list[Place]:
    old = before.places() if before else frozenset()
    return [visit.place for visit in after.visits if not visit.step.asks and visit.place not in old]


def _receipts(dialogue: Dialogue, answer: Answer | None) -> list[Told]:
    if answer is None or dialogue.every_step[answer.step].kind != "share":
        return []
    if not _decided(answer, "share"):
        return []
    withdraw = Choosing(choice=f"{WITHDRAW}{answer.turn}", word="withdraw")
    return [Told(note="shared", choices=(withdraw,))]


def _withdraw(dialogue: Dialogue, conversation: Conversation, turn: str) -> Turn:
    found = _answer_of_turn(conversation, turn)
    if found is None or not _decided(found, "share", "lapsed"):
        return _note(conversation, "already-withdrawn")
    kept = (_deciding(one, "keep") if one == found else one for one in conversation.answers)
    after = _lapsed(dialogue, conversation.having(answers=tuple(kept)))
    before, walks = Walks(dialogue, conversation), Walks(dialogue, after)
    effects = effects_of(before, walks) or _taken_back(dialogue, found)
    note = Told(note="withdrawn")
    if walks.path.position == before.path.position:
        return Turn(conversation=after, says=(note,), effects=effects)
    asked = _ask_at(dialogue, after, None)
    return Turn(conversation=asked.conversation, says=(note, *asked.says), effects=effects)


def _taken_back(dialogue: Dialogue, share: Answer) -> tuple[Effect, ...]:
    """For a share off the path: it may still stand from an earlier version of the dialogue."""
    step = dialogue.every_step.get(share.step)
    name = step.effect if step else "share"
    return (Effect(name=name, place=share.place, undone=True),) if name else ()


def _revise(dialogue: Dialogue, conversation: Conversation, turn: str) -> Turn:
    found = _answer_of_turn(conversation, turn)
    if found is None or found.place not in walk(dialogue, conversation).places():
        return _ask_again(dialogue, conversation)
    return _ask_at(dialogue, conversation, found.place)


def _answer_of_turn(conversation: Conversation, turn: str) -> Answer | None:
    return next((one for one in conversation.answers if str(one.turn) == turn), None)


def _old_button(dialogue: Dialogue, conversation: Conversation, event: events.Press) -> Turn:
    found = _answer_of_turn(conversation, str(event.turn))
    latest = event.turn == conversation.turn - 1
    if found and latest and _once_more(dialogue, conversation, found, event):
        return Turn(conversation=conversation)
    if found is None:
        return _past(dialogue, conversation, event)
    change = Choosing(choice=f"{REVISE}{found.turn}", word="change-it", about=found.place)
    return _note(conversation, "further-on", change)


def _past(dialogue: Dialogue, conversation: Conversation, event: events.Press) -> Turn:
    """A button of what was never answered there. Whoever decides about an old preview is told that
    nothing follows, and may change what was decided since."""
    if event.choice not in answers.SHARE_CHOICES or event.turn >= conversation.turn:
        return _ask_again(dialogue, conversation)
    stand = [one for one in walk(dialogue, conversation).answered() if one.step.kind == "share"]
    if not stand:
        return _ask_again(dialogue, conversation, "further-on")
    changes = (
        Choosing(choice=f"{REVISE}{one.turn}", word="answer", about=one.place)
        for one in stand[-LISTED:]
    )
    return _note(conversation, "further-on", *changes)


def _once_more(
    dialogue: Dialogue, conversation: Conversation, found: Answer, event: events.Press
) -> bool:
    """Whether the button was pressed once more for the answer that it gave."""
    if isinstance(found.value, dict):
        return bool(found.value["decision"] == event.choice)
    step = dialogue.every_step.get(found.step)
    if step is None:
        return False
    labels = labels_of(dialogue, conversation, step)
    read = answers.read_press(step, event.choice, event.also, event.today, labels)
    return isinstance(read, answers.Reading) and read.value == found.value


def _control(dialogue: Dialogue, conversation: Conversation, event: events.Say) -> Turn:
    match event.control:
        case "back":
            return _back(dialogue, conversation)
        case "edit":
            return _edit(dialogue, conversation, event.number)
        case "skip":
            return _skip(dialogue, conversation)
        case "rest":
            return _note(conversation, "resting")
        case "where":
            return _where(dialogue, conversation)
        case "again":
            return _ask_again(dialogue, conversation)
        case "choices":
            return _ask_again(dialogue, conversation, spelled=True)


def _edit(dialogue: Dialogue, conversation: Conversation, number: int | None) -> Turn:
    """By its number, the one that stands there in what is reviewed; else any may be chosen."""
    place = position(dialogue, conversation) if number is not None else None
    step = dialogue.every_step[place.step] if place else None
    reviewed = step.review if step and step.kind == "confirm" else None
    return _which_answer(dialogue, conversation, reviewed, number)


def _back(dialogue: Dialogue, conversation: Conversation) -> Turn:
    passed = [visit.place for visit in walk(dialogue, conversation).answered()]
    if conversation.revising in passed:
        passed = passed[: passed.index(conversation.revising)]
    if not passed:
        return _ask_again(dialogue, conversation, "nothing-before")
    return _ask_at(dialogue, conversation, passed[-1])


def _skip(dialogue: Dialogue, conversation: Conversation) -> Turn:
    walks = Walks(dialogue, conversation)
    place = _asked(walks)
    if place is None:
        return _note(conversation, "finished")
    if not dialogue.every_step[place.step].optional:
        return _ask_again(dialogue, conversation, "cannot-skip")
    return _store(walks, place, None)


def _which_answer(
    dialogue: Dialogue, conversation: Conversation, among: tuple[str, ...] | None,
    number: int | None = None,
) -> Turn:  # fmt: skip
    """Offers the latest answers to choose one from, those of `among` when it is given; or asks for
    the one of them that was named by its number."""
    said = dialogue.wordings[conversation.language].steps
    listed = [
        visit
        for visit in walk(dialogue, conversation).answered()
        if (among is None or visit.step.id in among) and said[visit.step.id].label
    ]
    choices = tuple(
        Choosing(choice=f"{REVISE}{visit.turn}", word="answer", about=visit.place)
        for visit in listed[-(LISTED if among is None else REVIEWED) :]
    )
    if not choices:
        return _ask_again(dialogue, conversation, "nothing-before")
    if number is not None and 0 < number <= len(choices):
        return _revise(dialogue, conversation, choices[number - 1].choice.removeprefix(REVISE))
    return _note(conversation, "which-answer", *choices)


def _where(dialogue: Dialogue, conversation: Conversation) -> Turn:
    title = dialogue.wordings[conversation.language].title
    place = position(dialogue, conversation)
    if place is None:
        return _note(conversation, "finished")
    told = Told(note="where", slots={"title": title})
    return Turn(conversation=conversation, says=(told, Told(place=place, asks=True)))


def _ask_again(
    dialogue: Dialogue, conversation: Conversation, note: Note | None = None, spelled: bool = False
) -> Turn:
    place = position(dialogue, conversation)
    says = [Told(note=note)] if note else []
    asked = Told(place=place, asks=True, spelled=spelled) if place else Told(note="finished")
    says.append(asked)
    return Turn(conversation=conversation, says=tuple(says))


def _note(conversation: Conversation, note: Note, *choices: Choosing) -> Turn:
    return Turn(conversation=conversation, says=(Told(note=note, choices=choices),))


__all__ = ["advance", "labels_of", "position"]
