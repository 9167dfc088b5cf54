"""Where two rules speak of one thing: which of them wins, as ``ontology/rules.ttl`` says."""

from dataclasses import replace
from datetime import date

import pytest

from kg.build import Reading
from kg.history.known import Facet, Facts, Grade, History, Inference, TextStatus
from kg.history.leads import Resolved
from kg.history.references import resolve_references
from kg.history.timeline import states_of
from kg.model import Citing, Kind, Mention, Plan, Provision
from tests.history.changing import agency, alter, end, found, grade, infer
from tests.history.contract import STATES
from tests.history.resolving import LAW, leads, pick, resolve

A, B, C = STATES.values()
ROW = "plan/section-1/measure-1"
BETWEEN = date(2013, 5, 1)


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The project's own plan."""
    return reading.plan


@pytest.fixture(scope="module")
def history(plan: Plan, facts: Facts) -> History:
    """Its history by the facts that are known."""
    return infer(plan, facts)


@pytest.fixture(scope="module")
def resolved(plan: Plan, facts: Facts) -> tuple[Resolved, ...]:
    """The references of the project's own plan."""
    return resolve_references(plan, facts)


def known(
    history: History,
    path: str,
    state: date,
    facet: Facet = Facet.EXISTENCE,
    cell: str | None = None,
) -> Inference:
    """What is attested, which has to be there."""
    inference = grade(history, path, state, facet, cell)
    assert inference is not None, (path, state, facet, cell)
    return inference


def number_of(plan: Plan, path: str, body: str) -> str:
    """The cell of a row that names a body."""
    named = [r.agency for r in plan.provision(path).cells.responsibilities]
    return f"responsibility-{named.index(agency(body)) + 1}"


def postponed(row: Provision) -> Provision:
    """A row that falls due at the end of the plan's period."""
    deadline = row.cells.deadline
    assert deadline is not None
    later = replace(deadline, due_from=None, due_by=date(2020, 12, 31))
    return replace(row, cells=replace(row.cells, deadline=later))


@pytest.mark.rule("R3", "collides", "R22")
@pytest.mark.rule("R10", "collides", "R22")
@pytest.mark.rule("R10", "collides", "R21")
def test_a_removed_section_has_its_own_note_in_an_amended_plan(history: History) -> None:
    """Its own note wins over the plan's; once removed, the printed heading isn't stated."""
    path = "plan/section-3"
    assert known(history, path, A).rules == ("R3", "R4")
    words = known(history, path, A, Facet.WORDS)
    assert (words.grade, words.rules) == (Grade.INFERRED, ("R10",))
    for state in (B, C):
        gone = known(history, path, state)
        assert (gone.rules, gone.holds) == (("R21",), False)
        assert grade(history, path, state, Facet.WORDS) is None


@pytest.mark.rule("R4", "collides", "R12")
def test_nothing_changed_before_an_act_whose_day_is_only_a_bound(
    plan: Plan, history: History
) -> None:
    """The first state ends on the lower bound; were the day stated, it would reach up to that."""
    before = known(history, "paragraph-4", A, Facet.START)
    assert before.rules == ("R4", "R16")
    first, second, _ = states_of(plan)
    assert (first.until, second.effect.earliest, second.effect.latest) == (B, B, None)
    new = [version for version in history.versions if version.path == "paragraph-4"][1]
    assert new.day == B


@pytest.mark.rule("R5", "collides", "R6")
def test_a_body_founded_after_a_state_was_in_no_row_of_it(plan: Plan, facts: Facts) -> None:
    """Founded in May 2013 and ended before the acts: no amender wrote it, and yet A hadn't it."""
    cell = number_of(plan, ROW, "ministry-of-regional-development")
    both = end(
        found(facts, "ministry-of-regional-development", BETWEEN),
        "ministry-of-regional-development",
        date(2014, 8, 6),
    )
    inference = known(infer(plan, both), ROW, A, cell=cell)
    assert (inference.rules, inference.holds) == (("R5",), False)
    only_ended = end(facts, "ministry-of-regional-development", date(2014, 8, 6))
    assert known(infer(plan, only_ended), ROW, A, cell=cell).rules == ("R6",)


@pytest.mark.rule("R5", "collides", "R8")
def test_an_old_row_may_have_had_no_cell_for_a_younger_body(plan: Plan, facts: Facts) -> None:
    """The deadline proves the row, the founding that one of its cells wasn't there: both hold."""
    cell = number_of(plan, ROW, "ministry-of-finance")
    history = infer(plan, found(facts, "ministry-of-finance", BETWEEN))
    assert known(history, ROW, A).rules == ("R8",)
    absent = known(history, ROW, A, cell=cell)
    assert (absent.rules, absent.holds) == (("R5",), False)
    assert known(history, ROW, B, cell=cell).holds


