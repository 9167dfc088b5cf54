"""What each rule makes of a reference: where it holds, and where it must be silent."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kg.build import Reading
from kg.history.known import Fact, Facts, Grade
from kg.history.leads import Resolved, Status
from kg.history.references import resolve_references
from kg.model import Citing, Kind, Part, Plan, Provision, Reference
from kg.namespaces import BASE

LAW = f"{BASE}eli/kz/law/2013/101-V"
DECREE = f"{BASE}eli/kz/decree/2012/438"
CONCEPT = f"{DECREE}/concept"
FIRST_LAW = f"{BASE}planned-act/law-on-local-self-government"
SECOND_LAW = f"{BASE}planned-act/law-on-the-second-stage"
PLANNED_DECREE = f"{BASE}planned-act/decree-on-elections-of-akims"

Change = dict[str, object]


@pytest.fixture(scope="module")
def resolved(reading: Reading, facts: Facts) -> tuple[Resolved, ...]:
    """The references of the project's own plan."""
    return resolve_references(reading.plan, facts)


def pick(found: tuple[Resolved, ...], path: str, citing: Citing, words: str = "") -> Resolved:
    """The one reference of a kind in a provision that has some words."""
    (one,) = [
        known
        for known in found
        if known.reference.provision == path
        and known.reference.citing is citing
        and words in known.reference.quote.text
    ]
    return one


def leads(known: Resolved) -> list[tuple[str, str, str]]:
    """What a reference leads to: the target's path or address, its grade, its rules."""
    return [
        (
            lead.target.path if isinstance(lead.target, Part) else lead.target,
            str(lead.inference.grade),
            "+".join(lead.inference.rules),
        )
        for lead in known.leads
    ]


def resolve(plan: Plan, facts: Facts, reference: Reference, **change: object) -> Resolved:
    """A reference as it would be resolved with other fields, all others being as they are."""
    other = replace(reference, **change)  # type: ignore[arg-type]
    references = tuple(other if r is reference else r for r in plan.references)
    found = resolve_references(replace(plan, references=references), facts)
    return found[references.index(other)]


def without(plan: Plan, *left_out: Reference) -> Plan:
    """The plan without some of its references."""
    return replace(plan, references=tuple(r for r in plan.references if r not in left_out))


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


# ---- by title, and by other references


def test_r26_a_draft_is_the_planned_act_of_its_title(resolved: tuple[Resolved, ...]) -> None:
    """Drafted, or awaited by a deadline; what a fact says it became stands in no candidate."""
    for path in ("plan/section-1/measure-3", "plan/section-1/measure-4"):
        assert leads(pick(resolved, path, Citing.TITLE)) == [(FIRST_LAW, "Stated", "R26")]


