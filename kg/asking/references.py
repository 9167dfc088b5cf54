"""A legal reference: its words, what it leads to or may lead to, how sure that is, and why."""

from dataclasses import dataclass

from kg.asking.content import HISTORY
from kg.asking.nodes import Name, Nodes, Quote
from kg.asking.reasons import Reason, Reasons, Rule
from kg.namespaces import DCTERMS, RDF, ZH

__all__ = ["Lead", "ReferenceExplanation", "explain_reference"]


@dataclass(frozen=True, slots=True)
class Lead:
    """What a reference leads to, or may lead to: an IRI, with its grade and the reasons for it."""

    iri: str
    name: Name
    grade: str
    rules: tuple[Rule, ...]
    premises: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ReferenceExplanation:
    """A reference: its words with their lines, its ``target`` and candidates, or neither.

    ``kind`` is what identifies what is meant (a date, a title), ``status`` how far it is known,
    ``reason`` why so in a sentence for each rule; ``documents`` the kind of those it speaks of, if
    they are many. Beside a target, the candidates are what that may have become.
    """

    iri: str
    place: Name
    kind: str
    status: str
    grade: str
    reason: str
    quotes: tuple[Quote, ...]
    rules: tuple[Rule, ...]
    target: Lead | None
    candidates: tuple[Lead, ...]
    documents: str


def explain_reference(nodes: Nodes, reasons: Reasons, iri: str) -> ReferenceExplanation | None:
    """The explanation of the reference at ``iri``, or of that of which it is a candidate; ``None``
    where it is something else.
    """
    iri = next(iter(nodes.subjects(ZH.candidateTarget, iri, HISTORY)), iri)
    said = nodes.statements(iri, HISTORY)
    if str(ZH.LegalReference) not in said.all(RDF.type):
        return None
    documents = said.first(DCTERMS.subject)
    leads = tuple(_read_lead(nodes, reasons, node) for node in said.all(ZH.candidateTarget))
    return ReferenceExplanation(
        iri=iri,
        place=nodes.name(said.first(ZH.inProvision)),
        kind=nodes.label(said.first(ZH.referenceKind)),
        status=nodes.label(said.first(ZH.resolution)),
        grade=said.local(ZH.grade),
        reason=nodes.english(iri, ZH.reason),
        quotes=nodes.quotes(said.all(ZH.evidencedBy)),
        rules=reasons.rules(said.all(ZH.byRule)),
        target=_read_lead(nodes, reasons, iri) if ZH.target in said else None,
        candidates=tuple(sorted(leads, key=lambda lead: (lead.grade, lead.iri))),
        documents=nodes.label(documents) if documents else "",
    )


def _read_lead(nodes: Nodes, reasons: Reasons, node: str) -> Lead:
    """What a reference, or a candidate of one, leads to."""
    said = nodes.statements(node, HISTORY)
    target = said.first(ZH.target)
    return Lead(
        iri=target,
        name=nodes.name(target),
        grade=said.local(ZH.grade),
        rules=reasons.rules(said.all(ZH.byRule)),
        premises=reasons.premises(said.all(ZH.premise)),
    )
