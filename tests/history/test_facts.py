"""Grades rise and fall with the facts: whoever adds a sourced fact changes what is known."""

from dataclasses import replace
from datetime import date

import pytest

from kg.build import Reading
from kg.history.known import Facet, Facts, Grade
from kg.model import Change, Plan, Provision
from tests.history.changing import agency, alter, end, found, grade, infer
from tests.history.contract import STATES

A, B, C = STATES.values()


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The project's own plan."""
    return reading.plan


def test_without_the_law_measure_4_is_only_possible(plan: Plan, facts: Facts) -> None:
    """1.4 stands in A by the fact that the planned law was passed; without it, it may stand."""
    with_fact = grade(infer(plan, facts), "plan/section-1/measure-4", A)
    without = grade(infer(plan, replace(facts, became={})), "plan/section-1/measure-4", A)
    assert with_fact is not None
    assert with_fact.rules == ("R8",)
    assert (
        "https://w3id.org/zhospar/fact/law-on-local-self-government-adopted" in with_fact.premises
    )
    assert without is not None
    assert (without.grade, without.rules, without.holds) == (Grade.UNKNOWN, ("R22",), True)


def test_a_founding_date_proves_cells_absent(plan: Plan, facts: Facts) -> None:
    """Had ҰЭМ been founded on 6 August 2014, no cell that names it could have stood in A."""
    history = infer(plan, found(facts, "ministry-of-national-economy", date(2014, 8, 6)))
    absent = [
        key
        for key, inference in history.attestations.items()
        if key.state == A and inference.rules == ("R5",) and key.subject.cell == "responsibility-1"
    ]
    assert len(absent) == 22
    assert all(not history.attestations[key].holds for key in absent)
    known = grade(history, "plan/section-4/measure-3", B, cell="responsibility-1")
    assert known is not None
    assert (known.grade, known.rules) == (Grade.UNKNOWN, ("R22",))


def test_an_end_raises_cells_to_inferred(plan: Plan, facts: Facts) -> None:
    """Had ӨДМ ended on 6 August 2014, each cell that names it would be older than the amenders."""
    history = infer(plan, end(facts, "ministry-of-regional-development", date(2014, 8, 6)))
    rows = [p for p in plan.provisions if p.path.startswith(("plan/section-1", "plan/section-2"))]
    raised = 0
    for row in rows:
        for number, body in enumerate(row.cells.responsibilities, start=1):
            known = grade(history, row.path, A, cell=f"responsibility-{number}")
            assert known is not None
            if body.agency == agency("ministry-of-regional-development"):
                assert (known.grade, known.rules) == (Grade.INFERRED, ("R6",))
                raised += 1
    assert raised == 7


def test_an_end_after_an_amender_raises_nothing(plan: Plan, facts: Facts) -> None:
    """A body that ended between the two acts may have been written by the first."""
    history = infer(plan, end(facts, "ministry-of-regional-development", date(2014, 11, 1)))
    before = grade(history, "plan/section-1/measure-1", A, cell="responsibility-1")
    after = grade(history, "plan/section-1/measure-1", B, cell="responsibility-1")
    assert before is not None
    assert after is not None
    assert (before.grade, after.grade) == (Grade.UNKNOWN, Grade.INFERRED)


def test_r1_and_r5_collide(plan: Plan, facts: Facts) -> None:
    """An unmarked paragraph that names a body founded later: neither rule is believed."""
    history = infer(plan, found(facts, "ministry-of-regional-development", date(2013, 2, 15)))
    known = grade(history, "paragraph-2", A, cell="responsibility-1")
    assert known is not None
    assert (known.grade, known.rules, known.holds) == (Grade.UNKNOWN, ("R1", "R5"), True)


def test_an_abbreviation_needs_a_row_that_may_name_its_body(plan: Plan, facts: Facts) -> None:
    """МАМ founded after A: its cells are provably absent there, and so its entry has no place."""
    history = infer(plan, found(facts, "ministry-of-culture-and-information", date(2013, 5, 1)))
    assert grade(history, "abbreviation-6", A) is None
    assert grade(history, "abbreviation-6", B) is not None
    assert grade(history, "abbreviation-5", A) is not None


def test_a_term_of_a_later_day_proves_nothing(plan: Plan, facts: Facts) -> None:
    """R14 needs a replacement before every later act."""
    later = {term: replace(fact, day=B) for term, fact in facts.replaced.items()}
    history = infer(plan, replace(facts, replaced=later))
    terms = [key for key in history.attestations if key.facet is Facet.TERM]
    assert {key.state for key in terms} == {B}


def test_without_any_facts_the_text_is_all(plan: Plan, facts: Facts) -> None:
    """The rules that need facts are silent; the others give what they gave."""
    bare = infer(plan, Facts())
    used = {rule for inference in bare.attestations.values() for rule in inference.rules}
    assert used & {"R5", "R6", "R7", "R14"} == set()
    assert grade(bare, "plan/section-1/measure-1", A) == grade(
        infer(plan, facts), "plan/section-1/measure-1", A
    )


def test_without_notes_there_is_one_state(plan: Plan, facts: Facts) -> None:
    """A text that nothing amended is stated from its first day on, and is all there is."""
    history = infer(Plan(plan.act, plan.provisions, (), plan.layout), facts)
    assert [(state.day, state.until, state.amenders) for state in history.states] == [(A, None, ())]
    existences = [i for k, i in history.attestations.items() if k.facet is Facet.EXISTENCE]
    assert {inference.grade for inference in existences} == {Grade.STATED}


def test_a_row_reworded_by_its_own_note_is_lost_before(plan: Plan, facts: Facts) -> None:
    """A note on one row proves it (R2) and takes its words and cells with it."""
    general = next(n for n in plan.notes if n.target == "plan")
    path = "plan/section-4/measure-1"
    own = replace(general, change=Change.REPLACED, target=path, acts=general.acts[:1])
    history = infer(Plan(plan.act, plan.provisions, (*plan.notes, own), plan.layout), facts)
    before = grade(history, path, A)
    assert before is not None
    assert before.rules == ("R2", "R4")
    assert grade(history, path, A, cell="deadline") is None
    after = grade(history, path, B)
    assert after is not None
    assert after.grade is Grade.STATED
    assert [v.lost for v in history.versions if v.path == path] == [True, False]


def test_a_deadline_moved_past_the_acts_leaves_its_row_open(plan: Plan, facts: Facts) -> None:
    """R8 speaks by the row's own deadline: in 2020, nothing tells that the row is old."""

    def postpone(row: Provision) -> Provision:
        deadline = row.cells.deadline
        assert deadline is not None
        later = replace(deadline, due_by=date(2020, 12, 31))
        return replace(row, cells=replace(row.cells, deadline=later))

    history = infer(alter(plan, "plan/section-2/measure-1", postpone), facts)
    known = grade(history, "plan/section-2/measure-1", A)
    assert known is not None
    assert known.grade is Grade.UNKNOWN
    section = grade(history, "plan/section-2", A)
    assert section is not None
    assert section.rules == ("R9",)
