"""Do the amendments lead from the first state to each later one? The states replayed, and compared.

The first state is taken as its two graphs have it. Then the amendments of ``graph/history`` are
applied, day by day: what one invalidates goes, what it generates comes, and what it used, or may
have generated, is read again. A change of grade is no change of the plan: each state's grades are
those of its attestations. So is a move from what may stand to what stands, but that one only where
an amendment may have touched the provision. Intervals are never looked at: that is the other way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs, StateGraphs, Triple
from kg.graph.report import SHAPES, Problem
from kg.iris import graph_iri
from kg.namespaces import BASE, ELI, PROV, RDF, SKOS, ZH

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

_CELLS = (ZH.responsibility, ZH.output, ZH.deadline, ZH.funding)
_SHORTCUTS = {ZH.responsibleAgency, ZH.effectiveResponsibility}
_GRADES = {ZH.evidence, ZH.textEvidence, ZH.textStatus, ZH.partsStatus}
# What a version says of itself, or what its attestations decide on; all else it says of its words.
_APART = {
    RDF.type,
    PROV.specializationOf,
    PROV.wasRevisionOf,
    ZH.validFrom,
    ZH.validUntil,
    ZH.number,
    *_CELLS,
}
_NOTE = URIRef(f"{BASE}concept/text-unit/note")


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
        said[subject].append(f"{predicate} {object_}")
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
            standing = Standing.read(history, graphs, state)
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


@dataclass(frozen=True, slots=True)
class Known:
    """The attestations that hold in one state, by what they attest and by facet."""

    history: Graph
    attested: dict[tuple[Node, Node], Node]

    @classmethod
    def of(cls, history: Graph, state: Node) -> "Known":
        """The attestations of ``state``."""
        attested: dict[tuple[Node, Node], Node] = {}
        for attestation in history.subjects(ZH.inState, state):
            if history.value(attestation, ZH.holds) != Literal(True):
                continue
            facet = history.value(attestation, ZH.facet)
            for thing in history.objects(attestation, ZH.attests):
                if facet is not None:
                    attested[thing, facet] = attestation
        return cls(history, attested)

    def has(self, thing: Node, facet: Node = ZH.ExistenceFacet) -> bool:
        """Whether the facet of a version or cell is attested."""
        return (thing, facet) in self.attested

    def says(self, thing: Node, facet: Node, predicate: URIRef) -> set[Node]:
        """What the attestation of a facet says by a property."""
        attestation = self.attested.get((thing, facet))
        return set(self.history.objects(attestation, predicate)) if attestation else set()

    def grades(self, version: Node) -> set[tuple[Node, Node]]:
        """The grades and the text status of a version, as its provision carries them."""
        asked = (
            (ZH.evidence, ZH.ExistenceFacet, ZH.grade),
            (ZH.textEvidence, ZH.WordsFacet, ZH.grade),
            (ZH.textStatus, ZH.WordsFacet, ZH.textStatus),
            (ZH.partsStatus, ZH.PartsFacet, ZH.textStatus),
        )
        return {
            (key, value)
            for key, facet, predicate in asked
            for value in self.says(version, facet, predicate)
        }


@dataclass(slots=True)
class Standing:
    """What stands while the amendments are applied: of each provision, its version, what is said
    of it and of its cells, and whether it only may stand.
    """

    history: Graph
    versions: dict[Node, Node] = field(default_factory=dict)
    said: dict[Node, set[tuple[Node, Node]]] = field(default_factory=dict)
    cells: dict[Node, dict[Node, set[tuple[Node, Node]]]] = field(default_factory=dict)
    unsure: set[Node] = field(default_factory=set)

    @classmethod
    def read(cls, history: Graph, graphs: Graphs, state: StateGraphs) -> "Standing":
        """What the two graphs of a state say stands, and may stand."""
        standing = cls(history)
        known = Known.of(history, state.iri)
        for version, facet in known.attested:
            if facet == ZH.ExistenceFacet:
                for provision in history.objects(version, PROV.specializationOf):
                    standing.versions[provision] = version
        for name in (state.graph, state.possible):
            standing._read_graph(_as_graph(graphs, name), unsure=name == state.possible)
        return standing

    def _read_graph(self, graph: Graph, *, unsure: bool) -> None:
        for provision in set(graph.subjects(RDF.type, ZH.Provision)):
            self.said[provision] = set(graph.predicate_objects(provision))
            owned = {cell for kind in _CELLS for cell in graph.objects(provision, kind)}
            self.cells[provision] = {cell: set(graph.predicate_objects(cell)) for cell in owned}
            if unsure:
                self.unsure.add(provision)

    def statements(self) -> tuple[set[Triple], set[Triple]]:
        """What stands, and what may stand."""
        sure: set[Triple] = set()
        unsure: set[Triple] = set()
        for provision, said in self.said.items():
            into = unsure if provision in self.unsure else sure
            into.update((provision, key, value) for key, value in said)
            for cell, statements in self.cells[provision].items():
                into.update((cell, key, value) for key, value in statements)
        return sure, unsure

    def apply(self, amendments: list[Node], known: Known) -> None:
        """Go on to the next state: all that its amendments change, then the grades of the rest."""
        gone = self._touched(amendments, PROV.invalidated)
        come = self._touched(amendments, PROV.generated, PROV.used, ZH.mayHaveGenerated)
        for provision, version in self._provisions(gone):
            if self.versions.get(provision) == version:
                self._take_out(provision)
        come |= {version for version in self._notes(known) if version not in come}
        for provision, version in self._provisions(come):
            self._take_out(provision)
            if known.has(version):
                self._put(provision, version, known)
        touched = {provision for provision, _ in self._provisions(come)}
        for provision in self.said.keys() - touched:
            self._grade(provision, known)
        for provision in self.said:
            self._shorten(provision)

    def _touched(self, amendments: list[Node], *properties: URIRef) -> set[Node]:
        return {
            version
            for amendment in amendments
            for key in properties
            for version in self.history.objects(amendment, key)
        }

    def _provisions(self, versions: set[Node]) -> Iterator[tuple[Node, Node]]:
        for version in sorted(versions):
            for provision in self.history.objects(version, PROV.specializationOf):
                yield provision, version

    def _notes(self, known: Known) -> set[Node]:
        """The publisher's notes are no part of the act: no act brings them, the state has them."""
        return {
            version
            for version in self.history.subjects(ZH.textUnitKind, _NOTE)
            if known.has(version) and self.history.value(version, PROV.specializationOf)
            not in self.said
        }  # fmt: skip

    def _take_out(self, provision: Node) -> None:
        for of_provisions in (self.versions, self.said, self.cells):
            of_provisions.pop(provision, None)
        self.unsure.discard(provision)

    def _put(self, provision: Node, version: Node, known: Known) -> None:
        """Read a version from the history, as far as the state's attestations bear it out."""
        said = {(RDF.type, kind) for kind in self.history.objects(provision, RDF.type)}
        said |= known.grades(version)
        if known.has(version, ZH.NumberFacet):
            said |= {(ZH.number, n) for n in self.history.objects(version, ZH.number)}
        self.cells[provision] = {}
        if (ZH.textStatus, ZH.NotPreserved) in said:
            said |= self._without_words(version, known)
        else:
            own = set(self.history.predicate_objects(version))
            said |= {(key, value) for key, value in own if key not in _APART}
            for kind, cell in own:
                if kind in _CELLS and known.has(cell):
                    said.add((kind, cell))
                    self._put_cell(provision, cell, known)
        self.versions[provision], self.said[provision] = version, said
        if (ZH.evidence, ZH.Unknown) in said:
            self.unsure.add(provision)

    def _put_cell(self, provision: Node, cell: Node, known: Known) -> None:
        statements = set(self.history.predicate_objects(cell))
        grades = known.says(cell, ZH.ExistenceFacet, ZH.grade)
        self.cells[provision][cell] = statements | {(ZH.evidence, grade) for grade in grades}

    def _without_words(self, version: Node, known: Known) -> set[tuple[Node, Node]]:
        """The place of a provision whose words are lost, its name, and what proves that it was."""
        place = (ELI.is_part_of, ZH.position, ZH.textUnitKind)
        said = {(key, value) for key in place for value in self.history.objects(version, key)}
        names = set(self.history.objects(version, SKOS.altLabel))
        names = names or set(self.history.objects(version, SKOS.prefLabel))
        said |= {(SKOS.prefLabel, name) for name in names}
        premises = known.says(version, ZH.ExistenceFacet, ZH.premise)
        spans = {one for one in premises if str(one).startswith(f"{BASE}span/")}
        return said | {(ZH.evidencedBy, span) for span in spans}

    def _grade(self, provision: Node, known: Known) -> None:
        """What no amendment touches keeps all but its grades."""
        version = self.versions.get(provision)
        if version is None:
            return
        kept = {(key, value) for key, value in self.said[provision] if key not in _GRADES}
        self.said[provision] = kept | known.grades(version)
        for cell, statements in self.cells[provision].items():
            kept = {(key, value) for key, value in statements if key != ZH.evidence}
            grades = known.says(cell, ZH.ExistenceFacet, ZH.grade)
            self.cells[provision][cell] = kept | {(ZH.evidence, grade) for grade in grades}

    def _shorten(self, provision: Node) -> None:
        """Who is responsible, and whose responsibilities count: the provision's own, or else its
        whole's."""
        said = {(key, value) for key, value in self.said[provision] if key not in _SHORTCUTS}
        own = {value for key, value in said if key == ZH.responsibility}
        for cell in own:
            agencies = {v for key, v in self.cells[provision][cell] if key == ZH.agency}
            said |= {(ZH.responsibleAgency, agency) for agency in agencies}
        wholes = {value for key, value in said if key == ELI.is_part_of}
        for whole in () if own else wholes & self.said.keys():
            own |= {value for key, value in self.said[whole] if key == ZH.responsibility}
        self.said[provision] = said | {(ZH.effectiveResponsibility, cell) for cell in own}
