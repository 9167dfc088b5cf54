"""State graphs: plain statements on undated addresses, a provision and its cells in one graph."""

from dataclasses import replace
from itertools import combinations

import pytest
from rdflib import URIRef

from kg.build import Making, Reading
from kg.graph.provisions import Writer
from kg.graph.quads import Quads
from kg.graph.states import write_states
from kg.history.known import Facet
from kg.iris import act_iri, graph_iri, possible_graph_iri, state_graph_iri
from kg.namespaces import RDF, ZH
from tests.conftest import Compare
from tests.graph.making import Triple, state_graphs, triples, values, write_turtle
from tests.history.contract import STATES

ACT = act_iri("resolution", 2013, "78")
MADE_UP_ACT = act_iri("resolution", 2031, "7")
A, B, C = STATES.values()


@pytest.fixture(scope="module")
def first(making: Making) -> set[Triple]:
    """What stands in the first state."""
    return triples(making, state_graph_iri(ACT, A))


@pytest.fixture(scope="module")
def last(making: Making) -> set[Triple]:
    """What stands in the last state."""
    return triples(making, state_graph_iri(ACT, C))


@pytest.mark.parametrize("plan", ["project", "made-up"])
def test_state_possible_and_reference_are_disjoint(
    making: Making, made_up_making: Making, plan: str
) -> None:
    """So that their union is a merge: no statement stands in two graphs that are asked together."""
    made, act = (making, ACT) if plan == "project" else (made_up_making, MADE_UP_ACT)
    reference = triples(made, graph_iri("reference"))
    pairs = 0
    for state in made.history.states:
        stands = triples(made, state_graph_iri(act, state.day))
        may = triples(made, possible_graph_iri(act, state.day))
        for one, other in combinations((stands, may, reference), 2):
            assert one & other == set()
            pairs += 1
        assert stands
    assert pairs == 3 * len(made.history.states)


def test_the_last_state_has_nothing_possible(making: Making) -> None:
    """What the text held says of its own state is stated."""
    assert triples(making, possible_graph_iri(ACT, C)) == set()


def test_the_made_up_states_are_the_golden_ones(made_up_making: Making, golden: Compare) -> None:
    """Model to Turtle: every statement of every made-up state."""
    graphs = state_graphs(made_up_making, MADE_UP_ACT)
    assert len(graphs) == 8
    parts = [f"# <{name}>\n\n{write_turtle(triples(made_up_making, name))}" for name in graphs]
    golden("made-up-states.ttl", "\n".join(parts))


def test_a_row_says_what_its_cells_say(first: set[Triple]) -> None:
    """Measure 1.1 as adopted: number, grades, and each cell with its own."""
    row = f"{ACT}/plan/section-1/measure-1"
    version = f"{row}@2013-01-31"
    assert values(first, row, ZH.number) == ["1."]
    assert values(first, row, ZH.evidence) == ["Inferred"]
    assert values(first, row, ZH.textEvidence) == ["Unknown"]
    assert values(first, row, ZH.textStatus) == ["AttestedLater"]
    assert len(values(first, row, ZH.responsibility)) == 14
    assert values(first, row, ZH.effectiveResponsibility) == values(first, row, ZH.responsibility)
    assert "ministry-of-culture-and-information" in values(first, row, ZH.responsibleAgency)
    assert values(first, f"{version}/responsibility-10", ZH.agency) == [
        "central-election-commission"
    ]
    assert values(first, f"{version}/responsibility-10", ZH.byAgreement) == ["true"]
    assert values(first, f"{version}/deadline", ZH.dueFrom) == ["2013-02-01"]
    assert values(first, f"{version}/deadline", ZH.dueBy) == ["2013-02-28"]
    assert values(first, f"{version}/output-1", ZH.outputAuthor) == [
        "ministry-of-regional-development"
    ]
    assert values(first, f"{version}/funding", ZH.fundingType) == ["not-required"]


def test_items_without_bodies_have_their_measures(last: set[Triple]) -> None:
    """The items of 4.5 inherit its eight responsibilities; those of 1.2 have their own."""
    measure = f"{ACT}/plan/section-4/measure-5"
    bodies = values(last, measure, ZH.responsibility)
    assert len(bodies) == 8
    for number in range(1, 5):
        assert values(last, f"{measure}/item-{number}", ZH.responsibility) == []
        assert values(last, f"{measure}/item-{number}", ZH.effectiveResponsibility) == bodies
    own = f"{ACT}/plan/section-1/measure-2"
    assert values(last, own, ZH.effectiveResponsibility) == []
    assert len(values(last, f"{own}/item-1", ZH.effectiveResponsibility)) == 8


