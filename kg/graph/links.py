"""What curated nodes about the world outside the text say in short, and what they are called.

An identifier that is an address elsewhere gives its thing ``owl:sameAs``; a relation of an act that
a source tells, the ELI property of its kind; a candidate of a planned act, ``zh:mayHaveBecome``.
The long form keeps the source, the confidence or the rule.
"""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.quads import Quads
from kg.namespaces import BASE, OWL, RDF, SKOS, ZH

LANGUAGES = ("kk", "en", "ru")
CODES = ("iso-3166-1", "iso-3166-2", "kato")
"""The schemes whose identifiers are codes: an address elsewhere is then that of the code."""


def write_links(quads: Quads, graph: str, curated: Graph) -> None:
    """Add the short forms and the labels of the curated links to a named graph."""
    for subject, predicate, value in _short_forms(curated):
        quads.add(graph, str(subject), predicate, value)
    for subject, label in _labels(curated):
        quads.add(graph, str(subject), SKOS.prefLabel, label)


def _short_forms(curated: Graph) -> Iterator[tuple[Node, URIRef, Node]]:
    codes = {URIRef(f"{BASE}concept/identifier-scheme/{name}") for name in CODES}
    for identifier, resource in curated.subject_objects(ZH.externalResource):
        code = set(curated.objects(identifier, ZH.scheme)) & codes
        for thing in curated.objects(identifier, ZH.identifies):
            yield (identifier if code else thing), OWL.sameAs, resource
    for planned, candidate in curated.subject_objects(ZH.candidateAct):
        for act in curated.objects(candidate, ZH.target):
            yield planned, ZH.mayHaveBecome, act
    for relation in curated.subjects(RDF.type, ZH.ActRelation):
        kind = curated.value(relation, ZH.relationKind)
        short = curated.value(kind, ZH.shortProperty) if kind else None
        if short is None or (relation, ZH.confidence, None) not in curated:
            continue
        for act in curated.objects(relation, ZH.relatingAct):
            for other in curated.objects(relation, ZH.relatedTo):
                yield act, URIRef(str(short)), other


def _labels(curated: Graph) -> Iterator[tuple[Node, Literal]]:
    """Names for nodes that people give none, put together from those of what they speak of."""
    for subject in curated.subjects(RDF.type, ZH.Identifier):
        parts = (ZH.identifies, ZH.scheme)
        last = str(curated.value(subject, SKOS.notation) or "")
        yield from _joined(curated, subject, parts, last or ZH.identifierStatus)
    for subject in curated.subjects(RDF.type, ZH.ActRelation):
        yield from _joined(curated, subject, (ZH.relatingAct,), ZH.relationKind)
    for subject in curated.subjects(RDF.type, ZH.ReportedFigure):
        parts = (ZH.inOutcome, ZH.quantity)
        yield from _joined(curated, subject, parts, str(curated.value(subject, ZH.count)))
    for planned, candidate in curated.subject_objects(ZH.candidateAct):
        act = curated.value(candidate, ZH.target)
        for language in LANGUAGES:
            names = [name for node in (planned, act) if (name := _name(curated, node, language))]
            yield candidate, Literal(": ".join(names), lang=language)


def _joined(
    curated: Graph, subject: Node, parts: tuple[URIRef, ...], last: str | URIRef
) -> Iterator[tuple[Node, Literal]]:
    """A label in each language: the names that the properties lead to, then a text or a name."""
    for language in LANGUAGES:
        nodes = [curated.value(subject, part) for part in parts]
        names = [name for node in nodes if (name := _name(curated, node, language))]
        end = last
        if isinstance(last, URIRef):
            end = _name(curated, curated.value(subject, last), language)
        text = ": ".join(part for part in (", ".join(names), str(end)) if part)
        yield subject, Literal(text, lang=language)


def _name(curated: Graph, node: Node | None, language: str) -> str:
    """What a node is called in a language; nothing where the curated files don't say."""
    if node is None:
        return ""
    labels = curated.objects(node, SKOS.prefLabel)
    found = (x for x in labels if isinstance(x, Literal) and x.language == language)
    return min(map(str, found), default="")
