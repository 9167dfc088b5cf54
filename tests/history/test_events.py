"""Histories made by hand: several acts on one day, one act with several days of effect, repeals,
returns, corrections; what is known of each provision between its changes; and what is refused.
"""

from dataclasses import replace
from datetime import date

import pytest

from kg.history.amendments import Amendment, amendments_of
from kg.history.known import Facet, Facts, Grade, History, Inference, TextStatus
from kg.history.versions import infer_history
from kg.model import Change
from tests.history.changing import grade
from tests.history.small_plans import (
    FIRST,
    FOURTH,
    ONE,
    ROW,
    SECOND,
    THIRD,
    THREE,
    TWO,
    Done,
    act,
    plan_of,
)


def history_of(*notes: Done) -> History:
    """The history that these notes tell."""
    return infer_history(plan_of(*notes), Facts())


def wordings(history: History, path: str) -> list[tuple[date, date | None, bool]]:
    """The first and last bounds of each version of a provision, and whether its words are lost."""
    return [(v.day, v.until, v.lost) for v in history.versions if v.path == path]


def amendments(*notes: Done) -> list[Amendment]:
    """The amendments that these notes tell."""
    plan = plan_of(*notes)
    return list(amendments_of(plan, infer_history(plan, Facts())))


def exists(history: History, path: str, state: date) -> Inference | None:
    """What is known of the existence of a provision in a state."""
    return grade(history, path, state)


def test_several_acts_on_one_day_make_one_boundary() -> None:
    """Two acts reword one paragraph on one day: two amendments, one new version."""
    notes = (
        (Change.REPLACED, "paragraph-1", ONE),
        (Change.CORRECTED, "paragraph-1", replace(ONE, number="9")),
    )
    history = history_of(*notes)
    assert [state.amenders for state in history.states] == [
        (), ("resolution/2031/1", "resolution/2031/9"),
    ]  # fmt: skip
    assert wordings(history, "paragraph-1") == [(FIRST, SECOND, True), (SECOND, None, False)]
    made = amendments(*notes)
    assert [(a.act.number, a.change) for a in made] == [
        ("1", Change.REPLACED), ("9", Change.CORRECTED),
    ]  # fmt: skip
    assert {(a.before, a.after) for a in made} == {
        tuple(v for v in history.versions if v.path == "paragraph-1")
    }


def test_the_later_note_has_the_last_word_on_a_day() -> None:
    """Reworded and removed on one day: it is gone, and the old words are lost."""
    history = history_of(
        (Change.REPLACED, "paragraph-1", ONE),
        (Change.REMOVED, "paragraph-1", replace(ONE, number="9")),
    )
    assert wordings(history, "paragraph-1") == [(FIRST, SECOND, True)]
    known = exists(history, "paragraph-1", SECOND)
    assert known is not None
    assert (known.grade, known.holds) == (Grade.STATED, False)


def test_inserted_and_reworded_on_one_day() -> None:
    """It wasn't there before, whatever was done to it on the day that it came in."""
    history = history_of(
        (Change.INSERTED, "paragraph-1", ONE),
        (Change.REPLACED, "paragraph-1", replace(ONE, number="9")),
    )
    assert wordings(history, "paragraph-1") == [(SECOND, None, False)]
    before = exists(history, "paragraph-1", FIRST)
    assert before is not None
    assert not before.holds


def test_one_act_with_two_days_of_effect() -> None:
    """One act, two states; each of its days has bounds and a rule of its own."""
    later = act("1", SECOND, FOURTH)
    notes = ((Change.REPLACED, "paragraph-1", ONE), (Change.REPLACED, "paragraph-2", later))
    history = history_of(*notes)
    assert [(state.day, state.written) for state in history.states] == [
        (FIRST, FIRST), (SECOND, SECOND), (FOURTH, SECOND),
    ]  # fmt: skip
    effects = [(s.effect.earliest, s.effect.latest, s.effect.inference) for s in history.states[1:]]
    assert [(early, late, i.grade, i.rules) for early, late, i in effects] == [
        (SECOND, None, Grade.INFERRED, ("R12",)), (FOURTH, FOURTH, Grade.STATED, ("R21",)),
    ]  # fmt: skip
    assert wordings(history, "paragraph-1")[1] == (SECOND, None, False)
    assert wordings(history, "paragraph-2")[1] == (FOURTH, None, False)
    assert [(a.target, a.day) for a in amendments(*notes)] == [
        ("paragraph-1", SECOND), ("paragraph-2", FOURTH),
    ]  # fmt: skip


def test_a_day_is_known_only_where_every_act_gives_it() -> None:
    """Two acts of one day, of which one says nothing of its effect: the earliest possible."""
    history = history_of(
        (Change.REPLACED, "paragraph-1", act("1", SECOND, THIRD)),
        (Change.REPLACED, "paragraph-2", TWO),
    )
    effect = history.states[1].effect
    assert (effect.earliest, effect.latest) == (THIRD, None)
    assert effect.inference.grade is Grade.INFERRED


