"""Bugs planted in the engine, each of which its promises must catch."""

from __future__ import annotations

from random import Random

import pytest

from tests.flows.cases import a_case
from tests.flows.planting import planted
from tests.flows.playing import Case
from tests.flows.promises import broken

BUGS: dict[str, tuple[str, str, str]] = {
    "the_text_is_cut": ("answers", "return Reading(text)", "return Reading(text[:20])"),
    "another_text_still_fits_the_share": (
        "answers",
        'return isinstance(value, dict) and _decided(value) and value.get("text") == shareable',
        "return isinstance(value, dict) and _decided(value)",
    ),
    "what_was_taken_back_is_shared_again": (
        "answers",
        'return value.get("decision") in ("share", "keep")',
        "return True",
    ),
    "texts_off_the_path_are_shared": (
        "path",
        "if not self.applies(step, item):",
        'if not self.applies(step, item) and step.kind != "share":',
    ),
    "every_repeat_has_one_round": ("path", 'if more.value == "enough":', "if True:"),
    "the_first_rule_is_forgotten": (
        "path",
        "for rule in step.rules:",
        "for rule in step.rules[1:]:",
    ),
    "an_old_button_answers": (
        "engine",
        "if event.turn != conversation.turn or place is None:",
        "if place is None:",
    ),
    "a_change_of_mind_leaves_a_finished_conversation_done": (
        "engine",
        'status = "open" if position(dialogue, asked) else "done"',
        "status = asked.status",
    ),
    "the_answers_of_another_branch_are_thrown_away": (
        "engine",
        "kept = tuple(one for one in conversation.answers if one.place != place)",
        "kept = tuple(one for one in conversation.answers if one.place in "
        "walk(dialogue, conversation).places() and one.place != place)",
    ),
    "going_back_forgets_the_answer": (
        "engine",
        "return _ask_at(dialogue, conversation, passed[-1])",
        "return _ask_at(dialogue, conversation.having(answers=conversation.answers[:-1]), None)",
    ),
    "the_turn_is_not_counted": (
        "engine",
        "return conversation.having(turn=conversation.turn + 1)",
        "return conversation.having(turn=conversation.turn + 1 - conversation.turn % 2)",
    ),
    "a_share_left_behind_does_not_lapse": (
        "engine",
        'if _decided(one, "share") and one.place not in stand else one',
        'if _decided(one, "never") and one.place not in stand else one',
    ),
    "withdrawing_changes_only_the_words": (
        "engine",
        'kept = (_deciding(one, "keep") if one == found else one',
        'kept = (_deciding(one, "share") if one == found else one',
    ),
    "a_receipt_of_an_earlier_share_is_dead": (
        "engine",
        'if earlier and dialogue.every_step[place.step].kind == "share":',
        'if earlier and dialogue.every_step[place.step].kind == "sharing":',
    ),
    "nothing_is_ever_undone": ("deeds", "if deed not in new and", "if deed in () and"),
    "a_changed_answer_is_not_done_again": (
        "deeds",
        "if old.get(deed) != stamp",
        "if deed not in old",
    ),
    "everything_is_done_again_every_time": ("deeds", "if old.get(deed) != stamp", "if True"),
    "the_end_is_forgotten": ("deeds", "if path.position is None:", "if path.position == ():"),
    "effects_beyond_a_new_question_are_taken_back": (
        "path",
        "walker = _Walker(dialogue, conversation, waits=False)",
        "walker = _Walker(dialogue, conversation)",
    ),
    "the_preview_is_of_an_earlier_text": (
        "wording",
        'return preview_at(self.dialogue, self.conversation, place) or ""',
        'return (preview_at(self.dialogue, self.conversation, place) or "")[:10]',
    ),
    "a_round_reads_the_text_of_another": (
        "path",
        "found = passed.get(Place(step, item)) or passed.get(Place(step))",
        "found = passed.get(Place(step, min(item, 0))) or passed.get(Place(step))",
    ),
    "typing_the_rest_of_a_scale_breaks_it": (
        "answers",
        "    if choice in step.rest:\n        return Reading(choice)\n",
        "",
    ),
    "what_was_saved_stays_so_whatever_is_changed": (
        "path",
        "return step.anew and",
        "return False and",
    ),
    "skipping_is_not_kept": ("answers", "return step.optional", "return False"),
}


@pytest.fixture(scope="module")
def bank() -> list[Case]:
    """Random cases, the same for every bug; the rarest need some hundreds."""
    return [a_case(Random(seed)) for seed in range(500)]


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str, bank: list[Case]) -> None:
    part, old, new = BUGS[bug]
    system = planted({part: (old, new)}, bug)
    assert any(broken(system, case) for case in bank), "no promise noticed"


def test_the_engine_without_a_bug_passes_under_another_name(bank: list[Case]) -> None:
    system = planted({}, "nothing")
    assert [name for case in bank[:40] if (name := broken(system, case))] == []
