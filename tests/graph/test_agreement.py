"""A state that says less or more than the history is found out, statement by statement."""

from collections.abc import Iterator

import pytest
from rdflib import URIRef

from kg.graph.agreement import AGREEMENT_RULES, find_disagreements
from kg.graph.partition import Graphs, find_states, named_graphs
from kg.graph.report import SHAPES
from kg.iris import graph_iri
from kg.namespaces import BASE
from tests.graph.small import ACT, FIRST, SECOND, change, load_small

HISTORY = graph_iri("history")
ATTESTATION = f"{BASE}attestation/resolution/2020/7"


def list_rules(graphs: Graphs) -> list[tuple[str, str, str]]:
    """The graph, node and rule of each disagreement."""
    problems = find_disagreements(graphs, find_states(graphs))
    return [(p.graph, p.focus_node, p.constraint.removeprefix(SHAPES)) for p in problems]


def test_the_small_data_set_agrees() -> None:
    assert list_rules(named_graphs(load_small())) == []


@pytest.mark.parametrize("name", [f"{FIRST}/graph", f"{FIRST}/possible", f"{SECOND}/graph"])
def test_no_statement_of_a_state_can_be_lost(name: str) -> None:
    graphs = named_graphs(load_small())
    triples = sorted(graphs[URIRef(name)])
    assert len(triples) > 15
    for triple in triples:
        graphs[URIRef(name)].remove(triple)
        assert list_rules(graphs) == [(name, str(triple[0]), "state-lost")], triple
        graphs[URIRef(name)].add(triple)


def test_what_the_history_does_not_say_is_found() -> None:
    dataset = load_small()
    change(
        dataset, f"{SECOND}/graph", plus=f"<{ACT}/paragraph-1> eli:cites <eli/kz/law/2001/148> ."
    )
    problems = list(find_disagreements(graphs := named_graphs(dataset), find_states(graphs)))
    (problem,) = problems
    assert problem.constraint == f"{SHAPES}state-unfounded"
    assert problem.message == AGREEMENT_RULES["state-unfounded"]
    assert problem.value == "eli:cites eli/kz/law/2001/148"


def changes() -> Iterator[tuple[str, str, str, set[tuple[str, str]]]]:
    """Changes to the history: what goes, what comes, and the graphs and nodes that differ then."""
    one = f"{ATTESTATION}/paragraph-1@2020-01-01"
    three = f"{ATTESTATION}/paragraph-3@2020-01-01"
    v1, v2 = f"{ACT}/paragraph-1@2020-01-01", f"{ACT}/paragraph-2@2020-01-01"
    yield (
        "the grade of words",
        f"<{one}/2020-06-01/words> zh:grade zh:Stated .",
        f"<{one}/2020-06-01/words> zh:grade zh:Inferred .",
        {(f"{SECOND}/graph", f"{ACT}/paragraph-1")},
    )
    yield (
        "the grade of a cell",
        f"<{one}/deadline/2020-01-01/existence> zh:grade zh:Unknown .",
        f"<{one}/deadline/2020-01-01/existence> zh:grade zh:Inferred .",
        {(f"{FIRST}/graph", f"{v1}/deadline")},
    )
    yield (
        "a cell proven absent",
        f"<{one}/deadline/2020-01-01/existence> zh:holds true .",
        f"<{one}/deadline/2020-01-01/existence> zh:holds false .",
        {(f"{FIRST}/graph", f"{v1}/deadline"), (f"{FIRST}/graph", f"{ACT}/paragraph-1")},
    )
    third = {f"{ACT}/paragraph-3", f"{ACT}/paragraph-3@2020-01-01/responsibility-1"}
    yield (
        "what may have stood did",
        f"<{three}/2020-01-01/existence> zh:grade zh:Unknown .",
        f"<{three}/2020-01-01/existence> zh:grade zh:Inferred .",
        {(f"{FIRST}/{graph}", node) for graph in ("graph", "possible") for node in third},
    )
    yield (
        "a number no longer known",
        f"<{one}/2020-01-01/number> zh:holds true .",
        "",
        {(f"{FIRST}/graph", f"{ACT}/paragraph-1")},
    )
    yield (
        "a version that ended before",
        f'<{v2}> zh:validUntil "2020-06-01"^^xsd:date .',
        f'<{v2}> zh:validUntil "2020-01-01"^^xsd:date .',
        {(f"{FIRST}/graph", f"{ACT}/paragraph-2")},
    )
    yield (
        "another day of a deadline",
        f'<{v1}/deadline> zh:dueBy "2020-03-31"^^xsd:date .',
        f'<{v1}/deadline> zh:dueBy "2020-03-30"^^xsd:date .',
        {(f"{FIRST}/graph", f"{v1}/deadline"), (f"{SECOND}/graph", f"{v1}/deadline")},
    )


@pytest.mark.parametrize(
    ("without", "plus", "differing"),
    [case[1:] for case in changes()],
    ids=[c[0] for c in changes()],
)
def test_a_change_of_the_history_alone_is_found(
    without: str, plus: str, differing: set[tuple[str, str]]
) -> None:
    dataset = load_small()
    change(dataset, HISTORY, without=without, plus=plus)
    assert {found[:2] for found in list_rules(named_graphs(dataset))} == differing
