"""What a reference's own words decide: each rule holds, and is silent where it must be."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kg.build import Reading
from kg.history.known import Fact, Facts, Grade
from kg.history.leads import Resolved, Status
from kg.history.references import resolve_references
from kg.model import Citing
from kg.namespaces import BASE
from tests.history.resolving import (
    CONCEPT,
    DECREE,
    LAW,
    PLANNED_DECREE,
    leads,
    pick,
    resolve,
)


@pytest.fixture(scope="module")
def resolved(reading: Reading, facts: Facts) -> tuple[Resolved, ...]:
    """The references of the project's own plan."""
    return resolve_references(reading.plan, facts)


def test_references_are_counted_by_status(resolved: tuple[Resolved, ...]) -> None:
    assert Counter(known.status for known in resolved) == {
        Status.RESOLVED: 45,
        Status.CANDIDATES: 7,
        Status.UNRESOLVED: 1,
    }


def test_every_rule_is_used(resolved: tuple[Resolved, ...]) -> None:
    rules = {rule for known in resolved for rule in known.all_rules}
    assert rules == {"R19", *(f"R{number}" for number in range(23, 36))}


def test_a_target_is_never_unknown_and_a_candidate_never_stated(
    resolved: tuple[Resolved, ...],
) -> None:
    for known in resolved:
        assert (known.grade is Grade.UNKNOWN) == (known.target is None)
        assert all(lead.inference.grade is not Grade.STATED for lead in known.candidates)


def test_every_lead_rests_on_the_words_themselves(resolved: tuple[Resolved, ...]) -> None:
    for known in resolved:
        for lead in known.leads:
            assert lead.inference.premises[0] == known.reference.quote.span


# ---- by the words themselves


def test_r23_a_date_identifies(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """An act known by its day is stated; the text's own day and number lead to itself."""
    decree = pick(resolved, "preamble", Citing.DATE)
    assert leads(decree) == [(DECREE, "Stated", "R23")]
    assert leads(pick(resolved, "approval", Citing.DATE)) == [("", "Stated", "R23")]
    unknown = resolve(reading.plan, facts, decree.reference, fitting=())
    assert (unknown.status, unknown.rules) == (Status.UNRESOLVED, ("R35",))


def test_r24_this_is_the_text_itself(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """Of another kind of act, "this" says nothing that is known."""
    own = pick(resolved, "paragraph-5", Citing.SELF)
    assert leads(own) == [("", "Stated", "R24")]
    other = resolve(reading.plan, facts, own.reference, fitting=(), kind="law")
    assert other.status is Status.UNRESOLVED


def test_r24_a_paragraph_of_this_resolution(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """A number that no paragraph has leads nowhere."""
    own = pick(resolved, "paragraph-5", Citing.SELF).reference
    found = resolve(reading.plan, facts, own, citing=Citing.PART, number="2")
    assert leads(found) == [("paragraph-2", "Stated", "R24")]
    assert resolve(reading.plan, facts, own, citing=Citing.PART, number="9").leads == ()


def test_r25_a_short_form_rests_on_its_definition(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    plan = pick(resolved, "paragraph-3", Citing.SHORT_FORM)
    assert leads(plan) == [("plan", "Stated", "R25")]
    assert plan.target
    assert plan.reference.definition
    assert plan.reference.definition.text == "(бұдан әрі - Жоспар)"
    assert plan.reference.definition.span in plan.target.inference.premises
    undefined = resolve(reading.plan, facts, plan.reference, definition=None, fitting=())
    assert undefined.status is Status.UNRESOLVED


def test_r19_an_items_number_is_read_in_its_own_section(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    item = pick(resolved, "plan/section-2/measure-5", Citing.PART)
    assert leads(item) == [("plan/section-2/measure-4", "Inferred", "R19")]
    assert resolve(reading.plan, facts, item.reference, number="6").leads == ()
    outside = resolve(reading.plan, facts, item.reference, provision="paragraph-1")
    assert outside.leads == ()


def test_r27_the_concept_is_the_one_that_the_basis_approved(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """Stated inside the decree's own title, inferred elsewhere; not where the basis is another."""
    inside = pick(resolved, "preamble", Citing.NAME)
    assert leads(inside) == [(CONCEPT, "Stated", "R27")]
    row = pick(resolved, "plan/section-1/measure-1", Citing.NAME)
    assert leads(row) == [(CONCEPT, "Inferred", "R27")]
    stage = pick(resolved, "plan/section-4/measure-16", Citing.NAME)
    assert leads(stage) == [(f"{CONCEPT}/stage-2", "Inferred", "R27")]
    plan = replace(reading.plan, act=replace(reading.plan.act, based_on=LAW))
    elsewhere = pick(resolve_references(plan, facts), "plan/section-1/measure-1", Citing.NAME)
    assert leads(elsewhere) == [(CONCEPT, "Inferred", "R26")]


def test_r34_a_shortened_name_is_never_stated(resolved: tuple[Resolved, ...]) -> None:
    named = pick(resolved, "plan/section-5/measure-4", Citing.NAME)
    assert leads(named) == [(CONCEPT, "Inferred", "R27+R34")]


def test_r29_a_later_act_may_be_the_one_foreseen(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """One that was there before is simply the one named."""
    model = pick(resolved, "plan/section-1/measure-3", Citing.NAME)
    later = f"{BASE}eli/kz/decree/2013/704"
    assert leads(model) == [(later, "Inferred", "R29")]
    assert model.target is None
    older = replace(facts, act_days={**facts.act_days, later: date(2012, 1, 1)})
    known = resolve(reading.plan, older, model.reference)
    assert (known.status, leads(known)) == (Status.RESOLVED, [(later, "Inferred", "R26")])


def test_r29_falls_silent_where_a_fact_tells(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """A planned act that is known to have become one needs no candidates."""
    draft = pick(resolved, "plan/section-2/measure-2", Citing.TITLE)
    candidate = (f"{BASE}eli/kz/decree/2013/555", "Inferred", "R29")
    assert leads(draft) == [(PLANNED_DECREE, "Stated", "R26"), candidate]
    adopted = Fact(f"{BASE}fact/decree-signed", date(2013, 4, 24))
    known = replace(facts, became={**facts.became, PLANNED_DECREE: adopted})
    assert leads(resolve(reading.plan, known, draft.reference)) == [leads(draft)[0]]


def test_r32_a_note_names_what_it_stands_behind(resolved: tuple[Resolved, ...]) -> None:
    """By a number it says so, without one its place does."""
    paragraph = pick(resolved, "note-1", Citing.PART)
    assert leads(paragraph) == [("paragraph-4", "Stated", "R32")]
    section = pick(resolved, "note-4", Citing.PART)
    assert leads(section) == [("plan/section-3", "Inferred", "R32")]


def test_r33_a_plan_for_a_stage_may_be_this_ones(resolved: tuple[Resolved, ...]) -> None:
    """This plan's own title leads to it by R26."""
    other = pick(resolved, "plan/section-4/measure-1", Citing.PLAN)
    assert leads(other) == [("plan/stage-2", "Unknown", "R33"), ("plan", "Unknown", "R33")]
    own = pick(resolved, "title", Citing.PLAN)
    assert leads(own) == [("plan", "Stated", "R26")]


def test_r35_documents_of_a_kind_stay_open(resolved: tuple[Resolved, ...]) -> None:
    programmes = pick(resolved, "plan/section-1/measure-4", Citing.KIND)
    assert (programmes.rules, programmes.leads) == (("R35",), ())