def test_lost_words_leave_what_proves_them(first: set[Triple]) -> None:
    """Paragraph 4 as adopted: its number and place, no words, no cells, the note as evidence."""
    paragraph = f"{ACT}/paragraph-4"
    assert values(first, paragraph, ZH.number) == ["4."]
    assert values(first, paragraph, ZH.text) == []
    assert values(first, paragraph, ZH.responsibility) == []
    assert values(first, paragraph, ZH.deadline) == []
    assert values(first, paragraph, ZH.duty) == []
    assert len(values(first, paragraph, ZH.evidencedBy)) == 1


def test_the_row_of_a_measure_and_its_item(last: set[Triple]) -> None:
    """4.5 has the lead-in and the cells; its first item the whole printed words."""
    measure = f"{ACT}/plan/section-4/measure-5"
    assert values(last, measure, ZH.text) == ["Мыналарды:"]
    assert values(last, f"{measure}/item-1", ZH.printedWith) == ["measure-5"]
    assert values(last, f"{measure}/item-1", ZH.text)[0].startswith("Мыналарды: қала")
    assert values(last, f"{measure}/item-1", ZH.deadline) == []


def test_special_cells(last: set[Triple]) -> None:
    """A deadline after an act, a yearly one, days of the year, money by another item, a holder."""
    section = f"{ACT}/plan/section-"
    after = f"{section}1/measure-4@2013-01-31/deadline"
    assert values(last, after, ZH.relativeTo) == ["law-on-local-self-government"]
    assert values(last, after, ZH.offset) == ["P1M"]
    yearly = f"{section}4/measure-2@2014-10-27/deadline"
    assert values(last, yearly, ZH.recurrence) == ["P1Y"]
    assert values(last, yearly, ZH.month) == ["--03"]
    assert values(last, yearly, ZH.recursFrom) == ["2015-01-01"]
    assert values(last, yearly, ZH.recursUntil) == ["2020-12-31"]
    days = values(last, f"{ACT}/paragraph-4@2014-10-27/deadline", ZH.monthDay)
    assert days == ["--02-01", "--08-01"]
    money = f"{section}2/measure-5@2013-01-31/funding"
    assert values(last, money, ZH.refersTo) == ["measure-4"]
    holder = f"{ACT}/paragraph-5@2014-10-27/responsibility-1"
    assert values(last, holder, ZH.heldBy) == ["bakytzhan-sagintayev"]
    capacity = f"{ACT}/paragraph-3@2013-01-31/responsibility-3"
    assert values(last, capacity, ZH.capacity) == ["first-heads"]


def test_a_section_that_was_removed_is_gone(making: Making, first: set[Triple]) -> None:
    """Section 3 stands as adopted, with its heading; afterwards no state graph speaks of it."""
    section = URIRef(f"{ACT}/plan/section-3")
    assert values(first, str(section), ZH.partsStatus) == ["NotPreserved"]
    for graph in state_graphs(making, ACT)[2:]:
        assert section not in {s for s, _, _ in triples(making, graph)}


def test_every_cell_is_led_to(making: Making) -> None:
    """No cell floats: each is a value of its provision's property, in the same graph."""
    cells = 0
    for graph in state_graphs(making, ACT):
        statements = triples(making, graph)
        kinds = {ZH.Responsibility, ZH.Output, ZH.Deadline, ZH.Funding}
        made = {s for s, p, o in statements if p == RDF.type and o in kinds}
        links = {ZH.responsibility, ZH.output, ZH.deadline, ZH.funding}
        assert {o for _, p, o in statements if p in links} == made
        cells += len(made)
    assert cells == 725


def test_a_provision_that_nothing_grades_is_refused(making: Making, reading: Reading) -> None:
    """A hole in the history can't turn into an ungraded statement."""
    holed = {k: i for k, i in making.history.attestations.items() if k.facet is not Facet.WORDS}
    history = replace(making.history, attestations=holed)
    with pytest.raises(ValueError, match="stands in the state of 2013-01-31 ungraded"):
        write_states(Quads(), Writer(ACT, reading.plan, reading.curated), history)
