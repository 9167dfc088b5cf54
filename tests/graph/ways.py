"""Three ways to what stood on a day: history by interval, the state's graphs, replay.

Each is a function of the named graphs and a day; all give what stood and what may have stood.
"""

from collections import defaultdict
from datetime import date, timedelta

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.graph.agreement import Statements, derive_state
from kg.graph.alignments import find_entailed, withdraw
from kg.graph.amendments import write_amendments
from kg.graph.history import write_history
from kg.graph.partition import Graphs, StateGraphs, Triple, find_states
from kg.graph.provisions import Writer
from kg.graph.quads import Quads
from kg.graph.reference import write_reference
from kg.graph.replay import replay_states
from kg.graph.states import write_states
from kg.history.amendments import amendments_of
from kg.history.versions import infer_history
from kg.iris import act_iri, graph_iri
from kg.namespaces import ZH
from tests.histories import MadeUp

Standing = tuple[set[Triple], set[Triple]]
"""What stands on a day, and what may stand."""


def graphs_of(quads: Quads) -> Graphs:
    """The named graphs of quads, without what follows from them by the alignments."""
    graphs: Graphs = defaultdict(set)
    for subject, predicate, value, graph in quads:
        graphs[graph].add((subject, predicate, value))
    return withdraw(graphs, find_entailed(graphs))


def write(made_up: MadeUp) -> Graphs:
    """The named graphs of a made-up plan. Raises ``HistoryError``."""
    plan = made_up.plan
    history = infer_history(plan, made_up.facts)
    writer = Writer(act_iri(plan.act.kind, plan.act.day.year, plan.act.number), plan, Graph())
    quads = Quads()
    write_reference(quads, writer, history, Graph())
    write_history(quads, writer, history)
    write_amendments(quads, writer, amendments_of(plan, history))
    write_states(quads, writer, history)
    return graphs_of(quads)


def days_of(graphs: Graphs) -> dict[str, StateGraphs]:
    """The states by their first days, in order."""
    reference = graphs[URIRef(graph_iri("reference"))]
    firsts = {
        subject: str(day) for subject, predicate, day in reference if predicate == ZH.validFrom
    }
    states = {firsts[state.iri]: state for state in find_states(graphs)}
    return dict(sorted(states.items()))


def days_around(graphs: Graphs) -> list[str]:
    """Each day of change, the day before and the day after; none before the first."""
    days = days_of(graphs)
    around = {
        (date.fromisoformat(day) + timedelta(days=step)).isoformat()
        for day in days
        for step in (-1, 0, 1)
    }
    return sorted(day for day in around if day >= min(days))


class Ways:
    """The three ways, asked by day; the history is indexed, and the replay run, once."""

    def __init__(self, graphs: Graphs) -> None:
        self.graphs = graphs
        self.days = days_of(graphs)
        self._history: dict[Node, Statements] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in graphs[URIRef(graph_iri("history"))]:
            self._history[subject][predicate].add(value)
        replayed = replay_states(graphs, list(self.days.values()))
        self._replayed = {one.state.iri: (one.graph, one.possible) for one in replayed}

    def state_on(self, day: str) -> StateGraphs:
        """The state in force on a day."""
        return self.days[max(first for first in self.days if first <= day)]

    def by_interval(self, day: str) -> Standing:
        """From the versions of the history that are valid on the day."""
        derived = derive_state(self._history, self.state_on(day).iri, day)
        return derived.graph, derived.possible

    def by_state(self, day: str) -> Standing:
        """From the graphs of the state in force."""
        state = self.state_on(day)
        return self.graphs.get(state.graph, set()), self.graphs.get(state.possible, set())

    def by_replay(self, day: str) -> Standing:
        """From the first state, by the amendments up to the day."""
        return self._replayed[self.state_on(day).iri]
