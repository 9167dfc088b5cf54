"""The data set described in VoID, from what is loaded and from what its catalogue says of it.

Describing Linked Datasets with the VoID Vocabulary (W3C Interest Group Note of 3 March 2011).
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Namespace, URIRef

from kg.asking.formats import GRAPH_FORMATS
from kg.asking.statistics import Counts, Links, Statistics
from kg.asking.store import KnowledgeGraph
from kg.dumps import DATA, everything_file
from kg.iris import graph_iri, linkset_iri
from kg.namespaces import BASE, DCAT, DCTERMS, RDF, VOID, XSD

__all__ = ["FORMAT_NAMES", "W3C_FORMATS", "describe_data"]

W3C_FORMATS = Namespace("http://www.w3.org/ns/formats/")
FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
}
"""What the W3C calls our formats, after ``http://www.w3.org/ns/formats/``."""

_FOAF = Namespace("http://xmlns.com/foaf/0.1/")
_CATALOGUE = NamedNode(graph_iri("catalogue"))


def describe_data(graph: KnowledgeGraph, statistics: Statistics, site: str) -> list[Triple]:
    """What VoID says of all that is loaded, served at ``site`` (an address with no slash after it).

    The numbers are those of the data set and of each named graph; the catalogue, which describes
    the data set, is no part of it. Graphs can be had by the graph store protocol.
    """
    document, dataset = f"{site}/.well-known/void", _name_dataset(graph)
    triples = [
        _link(document, RDF.type, VOID.DatasetDescription),
        _link(document, _FOAF.primaryTopic, dataset),
        _link(dataset, RDF.type, VOID.Dataset),
        _link(dataset, VOID.sparqlEndpoint, f"{site}/sparql"),
        _text(dataset, VOID.uriSpace, BASE),
        *_copy_catalogue(graph, dataset),
        *(_link(dataset, VOID.exampleResource, state.iri) for state in graph.states),
        *(_link(dataset, VOID.vocabulary, name) for name in _vocabularies(statistics.dataset)),
        *(
            _link(dataset, VOID.feature, W3C_FORMATS[FORMAT_NAMES[form.name]])
            for form in GRAPH_FORMATS
            if not form.keeps_graphs
        ),
        *(
            _link(dataset, VOID.dataDump, f"{site}/{DATA}{dump.name}")
            for dump in graph.dumps
            if dump.name == everything_file(dump.suffix)
        ),
        *_describe_counts(dataset, statistics.dataset),
    ]
    for name, counts in statistics.graphs.items():
        triples.append(_link(name, RDF.type, VOID.Dataset))
        triples.append(_link(name, VOID.dataDump, f"{site}/data?graph={quote(name, safe='')}"))
        if name != _CATALOGUE.value:
            triples.append(_link(dataset, VOID.subset, name))
        triples += _describe_counts(name, counts)
    for links in statistics.links:
        triples += _describe_links(dataset, links)
    for target in sorted({links.target for links in statistics.links}):
        triples += _describe_target(graph, target)
    return triples


def _name_dataset(graph: KnowledgeGraph) -> str:
    """The data set's address in the catalogue, or else the one it would have there."""
    ours, kind = f"{BASE}dataset", NamedNode(DCAT.Dataset)
    quads = graph.named.quads_for_pattern(None, NamedNode(RDF.type), kind, _CATALOGUE)
    found = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
    return ours if ours in found or not found else found[0]


def _copy_catalogue(graph: KnowledgeGraph, dataset: str) -> Iterator[Triple]:
    """What the catalogue says of the data set in words: title, licence, release; no numbers."""
    for quad in graph.named.quads_for_pattern(NamedNode(dataset), None, None, _CATALOGUE):
        if quad.predicate.value.startswith((str(DCTERMS), str(DCAT))):
            yield quad.triple


def _describe_counts(name: str, counts: Counts) -> Iterator[Triple]:
    yield _count(name, VOID.triples, counts.triples)
    yield _count(name, VOID.distinctSubjects, counts.subjects)
    yield _count(name, VOID.distinctObjects, counts.objects)
    yield _count(name, VOID.properties, len(counts.properties))
    yield _count(name, VOID.classes, len(counts.classes))
    properties = name, VOID.propertyPartition, VOID.property
    yield from _partition(*properties, VOID.triples, counts.properties)
    classes = name, VOID.classPartition, VOID["class"]
    yield from _partition(*classes, VOID.entities, counts.classes)


def _describe_links(dataset: str, links: Links) -> Iterator[Triple]:
    """A linkset, with the address that it has in the catalogue (section 5 of the note)."""
    name = linkset_iri(links.target, links.predicate)
    yield _link(dataset, VOID.subset, name)
    yield _link(name, RDF.type, VOID.Linkset)
    yield _link(name, VOID.subjectsTarget, dataset)
    yield _link(name, VOID.objectsTarget, links.target)
    yield _link(name, VOID.linkPredicate, links.predicate)
    yield _count(name, VOID.triples, links.count)


def _describe_target(graph: KnowledgeGraph, target: str) -> Iterator[Triple]:
    """A data set that is linked to: its name, and what its addresses begin with."""
    yield _link(target, RDF.type, VOID.Dataset)
    for quad in graph.named.quads_for_pattern(NamedNode(target), None, None, _CATALOGUE):
        if quad.predicate.value in (str(DCTERMS.title), str(VOID.uriSpace)):
            yield quad.triple


def _partition(
    name: str, part: URIRef, key: URIRef, number: URIRef, counts: Mapping[str, int]
) -> Iterator[Triple]:
    """The parts of a graph, one for each property or class, with the number in each.

    Their blank nodes bear the same names each time, so that the same data has the same bytes.
    """
    nodes = {
        iri: BlankNode("p" + sha256(f"{name} {part} {iri}".encode()).hexdigest()[:24])
        for iri in sorted(counts)
    }
    for node in nodes.values():
        yield Triple(NamedNode(name), NamedNode(part), node)
    for iri, node in nodes.items():
        yield Triple(node, NamedNode(key), NamedNode(iri))
        yield Triple(node, NamedNode(number), _integer(counts[iri]))


def _vocabularies(counts: Counts) -> list[str]:
    """The namespaces of the properties and classes in use: what stands before their last name."""
    terms = (*counts.properties, *counts.classes)
    return sorted({term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms})


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))


def _text(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), Literal(value))


def _count(subject: str, predicate: str, number: int) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), _integer(number))


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD.integer))
