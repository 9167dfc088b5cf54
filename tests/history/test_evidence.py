"""The contract of evidence: each grade, rule and status in each state, in history and graph."""

from collections import Counter, defaultdict

import pytest
from rdflib import URIRef
from rdflib.term import Node

from kg.build import Making, Reading
from kg.history.known import AttestationKey, Facet, Inference
from kg.iris import (
    act_iri,
    local_name,
    possible_graph_iri,
    provision_iri,
    state_graph_iri,
    version_iri,
)
from kg.model import Kind
from kg.namespaces import RDF, ZH
from tests.history.contract import STATES, Expectation, existences, read_contract

ACT = act_iri("resolution", 2013, "78")
NAMES = {day: state for state, day in STATES.items()}
Statements = dict[tuple[str, URIRef], set[Node]]


@pytest.fixture(scope="module")
def contract() -> tuple[Expectation, ...]:
    """The rows of the contract."""
    return read_contract()


@pytest.fixture(scope="module")
def graphs(making: Making) -> dict[str, Statements]:
    """The state graphs: by graph, the values of each subject's properties."""
    found: dict[str, Statements] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value, graph in making.quads:
        found[str(graph)][str(subject), predicate].add(value)
    return found


def only(contract: tuple[Expectation, ...], key: AttestationKey) -> Expectation:
    """The one row that speaks of an attestation."""
    facet = key.facet.removesuffix("Facet").lower()
    cell = key.subject.cell or ""
    rows = [r for r in contract if r.speaks_of(key.subject.path, cell, facet, NAMES[key.state])]
    assert len(rows) == 1, (key, rows)
    return rows[0]


def said(inference: Inference) -> tuple[str, str, str]:
    """An inference as the contract writes it."""
    return str(inference.grade), " ".join(inference.rules), str(inference.holds).lower()


def test_every_attestation_is_as_the_contract_says(
    making: Making, contract: tuple[Expectation, ...]
) -> None:
    """Grade, rules and truth of each; exactly one row speaks of each; 1481 are checked."""
    checked = 0
    for key, inference in making.history.attestations.items():
        row = only(contract, key)
        assert said(inference) == (row.grade, row.rules, row.holds), (key, row)
        if key.facet in {Facet.WORDS, Facet.PARTS}:
            assert str(inference.status or "") == row.text_status, (key, row)
        checked += 1
    assert checked == 1481


def test_every_row_of_the_contract_speaks_of_something(
    making: Making, reading: Reading, contract: tuple[Expectation, ...]
) -> None:
    """No row is dead; one that says "absent" names provisions without an attestation."""
    used = Counter(only(contract, key) for key in making.history.attestations)
    for path in (provision.path for provision in reading.plan.provisions):
        used.update(row for _, row in existences(contract, path) if not row.grade)
    assert len(contract) == 96
    assert [row for row in contract if not used[row]] == []


def test_every_provision_in_every_state_is_covered(
    making: Making,
    reading: Reading,
    contract: tuple[Expectation, ...],
    graphs: dict[str, Statements],
) -> None:
    """93 provisions × 3 states: each stands in the graph that the contract names, or in none."""
    checked = 0
    for provision in reading.plan.provisions:
        rows = list(existences(contract, provision.path))
        assert [state for state, _ in rows] == list(STATES), provision.path
        for state, row in rows:
            assert homes(graphs, provision.path, state) == expected_home(row), (provision, state)
            checked += 1
    assert checked == 279


def homes(graphs: dict[str, Statements], path: str, state: str) -> list[str]:
    """Which of a state's two graphs speak of a provision."""
    day, iri = STATES[state], provision_iri(ACT, path)
    named = {"graph": state_graph_iri(ACT, day), "possible": possible_graph_iri(ACT, day)}
    return [name for name, graph in named.items() if (iri, RDF.type) in graphs[graph]]


def expected_home(row: Expectation) -> list[str]:
    """The same as the contract has it."""
    return [] if row.where in {"absent", "removed"} else [row.where]


SHORT_FORMS = {
    Facet.EXISTENCE: ZH.evidence,
    Facet.WORDS: ZH.textEvidence,
    Facet.BOUNDS: ZH.boundsEvidence,
}


