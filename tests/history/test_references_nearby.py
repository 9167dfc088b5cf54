"""What other words help to decide: titles, drafts named nearby, "the Law"."""

from dataclasses import replace
from datetime import date

import pytest

from kg.build import Reading
from kg.history.known import Facts
from kg.history.leads import Resolved, Status
from kg.history.references import resolve_references
from kg.model import Citing
from kg.namespaces import BASE
from tests.history.resolving import (
    DECREE,
    FIRST_LAW,
    LAW,
    PLANNED_DECREE,
    SECOND_LAW,
    leads,
    pick,
    resolve,
    without,
)


@pytest.fixture(scope="module")
def resolved(reading: Reading, facts: Facts) -> tuple[Resolved, ...]:
    """The references of the project's own plan."""
    return resolve_references(reading.plan, facts)


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
    output = pick(resolved, "plan/section-1/measure-3", Citing.DRAFT).reference
    assert resolve(reading.plan, facts, output, provision="paragraph-1").leads == ()
