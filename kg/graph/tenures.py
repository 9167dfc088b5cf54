"""Tenures to quads: in ``graph/reference``, since they hold on days and belong to no state."""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.history import premise_iri
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, typed
from kg.history.tenure import Tenure
from kg.iris import graph_iri, local_name, rule_iri, tenure_iri
from kg.namespaces import RDF, SKOS, XSD, ZH

GRAPH = graph_iri("reference")
LANGUAGES = ("kk", "en", "ru")
OPEN = {"kk": "{from_} бастап", "en": "from {from_}", "ru": "с {from_}"}
CLOSED = {
    "kk": "{from_} – {until} (соңғысын қоспағанда)",
    "en": "from {from_} until {until}",
    "ru": "с {from_} до {until}",
}
HELD = {
    "kk": "{named}: міндеттерін {holder} атқарады, {when}",
    "en": "{named}: its duties held by {holder}, {when}",
    "ru": "{named}: обязанности исполняет {holder}, {when}",
}
NOT_KNOWN = {
    "kk": "{named}: міндеттерін кім атқаратыны белгісіз, {when}",
    "en": "{named}: who holds its duties isn't known, {when}",
    "ru": "{named}: кто исполняет обязанности, неизвестно, {when}",
}


def write_tenures(
    quads: Quads, writer: Writer, tenures: Iterable[Tenure], curated: Graph, groups: frozenset[str]
) -> None:
    """Add each tenure; the names of bodies are those of the curated statements."""
    for tenure in tenures:
        member = tenure.holder if tenure.named in groups else None
        iri = tenure_iri(tenure.named, tenure.day, member)
        for predicate, value in _statements(writer, tenure):
            quads.add(GRAPH, iri, predicate, value)
        quads.add(GRAPH, iri, SKOS.prefLabel, *_labels(tenure, curated))


def _statements(writer: Writer, tenure: Tenure) -> Iterable[tuple[URIRef, Node]]:
    yield RDF.type, ZH.Tenure
    yield ZH.bodyNamed, URIRef(tenure.named)
    yield ZH.validFrom, typed(tenure.day.isoformat(), XSD.date)
    if tenure.until:
        yield ZH.validUntil, typed(tenure.until.isoformat(), XSD.date)
    yield ZH.grade, ZH[tenure.inference.grade]
    if tenure.confidence:
        yield ZH.confidence, ZH[f"Confidence{tenure.confidence}"]
    if tenure.holder:
        yield ZH.holder, URIRef(tenure.holder)
    for body in tenure.may_hold:
        yield ZH.possibleHolder, URIRef(body)
    if tenure.last:
        yield ZH.lastKnownHolder, URIRef(tenure.last)
    if tenure.last_day:
        yield ZH.lastKnownDay, typed(tenure.last_day.isoformat(), XSD.date)
    for term, day in zip((ZH.earliest, ZH.latest), tenure.shown or (), strict=False):
        yield term, typed(day.isoformat(), XSD.date)
    for rule in tenure.inference.rules:
        yield ZH.byRule, URIRef(rule_iri(rule))
    for premise in tenure.inference.premises:
        yield ZH.premise, premise_iri(writer, premise)


def _labels(tenure: Tenure, curated: Graph) -> Iterable[Literal]:
    """What the tenure says, in each language."""
    days = {"from_": tenure.day.isoformat(), "until": tenure.until and tenure.until.isoformat()}
    for language in LANGUAGES:
        when = (CLOSED if tenure.until else OPEN)[language].format(**days)
        named = _name(curated, tenure.named, language)
        holder = _name(curated, tenure.holder, language) if tenure.holder else ""
        said = (HELD if tenure.holder else NOT_KNOWN)[language]
        yield Literal(said.format(named=named, holder=holder, when=when), lang=language)


def _name(curated: Graph, body: str, language: str) -> str:
    names = (
        str(name)
        for name in curated.objects(URIRef(body), SKOS.prefLabel)
        if isinstance(name, Literal) and name.language == language
    )
    return min(names, default=local_name(body))