def test_state_graphs_carry_the_grades(
    making: Making, contract: tuple[Expectation, ...], graphs: dict[str, Statements]
) -> None:
    """``zh:evidence`` and its kin say in each state graph what the history says there."""
    checked: Counter[Facet] = Counter()
    for key, inference in making.history.attestations.items():
        row = only(contract, key)
        if not inference.holds or row.where == "removed":
            continue
        graph = state_statements(graphs, row, key)
        subject = subject_iri(key)
        if term := SHORT_FORMS.get(key.facet):
            assert graph[subject, term] == {ZH[row.grade]}, key
        elif key.facet is Facet.NUMBER:
            assert graph[subject, ZH.number], key
        elif key.facet is Facet.PARTS:
            assert graph[subject, ZH.partsStatus] == {ZH.NotPreserved}, key
        elif key.facet is Facet.IDENTIFICATION:
            assert graph[subject, ZH.agencyEvidence] <= {ZH.Inferred}, key
            assert graph[subject, ZH.agencyEvidence] or graph[subject, ZH.refersTo], key
        else:
            continue
        checked[key.facet] += 1
    assert checked == {
        Facet.EXISTENCE: 954,
        Facet.WORDS: 229,
        Facet.NUMBER: 152,
        Facet.BOUNDS: 19,
        Facet.IDENTIFICATION: 6,
        Facet.PARTS: 2,
    }


def state_statements(
    graphs: dict[str, Statements], row: Expectation, key: AttestationKey
) -> Statements:
    """The statements of the graph that a row names, in the attestation's state."""
    mint = possible_graph_iri if row.where == "possible" else state_graph_iri
    return graphs[mint(ACT, key.state)]


def subject_iri(key: AttestationKey) -> str:
    """Whom a state graph speaks of: the undated provision, or the version's cell."""
    subject = key.subject
    if subject.cell:
        return f"{version_iri(ACT, subject.path, subject.day)}/{subject.cell}"
    return provision_iri(ACT, subject.path)


def test_words_carry_their_status(
    making: Making, contract: tuple[Expectation, ...], graphs: dict[str, Statements]
) -> None:
    """Verbatim, attested later, or lost; where they are lost there are none."""
    found: Counter[str] = Counter()
    for key, inference in making.history.attestations.items():
        if key.facet is not Facet.WORDS or not inference.holds:
            continue
        row = only(contract, key)
        graph, subject = state_statements(graphs, row, key), subject_iri(key)
        assert graph[subject, ZH.textStatus] == {ZH[row.text_status]}
        assert bool(graph[subject, ZH.text]) == (row.text_status != "NotPreserved")
        found[row.text_status] += 1
    assert found == {"Verbatim": 94, "AttestedLater": 132, "NotPreserved": 3}


@pytest.mark.parametrize(("state", "stand", "may"), [("A", 9, 9), ("B", 11, 31), ("C", 31, 31)])
def test_measures_are_counted(
    graphs: dict[str, Statements], reading: Reading, state: str, stand: int, may: int
) -> None:
    """9 stand as adopted, 11 after No. 1139, 31 at last; with the possible 9, 31 and 31."""
    measures = [p.path for p in reading.plan.provisions if p.kind is Kind.MEASURE]
    places = [place for path in measures for place in homes(graphs, path, state)]
    assert places.count("graph") == stand
    assert len(places) == may


def test_abbreviations_of_the_first_state_are_those_of_its_rows(
    graphs: dict[str, Statements], reading: Reading
) -> None:
    """Eleven, each of a body that a row of the first stage names; and no such body is left out."""
    entries = [p for p in reading.plan.provisions if p.kind is Kind.ABBREVIATION]
    possible = {p.stands_for for p in entries if homes(graphs, p.path, "A") == ["possible"]}
    rows = [
        p
        for p in reading.plan.provisions
        if p.path.startswith(("plan/section-1", "plan/section-2"))
    ]
    bodies = {body.agency for row in rows for body in row.cells.responsibilities}
    assert possible == {entry.stands_for for entry in entries} & bodies
    assert len(possible) == 11
    assert sum(homes(graphs, p.path, "A") != [] for p in entries) == 11


def test_no_agency_stands_where_a_fact_proves_its_absence(making: Making) -> None:
    """R5 reaches six cells of the first state: ДСӘДМ and МСМ in 4.11, ИДМ in 5.1, 5.2, 5.4, 5.6."""
    absent = [key.subject for key, i in making.history.attestations.items() if i.rules == ("R5",)]
    assert sorted((subject.path[13:], subject.cell) for subject in absent) == [
        ("4/measure-11", "responsibility-2"),
        ("4/measure-11", "responsibility-3"),
        ("5/measure-1", "responsibility-2"),
        ("5/measure-2", "responsibility-2"),
        ("5/measure-4", "responsibility-2"),
        ("5/measure-6", "responsibility-2"),
    ]


def test_premises_lead_to_spans_facts_or_attestations(making: Making) -> None:
    """What is inferred rests on something that the graph holds, under the rule it names."""
    subjects = {str(subject) for subject, *_ in making.quads}
    premises = [(s, v) for s, p, v, _ in making.quads if p == ZH.premise]
    assert len(premises) > 1800
    assert [pair for pair in premises if str(pair[1]) not in subjects] == []
    rules = {local_name(str(v)) for _, p, v, _ in making.quads if p == ZH.byRule}
    assert rules == {f"R{n}" for n in range(1, 45)} - {"R13"}
