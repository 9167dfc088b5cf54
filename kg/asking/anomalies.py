"""An anomaly of the text: what is odd, how to read it, how the graph treats it, and where it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.asking.nodes import Nodes, Quote
from kg.iris import graph_iri
from kg.namespaces import DCTERMS, OA, RDF, SKOS, ZH

__all__ = ["LANGUAGES", "AnomalyExplanation", "explain_anomaly", "tell_anomaly"]

_QUALITY = graph_iri("quality")


@dataclass(frozen=True, slots=True)
class AnomalyExplanation:
    """An anomaly, with what is said of it by language: ``en``, ``kk`` and ``ru``.

    ``detector`` is the name of what found it, empty where people did; ``quotes`` are its words.
    """

    iri: str
    name: Mapping[str, str]
    kind: Mapping[str, str]
    detector: Mapping[str, str]
    odd: Mapping[str, str]
    reading: Mapping[str, str]
    treatment: Mapping[str, str]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands around the sentences on an anomaly, in one language."""

    kind: str
    detected: str
    read: str
    odd: str
    reading: str
    treatment: str
    line: str


_WORDS = {
    "en": _Words(
        *("Kind", "found by the detector: {}", "found by reading"),
        *("What is odd", "How to read it", "How the graph treats it", "line {}"),
    ),
    "kk": _Words(
        *("Түрі", "анықтағыш тапқан: {}", "мәтінді оқығанда табылған"),
        *("Ауытқу неде", "Қалай оқу керек", "Графта қалай өңделген", "{}-жол"),
    ),
    "ru": _Words(
        *("Вид", "найдено детектором: {}", "найдено при чтении"),
        *("В чём аномалия", "Как читать", "Как обработано в графе", "строка {}"),
    ),
}
LANGUAGES = tuple(_WORDS)
"""The languages that an anomaly is told in."""


def explain_anomaly(nodes: Nodes, iri: str) -> AnomalyExplanation | None:
    """The explanation of the anomaly at ``iri``; ``None`` where that is something else."""
    said = nodes.statements(iri, _QUALITY)
    if str(ZH.Anomaly) not in said.all(RDF.type):
        return None
    detector = said.first(ZH.detectedBy)
    return AnomalyExplanation(
        iri=iri,
        name=nodes.texts(iri, SKOS.prefLabel),
        kind=nodes.texts(said.first(ZH.anomalyKind), SKOS.prefLabel),
        detector=nodes.texts(detector, SKOS.prefLabel) if detector else {},
        odd=nodes.texts(iri, DCTERMS.description),
        reading=nodes.texts(iri, ZH.reading),
        treatment=nodes.texts(iri, ZH.treatment),
        quotes=nodes.quotes(said.all(OA.hasTarget)),
    )


def tell_anomaly(anomaly: AnomalyExplanation, language: str) -> Iterator[str]:
    """The lines of an explanation, in one of ``LANGUAGES``; its last are the words of the text."""
    words = _WORDS[language]
    yield anomaly.name[language]
    yield anomaly.iri
    yield ""
    by_rule = anomaly.detector and words.detected.format(anomaly.detector[language])
    yield f"{words.kind}: {anomaly.kind[language]}, {by_rule or words.read}"
    yield f"{words.odd}: {anomaly.odd[language]}"
    yield f"{words.reading}: {anomaly.reading[language]}"
    yield f"{words.treatment}: {anomaly.treatment[language]}"
    for quote in anomaly.quotes:
        printed = " ".join(quote.text.split())
        yield f"    {words.line.format(quote.line)}: «{printed}»"
