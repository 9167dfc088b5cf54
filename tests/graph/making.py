"""The quads of a making, asked by graph, subject and property."""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.build import Making
from kg.iris import local_name, possible_graph_iri, state_graph_iri
from kg.namespaces import ALIGNED_PREFIXES

Triple = tuple[Node, Node, Node]


def triples(making: Making, graph: str) -> set[Triple]:
    """The statements of a named graph."""
    return {(s, p, o) for s, p, o, name in making.quads if str(name) == graph}


def values(statements: Iterable[Triple], subject: str, predicate: URIRef) -> list[str]:
    """The values of a subject's property, sorted: local names of addresses, texts of literals."""
    found = [o for s, p, o in statements if str(s) == subject and p == predicate]
    return sorted(str(o) if isinstance(o, Literal) else local_name(str(o)) for o in found)


def state_graphs(making: Making, act: str) -> list[str]:
    """The graphs of all states, what stands and what may stand, in their order."""
    days = [state.day for state in making.history.states]
    return [mint(act, day) for day in days for mint in (state_graph_iri, possible_graph_iri)]


def write_turtle(statements: Iterable[Triple]) -> str:
    """Statements as Turtle with the house's prefixes, always in the same order."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ALIGNED_PREFIXES.items():
        graph.bind(prefix, namespace)
    for statement in statements:
        graph.add(statement)
    return graph.serialize(format="turtle")
