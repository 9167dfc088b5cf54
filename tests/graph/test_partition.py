"""Each breach of the division into graphs is found, and it alone."""

import logging
from dataclasses import dataclass

import pytest
from rdflib import URIRef

from kg.graph.partition import (
    PARTITION_RULES,
    find_partition_problems,
    find_states,
    named_graphs,
)
from kg.graph.report import SHAPES
from kg.iris import graph_iri
from kg.namespaces import BASE
from tests.graph.small import ACT, FIRST, SECOND, change, load_small

P1, P3 = f"<{ACT}/paragraph-1>", f"<{ACT}/paragraph-3>"
REFERENCE = graph_iri("reference")


@dataclass(frozen=True)
class Breach:
    """A change to one graph, and the rule and the node that it must bring up."""

    rule: str
    graph: str
    node: str
    plus: str = ""
    without: str = ""


BREACHES = (
    Breach(
        "graph-known", f"{ACT}@2021-01-01/graph", f"{ACT}@2021-01-01/graph", f"{P1} zh:line 1 ."
    ),
    Breach("graphs-disjoint", f"{FIRST}/possible", f"{ACT}/paragraph-1", f"{P1} zh:position 1 ."),
    Breach("graphs-disjoint", REFERENCE, f"{ACT}/paragraph-1", f"{P1} zh:position 1 ."),
    Breach("graphs-disjoint", REFERENCE, f"{ACT}/paragraph-3", f'{P3} zh:number "3." .'),
    Breach(
        "graph-or-possible",
        f"{FIRST}/possible",
        f"{ACT}/paragraph-1",
        f"{P1} eli:is_part_of {P3} .",
    ),
    Breach(
        "graph-by-evidence",
        f"{SECOND}/graph",
        f"{ACT}/paragraph-3",
        f"{P3} zh:evidence zh:Unknown .",
        f"{P3} zh:evidence zh:Stated .",
    ),
    Breach(
        "graph-by-evidence",
        f"{FIRST}/possible",
        f"{ACT}/paragraph-3",
        f"{P3} zh:evidence zh:Inferred .",
        f"{P3} zh:evidence zh:Unknown .",
    ),
    Breach(
        "literal-well-formed",
        REFERENCE,
        f"{BASE}agency/ministry",
        '<agency/ministry> dcterms:issued "2013-02-30"^^xsd:date .',
    ),
    Breach(
        "term-defined",
        REFERENCE,
        f"{BASE}agency/ministry",
        '<agency/ministry> zh:dativForm "Министрлікке"@kk .',
    ),
    Breach("term-defined", REFERENCE, f"{BASE}agency/new", "<agency/new> a zh:AgencyGrup ."),
)


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.rule)
def test_a_breach_is_found(breach: Breach, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="rdflib.term")
    dataset = load_small()
    change(dataset, breach.graph, plus=breach.plus, without=breach.without)
    graphs = named_graphs(dataset)
    problems = list(find_partition_problems(graphs, find_states(graphs)))
    found = {problem.constraint.removeprefix(SHAPES) for problem in problems}
    # A statement in both graphs of a state may make one provision stand in both.
    assert found - {"graph-or-possible"} == {breach.rule} - {"graph-or-possible"}
    assert breach.rule in found
    assert {problem.focus_node for problem in problems} == {breach.node}
    assert all(
        problem.message == PARTITION_RULES[problem.constraint.removeprefix(SHAPES)]
        for problem in problems
    )


def test_a_blank_node_is_found() -> None:
    dataset = load_small()
    change(dataset, REFERENCE, plus="<agency/ministry> dcterms:spatial [] .")
    graphs = named_graphs(dataset)
    problems = list(find_partition_problems(graphs, find_states(graphs)))
    assert [problem.constraint for problem in problems] == [f"{SHAPES}no-blank-node"]


@pytest.mark.parametrize("name", ["history", "reference", "source", "ontology", "queries"])
def test_a_missing_graph_is_found(name: str) -> None:
    graphs = named_graphs(load_small())
    states = find_states(graphs)
    del graphs[URIRef(graph_iri(name))]
    problems = list(find_partition_problems(graphs, states))
    missing = {p.graph for p in problems if p.constraint == f"{SHAPES}graph-missing"}
    assert missing == {graph_iri(name)}


def test_a_missing_state_graph_is_found() -> None:
    graphs = named_graphs(load_small())
    del graphs[URIRef(f"{SECOND}/graph")]
    problems = list(find_partition_problems(graphs, find_states(graphs)))
    assert [(p.constraint, p.graph) for p in problems] == [
        (f"{SHAPES}graph-missing", f"{SECOND}/graph")
    ]


def test_a_state_that_is_no_longer_announced_leaves_graphs_that_nothing_knows() -> None:
    dataset = load_small()
    change(dataset, REFERENCE, without=f"<{SECOND}> a zh:State .")
    graphs = named_graphs(dataset)
    problems = list(find_partition_problems(graphs, find_states(graphs)))
    assert [(p.constraint, p.graph) for p in problems] == [
        (f"{SHAPES}graph-known", f"{SECOND}/graph")
    ]


def test_a_data_set_without_states_does_not_pass() -> None:
    found = {problem.constraint for problem in find_partition_problems({}, [])}
    assert f"{SHAPES}states-known" in found


def test_the_division_of_the_small_data_set_holds() -> None:
    graphs = named_graphs(load_small())
    states = find_states(graphs)
    assert [str(state.iri) for state in states] == [FIRST, SECOND]
    assert list(find_partition_problems(graphs, states)) == []


def test_every_rule_is_tested() -> None:
    elsewhere = {"states-known", "graph-missing", "no-blank-node"}
    assert {breach.rule for breach in BREACHES} | elsewhere == set(PARTITION_RULES)
