"""What simulated people choose among the buttons they are shown."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from flows.wording import Choice, Message, read_token

RELUCTANT = 0.0
WEIGHTS: Mapping[str, float] = {
    "now": 5, "later-today": 1, "tomorrow-morning": 1, "not-this-time": 0.8,
    "share": 3, "keep": 1.5, "edit": 0.6, "enough": 3, "more": 0.6, "save": 4, "change": 0.35,
    "skip": 0.5, "go-on": 4, "add-own": 0.8, "take": 2, "solved": 1.2, "rewrite": 0.5,
    "not-now": 1.5, "delete": RELUCTANT, "delete-my-data": 0.1, "none": 0.03, "withdraw": 0.4,
    "interview-guide": 0.1, "full": 0.1, "welcome": 0.4, "other": 0.2, "resume": 3,
    "not-yet": 0.6, "moved": 0.4, "came-to-nothing": 0.3, "as-planned": 3, "another-day": 0.7,
    "rest": 0.4, "end": 0.3, "4-weeks": 0.3, "weekly": 1, "never": 0.5, "pause-here": 0.5,
    "propose": 3, "set": 1.5, "hand-on": 0.6, "stays": 3, "another-time": 0.5, "called-off": 0.2,
    "wait": 2, "first": 3, "second": 1.5, "again": 0.3, "all": 3, "some": 1.5, "nothing": 0.4,
    "thanks": 6, "no-more": 0.25, "want": 2, "read": 2, "later": 1, "not-for-me": 0.5, "fine": 2,
    "worked": 2, "not-begun": 0.7, "adjust": 0.8, "done": 1, "drop": 0.4, "as-it-is": 1.5,
}  # fmt: skip
AT: Mapping[str, Mapping[str, float]] = {
    "nearest": {"yes": 20, "no": 1.2},
    "language": {"da": 6, "en": 2},
    "hours-fit": {"yes": 4, "change": 1},
    "talk-known": {"yes": 5, "change": 1},
    "another": {"yes": 1, "no": 3},
    "look": {"yes": 3, "no": 1, "keep": 2},
    "one": {"none": 0.5},
    "begin": {"now": 4, "not-now": 0.8},
    "make": {"yes": 3, "not-now": 1},
    "affects": {"skip": 0.3},
    "effect": {"skip": 0.3},
    "theme": {"skip": 0.3},
}
"""Where the words of a button mean something else than elsewhere."""
OF_A_MEETING: Mapping[str, str] = {
    "find": "propose", "now": "stays", "move": "propose", "voting": "wait", "one": "first",
    "two": "second", "three": "third",
}  # fmt: skip
"""Steps that ask about a group's meeting, each with a button that no other step of the name has."""
NONE_FITS = 0.15


def choose(dice: random.Random, message: Message, *, leaving: bool) -> Choice:
    """One of the message's buttons. `leaving`: the person has made up their mind to go."""
    ids = [choice_id(choice) for choice in message.choices]
    weights = [_weight(message.name, one, leaving) for one in ids]
    if not any(weights):
        return message.choices[0]
    return dice.choices(message.choices, weights)[0]


def is_of_a_meeting(message: Message) -> bool:
    wanted = OF_A_MEETING.get(message.name)
    return wanted is not None and wanted in map(choice_id, message.choices)


def choose_many(dice: random.Random, message: Message) -> tuple[Choice, Sequence[Choice]]:
    """One button and those chosen with it: the times that fit, or mostly a working week, now and
    then a shorter one."""
    if is_of_a_meeting(message):
        return _choose_times(dice, message)
    offered = [one for one in message.choices if choice_id(one) not in ("skip", "as-it-was")]
    first = offered[:5]
    kept = sorted(dice.sample(range(len(first)), dice.randint(min(3, len(first)), len(first))))
    chosen = [first[at] for at in kept]
    return chosen[0], chosen[1:]


def _choose_times(dice: random.Random, message: Message) -> tuple[Choice, Sequence[Choice]]:
    none = [one for one in message.choices if choice_id(one) == "none"]
    if none and dice.random() < NONE_FITS:
        return none[0], ()
    times = [one for one in message.choices if one not in none]
    chosen = [one for one in times if dice.random() < 0.6] or [dice.choice(times)]
    return chosen[0], chosen[1:]


def choice_id(choice: Choice) -> str:
    token = read_token(choice.token)
    return token.choice if token else ""


def _weight(step: str, choice: str, leaving: bool) -> float:
    if leaving and choice in ("delete", "delete-my-data"):
        return 1000.0
    here = AT.get(step, {})
    return here.get(choice, WEIGHTS.get(choice, 1.0))
