"""How the data set is divided into graphs, and whether that division holds.

In goes a data set; out come its named graphs as plain sets of triples, the states that
``graph/reference`` announces, and a problem for each breach: what stands in two graphs or in none
that is known, a graph that is missing, a blank node, a term that the ontology doesn't define, a
literal that isn't what its type says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from kg.graph.report import SHAPES, Problem, abridge
from kg.iris import GRAPHS, graph_iri
from kg.namespaces import ELI, RDF, ZH

__all__ = [
    "PARTITION_RULES",
    "Graphs",
    "StateGraphs",
    "Triple",
    "find_partition_problems",
    "find_states",
    "named_graphs",
]

Triple = tuple[Node, Node, Node]
Graphs = dict[URIRef, set[Triple]]
"""Each named graph's triples."""

PARTITION_RULES = {
    "states-known": (
        "graph/reference announces no zh:State with its two graphs, so that no day can be asked; "
        "build it again."
    ),
    "graph-missing": (
        "This graph is missing or empty, so that there is nothing to check; build it again."
    ),
    "graph-known": (
        "This graph is neither one of the data set's own nor that of a state which "
        "graph/reference announces, so that no question reaches it; move its statements, or "
        "announce it."
    ),
    "graphs-disjoint": (
        "This statement stands in two graphs that are asked together. A state's graph, its "
        "possible graph and graph/reference have none in common, so that their union is a merge; "
        "keep one of the two."
    ),
    "graph-or-possible": (
        "This provision stands both in the state's graph and among what is only possible. One "
        "whose existence is stated or inferred stands whole in the first, any other whole in the "
        "second."
    ),
    "graph-by-evidence": (
        "This provision stands in the wrong graph for its grade: one whose existence is zh:Unknown "
        "belongs in the state's possible graph, any other in the state's graph."
    ),
    "no-blank-node": (
        "This statement has a blank node, which nobody can cite; give the node an address."
    ),
    "literal-well-formed": "This value isn't what its datatype says; correct it.",
    "term-defined": (
        "A term of ours is used here that graph/ontology doesn't define; define it, or correct "
        "its name."
    ),
}
"""The rules that are checked here and what each asks; no shape can, since they span graphs."""

_NEEDED = ("history", "reference", "source", "ontology", "queries")


@dataclass(frozen=True, slots=True)
class StateGraphs:
    """A state and the two graphs it names."""

    iri: URIRef
    graph: URIRef
    possible: URIRef


def named_graphs(dataset: Dataset) -> Graphs:
    """The triples of each graph of the data set, by the graph's address."""
    graphs: Graphs = {}
    for subject, predicate, object_, graph in dataset.quads((None, None, None, None)):
        name = DATASET_DEFAULT_GRAPH_ID if graph is None else URIRef(str(graph))
        graphs.setdefault(name, set()).add((subject, predicate, object_))
    return graphs


def find_states(graphs: Graphs) -> list[StateGraphs]:
    """The states that ``graph/reference`` announces with both their graphs, by address."""
    named: dict[Node, dict[Node, Node]] = {}
    states: set[Node] = set()
    for subject, predicate, object_ in graphs.get(URIRef(graph_iri("reference")), ()):
        if predicate in (ZH.stateGraph, ZH.possibleGraph):
            named.setdefault(subject, {})[predicate] = object_
        elif (predicate, object_) == (RDF.type, ZH.State):
            states.add(subject)
    return [
        StateGraphs(
            URIRef(str(state)),
            URIRef(str(named[state][ZH.stateGraph])),
            URIRef(str(named[state][ZH.possibleGraph])),
        )
        for state in sorted(states, key=str)
        if len(named.get(state, ())) == 2
    ]


def find_partition_problems(graphs: Graphs, states: list[StateGraphs]) -> Iterator[Problem]:
    """Each breach of the division into graphs, by the rules of ``PARTITION_RULES``."""
    yield from _missing_or_unknown(graphs, states)
    for state in states:
        yield from _in_two_graphs(graphs, state)
    for name, triples in graphs.items():
        yield from _blank_or_malformed(name, triples)
    yield from _undefined_terms(graphs)


def _problem(graph: str, node: Node, rule: str, value: object = None) -> Problem:
    words = None if value is None else str(value)
    return Problem(str(graph), str(node), SHAPES + rule, PARTITION_RULES[rule], words)


def _missing_or_unknown(graphs: Graphs, states: list[StateGraphs]) -> Iterator[Problem]:
    if not states:
        reference = URIRef(graph_iri("reference"))
        yield _problem(reference, reference, "states-known")
    needed = [URIRef(graph_iri(name)) for name in _NEEDED] + [state.graph for state in states]
    for name in needed:
        if not graphs.get(name):
            yield _problem(name, name, "graph-missing")
    known = {URIRef(graph_iri(name)) for name in GRAPHS}
    known.update(name for state in states for name in (state.graph, state.possible))
    for name in sorted(graphs.keys() - known):
        yield _problem(name, name, "graph-known", f"{len(graphs[name])} statements")


def _in_two_graphs(graphs: Graphs, state: StateGraphs) -> Iterator[Problem]:
    names = (state.graph, state.possible, URIRef(graph_iri("reference")))
    for one, other in combinations(names, 2):
        for subject, predicate, object_ in graphs.get(one, set()) & graphs.get(other, set()):
            where = f"{abridge(predicate, object_)} (also in {other})"
            yield _problem(one, subject, "graphs-disjoint", where)
    certain, possible = (_provisions(graphs.get(name, set())) for name in names[:2])
    for node in certain & possible:
        yield _problem(state.graph, node, "graph-or-possible")
    for name, nodes in ((state.graph, certain), (state.possible, possible)):
        for subject, predicate, grade in graphs.get(name, set()):
            misplaced = (grade == ZH.Unknown) == (name == state.graph)
            if predicate == ZH.evidence and subject in nodes and misplaced:
                yield _problem(name, subject, "graph-by-evidence", grade)


def _provisions(triples: set[Triple]) -> set[Node]:
    return {
        subject
        for subject, predicate, object_ in triples
        if predicate == ELI.is_part_of or (predicate, object_) == (RDF.type, ZH.Provision)
    }


def _blank_or_malformed(graph: URIRef, triples: set[Triple]) -> Iterator[Problem]:
    for subject, predicate, object_ in triples:
        if isinstance(subject, BNode) or isinstance(object_, BNode):
            yield _problem(graph, subject, "no-blank-node", abridge(predicate, object_))
        elif isinstance(object_, Literal) and object_.ill_typed:
            yield _problem(graph, subject, "literal-well-formed", object_)


def _undefined_terms(graphs: Graphs) -> Iterator[Problem]:
    ontology = graphs.get(URIRef(graph_iri("ontology")), set())
    defined = {subject for subject, predicate, _ in ontology if predicate == RDF.type}
    ours = str(ZH._NS)
    for name, triples in graphs.items():
        used: dict[Node, Node] = {}
        for subject, predicate, object_ in triples:
            for term in (predicate, object_):
                if isinstance(term, URIRef) and term.startswith(ours) and term not in defined:
                    used[term] = min(subject, used.get(term, subject), key=str)
        for term, subject in used.items():
            yield _problem(name, subject, "term-defined", term)
