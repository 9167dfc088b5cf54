"""The service description (SPARQL 1.1 Service Description): what can be asked here, and of what."""

from urllib.parse import urljoin

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, VOID, XSD

from kg.asking.asof import State
from kg.asking.formats import FORMATS, Format
from kg.asking.void import FORMAT_NAMES, W3C_FORMATS
from kg.iris import graph_iri
from kg.namespaces import BASE, DCTERMS, PREFIXES
from kg.web.pool.loaded import Loaded
from kg.web.protocol.void import VOID_ADDRESS

__all__ = ["describe_service"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SIMPLE_ENTAILMENT = URIRef("http://www.w3.org/ns/entailment/Simple")
_SYNTAXES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def describe_service(
    address: str, loaded: Loaded, state: State, form: Format, *, federates: bool = False
) -> bytes:
    """The description of the endpoint at ``address``, whose default graph is that of ``state``.

    Of the features that section 4.2 names, the one there may be is the asking of other endpoints,
    and it is said where the settings allow any. Graphs without triples are not told from graphs
    that aren't there (``sd:EmptyGraphs``), so only those with triples are listed.
    """
    graph = Graph()
    graph.bind("sd", SD)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    service, dataset = URIRef(address), URIRef(f"{address}#dataset")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.defaultEntailmentRegime, _SIMPLE_ENTAILMENT))
    if federates:
        graph.add((service, SD.feature, SD.BasicFederatedQuery))
    graph.add((service, RDFS.seeAlso, URIRef(urljoin(address, VOID_ADDRESS))))
    for offered in FORMATS:
        graph.add((service, SD.resultFormat, W3C_FORMATS[FORMAT_NAMES[offered.name]]))
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