def test_a_repeal_leaves_a_tombstone() -> None:
    """Stated by the note: it stood until then, and stands no more."""
    history = history_of((Change.REMOVED, "paragraph-2", ONE))
    assert wordings(history, "paragraph-2") == [(FIRST, SECOND, False)]
    before, after = (exists(history, "paragraph-2", day) for day in (FIRST, SECOND))
    assert before is not None
    assert after is not None
    assert (before.rules, before.holds) == (("R3", "R4"), True)
    assert (after.grade, after.holds) == (Grade.STATED, False)


@pytest.mark.parametrize("back", [Change.RESTORED, Change.INSERTED])
def test_a_return_brings_new_words(back: Change) -> None:
    """Restored or enacted again: the words that are printed are those of the return."""
    history = history_of((Change.REMOVED, "paragraph-2", ONE), (back, "paragraph-2", THREE))
    assert wordings(history, "paragraph-2") == [(FIRST, SECOND, True), (FOURTH, None, False)]
    words = grade(history, "paragraph-2", FIRST, Facet.WORDS)
    assert words is not None
    assert words.status is TextStatus.NOT_PRESERVED
    gone = exists(history, "paragraph-2", SECOND)
    assert gone is not None
    assert not gone.holds


def test_a_correction_is_a_new_wording() -> None:
    """What stood before it is lost as well."""
    history = history_of((Change.CORRECTED, "paragraph-1", ONE))
    assert wordings(history, "paragraph-1") == [(FIRST, SECOND, True), (SECOND, None, False)]


def test_a_part_comes_with_its_whole() -> None:
    """A section that was inserted brings its rows: none of them is older."""
    notes = ((Change.INSERTED, "plan/section-1", ONE),)
    history = history_of(*notes)
    assert wordings(history, ROW) == [(SECOND, None, False)]
    assert exists(history, ROW, FIRST) is None
    assert [(a.target, a.certain) for a in amendments(*notes)] == [
        ("plan/section-1", True), (ROW, True),
    ]  # fmt: skip


def test_a_part_of_a_new_wording_may_be_older() -> None:
    """The old words of its whole are lost: that the act put it in is possible only."""
    notes = ((Change.REPLACED, "plan", ONE),)
    history = history_of(*notes)
    assert wordings(history, "plan") == [(FIRST, SECOND, True), (SECOND, None, False)]
    assert wordings(history, ROW) == [(SECOND, None, False)]
    found = {a.target: a.certain for a in amendments(*notes)}
    assert found == {
        "plan": True, "plan/stage-1": False, "plan/section-1": False, ROW: False,
    }  # fmt: skip


def test_a_part_with_a_note_of_its_own_is_older_than_its_whole() -> None:
    """It stood when it was reworded, and got new words again with its whole."""
    history = history_of((Change.REPLACED, ROW, ONE), (Change.REPLACED, "plan/section-1", THREE))
    assert wordings(history, ROW) == [
        (FIRST, SECOND, True), (SECOND, FOURTH, True), (FOURTH, None, False),
    ]  # fmt: skip


def test_what_was_reworded_and_then_amended_is_known_in_part() -> None:
    """That it stood is stated; which of its words the second act changed, nobody knows."""
    history = history_of(
        (Change.REPLACED, "paragraph-1", ONE), (Change.AMENDED, "paragraph-1", TWO)
    )
    existence = exists(history, "paragraph-1", SECOND)
    assert existence is not None
    assert existence.grade is Grade.STATED
    between = [
        inference.grade
        for key, inference in history.attestations.items()
        if key.subject.path == "paragraph-1" and key.state == SECOND and key.facet is Facet.WORDS
    ]
    assert between == [Grade.UNKNOWN]


def test_a_rewording_proves_nothing_of_what_stood_before_another_act() -> None:
    """An act that changed the plan in between may have put the row in (R4 needs a closed list)."""
    history = history_of((Change.AMENDED, "plan", ONE), (Change.REPLACED, ROW, THREE))
    assert exists(history, ROW, FIRST) is None, "its stage is known by a title only"
    second = exists(history, ROW, SECOND)
    assert second is not None
    assert (second.grade, second.rules) == (Grade.INFERRED, ("R2", "R4"))


def test_a_whole_stood_where_a_part_was_put_in() -> None:
    """A note on a row tells of its section, as long as no act in between may have brought that."""
    history = history_of((Change.INSERTED, ROW, ONE), (Change.AMENDED, "plan", TWO))
    known = exists(history, "plan/section-1", FIRST)
    assert known is not None
    assert (known.grade, known.rules) == (Grade.INFERRED, ("R9", "R4"))


def test_what_no_act_touched_stands_as_before() -> None:
    """The section is proved by its row; when the row goes, the section is still there (R4)."""
    history = history_of((Change.REMOVED, ROW, ONE), (Change.AMENDED, "plan", THREE))
    known = exists(history, "plan/section-1", SECOND)
    assert known is not None
    assert (known.grade, known.rules) == (Grade.INFERRED, ("R4",))


def test_an_act_of_the_first_day_leaves_no_older_version() -> None:
    """What it replaced never stood for a day."""
    history = history_of((Change.REPLACED, "paragraph-1", act("1", FIRST)))
    assert wordings(history, "paragraph-1") == [(FIRST, None, False)]
    assert len(history.states) == 1
