"""A tenure: who holds what is asked of a body between two days, or who held it last, and why."""

from dataclasses import dataclass

from kg.asking.nodes import Nodes
from kg.asking.reasons import Reason, Reasons, Rule
from kg.iris import graph_iri
from kg.namespaces import RDF, ZH

__all__ = ["TenureExplanation", "explain_tenure"]

_REFERENCE = graph_iri("reference")


@dataclass(frozen=True, slots=True)
class TenureExplanation:
    """A tenure: days as ``YYYY-MM-DD``, ``until`` exclusive and empty where it is open.

    ``holder`` is empty where that isn't known; ``candidates`` are those that may hold then,
    ``last`` the last holder known, until ``last_day`` or shown on some day of ``shown``.
    ``confidence`` is ``A``, ``B`` or empty.
    """

    iri: str
    name: str
    named: str
    day: str
    until: str
    grade: str
    confidence: str
    holder: str
    candidates: tuple[str, ...]
    last: str
    last_day: str
    shown: tuple[str, str]
    rules: tuple[Rule, ...]
    premises: tuple[Reason, ...]


def explain_tenure(nodes: Nodes, reasons: Reasons, iri: str) -> TenureExplanation | None:
    """The explanation of the tenure at ``iri``; ``None`` where that is something else."""
    said = nodes.statements(iri, _REFERENCE)
    if str(ZH.Tenure) not in said.all(RDF.type):
        return None
    holder, last = said.first(ZH.holder), said.first(ZH.lastKnownHolder)
    return TenureExplanation(
        iri=iri,
        name=nodes.label(iri),
        named=nodes.label(said.first(ZH.bodyNamed)),
        day=said.first(ZH.validFrom),
        until=said.first(ZH.validUntil),
        grade=said.local(ZH.grade),
        confidence=said.local(ZH.confidence).removeprefix("Confidence"),
        holder=nodes.label(holder) if holder else "",
        candidates=tuple(nodes.label(body) for body in said.all(ZH.possibleHolder)),
        last=nodes.label(last) if last else "",
        last_day=said.first(ZH.lastKnownDay),
        shown=(said.first(ZH.earliest), said.first(ZH.latest)),
        rules=reasons.rules(said.all(ZH.byRule)),
        premises=reasons.premises(said.all(ZH.premise)),
    )
