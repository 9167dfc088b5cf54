"""What is odd in the text: curated and detected anomalies to ``graph/quality``.

People name the words of an anomaly and the provisions they stand in; the build finds them there,
and tells which it leaves out since the text has other words. Detectors find theirs by rule. Both
become annotations of spans, by the W3C's Web Annotation Data Model.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.gaps import Gaps
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, language
from kg.graph.turtle import CuratedError, read_turtle
from kg.history.anomalies.detect import DETECTORS, detect
from kg.history.anomalies.finding import Finding, Place, Text, fold, part_of, quotes_of
from kg.iris import graph_iri, span_iri
from kg.model import Quote, Span
from kg.namespaces import BASE, DCTERMS, OA, RDF, SKOS, ZH

QUALITY = graph_iri("quality")
ANOMALIES = "data/anomalies.ttl"
DETECTOR_FILE = "ontology/detectors.ttl"
SAID = (SKOS.prefLabel, DCTERMS.description, ZH.reading, ZH.treatment)
"""What is said of every anomaly, in words."""


class Say(Protocol):
    """How a text of the curated files becomes one of the graph."""

    def __call__(self, term: URIRef, text: Literal) -> Literal: ...


@dataclass(frozen=True)
class Anomaly:
    """What is to be written of an anomaly: its address, the node that tells of it, its places."""

    iri: str
    told_by: Node
    places: tuple[Place, ...]
    provisions: frozenset[str]


class WordsGone(Exception):
    """The text doesn't have the words of a curated anomaly: it isn't odd in that way any more."""


def write_anomalies(
    quads: Quads, writer: Writer, text: Text, named: Graph, root: Path
) -> tuple[str, ...]:
    """Add the anomalies that the files below ``root`` name, and those that the detectors find.

    ``named`` has the names of what detectors find. What a text of other words doesn't show is left
    out; returns a sentence for each anomaly left out, with file, anomaly and words. Raises
    ``CuratedError`` at a provision that isn't there.
    """
    curated = _read(root, ANOMALIES)
    left_out = []
    for node in sorted(set(curated.subjects(RDF.type, ZH.Anomaly)), key=str):
        try:
            _write(quads, writer, curated, _locate(curated, node, writer, text))
        except WordsGone as gone:
            left_out.append(f"{gone}; it is left out")
    detectors = _read(root, DETECTOR_FILE)
    nodes = {_name(node): node for node in detectors.subjects(RDF.type, ZH.Detector)}
    if unknown := sorted(nodes.keys() - DETECTORS.keys()):
        raise CuratedError(f"{DETECTOR_FILE}: no detector is named {', '.join(unknown)}")
    gaps = Gaps(text.plan, named, detectors)
    for name, finding in detect(text, sorted(nodes)):
        _write_finding(quads, writer, detectors, nodes[name], finding, gaps)
    kinds = (ZH.Detector, SKOS.ConceptScheme, SKOS.Concept)
    for node in {node for kind in kinds for node in detectors.subjects(RDF.type, kind)}:
        for term in (RDF.type, SKOS.prefLabel, SKOS.definition, SKOS.inScheme, ZH.anomalyKind):
            quads.add(QUALITY, str(node), term, *detectors.objects(node, term))
    return tuple(left_out)


def _read(root: Path, name: str) -> Graph:
    """A curated file, or nothing: a plan need not have one."""
    path = root / name
    return read_turtle([path], root) if path.exists() else Graph()


def _name(node: Node) -> str:
    return str(node).removeprefix(f"{BASE}detector/")


def _locate(curated: Graph, node: Node, writer: Writer, text: Text) -> Anomaly:
    """Find the words of a curated anomaly in each of the provisions that it names."""
    paths = {str(writer.iri(p.path)): p.path for p in text.plan.provisions} | {writer.act: ""}
    quotes = {str(quote) for quote in curated.objects(node, ZH.quote)}
    if not quotes:
        raise CuratedError(f"{ANOMALIES}: {node}: it quotes no words")
    places: set[Place] = set()
    unfound = set(quotes)
    for provision in curated.objects(node, ZH.inProvision):
        if str(provision) not in paths:
            raise CuratedError(f"{ANOMALIES}: {node}: {provision} is no part of the text")
        there = {quote: set(_find(text, paths[str(provision)], quote)) for quote in sorted(quotes)}
        if not any(there.values()):
            raise WordsGone(
                f"{ANOMALIES}: {node}: {provision} prints none of "
                f"{', '.join(f'«{quote}»' for quote in sorted(quotes))}"
            )
        places = places.union(*there.values())
        unfound -= {quote for quote, found in there.items() if found}
    if unfound:
        words = ", ".join(f"«{quote}»" for quote in sorted(unfound))
        raise WordsGone(f"{ANOMALIES}: {node}: the provisions named don't print {words}")
    return Anomaly(str(node), node, tuple(places), frozenset(place.path for place in places))


def _find(text: Text, path: str, words: str) -> Iterator[Place]:
    """Each occurrence of the words in what a provision prints; a blank is any white space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w$", words) else ""
    whole = Quote(Span(0, len(text.source.text)), text.source.text)
    for quote in quotes_of(text.plan.provision(path)) if path else (whole,):
        for found in re.finditer(f"{before}{pattern}{after}", quote.text):
            yield Place(path, part_of(quote, *found.span()))


def _write_finding(
    quads: Quads, writer: Writer, detectors: Graph, node: Node, finding: Finding, gaps: Gaps
) -> None:
    """A finding is told by its detector's texts, with the gaps in them filled."""
    iri = f"{BASE}anomaly/{'-'.join(filter(None, (_name(node), finding.key)))}"
    paths = frozenset(place.path for place in finding.places)

    def say(term: URIRef, text: Literal) -> Literal:
        language = text.language or "en"
        if term == SKOS.prefLabel:
            name = gaps.name(finding, language)
            return Literal(f"{text} ({name})" if name else str(text), lang=text.language)
        try:
            return Literal(str(text).format_map(gaps.fill(finding, language)), lang=text.language)
        except (KeyError, ValueError, IndexError) as error:
            problem = f"{DETECTOR_FILE}: {node}: no words for the gap {error} in «{text}»"
            raise CuratedError(problem) from error

    _write(quads, writer, detectors, Anomaly(iri, node, finding.places, paths), say)
    quads.add(QUALITY, iri, ZH.detectedBy, URIRef(str(node)))


def _as_written(term: URIRef, text: Literal) -> Literal:
    return text


def _write(
    quads: Quads, writer: Writer, told: Graph, anomaly: Anomaly, say: Say = _as_written
) -> None:
    iri = anomaly.iri
    quads.add(QUALITY, iri, RDF.type, ZH.Anomaly, OA.Annotation)
    quads.add(QUALITY, iri, OA.motivatedBy, OA.commenting)
    quads.add(QUALITY, iri, ZH.anomalyKind, *told.objects(anomaly.told_by, ZH.anomalyKind))
    quads.add(QUALITY, iri, ZH.inProvision, *map(writer.iri, anomaly.provisions))
    for place in anomaly.places:
        span = place.quote.span
        quads.add(QUALITY, iri, OA.hasTarget, URIRef(span_iri(writer.act, span.start, span.end)))
        quads.add(QUALITY, iri, ZH.quote, language(fold(place.quote.text), "kk"))
    for term in SAID:
        for text in told.objects(anomaly.told_by, term):
            if isinstance(text, Literal):
                quads.add(QUALITY, iri, term, say(term, text))
