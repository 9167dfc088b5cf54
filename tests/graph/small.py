"""A small data set that conforms, and the ways of breaking it: ``small.trig`` with the ontology."""

from pathlib import Path

from rdflib import Dataset, Graph, URIRef

from kg.iris import graph_iri
from kg.namespaces import BASE, PREFIXES
from tests.roots import ROOT

ACT = f"{BASE}eli/kz/resolution/2020/7"
FIRST, SECOND = f"{ACT}@2020-01-01", f"{ACT}@2020-06-01"


def load_small() -> Dataset:
    """The small data set, new for each test."""
    dataset = Dataset()
    dataset.parse(Path(__file__).parent / "small.trig", format="trig")
    ontology = dataset.graph(URIRef(graph_iri("ontology")))
    ontology.parse(ROOT / "ontology/zhospar.ttl")
    return dataset


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
