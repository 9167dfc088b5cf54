"""What is known of an amendment: the act, what it did or may have done, since when, and why so."""

from dataclasses import dataclass

from kg.asking.content import HISTORY
from kg.asking.nodes import Name, Nodes, Quote, Start
from kg.asking.reasons import Reasons, Rule
from kg.namespaces import PROV, RDF, ZH

__all__ = ["AmendmentExplanation", "explain_amendment"]

_EFFECTS = {
    "ended": PROV.invalidated,
    "brought": PROV.generated,
    "may have brought": ZH.mayHaveGenerated,
    "may have changed": PROV.used,
}
"""What an amendment did to versions, in words, by its properties."""


@dataclass(frozen=True, slots=True)
class AmendmentExplanation:
    """An amendment, ``certain`` or possible: ``effects`` are versions (IRI), each after what was
    done to it; ``rules`` are those by which the day of effect is known, ``notes`` the words that
    tell of the amendment.
    """

    iri: str
    certain: bool
    change: str
    act: str
    target: Name
    start: Start
    rules: tuple[Rule, ...]
    notes: tuple[Quote, ...]
    effects: tuple[tuple[str, str], ...]


def explain_amendment(nodes: Nodes, reasons: Reasons, iri: str) -> AmendmentExplanation | None:
    """The explanation of the amendment at ``iri``; ``None`` where that is something else."""
    said = nodes.statements(iri, HISTORY)
    kinds = said.all(RDF.type)
    certain = str(ZH.Amendment) in kinds
    if not certain and str(ZH.PossibleAmendment) not in kinds:
        return None
    effect = nodes.statements(said.first(ZH.effectDate))
    return AmendmentExplanation(
        iri=iri,
        certain=certain,
        change=nodes.label(said.first(ZH.changeKind)).lower(),
        act=nodes.label(said.first(ZH.byAct)),
        target=nodes.name(said.first(ZH.amends)),
        start=nodes.start_of(iri),
        rules=reasons.rules(effect.all(ZH.byRule)),
        notes=nodes.quotes(said.all(ZH.evidencedBy)),
        effects=tuple((what, v) for what, term in _EFFECTS.items() for v in said.all(term)),
    )
