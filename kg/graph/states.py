"""States to quads: what stands, and what may stand, in each state, on undated addresses.

A provision that exists for certain or by inference goes to the state's graph with all its cells and
words, each with its grade; one that only may exist goes whole to the state's ``possible``.
"""

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from kg.graph.provisions import Writer
from kg.graph.quads import Quads
from kg.history.known import (
    AttestationKey,
    Facet,
    Grade,
    History,
    Inference,
    State,
    Subject,
    TextStatus,
    Version,
)
from kg.iris import possible_graph_iri, span_iri, state_graph_iri
from kg.model import Provision, Span
from kg.namespaces import RDF, ZH


def write_states(quads: Quads, writer: Writer, history: History) -> None:
    """Add the graph and the possible of every state."""
    for state in history.states:
        StateWriter(quads, writer, history, state).write()


@dataclass(frozen=True)
class StateWriter:
    """The writing of one state."""

    quads: Quads
    writer: Writer
    history: History
    state: State

    def write(self) -> None:
        """Add all provisions that stand, or may stand, in the state."""
        standing = {
            version.path: version
            for version in self.history.versions
            if version.holds_on(self.state.day) and self._of(version.subject, Facet.EXISTENCE)
        }
        for version in standing.values():
            self._write_provision(version, standing)

    def _of(self, subject: Subject, facet: Facet) -> Inference | None:
        found = self.history.attestations.get(AttestationKey(subject, self.state.day, facet))
        return found if found and found.holds else None

    def _graph(self, existence: Inference) -> str:
        act, day = self.writer.act, self.state.day
        unknown = existence.grade is Grade.UNKNOWN
        return possible_graph_iri(act, day) if unknown else state_graph_iri(act, day)

    def _write_provision(self, version: Version, standing: dict[str, Version]) -> None:
        subject = version.subject
        existence = self._of(subject, Facet.EXISTENCE)
        words = self._of(subject, Facet.WORDS)
        if existence is None or words is None:
            raise ValueError(f"{version.path} stands in the state of {self.state.day} ungraded")
        provision = self.writer.plan.provision(version.path)
        lost = words.status is TextStatus.NOT_PRESERVED
        graph, iri = self._graph(existence), self.writer.iri(version.path)
        self.quads.add(graph, iri, RDF.type, *self.writer.types(provision))
        statements = [*self.writer.frame(provision), *self.writer.names(provision, lost=lost)]
        if self._of(subject, Facet.NUMBER):
            statements += self.writer.number(provision)
        statements += self._lost_words(existence) if lost else self.writer.words(provision)
        statements.append((ZH.evidence, ZH[existence.grade]))
        statements.append((ZH.textEvidence, ZH[words.grade]))
        if words.status:
            statements.append((ZH.textStatus, ZH[words.status]))
        if self._of(subject, Facet.PARTS):
            statements.append((ZH.partsStatus, ZH.NotPreserved))
        if not lost:
            statements += self._write_cells(graph, version)
        statements += self._effective(provision, standing)
        for predicate, value in statements:
            self.quads.add(graph, iri, predicate, value)

    def _lost_words(self, existence: Inference) -> list[tuple[URIRef, Node]]:
        """Lost words leave the spans that prove that they were."""
        spans = [premise for premise in existence.premises if isinstance(premise, Span)]
        return [
            (ZH.evidencedBy, URIRef(span_iri(self.writer.act, span.start, span.end)))
            for span in spans
        ]

    def _write_cells(self, graph: str, version: Version) -> list[tuple[URIRef, Node]]:
        """Add the cells that stand; returns what leads to them from their provision."""
        links: list[tuple[URIRef, Node]] = []
        for name, term, statements in self.writer.cells(version):
            known = self._of(Subject(version.path, version.day, name), Facet.EXISTENCE)
            if known is None:
                continue
            cell = URIRef(f"{self.writer.version(version)}/{name}")
            links.append((term, cell))
            for predicate, value in (*statements, (ZH.evidence, ZH[known.grade])):
                self.quads.add(graph, cell, predicate, value)
                if predicate == ZH.agency:
                    links.append((ZH.responsibleAgency, value))
        return links

    def _effective(
        self, provision: Provision, standing: dict[str, Version]
    ) -> list[tuple[URIRef, Node]]:
        """The responsibilities that count: those of a provision's own that stand in the state, or
        else those of what it is part of.
        """
        for path in (provision.path, provision.parent):
            if own := self._responsibilities(path, standing):
                return [(ZH.effectiveResponsibility, cell) for cell in own]
        return []

    def _responsibilities(self, path: str, standing: dict[str, Version]) -> list[URIRef]:
        version = standing.get(path)
        words = self._of(version.subject, Facet.WORDS) if version else None
        if version is None or words is None or words.status is TextStatus.NOT_PRESERVED:
            return []
        return [
            URIRef(f"{self.writer.version(version)}/{name}")
            for name, term, _ in self.writer.cells(version)
            if term == ZH.responsibility
            and self._of(Subject(path, version.day, name), Facet.EXISTENCE)
        ]