def test_r30_a_title_used_again_is_open(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """Where the act had not passed when the row fell due, the title is simply the draft's."""
    again = pick(resolved, "plan/section-4/measure-5/item-4", Citing.TITLE)
    assert leads(again) == [(FIRST_LAW, "Unknown", "R30"), (SECOND_LAW, "Unknown", "R30")]
    adopted = facts.became[FIRST_LAW]
    late = replace(
        facts, became={**facts.became, FIRST_LAW: replace(adopted, day=date(2014, 11, 1))}
    )
    draft = resolve(reading.plan, late, again.reference)
    assert leads(draft) == [(FIRST_LAW, "Stated", "R26")]
    nothing = replace(facts, became={})
    assert leads(resolve(reading.plan, nothing, again.reference))[0][1] == "Stated"


def test_r26_and_r30_a_title_without_a_day(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """Where no draft uses the title again, it identifies the act that was passed."""
    cited = pick(resolved, "plan/section-4/measure-9", Citing.TITLE)
    assert leads(cited) == [(LAW, "Inferred", "R26"), (SECOND_LAW, "Unknown", "R30")]
    again = pick(resolved, "plan/section-4/measure-5/item-4", Citing.TITLE).reference
    alone = resolve_references(without(reading.plan, again), facts)
    known = pick(alone, "plan/section-4/measure-9", Citing.TITLE)
    assert leads(known) == [(LAW, "Stated", "R26")]


def test_r26_two_acts_of_one_title_are_candidates(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    cited = pick(resolved, "plan/section-4/measure-9", Citing.TITLE).reference
    both = resolve(reading.plan, facts, cited, fitting=(LAW, DECREE), title="another")
    assert leads(both) == [(LAW, "Unknown", "R26"), (DECREE, "Unknown", "R26")]
    assert resolve(reading.plan, facts, cited, fitting=(), planned=()).leads == ()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("plan/section-1/measure-2", FIRST_LAW),  # named elsewhere in its section
        ("plan/section-1/measure-3", FIRST_LAW),
        ("plan/section-2/measure-2", PLANNED_DECREE),
    ],
)
def test_r28_an_untitled_draft_is_the_one_named_nearby(
    resolved: tuple[Resolved, ...], path: str, target: str
) -> None:
    known = pick(resolved, path, Citing.DRAFT)
    assert leads(known)[0] == (target, "Inferred", "R28")


@pytest.mark.parametrize("number", [7, 8])
def test_r28_prefers_the_row_to_the_section(resolved: tuple[Resolved, ...], number: int) -> None:
    """Section 4 names two drafts; the row's own is meant."""
    path = f"plan/section-4/measure-{number}"
    (output,) = [
        known
        for known in resolved
        if known.reference.provision == path and known.reference.place == "output-1"
    ]
    assert leads(output)[0] == (SECOND_LAW, "Inferred", "R28")


def test_r28_takes_over_what_is_only_a_candidate(resolved: tuple[Resolved, ...]) -> None:
    known = pick(resolved, "plan/section-4/measure-5", Citing.DRAFT)
    expected = [(FIRST_LAW, "Unknown", "R28+R30"), (SECOND_LAW, "Unknown", "R28+R30")]
    assert leads(known) == expected


def test_r28_keeps_kinds_of_act_apart(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """A draft decree is none of the draft laws nearby."""
    output = pick(resolved, "plan/section-1/measure-3", Citing.DRAFT).reference
    assert resolve(reading.plan, facts, output, kind="decree").leads == ()


@pytest.mark.parametrize("path", ["plan/section-4/measure-3", "plan/section-4/measure-5/item-1"])
def test_r31_the_law_may_be_any_cited_before(resolved: tuple[Resolved, ...], path: str) -> None:
    """And the one that the data say may be so called; no draft is a law."""
    known = pick(resolved, path, Citing.SHORT_FORM)
    base_law = f"{BASE}eli/kz/law/2001/148"
    assert leads(known) == [(LAW, "Unknown", "R31"), (base_law, "Unknown", "R31")]


def test_r31_a_law_cited_later_is_no_candidate(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    law = pick(resolved, "plan/section-4/measure-3", Citing.SHORT_FORM).reference
    before = pick(resolved, "plan/section-4/measure-2", Citing.DATE).reference
    bare = replace(law, presumed=())
    references = tuple(bare if r is law else r for r in without(reading.plan, before).references)
    found = resolve_references(replace(reading.plan, references=references), facts)
    assert found[references.index(bare)].status is Status.UNRESOLVED


def test_an_undefined_decree_has_the_basis_as_candidate(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    law = pick(resolved, "plan/section-4/measure-3", Citing.SHORT_FORM).reference
    known = resolve(reading.plan, facts, law, kind="decree", presumed=())
    assert leads(known) == [(DECREE, "Unknown", "R31")]


def test_a_provision_outside_any_section_has_no_draft_nearby(
    resolved: tuple[Resolved, ...], reading: Reading, facts: Facts
) -> None:
    """Two drafts outside the plan's sections are in no row together."""
    output = pick(resolved, "plan/section-1/measure-3", Citing.DRAFT).reference
    assert resolve(reading.plan, facts, output, provision="paragraph-1").leads == ()
    kinds = {provision.kind for provision in _parents(reading.plan, "paragraph-1")}
    assert Kind.SECTION not in kinds


def _parents(plan: Plan, path: str) -> list[Provision]:
    provisions = []
    while path:
        provisions.append(plan.provision(path))
        path = provisions[-1].parent
    return provisions