@pytest.mark.rule("R5", "collides", "R17")
def test_a_body_read_by_its_initials_can_be_too_young(plan: Plan, facts: Facts) -> None:
    """R5 takes the reading as it is."""
    path = "plan/section-2/measure-3"
    cell = number_of(plan, path, "agency-of-statistics")
    history = infer(plan, found(facts, "agency-of-statistics", BETWEEN))
    assert not known(history, path, A, cell=cell).holds
    assert known(history, path, B, Facet.IDENTIFICATION, cell).rules == ("R17",)


@pytest.mark.rule("R6", "collides", "R8")
def test_a_late_deadline_beside_a_body_that_had_ended(plan: Plan, facts: Facts) -> None:
    """The row may be new, so R8 is silent; its one cell that names МАМ is old by R6."""
    history = infer(alter(plan, ROW, postponed), facts)
    row = known(history, ROW, A)
    assert (row.grade, row.rules) == (Grade.UNKNOWN, ("R22",))
    cell = number_of(plan, ROW, "ministry-of-culture-and-information")
    inference = known(history, ROW, A, cell=cell)
    assert (inference.grade, inference.rules) == (Grade.INFERRED, ("R6",))


@pytest.mark.rule("R7", "collides", "R8")
def test_an_old_row_whose_words_cite_a_younger_act(plan: Plan, facts: Facts) -> None:
    """The row stood, by its deadline; its words are left open."""

    def citing(row: Provision) -> Provision:
        return replace(row, citations=(Mention(LAW, row.words),))

    history = infer(alter(plan, ROW, citing), facts)
    assert known(history, ROW, A).rules == ("R8",)
    words = known(history, ROW, A, Facet.WORDS)
    assert (words.grade, words.rules) == (Grade.UNKNOWN, ("R22",))


@pytest.mark.rule("R9", "collides", "R11")
@pytest.mark.rule("R9", "collides", "R22")
def test_a_stage_is_proved_by_its_parts_or_by_the_title(history: History) -> None:
    """B has rows that are proved, so R9 wins and the heading is known; A has the title alone."""
    stage = "plan/stage-2"
    assert known(history, stage, A).rules == ("R11",)
    assert known(history, stage, A, Facet.WORDS).status is TextStatus.NOT_PRESERVED
    assert known(history, stage, B).rules == ("R9",)
    words = known(history, stage, B, Facet.WORDS)
    assert (words.grade, words.rules) == (Grade.UNKNOWN, ("R22",))


@pytest.mark.rule("R14", "collides", "R22")
def test_an_old_term_in_words_that_are_left_open(history: History) -> None:
    """The term is inferred, the words around it stay unknown."""
    path = "plan/section-2/measure-2"
    keys = [key for key in history.attestations if key.subject.path == path and key.state == A]
    terms = [history.attestations[key] for key in keys if key.facet is Facet.TERM]
    assert [(t.grade, t.rules) for t in terms] == [(Grade.INFERRED, ("R14",))]
    assert known(history, path, A, Facet.WORDS).rules == ("R22",)


@pytest.mark.rule("R19", "collides", "R24")
def test_an_item_of_this_plan_is_not_the_plan(resolved: tuple[Resolved, ...]) -> None:
    """«осы жоспардың 4-тармағы» says this plan, and means the item."""
    item = pick(resolved, "plan/section-2/measure-5", Citing.PART)
    assert leads(item) == [("plan/section-2/measure-4", "Inferred", "R19")]


@pytest.mark.rule("R24", "collides", "R32")
def test_a_paragraphs_number_in_a_note_is_read_by_its_place(
    resolved: tuple[Resolved, ...], plan: Plan, facts: Facts
) -> None:
    """The same number in a paragraph means a paragraph of this resolution."""
    note = pick(resolved, "note-1", Citing.PART)
    assert leads(note) == [("paragraph-4", "Stated", "R32")]
    own = pick(resolved, "paragraph-5", Citing.SELF).reference
    cited = resolve(plan, facts, own, citing=Citing.PART, number="4")
    assert leads(cited) == [("paragraph-4", "Stated", "R24")]
    assert plan.provision("note-1").kind is Kind.NOTE


@pytest.mark.rule("R25", "collides", "R31")
def test_a_definition_is_stronger_than_acts_cited_before(
    resolved: tuple[Resolved, ...], plan: Plan, facts: Facts
) -> None:
    """ "The Law" would be what the text defines it for, and no candidate besides."""
    law = pick(resolved, "plan/section-4/measure-3", Citing.SHORT_FORM).reference
    plan_form = pick(resolved, "paragraph-3", Citing.SHORT_FORM).reference
    assert len(resolve(plan, facts, law).candidates) == 2
    defined = resolve(plan, facts, law, definition=plan_form.definition, fitting=(LAW,))
    assert leads(defined) == [(LAW, "Stated", "R25")]
