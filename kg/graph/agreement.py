"""Do the states say what the history says? Each state derived anew from ``graph/history``, and
compared.

In go the named graphs; out comes a problem for each node of which a state's graph or possible graph
says less or more than follows from the versions valid on the state's first day and the attestations
that speak of it. Nothing is shared with the code that wrote the states: a slip there shows here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs, StateGraphs, Triple
from kg.graph.report import SHAPES, Problem, abridge
from kg.iris import graph_iri
from kg.namespaces import BASE, ELI, PROV, RDF, SKOS, ZH

__all__ = ["AGREEMENT_RULES", "derive_state", "find_disagreements"]

AGREEMENT_RULES = {
    "state-lost": (
        "The history says more of this node in this state than the state's graph does: these "
        "statements follow from the version valid then and its attestations. Build the graph again."
    ),
    "state-unfounded": (
        "The state's graph says more of this node than the history does: these statements follow "
        "from no version valid then, or from no attestation. Build the graph again."
    ),
}
"""The rules that are checked here and what each asks."""

_CELLS = (ZH.responsibility, ZH.output, ZH.deadline, ZH.funding)
# What speaks of the version, and not of the provision as it stands in a state.
_OF_THE_VERSION = frozenset(
    {RDF.type, PROV.specializationOf, PROV.wasRevisionOf, ZH.validFrom, ZH.validUntil}
)
# What is left of a provision whose words are lost: its place among the others.
_OF_THE_PLACE = frozenset({ELI.is_part_of, ZH.position, ZH.textUnitKind})
_SPANS = f"{BASE}span/"
_LABELS = (SKOS.prefLabel, SKOS.altLabel)

Statements = dict[Node, set[Node]]
"""What is said of one node: the values of each property."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an attestation says of one facet of a version or cell that holds in a state."""

    grade: Node
    status: Node | None
    premises: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Derived:
    """What must stand in a state's graph and in its possible graph."""

    graph: set[Triple]
    possible: set[Triple]


def find_disagreements(graphs: Graphs, states: Iterable[StateGraphs]) -> Iterator[Problem]:
    """Each node of which a state's graphs say something else than the history, by
    ``AGREEMENT_RULES``."""
    history = _by_subject(graphs.get(URIRef(graph_iri("history")), set()))
    reference = _by_subject(graphs.get(URIRef(graph_iri("reference")), set()))
    for state in states:
        for first_day in reference[state.iri].get(ZH.validFrom, ()):
            derived = derive_state(history, state.iri, str(first_day))
            for name, expected in (
                (state.graph, derived.graph),
                (state.possible, derived.possible),
            ):
                found = graphs.get(name, set())
                yield from _differences(name, "state-lost", expected - found)
                yield from _differences(name, "state-unfounded", found - expected)


def _differences(graph: URIRef, rule: str, triples: set[Triple]) -> Iterator[Problem]:
    for subject, statements in _by_subject(triples).items():
        said = sorted(abridge(key, value) for key, values in statements.items() for value in values)
        words = "; ".join(said)
        yield Problem(str(graph), str(subject), SHAPES + rule, AGREEMENT_RULES[rule], words)


def _by_subject(triples: Iterable[Triple]) -> dict[Node, Statements]:
    subjects: dict[Node, Statements] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, object_ in triples:
        subjects[subject][predicate].add(object_)
    return subjects


def derive_state(history: dict[Node, Statements], state: Node, first_day: str) -> Derived:
    """What the graphs of ``state`` must hold, from what ``graph/history`` says of each node."""
    derivation = _Derivation(history, _attested_in(history, state))
    standing = {
        provision: version
        for version, said in history.items()
        if ZH.ProvisionVersion in said.get(RDF.type, ())
        and _is_valid(said, first_day)
        and (version, ZH.ExistenceFacet) in derivation.known
        for provision in said.get(PROV.specializationOf, ())
    }
    derived = Derived(set(), set())
    for provision, version in standing.items():
        existence = derivation.known[version, ZH.ExistenceFacet]
        into = derived.possible if existence.grade == ZH.Unknown else derived.graph
        into.update(derivation.provision(provision, version, standing))
    return derived


def _is_valid(said: Statements, day: str) -> bool:
    """Whether a version's half-open interval has the day in it; days in ISO 8601 sort as text."""
    begun = any(str(first) <= day for first in said.get(ZH.validFrom, ()))
    return begun and all(day < str(end) for end in said.get(ZH.validUntil, ()))


