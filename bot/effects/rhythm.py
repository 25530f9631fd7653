"""A rhythm set in the chat, one question at a time: for whom, what it would be, and saving it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.effects.doing import Doing, Misfit
from bot.rhythm_change import sets_for_all
from bot.rhythm_chat import save, wanted
from bot.rhythm_filled import OFF, ON, Fault, Filled, Where
from bot.rhythm_told import tell_of
from bot.rhythm_whom import BUTTONS, OFFERED, Called, all_called, find, listed
from flows.path import walk
from flows.rhythm import Level
from flows.turn import Effect

DAYS = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5"}
CHOSEN: dict[str, Level] = {"course": "programme", "group": "group", "person": "person"}
"""What may be answered to "for whom", and asked about in a step called which-…"""


def offer_whom(doing: Doing, effect: Effect) -> None:
    """What there is of what was chosen, as the buttons of the next question."""
    level = CHOSEN.get(str(effect.value))
    if effect.undone or level is None or _may_not(doing):
        return
    there = all_called(doing.unit, level, doing.profile.language)
    if level != "person" and not there:
        doing.misfit = Misfit("whom-none", effect.place.step)
    _offer(doing, there)


def find_whom(doing: Doing, effect: Effect) -> None:
    """The one of that name; else what there is, or those that it might be, is offered."""
    if effect.undone or effect.value is None or _may_not(doing):
        return
    step, language = effect.place.step, doing.profile.language
    level = CHOSEN[step.removeprefix("which-")]
    found = find(doing.unit, level, str(effect.value), language)
    if len(found) == 1:
        doing.facts["whom"] = str(found[0].where)
        return
    there = found or all_called(doing.unit, level, language)
    note = "whom-many" if found else "whom-unknown" if there else "whom-nobody"
    _offer(doing, there)
    doing.misfit = Misfit(note, step, {"names": listed(there)})


def _may_not(doing: Doing) -> bool:
    """Whoever does not set it for others any more learns nothing of them."""
    if sets_for_all(doing.profile):
        return False
    doing.misfit = Misfit("rhythm-not-yours", "for-whom")
    return True


def foresee(doing: Doing, effect: Effect) -> None:
    """What it would bring, with all that has been answered: worked out where `save` follows."""
    if effect.undone or (effect.place.step != "quiet" and effect.value != "never"):
        return
    found = wanted(doing.unit, doing.profile, _filled(doing), doing.today)
    if found.change is not None:
        told = tell_of(doing.unit, doing.parts, doing.profile, found.change)
        doing.facts["next_times"] = str(told)


def set_rhythm(doing: Doing, effect: Effect) -> None:
    if effect.undone or effect.value != "save":
        return
    found = wanted(doing.unit, doing.profile, _filled(doing), doing.today)
    if found.change is not None:
        save(doing.unit, doing.parts, doing.profile, found.change)
    else:
        _say_why_not(doing, next(iter(found.faults.values())))


def _say_why_not(doing: Doing, fault: Fault) -> None:
    """Of what was said, only for whom it is can have changed since it was asked."""
    chosen = doing.words("for-whom")
    level = CHOSEN.get(chosen)
    gone = fault == "gone" and level is not None
    doing.misfit = Misfit(f"rhythm-{fault}", f"which-{chosen}" if gone else "for-whom")
    if gone and level is not None:
        _offer(doing, all_called(doing.unit, level, doing.profile.language))


def _offer(doing: Doing, there: Sequence[Called]) -> None:
    names = [one.name for one in there[:OFFERED]]
    doing.facts.update(dict.fromkeys(BUTTONS, ""))
    doing.facts.update(zip(BUTTONS, names, strict=False))


def _filled(doing: Doing) -> Filled:
    """Of the answers on the path alone: what was answered on another branch does not count."""
    dialogue = doing.parts.catalogue[doing.conversation.dialogue]
    passed = walk(dialogue, doing.conversation).answered()
    said = {visit.place.step: str(visit.value or "") for visit in passed}
    often, nudges = said.get("often", ""), said.get("nudges", "")
    return Filled(
        kind=said.get("which", ""), whom=_whom(doing, said.get("for-whom", "me")),
        weeks=often.removeprefix("weeks-") if often.startswith("weeks-") else "",
        weekday=DAYS.get(said.get("weekday", ""), ""), at=said.get("at", ""),
        offset=said.get("shift", ""), quiet=said.get("quiet", ""),
        off=OFF if "never" in (often, nudges) else ON if nudges == "come" else "",
    )  # fmt: skip


def _whom(doing: Doing, chosen: str) -> str:
    """As a `Where`; what was found at another level does not count."""
    if chosen not in CHOSEN:
        return str(Where("organisation") if chosen == "all" else Where("person", doing.profile.id))
    known = {**doing.conversation.facts, **doing.facts}
    found = str(known.get("whom", ""))
    return found if found.startswith(f"{CHOSEN[chosen]}:") else ""
