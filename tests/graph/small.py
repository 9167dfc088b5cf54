"""A small data set that conforms, and the ways of breaking it: ``small.trig`` with the ontology."""

from pathlib import Path

from rdflib import Dataset, Graph, Literal, URIRef

from kg.iris import graph_iri
from kg.namespaces import BASE, PREFIXES, RDF, SKOS, ZH
from tests.roots import ROOT

ACT = f"{BASE}eli/kz/resolution/2020/7"
FIRST, SECOND = f"{ACT}@2020-01-01", f"{ACT}@2020-06-01"


def load_small() -> Dataset:
    """The small data set, new for each test; what a build names by grammar is named by class."""
    dataset = Dataset()
    dataset.parse(Path(__file__).parent / "small.trig", format="trig")
    ontology = dataset.graph(URIRef(graph_iri("ontology")))
    ontology.parse(ROOT / "ontology/zhospar.ttl")
    for graph in dataset.graphs():
        _name_the_nameless(graph)
    return dataset


def _name_the_nameless(graph: Graph) -> None:
    named = set(graph.subjects(SKOS.prefLabel))
    for node, kind in set(graph.subject_objects(RDF.type)):
        _, ours, name = str(kind).rpartition(ZH._NS)
        # The history names versions of provisions, and not these themselves.
        if ours and node not in named and (node, RDF.type, ZH.Provision) not in graph:
            for word, language in ((name, "en"), ("атау", "kk"), ("название", "ru")):
                graph.add((node, SKOS.prefLabel, Literal(word, language)))


def statements(turtle: str) -> Graph:
    """Turtle that needs no prefixes, its addresses relative to ``BASE``."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return Graph().parse(data=f"@base <{BASE}> .\n{prefixes}{turtle}", format="turtle")


def change(dataset: Dataset, graph: str, *, without: str = "", plus: str = "") -> None:
    """Take statements away from a named graph and add others; those taken away must be there."""
    named = dataset.graph(URIRef(graph))
    for triple in statements(without):
        assert triple in named, f"{triple} doesn't stand in {graph}"
        named.remove(triple)
    for triple in statements(plus):
        named.add(triple)
