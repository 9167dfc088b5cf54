"""The service description (SPARQL 1.1 Service Description): what can be asked here, and of what."""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, VOID, XSD

from kg.asking.asof import State
from kg.asking.formats import FORMATS, Format
from kg.iris import graph_iri
from kg.namespaces import BASE, DCTERMS, PREFIXES
from kg.web.processes import Loaded

__all__ = ["describe_service"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")

_FORMAT_NAMES = {
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
"""What W3C calls our formats, after ``http://www.w3.org/ns/formats/``."""

_SYNTAXES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def describe_service(address: str, loaded: Loaded, state: State, form: Format) -> bytes:
    """The description of the endpoint at ``address``, whose default graph is that of ``state``."""
    graph = Graph()
    graph.bind("sd", SD)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    service, dataset = URIRef(address), URIRef(f"{address}#dataset")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for offered in FORMATS:
        graph.add((service, SD.resultFormat, _FORMATS[_FORMAT_NAMES[offered.name]]))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, DCTERMS.hasVersion, Literal(loaded.release)))
    _describe_default_graph(graph, dataset, URIRef(f"{address}#default-graph"), state)
    for name, triples in loaded.graphs.items():
        _describe_named_graph(
            graph, dataset, URIRef(f"{address}#{_node_name(name)}"), name, triples
        )
    return graph.serialize(format=_SYNTAXES[form.name], encoding="utf-8")


def _node_name(graph: str) -> str:
    return "named-graph-" + graph.removeprefix(BASE).replace("/", "-").replace("@", "-")


def _describe_default_graph(graph: Graph, dataset: URIRef, default: URIRef, state: State) -> None:
    """The default graph: a merge of the state's graph and the reference graph."""
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    graph.add((default, DCTERMS.source, URIRef(state.graph)))
    graph.add((default, DCTERMS.source, URIRef(graph_iri("reference"))))


def _describe_named_graph(
    graph: Graph, dataset: URIRef, node: URIRef, name: str, triples: int
) -> None:
    graph.add((dataset, SD.namedGraph, node))
    graph.add((node, RDF.type, SD.NamedGraph))
    graph.add((node, SD.name, URIRef(name)))
    graph.add((node, SD.graph, URIRef(name)))
    graph.add((URIRef(name), RDF.type, SD.Graph))
    graph.add((URIRef(name), VOID.triples, Literal(triples, datatype=XSD.integer)))
