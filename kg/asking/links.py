"""What is known from outside the text, explained: outcomes, relations of acts, identifiers, terms
of office, and what became of planned acts; each with its source, or its rule and premises.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.asking.nodes import Nodes
from kg.asking.reasons import Reason, Reasons, Rule
from kg.iris import graph_iri, local_name
from kg.namespaces import DCTERMS, ORG, RDF, SKOS, ZH

__all__ = ["LINKS", "LinkExplanation", "Told", "explain_link"]

_REFERENCE = graph_iri("reference")
LINKS = {
    ZH.ReportedOutcome: "A reported outcome",
    ZH.ReportedFigure: "A reported figure",
    ZH.ActRelation: "A relation of an act",
    ZH.CandidateAct: "A candidate of a planned act",
    ZH.Identifier: "An identifier",
    ORG.Membership: "A term of office",
    ZH.PlannedAct: "A planned act",
}
"""What is explained here, by class, with what it is called."""

_SAID = {
    ZH.outcomeOf: "It is of",
    ZH.reportedAct: "It is the adoption of",
    ZH.doneFrom: "Done from",
    ZH.doneBy: "Done by",
    ZH.completion: "Completion",
    ZH.inOutcome: "It is given in",
    ZH.quantity: "It counts",
    ZH.count: "Number",
    ZH.relatingAct: "The act",
    ZH.relationKind: "What it does",
    ZH.relatedTo: "To what",
    ZH.target: "It may have become",
    ZH.identifies: "It is one of",
    ZH.scheme: "Scheme",
    SKOS.notation: "Written",
    ZH.identifierStatus: "How it is known",
    ZH.externalResource: "Elsewhere",
    ORG.member: "Who",
    ZH.post: "In which post",
    ZH.validFrom: "Valid from",
    ZH.validUntil: "Valid until, not including",
}
"""What is told of each, in this order."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is said: its name for people, its value, and the value's IRI if it has one."""

    name: str
    value: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class LinkExplanation:
    """A link: what it says, its sources with the confidence they deserve, or its grade with rules
    and premises; ``parts`` are the figures of an outcome, or what became of a planned act.
    """

    iri: str
    name: str
    kind: str
    description: str
    told: tuple[Told, ...]
    confidence: str
    sources: tuple[str, ...]
    grade: str
    rules: tuple[Rule, ...]
    premises: tuple[Reason, ...]
    notes: tuple[str, ...]
    parts: tuple["LinkExplanation", ...]

    @property
    def figure(self) -> str:
        """What a figure counts, and its number, in words; nothing of another link."""
        said = {told.name: told.value for told in self.told}
        number = said.get(_SAID[ZH.count])
        return f"{said[_SAID[ZH.quantity]]}: {number}" if number else ""


def explain_link(nodes: Nodes, reasons: Reasons, iri: str) -> LinkExplanation | None:
    """The explanation of the link at ``iri``; ``None`` where that is something else."""
    said = nodes.statements(iri, _REFERENCE)
    kinds = said.all(RDF.type)
    kind = next((name for link, name in LINKS.items() if str(link) in kinds), "")
    if not kind:
        return None
    return LinkExplanation(
        iri=iri,
        name=nodes.label(iri),
        kind=kind,
        description=nodes.english(iri, DCTERMS.description),
        told=tuple(_told(nodes, iri)),
        confidence=said.local(ZH.confidence).removeprefix("Confidence"),
        sources=tuple(said.all(DCTERMS.source)),
        grade=said.local(ZH.grade) if ZH.grade in said else "",
        rules=reasons.rules(said.all(ZH.byRule)),
        premises=reasons.premises(said.all(ZH.premise) + _facts(nodes, iri)),
        notes=tuple(nodes.all_english(iri, SKOS.note)),
        parts=tuple(_parts(nodes, reasons, iri)),
    )


def _told(nodes: Nodes, iri: str) -> Iterator[Told]:
    said = nodes.statements(iri, _REFERENCE)
    for term, name in _SAID.items():
        for value in said.all(term):
            if "://" not in value:
                yield Told(name, value)
                continue
            kinds = nodes.statements(value).all(RDF.type)
            known = str(nodes.name(value)) if str(ZH.Provision) in kinds else nodes.label(value)
            yield Told(name, known or local_name(value.rstrip("/")), value)


def _facts(nodes: Nodes, iri: str) -> list[str]:
    """The facts that tell what became of a planned act."""
    return nodes.subjects(ZH.plannedAct, iri, _REFERENCE)


def _parts(nodes: Nodes, reasons: Reasons, iri: str) -> Iterator[LinkExplanation]:
    inside = nodes.subjects(ZH.inOutcome, iri, _REFERENCE)
    for part in inside + nodes.statements(iri, _REFERENCE).all(ZH.candidateAct):
        explained = explain_link(nodes, reasons, part)
        if explained is not None:
            yield explained
