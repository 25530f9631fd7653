"""Effects on what a leader wants to raise, and the one way it reaches the nearest leader."""

from __future__ import annotations

from bot.effects.doing import Doing
from bot.planning import plan_from_nearest
from flows.conversation import Place
from flows.turn import Effect
from storage import agreements, cadences, notes, pairs, points, pulses, shares
from storage.shares import Content

THEMES = ("krydspres", "influence", "support", "safety", "restitution")


def record_pulse(doing: Doing, effect: Effect) -> None:
    value = effect.value if isinstance(effect.value, int) and not effect.undone else None
    pulses.record_pulse(
        doing.unit, doing.parts.ids, doing.profile, doing.conversation.id, doing.today,
        effect.place.step, value,
    )  # fmt: skip


def save_note(doing: Doing, effect: Effect) -> None:
    text = effect.value if isinstance(effect.value, str) and not effect.undone else None
    notes.save_note(
        doing.unit, doing.parts.ids, doing.now, doing.profile, doing.conversation.id,
        doing.conversation.dialogue, effect.place, text,
    )  # fmt: skip


def keep_point(doing: Doing, effect: Effect) -> None:
    if effect.undone or not isinstance(effect.value, str):
        points.drop_point(doing.unit, doing.conversation.id, effect.place)
        return
    points.keep_point(
        doing.unit, doing.parts.ids, doing.now, doing.profile, doing.conversation.id,
        effect.place, effect.value,
    )  # fmt: skip


def carry_point(doing: Doing, effect: Effect) -> None:
    point = str(doing.item(effect).get("id", ""))
    if effect.value == "solved" and not effect.undone:
        _settle(doing, point)
        return
    points.set_point_state(doing.unit, doing.profile, point, "open")
    rewritten = doing.words("rewrite", effect.place.item)
    if rewritten:
        points.reword_point(doing.unit, doing.profile, point, rewritten)


def close_point(doing: Doing, effect: Effect) -> None:
    point = str(doing.item(effect).get("id", ""))
    if effect.value == "yes" and not effect.undone:
        _settle(doing, point)
    else:
        points.set_point_state(doing.unit, doing.profile, point, "open")


def _settle(doing: Doing, point: str) -> None:
    points.set_point_state(doing.unit, doing.profile, point, "solved")
    shares.settle(doing.unit, doing.profile, point)


def share(doing: Doing, effect: Effect) -> None:
    """Shares the exact text that was previewed with the nearest leader of that conversation."""
    decided = effect.value if isinstance(effect.value, dict) else {}
    if effect.undone or decided.get("decision") != "share":
        _take_back(doing, effect)
        return
    pair = doing.pair()
    if pair is None or pair.leader != doing.profile.id:
        doing.notes.append("pair-closed")
        return
    kind = "agreement" if doing.conversation.dialogue == "after-dialogue" else "point"
    content = Content(str(decided["text"]), _subject(doing, effect))
    shares.share(
        doing.unit, doing.parts.ids, doing.now, doing.profile, pair.nearest_leader, pair, kind,
        doing.conversation.id, effect.place, content,
    )  # fmt: skip


def _take_back(doing: Doing, effect: Effect) -> None:
    """Whoever does not share a point this time does not leave an earlier share of it standing."""
    taken_back = shares.withdraw_at(
        doing.unit, doing.now, doing.profile, doing.conversation.id, effect.place,
        _subject(doing, effect),
    )  # fmt: skip
    if taken_back and not effect.undone:
        doing.notes.append("withdrawn")


def _subject(doing: Doing, effect: Effect) -> str | None:
    """The point or agreement that the shared text belongs to."""
    carried = doing.item(effect).get("id")
    if carried:
        return str(carried)
    dialogue = doing.parts.catalogue[doing.conversation.dialogue]
    for source in dialogue.every_step[effect.place.step].of:
        place = Place(source, effect.place.item)
        found = points.point_at(doing.unit, doing.conversation.id, place)
        if found:
            return found
        made = agreements.agreement_at(doing.unit, doing.conversation.id, place)
        if made:
            return made
    return None


def share_own_point(doing: Doing, effect: Effect) -> None:
    """A nearest leader's own point, shared with the one leader whose round it is."""
    decided = effect.value if isinstance(effect.value, dict) else {}
    if effect.undone or decided.get("decision") != "share":
        shares.withdraw_at(
            doing.unit, doing.now, doing.profile, doing.conversation.id, effect.place
        )
        return
    pair = pairs.open_pair(doing.unit, str(doing.item(effect).get("pair_id", "")))
    if pair is None or pair.nearest_leader != doing.profile.id:
        doing.notes.append("pair-closed")
        return
    shares.share(
        doing.unit, doing.parts.ids, doing.now, doing.profile, pair.leader, pair, "own-point",
        doing.conversation.id, effect.place, Content(str(decided["text"])),
    )  # fmt: skip
    cadence = cadences.cadence_of_pair(doing.unit, pair.id)
    if cadence:
        plan_from_nearest(doing.unit, doing.parts, cadence)


def withdraw_share(doing: Doing, effect: Effect) -> None:
    if effect.value == "withdraw" and not effect.undone:
        shares.withdraw_share(
            doing.unit, doing.now, doing.profile, str(doing.item(effect).get("id"))
        )