def _attested_in(history: dict[Node, Statements], state: Node) -> dict[tuple[Node, Node], Known]:
    """What holds in the state, by version or cell and by facet."""
    known: dict[tuple[Node, Node], Known] = {}
    for said in history.values():
        if state not in said.get(ZH.inState, ()) or not _is_true(said.get(ZH.holds, set())):
            continue
        for thing in said.get(ZH.attests, ()):
            for facet in said.get(ZH.facet, ()):
                status = next(iter(said.get(ZH.textStatus, ())), None)
                premises = frozenset(said.get(ZH.premise, ()))
                for grade in said.get(ZH.grade, ()):
                    known[thing, facet] = Known(grade, status, premises)
    return known


def _is_true(values: set[Node]) -> bool:
    return any(isinstance(value, Literal) and value.value is True for value in values)


@dataclass(frozen=True, slots=True)
class _Derivation:
    """The deriving of one state: the history by node, and what is attested in the state."""

    history: dict[Node, Statements]
    known: dict[tuple[Node, Node], Known]

    def provision(
        self, provision: Node, version: Node, standing: dict[Node, Node]
    ) -> Iterator[Triple]:
        """All that the state says of a provision and of its cells."""
        for class_ in self.history[provision].get(RDF.type, ()):
            yield provision, RDF.type, class_
        for key, value in self._grades(version):
            yield provision, key, value
        said = self._lost_words(version) if self._is_lost(version) else self._words(version)
        for key, value in said:
            yield provision, key, value
        if (version, ZH.NumberFacet) in self.known:
            for number in self.history[version].get(ZH.number, ()):
                yield provision, ZH.number, number
        for cell in self._own(version, ZH.responsibility):
            for agency in self.history[cell].get(ZH.agency, ()):
                yield provision, ZH.responsibleAgency, agency
        for cell in self._effective(version, standing):
            yield provision, ZH.effectiveResponsibility, cell
        for kind in _CELLS:
            for cell in self._own(version, kind):
                yield provision, kind, cell
                yield cell, ZH.evidence, self.known[cell, ZH.ExistenceFacet].grade
                for key, values in self.history[cell].items():
                    yield from ((cell, key, value) for value in values)

    def _is_lost(self, version: Node) -> bool:
        words = self.known.get((version, ZH.WordsFacet))
        return words is not None and words.status == ZH.NotPreserved

    def _own(self, version: Node, kind: URIRef) -> list[Node]:
        """The version's cells of a kind that stand in the state; none where its words are lost."""
        if self._is_lost(version):
            return []
        cells = self.history[version].get(kind, set())
        return [cell for cell in cells if (cell, ZH.ExistenceFacet) in self.known]

    def _effective(self, version: Node, standing: dict[Node, Node]) -> list[Node]:
        own = self._own(version, ZH.responsibility)
        if own:
            return own
        wholes = self.history[version].get(ELI.is_part_of, set())
        return [
            cell
            for whole in wholes
            if whole in standing
            for cell in self._own(standing[whole], ZH.responsibility)
        ]

    def _grades(self, version: Node) -> Iterator[tuple[Node, Node]]:
        yield ZH.evidence, self.known[version, ZH.ExistenceFacet].grade
        words = self.known.get((version, ZH.WordsFacet))
        parts = self.known.get((version, ZH.PartsFacet))
        if words is not None:
            yield ZH.textEvidence, words.grade
            if words.status is not None:
                yield ZH.textStatus, words.status
        if parts is not None and parts.status is not None:
            yield ZH.partsStatus, parts.status

    def _words(self, version: Node) -> Iterator[tuple[Node, Node]]:
        """What the version says, but for what depends on attestations of its own."""
        for key, values in self.history[version].items():
            if key in _LABELS:
                yield from ((key, _provision_name(value)) for value in values)
            elif key not in _OF_THE_VERSION and key not in _CELLS and key != ZH.number:
                yield from ((key, value) for value in values)

    def _lost_words(self, version: Node) -> Iterator[tuple[Node, Node]]:
        """What is left where the words are lost: the place, its name, and the proof that it was."""
        said = self.history[version]
        for key in _OF_THE_PLACE:
            yield from ((key, value) for value in said.get(key, ()))
        # Where a version is named by its words, the name of its place stands beside as another.
        for name in said.get(SKOS.altLabel) or said.get(SKOS.prefLabel, set()):
            yield SKOS.prefLabel, _provision_name(name)
        for premise in self.known[version, ZH.ExistenceFacet].premises:
            if str(premise).startswith(_SPANS):
                yield ZH.evidencedBy, premise


def _provision_name(label: Node) -> Node:
    """The provision's name in a version's label, which ends with the version in brackets."""
    name, _, _ = str(label).rpartition(" (")
    return Literal(name, lang=getattr(label, "language", None))
