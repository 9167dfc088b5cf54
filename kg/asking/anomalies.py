"""An anomaly of the text: what is odd, how to read it, how the graph treats it, and where it is."""

from dataclasses import dataclass

from kg.asking.nodes import Nodes, Quote
from kg.iris import graph_iri
from kg.namespaces import DCTERMS, OA, RDF, ZH

__all__ = ["AnomalyExplanation", "explain_anomaly"]

_QUALITY = graph_iri("quality")


@dataclass(frozen=True, slots=True)
class AnomalyExplanation:
    """An anomaly: ``detector`` is what found it, empty where people did; ``quotes`` its words."""

    iri: str
    name: str
    kind: str
    detector: str
    odd: str
    reading: str
    treatment: str
    quotes: tuple[Quote, ...]


def explain_anomaly(nodes: Nodes, iri: str) -> AnomalyExplanation | None:
    """The explanation of the anomaly at ``iri``; ``None`` where that is something else."""
    said = nodes.statements(iri, _QUALITY)
    if str(ZH.Anomaly) not in said.all(RDF.type):
        return None
    detector = said.first(ZH.detectedBy)
    return AnomalyExplanation(
        iri=iri,
        name=nodes.label(iri),
        kind=nodes.label(said.first(ZH.anomalyKind)),
        detector=nodes.label(detector) if detector else "",
        odd=nodes.english(iri, DCTERMS.description),
        reading=nodes.english(iri, ZH.reading),
        treatment=nodes.english(iri, ZH.treatment),
        quotes=nodes.quotes(said.all(OA.hasTarget)),
    )
