"""Effects of the leader's own dialogues: the action plan, articles, insights, ratings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from bot import hr_facts
from bot.asking import Asking
from bot.course import facts as course
from bot.course import leader_facts
from bot.effects.doing import Doing
from flows.calendar import at_local, next_opening
from flows.turn import Effect
from storage import actions, preferences, ratings, reminders
from storage.actions import Action, Plan, Study

MORNING = time(9, 5)
STATES = {"done": actions.DONE, "drop": actions.DROPPED}


def _asking(doing: Doing) -> Asking:
    return Asking(doing.unit, doing.parts, doing.profile, doing.about, doing.now)


def save_action(doing: Doing, effect: Effect) -> None:
    """Planned from its first words on; what follows in the round is added as it comes."""
    place, conversation = effect.place, doing.conversation.id
    if effect.undone or not isinstance(effect.value, str):
        actions.drop_action_at(doing.unit, conversation, place)
        return
    more = (doing.words(f"action-{name}", place.item) for name in ("aim", "do", "help"))
    taken = course.taken(_asking(doing))
    actions.save_action(
        doing.unit, doing.parts.ids, doing.now, doing.profile, conversation, place,
        Plan(effect.value, *more), taken.cohort.id if taken else None,
    )  # fmt: skip


def study_action(doing: Doing, effect: Effect) -> None:
    found = actions.get_action(doing.unit, doing.profile, str(doing.item(effect).get("id", "")))
    if found is None:
        return
    here = (doing.conversation.id, effect.place.item)
    studies = tuple(one for one in found.studies if (one.conversation, one.item) != here)
    state = actions.OPEN
    if not effect.undone:
        studies = (*studies, _study(doing, effect))
        state = STATES.get(str(effect.value), actions.OPEN)
    if _differs(found, studies, state):
        actions.set_studies(doing.unit, doing.now, doing.profile, found, studies, state)


def _study(doing: Doing, effect: Effect) -> Study:
    item = effect.place.item
    went, seen, adjusted = (doing.words(step, item) for step in ("went", "seen", "adjusted"))
    act = str(effect.value)
    return Study(
        conversation=doing.conversation.id,
        item=item,
        on=doing.today.isoformat(),
        went=went,
        seen=seen if went != "not-begun" else "",
        act=act,
        adjusted=adjusted if act == "adjust" else "",
    )


def _differs(found: Action, studies: tuple[Study, ...], state: str) -> bool:
    return (found.studies, found.state) != (studies, state)


def articles_later(doing: Doing, effect: Effect) -> None:
    """Once more on the next working morning but one; taken back when it was not "later"."""
    kept = reminders.get_reminder(doing.unit, doing.about.reminder or "")
    if kept is None or kept[0].ordinal > 1:
        return
    one = kept[0]
    if effect.undone or effect.value != "later":
        reminders.set_state(doing.unit, one.subject, one.slot, "dropped")
        return
    calendar = doing.parts.calendar(doing.unit, doing.profile, doing.now)
    day = leader_facts.articles_again_on(_asking(doing), calendar)
    at = next_opening(calendar, at_local(calendar, day, MORNING)) if day else None
    if at is not None:
        row = (doing.profile.id, one.kind, one.subject, one.slot, 2, at)
        reminders.plan(doing.unit, doing.parts.ids, [row])


def set_insights(doing: Doing, effect: Effect) -> None:
    """Off only for whoever said so; an answer that is taken back leaves them on."""
    off = effect.value == "no-more" and not effect.undone
    value = preferences.OFF if off else None
    preferences.put(doing.unit, doing.profile.id, preferences.INSIGHTS, value)


def open_evaluation(doing: Doing, effect: Effect) -> None:
    """It begins once this conversation has ended, and is not asked for by this step again."""
    if not effect.undone:
        key = f"{preferences.EVALUATION}{effect.place.step}"
        preferences.put(doing.unit, doing.profile.id, key, preferences.ASKED)
        doing.opens = "evaluation"


def finish_digest(doing: Doing, effect: Effect) -> None:
    """A line that is for once has been said; whoever runs the courses too hears of them next."""
    if effect.undone:
        return
    if any(one.get("once") for one in doing.listed("digest_lines")):
        profile = doing.profile.id
        preferences.put(doing.unit, profile, preferences.NO_FIGURES, preferences.TOLD)
    if hr_facts.sees_courses(_asking(doing)):
        doing.opens = "hr-digest"


def record_rating(doing: Doing, effect: Effect) -> None:
    rated = leader_facts.rated(_asking(doing))
    phase = doing.conversation.facts.get("rating_phase")
    if rated is None:
        return
    value = effect.value if isinstance(effect.value, int) and not effect.undone else None
    ratings.record(
        doing.unit, doing.parts.ids, doing.profile, doing.conversation.id, doing.today,
        rated._replace(phase=str(phase or rated.phase)),
        effect.place.step.removesuffix("-before"), value,
    )  # fmt: skip


EFFECTS: dict[str, Callable[[Doing, Effect], None]] = {
    "save-action": save_action,
    "study-action": study_action,
    "articles-later": articles_later,
    "set-insights": set_insights,
    "record-rating": record_rating,
    "open-evaluation": open_evaluation,
    "finish-digest": finish_digest,
}
