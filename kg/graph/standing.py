"""What stands while amendments are applied to a state: of each provision its version, what is said
of it and of its cells, and whether it only may stand.

What is attested of a state (``Known``) decides on grades, and on which words and cells are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Triple
from kg.namespaces import BASE, ELI, PROV, RDF, SKOS, ZH

__all__ = ["Known", "Standing"]

Statements = set[tuple[Node, Node]]
"""What is said of one node: properties with their values."""

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
_VERSION = re.compile(r" \([^()]*\)$")
"""What a version's labels have behind those of its provision."""
_NOTE = URIRef(f"{BASE}concept/text-unit/note")


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

    def grades(self, version: Node) -> Statements:
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
    said: dict[Node, Statements] = field(default_factory=dict)
    cells: dict[Node, dict[Node, Statements]] = field(default_factory=dict)
    unsure: set[Node] = field(default_factory=set)

    @classmethod
    def read(cls, known: Known, graph: Graph, possible: Graph) -> "Standing":
        """What the two graphs of a state say stands, and may stand."""
        standing = cls(known.history)
        for version, facet in known.attested:
            if facet == ZH.ExistenceFacet:
                for provision in known.history.objects(version, PROV.specializationOf):
                    standing.versions[provision] = version
        standing._read_graph(graph, unsure=False)
        standing._read_graph(possible, unsure=True)
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
        come |= self._notes(known)
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
        for version in sorted(versions, key=str):
            for provision in self.history.objects(version, PROV.specializationOf):
                yield provision, version

    def _notes(self, known: Known) -> set[Node]:
        """The publisher's notes are no part of the act: no act brings them, the state has them."""
        notes = set(self.history.subjects(ZH.textUnitKind, _NOTE))
        standing = set(self.versions.values())
        return {version for version in notes - standing if known.has(version)}

    def _take_out(self, provision: Node) -> None:
        for of_provisions in (self.versions, self.said, self.cells):
            of_provisions.pop(provision, None)
        self.unsure.discard(provision)

    def _put(self, provision: Node, version: Node, known: Known) -> None:
        """Read a version from the history, as far as the state's attestations bear it out."""
        said: Statements = {(RDF.type, kind) for kind in self.history.objects(provision, RDF.type)}
        said |= known.grades(version)
        if known.has(version, ZH.NumberFacet):
            said |= {(ZH.number, n) for n in self.history.objects(version, ZH.number)}
        self.cells[provision] = {}
        if (ZH.textStatus, ZH.NotPreserved) in said:
            said |= self._without_words(version, known)
        else:
            own = set(self.history.predicate_objects(version))
            said |= {(key, _unversioned(key, value)) for key, value in own if key not in _APART}
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

    def _without_words(self, version: Node, known: Known) -> Statements:
        """The place of a provision whose words are lost, its name, and what proves that it was."""
        place = (ELI.is_part_of, ZH.position, ZH.textUnitKind)
        said: Statements = {
            (key, value) for key in place for value in self.history.objects(version, key)
        }
        names = set(self.history.objects(version, SKOS.altLabel))
        names = names or set(self.history.objects(version, SKOS.prefLabel))
        label = SKOS.prefLabel
        said |= {(label, _unversioned(label, name)) for name in names}
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


def _unversioned(key: Node, value: Node) -> Node:
    """A value of a version as the provision has it: in labels without the version at their end."""
    if key not in (SKOS.prefLabel, SKOS.altLabel) or not isinstance(value, Literal):
        return value
    return Literal(_VERSION.sub("", value), lang=value.language)
