"""Rules in the whole history: where the text gives them no ground, they are silent."""

from dataclasses import replace
from datetime import date

import pytest

from kg.build import Making, Reading
from kg.history.known import Facet, Facts, Grade
from kg.history.timeline import states_of
from kg.model import Change, Deadline, Effect, Note, Plan, Provision
from tests.history.changing import alter, grade, infer
from tests.history.contract import STATES

A, B, C = STATES.values()


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The project's own plan."""
    return reading.plan


def paths_by(making: Making, rule: str) -> set[str]:
    """The provisions of which something is attested by a rule."""
    found = making.history.attestations.items()
    return {key.subject.path for key, inference in found if rule in inference.rules}


@pytest.mark.rule("R1", "silent")
def test_r1_is_silent_inside_the_plan(making: Making) -> None:
    """No row of the plan is marked by a note of its own, so that none is original by being bare."""
    reached = paths_by(making, "R1")
    assert "paragraph-1" in reached
    assert [path for path in reached if path.startswith("plan") or path == "approval"] == []


@pytest.mark.rule("R2", "silent")
@pytest.mark.rule("R3", "silent")
def test_r2_and_r3_are_silent_without_a_note(making: Making) -> None:
    """What no note calls reworded or removed has no earlier words, and no end."""
    assert paths_by(making, "R2") == {"paragraph-4", "paragraph-5"}
    assert paths_by(making, "R3") == {"plan/section-3"}


@pytest.mark.rule("R4", "silent")
def test_r4_is_silent_of_what_no_proof_puts_before_the_first_act(making: Making) -> None:
    """4.3 stood before No. 1401; nothing tells whether No. 1139 put it there."""
    known = grade(making.history, "plan/section-4/measure-3", B, Facet.START)
    assert known is not None
    assert (known.grade, known.rules) == (Grade.UNKNOWN, ("R22",))


@pytest.mark.rule("R10", "silent")
def test_r10_is_silent_of_headings_that_stand(making: Making) -> None:
    """A section that nobody removed has the words of its heading from the last text only."""
    assert paths_by(making, "R10") == {"plan/section-3"}


@pytest.mark.parametrize(
    ("effect", "rule"),
    [
        pytest.param(
            None,
            "R12",
            marks=[
                pytest.mark.rule("R12", "holds"),
                pytest.mark.rule("R15", "silent"),
                pytest.mark.rule("R16", "silent"),
            ],
        ),
        pytest.param(
            Effect.PUBLICATION,
            "R15",
            marks=[
                pytest.mark.rule("R15", "holds"),
                pytest.mark.rule("R12", "silent"),
                pytest.mark.rule("R12", "collides", "R15"),
            ],
        ),
        pytest.param(
            Effect.SIGNING,
            "R16",
            marks=[
                pytest.mark.rule("R16", "holds"),
                pytest.mark.rule("R12", "collides", "R16"),
            ],
        ),
        pytest.param(Effect.DAY, "R21", marks=pytest.mark.rule("R12", "collides", "R21")),
    ],
)
def test_a_clause_on_effect_has_its_rule(plan: Plan, effect: Effect | None, rule: str) -> None:
    """One rule gives an act's day, by the clause that stands beside it or by there being none."""
    notes = tuple(clause_everywhere(note, effect) for note in plan.notes)
    states = states_of(Plan(plan.act, plan.provisions, notes, plan.layout))
    first = next(state for state in states if state.amenders == ("resolution/2014/1139",))
    assert first.effect.inference.rules == (rule,)
    assert (first.effect.latest is not None) == (effect is Effect.DAY)


def clause_everywhere(note: Note, effect: Effect | None) -> Note:
    """A note whose citations of No. 1139 have a clause on its effect."""
    day = date(2014, 11, 10) if effect is Effect.DAY else None
    acts = tuple(
        replace(act, effect=effect, from_day=day) if act.number == "1139" else act
        for act in note.acts
    )
    return replace(note, acts=acts)


@pytest.mark.rule("R17", "holds", "silent")
def test_r17_speaks_of_initials_and_of_no_body_that_is_spelled_out(making: Making) -> None:
    """СА in 2.3 is the one abbreviation that the list leaves out."""
    read = [
        (key.subject.path, key.subject.cell, inference.grade)
        for key, inference in making.history.attestations.items()
        if key.facet is Facet.IDENTIFICATION and inference.rules == ("R17",)
    ]
    assert set(read) == {("plan/section-2/measure-3", "responsibility-4", Grade.INFERRED)}


@pytest.mark.rule("R21", "silent")
@pytest.mark.rule("R21", "collides", "R22")
def test_r21_speaks_of_the_state_that_is_held(making: Making) -> None:
    """In the last state the text wins over the note; before it, the note leaves the row open."""
    stated = {
        key.state
        for key, inference in making.history.attestations.items()
        if "R21" in inference.rules and key.subject.path == "plan/section-1/measure-1"
    }
    assert stated == {C}
    last = grade(making.history, "plan/section-1/measure-1", C, Facet.WORDS)
    before = grade(making.history, "plan/section-1/measure-1", B, Facet.WORDS)
    assert last is not None
    assert before is not None
    assert (last.rules, before.rules) == (("R21",), ("R22",))


@pytest.mark.rule("R22", "silent")
def test_r22_is_silent_outside_the_whole_that_the_note_is_over(making: Making) -> None:
    """The note over the plan leaves nothing open in the paragraphs."""
    outside = {"title", "identification", "preamble", "signature"}
    reached = paths_by(making, "R22")
    assert "plan/section-1" in reached
    assert [p for p in reached if p.startswith("paragraph") or p in outside] == []


@pytest.mark.rule("R8", "collides", "R18")
def test_r8_takes_no_bound_that_is_itself_inferred(plan: Plan, facts: Facts) -> None:
    """A yearly deadline in the first stage ends with it by R18; that proves no row to be old."""

    def yearly(row: Provision) -> Provision:
        deadline = row.cells.deadline
        assert deadline is not None
        recurring = Deadline(deadline.quote, recurrence="P1Y")
        return replace(row, cells=replace(row.cells, deadline=recurring))

    path = "plan/section-2/measure-1"
    history = infer(alter(plan, path, yearly), facts)
    row = grade(history, path, B)
    bounds = grade(history, path, B, Facet.BOUNDS, "deadline")
    assert row is not None
    assert bounds is not None
    assert (row.grade, row.rules) == (Grade.UNKNOWN, ("R22",))
    assert (bounds.grade, bounds.rules) == (Grade.INFERRED, ("R18",))


@pytest.mark.rule("R13", "collides", "R12")
def test_r13_gives_way_to_a_later_act(plan: Plan) -> None:
    """One more note ends the state that was the last, and the new last one has no end."""
    note = next(note for note in plan.notes if note.change is Change.AMENDED)
    later = replace(note.acts[0], number="7", day=date(2016, 5, 4), effect=None, from_day=None)
    notes = (*plan.notes, replace(note, acts=(later,)))
    states = states_of(Plan(plan.act, plan.provisions, notes, plan.layout))
    assert [state.until for state in states] == [B, C, date(2016, 5, 4), None]
    assert states[-1].effect.inference.rules == ("R12",)
