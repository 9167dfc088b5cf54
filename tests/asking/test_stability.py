"""Which answers stay the same when asked again: the others may not be kept."""

import pytest

from kg.asking.stability import is_stable, lists_graphs
from kg.asking.tokens import tokenize

STABLE = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?now ?rand { ?now ?rand 'NOW() RAND()' } # UUID()",
    "SELECT * { ?s <urn:NOW> zh:knownNow, zh:RAND }",
    "ASK { ?s ?p _:b }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p [], (1 2) FILTER(?o > 1) }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <urn:a>",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
]
CHANGING = [
    "SELECT (NOW() AS ?n) {}",
    "SELECT (now() AS ?n) {}",
    "SELECT (RAND() AS ?n) {}",
    "SELECT (UUID() AS ?n) {}",
    "SELECT (STRUUID() AS ?n) {}",
    "SELECT (BNODE('a') AS ?n) {}",
    "SELECT * { ?s ?p ?o FILTER(1<NOW()) }",
    "SELECT * { BIND(1+RAND() AS ?r) }",
    "SELECT (\\u0052AND() AS ?n) {}",
    "SELECT (\\U00000052AND() AS ?n) {}",
    "SELECT * { SERVICE <urn:a> { ?s ?p ?o } }",
    "CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }",
    "CONSTRUCT { _:b ?p ?o } WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p (1 2) } WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p [ ?p ?o ] } WHERE { ?s ?p ?o }",
    "CONSTRUCT WHERE { _:b ?p ?o }",
    "construct{_:b ?p ?o}where{?s ?p ?o}",
]


@pytest.mark.parametrize("query", STABLE)
def test_stable(query: str) -> None:
    assert is_stable(query, list(tokenize(query)))


@pytest.mark.parametrize("query", CHANGING)
def test_changing(query: str) -> None:
    assert not is_stable(query, list(tokenize(query)))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { GRAPH ?g {} }",
        "SELECT * {GRAPH?g{}}",
        "SELECT * { graph\n$g {} }",
        "SELECT * { GRAPH # which\n ?g {} }",
    ],
)
def test_lists_graphs(query: str) -> None:
    """Each worker makes its own store for a data set that is named, and lists it in its order."""
    assert lists_graphs(query)
    assert not is_stable(query, list(tokenize(query)), own_dataset=True)


def test_a_graph_that_is_named_is_not_listed() -> None:
    query = "SELECT * { GRAPH <urn:graph> { ?graph ?p ?o } }"
    assert not lists_graphs(query)
    assert is_stable(query, list(tokenize(query)), own_dataset=True)
