"""From a node of the graph back to the source: the first span it leads to, with its line and words.

A node that has no evidence itself leads there by what it belongs to: a cell by its provision or
version, a version by its provision and the other way round, an attestation by what it attests or
rests on.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from rdflib import Literal
from rdflib.term import Node

from kg.graph.partition import Graphs
from kg.namespaces import OA, PROV, SKOS, ZH

__all__ = ["Place", "Trace"]

_BOTH_WAYS = frozenset({PROV.specializationOf})
_FORWARD = frozenset({ZH.attests, ZH.premise, ZH.effectDate})
_BACKWARD = frozenset(
    {ZH.responsibility, ZH.output, ZH.deadline, ZH.funding, ZH.effectDate, OA.hasSelector}
)
_MAX_STEPS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the source, counted from 1, and the words quoted from it, where they are held."""

    line: int
    quote: str | None


def _rank(place: Place) -> tuple[int, int, str]:
    """The first line first, and of its quotes the longest: a row's words before its number."""
    quote = place.quote or ""
    return place.line, -len(quote), quote


@dataclass(slots=True)
class Trace:
    """An index of a data set for leading its nodes back to the source, and for naming them."""

    spans: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    lines: dict[Node, int] = field(default_factory=dict)
    selectors: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    quotes: dict[Node, str] = field(default_factory=dict)
    labels: dict[Node, str] = field(default_factory=dict)
    beside: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, graphs: Graphs) -> "Trace":
        """The index of all the graphs together."""
        trace = cls()
        for triples in graphs.values():
            for subject, predicate, object_ in triples:
                trace._add(subject, predicate, object_)
        return trace

    def _add(self, subject: Node, predicate: Node, object_: Node) -> None:
        if predicate in (ZH.evidencedBy, OA.hasTarget):
            self.spans[subject].add(object_)
        elif predicate == OA.exact:
            self.quotes[subject] = str(object_)
        elif isinstance(object_, Literal):
            if predicate == ZH.line and isinstance(object_.value, int):
                self.lines[subject] = object_.value
            elif predicate == SKOS.prefLabel and object_.language == "en":
                self.labels[subject] = str(object_)
        if predicate == OA.hasSelector:
            self.selectors[subject].add(object_)
        if predicate in _FORWARD or predicate in _BOTH_WAYS:
            self.beside[subject].add(object_)
        if predicate in _BACKWARD or predicate in _BOTH_WAYS:
            self.beside[object_].add(subject)

    def find_place(self, node: Node) -> Place | None:
        """The first place in the source that ``node`` leads to by the fewest steps, if any."""
        reached, frontier = {node}, {node}
        for _ in range(_MAX_STEPS + 1):
            places = [place for near in frontier for place in self._places(near)]
            if places:
                return min(places, key=_rank)
            frontier = {far for near in frontier for far in self.beside.get(near, ())} - reached
            reached |= frontier
        return None

    def _places(self, node: Node) -> list[Place]:
        spans = {node} if node in self.lines else self.spans.get(node, set())
        return [Place(self.lines[span], self._quote(span)) for span in spans if span in self.lines]

    def _quote(self, span: Node) -> str | None:
        quotes = [self.quotes[one] for one in self.selectors.get(span, ()) if one in self.quotes]
        return min(quotes, default=None)

    def find_label(self, node: Node) -> str | None:
        """The English name of ``node``, or of the nearest thing beside it that has one."""
        if node in self.labels:
            return self.labels[node]
        beside = self.beside.get(node, ())
        return min((self.labels[one] for one in beside if one in self.labels), default=None)
