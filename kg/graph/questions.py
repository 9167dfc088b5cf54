"""What isn't known and what would settle it: open questions by rule, to ``graph/quality``.

Each kind of question (``ontology/questions.ttl``) selects by a SPARQL query the things it is asked
about. The query sees the graph as it is built, all named graphs as one; so a question is asked as
long as nothing settles it.
"""

from collections.abc import Iterator
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.graph.quads import Quads
from kg.graph.turtle import CuratedError, read_turtle
from kg.iris import graph_iri, local_name, question_iri
from kg.namespaces import BASE, PREFIXES, RDF, SKOS, ZH

QUALITY = graph_iri("quality")
SAID_OF_ONE = "data/questions.ttl"
UNSEEN = {graph_iri(name) for name in ("ontology", "queries", "source", "catalogue")}
"""Graphs that no question is about."""

THING = "{thing}"


def write_questions(quads: Quads, curated: Graph, root: Path) -> None:
    """Add each open question, and what is said of single ones in a file below ``root``.

    Raises ``CuratedError`` at a kind of question whose query can't be read.
    """
    known = Graph()
    for subject, predicate, value, graph in quads:
        if str(graph) not in UNSEEN:
            known.add((subject, predicate, value))
    path = root / SAID_OF_ONE
    said = read_turtle([path], root) if path.is_file() else Graph()
    for kind in sorted(set(curated.subjects(RDF.type, ZH.QuestionKind)), key=str):
        patterns = [p for p in curated.objects(kind, ZH.questionPattern) if isinstance(p, Literal)]
        for thing in _select(known, str(kind), curated.value(kind, ZH.selects)):
            iri = question_iri(local_name(str(kind)), str(thing))
            quads.add(QUALITY, iri, RDF.type, ZH.OpenQuestion)
            quads.add(QUALITY, iri, ZH.questionKind, URIRef(str(kind)))
            quads.add(QUALITY, iri, ZH.asksAbout, thing)
            quads.add(QUALITY, iri, SKOS.prefLabel, *_ask(known, thing, patterns))
            quads.add(QUALITY, iri, ZH.settledBy, *said.objects(URIRef(iri), ZH.settledBy))


def _select(known: Graph, kind: str, query: object) -> list[URIRef]:
    """The things that a kind of question is asked about, sorted."""
    try:
        prepared = prepareQuery(str(query), initNs=PREFIXES)
    except Exception as error:  # rdflib raises errors of several kinds for what it can't parse
        name = kind.removeprefix(BASE)
        raise CuratedError(f"ontology/questions.ttl: the query of {name} can't be read") from error
    things = {row[0] for row in known.query(prepared) if not isinstance(row, bool)}
    return sorted((thing for thing in things if isinstance(thing, URIRef)), key=str)


def _ask(known: Graph, thing: URIRef, patterns: list[Literal]) -> Iterator[Literal]:
    """The question in words, in each language that it has a pattern in."""
    for pattern in patterns:
        name = _name(known, thing, pattern.language or "")
        yield Literal(str(pattern).replace(THING, name), lang=pattern.language)


def _name(known: Graph, thing: URIRef, language: str) -> str:
    """What a thing is called: a provision by its place, anything else by its label."""
    provision = (thing, RDF.type, ZH.Provision) in known
    for term in (SKOS.altLabel, SKOS.prefLabel) if provision else (SKOS.prefLabel,):
        names = {
            str(name)
            for name in known.objects(thing, term)
            if isinstance(name, Literal) and name.language == language
        }
        if names:
            return min(names, key=lambda name: (len(name), name))
    return str(thing).removeprefix(BASE)
