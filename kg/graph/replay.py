"""Do the amendments lead from the first state to each later one? The states replayed, and compared.

The first state is taken as its two graphs have it. Then the amendments of ``graph/history`` are
applied, day by day: what one invalidates goes, what it generates comes, and what it used, or may
have generated, is read again. A change of grade is no change of the plan: each state's grades are
those of its attestations. So is a move from what may stand to what stands, but that one only where
an amendment may have touched the provision. Intervals are never looked at: that is the other way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs, StateGraphs, Triple
from kg.graph.report import SHAPES, Problem, abridge
from kg.graph.standing import Known, Standing
from kg.iris import graph_iri
from kg.namespaces import RDF, ZH

__all__ = ["REPLAY_RULES", "Replayed", "find_replay_differences", "replay_states"]

REPLAY_RULES = {
    "state-replay-lost": (
        "The amendments, applied to the first state in their order, lead to these statements on "
        "this node, and the state's graph lacks them. Build the graph again."
    ),
    "state-replay-unfounded": (
        "The state's graph has these statements on this node, and the amendments, applied to the "
        "first state in their order, don't lead to them. Build the graph again."
    ),
}
"""The rules that are checked here and what each asks."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a state's graph and its possible graph hold by replay."""

    state: StateGraphs
    graph: set[Triple]
    possible: set[Triple]


def find_replay_differences(graphs: Graphs, states: Iterable[StateGraphs]) -> Iterator[Problem]:
    """Each node of which a state's graphs say something else than the replay, by
    ``REPLAY_RULES``."""
    for replayed in replay_states(graphs, states):
        pairs = (replayed.state.graph, replayed.graph), (replayed.state.possible, replayed.possible)
        for name, expected in pairs:
            found = graphs.get(name, set())
            yield from _problems(name, "state-replay-lost", expected - found)
            yield from _problems(name, "state-replay-unfounded", found - expected)


def _problems(graph: URIRef, rule: str, triples: set[Triple]) -> Iterator[Problem]:
    said: dict[Node, list[str]] = defaultdict(list)
    for subject, predicate, object_ in triples:
        said[subject].append(abridge(predicate, object_))
    for subject, words in said.items():
        value = "; ".join(sorted(words))
        yield Problem(str(graph), str(subject), SHAPES + rule, REPLAY_RULES[rule], value)


def replay_states(graphs: Graphs, states: Iterable[StateGraphs]) -> Iterator[Replayed]:
    """Each state in its order: the first as it is read, those after it by the amendments."""
    reference = _as_graph(graphs, graph_iri("reference"))
    days = {str(reference.value(state.iri, ZH.validFrom)): state for state in states}
    history = _as_graph(graphs, graph_iri("history"))
    amendments = _by_day(history)
    standing: Standing | None = None
    before = ""
    for day, state in sorted(days.items()):
        known = Known.of(history, state.iri)
        if standing is None:
            pair = (_as_graph(graphs, name) for name in (state.graph, state.possible))
            standing = Standing.read(known, *pair)
        else:
            due = [acts for when, acts in amendments.items() if before < when <= day]
            standing.apply([act for acts in due for act in acts], known)
        before = day
        yield Replayed(state, *standing.statements())


def _as_graph(graphs: Graphs, name: str) -> Graph:
    graph = Graph()
    for triple in graphs.get(URIRef(name), ()):
        graph.add(triple)
    return graph


def _by_day(history: Graph) -> dict[str, list[Node]]:
    """The amendments, certain and possible, by the earliest day of their effect."""
    found: dict[str, list[Node]] = defaultdict(list)
    for kind in (ZH.Amendment, ZH.PossibleAmendment):
        for amendment in history.subjects(RDF.type, kind):
            for effect in history.objects(amendment, ZH.effectDate):
                for day in history.objects(effect, ZH.earliest):
                    found[str(day)].append(amendment)
    return found
