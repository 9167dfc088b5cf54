"""/.well-known/void says what is loaded: each number is counted again by queries of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, VOID, Graph, Literal, Namespace, Node, URIRef

from kg.build import Making
from kg.iris import graph_iri
from tests.serving import BASE, Server, serve

FORMATS = Namespace("http://www.w3.org/ns/formats/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
CATALOGUE = graph_iri("catalogue")
DATASET = URIRef(f"{BASE}dataset")


@pytest.fixture(scope="module")
def served(making: Making, own_build: Path) -> Iterator[Server]:
    """A server on the project's own graph."""
    assert making.release
    with serve(own_build) as server:
        yield server


def describe(server: Server, accept: str = "text/turtle") -> Graph:
    response = server.client.get("/.well-known/void", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(accept)
    return Graph().parse(data=response.content, format=accept)


def number(graph: Graph, node: Node, term: URIRef) -> int:
    (value,) = graph.objects(node, term)
    assert isinstance(value, Literal)
    return int(value)


def partitions(graph: Graph, node: Node, part: URIRef, key: URIRef, term: URIRef) -> dict[str, int]:
    return {
        str(graph.value(piece, key)): number(graph, piece, term)
        for piece in graph.objects(node, part)
    }


def count(server: Server, query: str, **parameters: str) -> list[list[str]]:
    """The rows of a CSV answer, without its head."""
    response = server.ask(query, **parameters)
    assert response.status_code == 200, response.text
    return [line.split(",") for line in response.text.split()[1:]]


def check_graph(server: Server, void: Graph, name: str) -> None:
    """Count a graph as the default graph of queries, which is not how it was counted at first."""
    node, asked = URIRef(name), {"default-graph-uri": name}
    sizes = "SELECT (COUNT(*) AS ?a) (COUNT(DISTINCT ?s) AS ?b) (COUNT(DISTINCT ?o) AS ?c)"
    (row,) = count(server, sizes + " { ?s ?p ?o }", **asked)
    terms = (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
    assert [number(void, node, term) for term in terms] == [int(cell) for cell in row], name
    uses = count(server, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", **asked)
    found = partitions(void, node, VOID.propertyPartition, VOID.property, VOID.triples)
    assert found == {iri: int(times) for iri, times in uses}
    assert number(void, node, VOID.properties) == len(uses)
    members = count(server, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c", **asked)
    found = partitions(void, node, VOID.classPartition, VOID["class"], VOID.entities)
    assert found == {iri: int(times) for iri, times in members}
    assert number(void, node, VOID.classes) == len(members)


def test_each_graph_is_counted_truly(served: Server) -> None:
    void = describe(served)
    graphs = [row[0] for row in count(served, "SELECT ?g { GRAPH ?g {} }")]
    assert len(graphs) == 12
    targets = set(map(str, void.objects(None, VOID.objectsTarget)))
    described = {str(node) for node in void.subjects(RDF.type, VOID.Dataset)}
    assert described == {*graphs, str(DATASET), *targets}
    for name in graphs:
        check_graph(served, void, name)


def test_data_set_is_all_graphs_but_the_catalogue_that_describes_it(served: Server) -> None:
    void = describe(served)
    linksets = set(void.subjects(RDF.type, VOID.Linkset))
    assert linksets
    subsets = {str(name) for name in set(void.objects(DATASET, VOID.subset)) - linksets}
    every = {row[0] for row in count(served, "SELECT ?g { GRAPH ?g {} }")}
    assert subsets == every - {CATALOGUE}
    pattern = f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STR(?g) != '{CATALOGUE}') }}"
    for term, what in (
        (VOID.triples, "*"),
        (VOID.distinctSubjects, "DISTINCT ?s"),
        (VOID.distinctObjects, "DISTINCT ?o"),
        (VOID.properties, "DISTINCT ?p"),
    ):
        ((found,),) = count(served, f"SELECT (COUNT({what}) AS ?n) {pattern}")
        assert number(void, DATASET, term) == int(found), term
    ((classes,),) = count(served, f"SELECT (COUNT(DISTINCT ?o) AS ?n) {pattern.replace('?p', 'a')}")
    assert number(void, DATASET, VOID.classes) == int(classes)
    members = f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {pattern.replace('?p ?o', 'a ?c')} GROUP BY ?c"
    entities = partitions(void, DATASET, VOID.classPartition, VOID["class"], VOID.entities)
    assert entities == {iri: int(times) for iri, times in count(served, members)}
    assert entities[f"{BASE}ontology#Measure"] == 31


def test_linked_data_sets_are_told_by_their_addresses(served: Server) -> None:
    """So that a reader of this alone can count the links again."""
    void = describe(served)
    linksets = set(void.subjects(RDF.type, VOID.Linkset))
    query = f"SELECT ?l {{ GRAPH <{CATALOGUE}> {{ ?l a <{VOID.Linkset}> }} }}"
    assert len(linksets) == len(count(served, query)) > 10
    for linkset in linksets:
        target = void.value(linkset, VOID.objectsTarget)
        spaces = [f"STRSTARTS(STR(?o), '{space}')" for space in void.objects(target, VOID.uriSpace)]
        assert spaces
        query = f"""SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s ?o {{
            GRAPH ?g {{ ?s <{void.value(linkset, VOID.linkPredicate)}> ?o }}
            FILTER(STR(?g) != '{CATALOGUE}' && STRSTARTS(STR(?s), '{BASE}'))
            FILTER({" || ".join(spaces)}) }} }} }}"""
        ((found,),) = count(served, query)
        assert number(void, linkset, VOID.triples) == int(found), linkset


def test_catalogue_says_the_same(served: Server) -> None:
    """The counts that the build wrote down are those of what is loaded."""
    void = describe(served)
    query = f"SELECT ?d ?n {{ GRAPH <{CATALOGUE}> {{ ?d <{VOID.triples}> ?n }} }}"
    rows = count(served, query)
    assert len(rows) == 12 + len(set(void.subjects(RDF.type, VOID.Linkset)))
    for name, triples in rows:
        assert number(void, URIRef(name), VOID.triples) == int(triples)
    licences = [str(licence) for licence in void.objects(DATASET, DCTERMS.license)]
    asked = f"SELECT ?l {{ GRAPH <{CATALOGUE}> {{ <{DATASET}> <{DCTERMS.license}> ?l }} }}"
    assert [licences] == count(served, asked)
    titles = {title.language for title in void.objects(DATASET, DCTERMS.title)}  # type: ignore[attr-defined]
    assert titles == {"en", "kk", "ru"}


def test_addresses_lead_where_they_say(served: Server) -> None:
    void = describe(served)
    document = URIRef(f"{served.address}/.well-known/void")
    assert (document, FOAF.primaryTopic, DATASET) in void
    (endpoint,) = void.objects(DATASET, VOID.sparqlEndpoint)
    assert str(endpoint) == f"{served.address}/sparql"
    examples = list(void.objects(DATASET, VOID.exampleResource))
    assert len(examples) == 3
    for example in examples:
        path = str(example).removeprefix(BASE)
        assert served.client.get(f"/{path}", headers={"Accept": "text/turtle"}).status_code == 200
    every = set(map(str, void.objects(DATASET, VOID.dataDump)))
    suffixes = ["nq", "trig", "ttl", "rdf", "jsonld"]
    assert every == {f"{served.address}/data/zhospar.{suffix}" for suffix in suffixes}
    dumps = {g: d for g, d in void.subject_objects(VOID.dataDump) if g != DATASET}
    assert len(dumps) == 12
    for name, dump in dumps.items():
        response = served.client.get(str(dump), headers={"Accept": "application/n-triples"})
        assert response.text.count("\n") == number(void, name, VOID.triples)


def test_vocabularies_and_formats_are_those_in_use(served: Server) -> None:
    void = describe(served)
    pattern = f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STR(?g) != '{CATALOGUE}') }}"
    terms = count(served, f"SELECT DISTINCT ?p {pattern}")
    terms += count(served, f"SELECT DISTINCT ?o {pattern.replace('?p', 'a')}")
    used = {re.sub(r"[^#/]*$", "", term) for (term,) in terms}
    named = {str(name) for name in void.objects(DATASET, VOID.vocabulary)}
    assert f"{BASE}ontology#" in named
    assert named == used
    features = set(void.objects(DATASET, VOID.feature))
    assert features == {FORMATS[name] for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")}


def test_links_are_counted_as_the_build_counted_them(served: Server) -> None:
    """By target and property: one program counts in Python what is made, another what is loaded."""
    void = describe(served)
    query = (
        f"SELECT ?t ?p ?n {{ GRAPH <{CATALOGUE}> {{ ?l a <{VOID.Linkset}> ; <{VOID.triples}> ?n ; "
        f"<{VOID.objectsTarget}> ?t ; <{VOID.linkPredicate}> ?p }} }}"
    )
    counted = {(t, p): int(n) for t, p, n in count(served, query)}
    found = {}
    for linkset in void.subjects(RDF.type, VOID.Linkset):
        assert void.value(linkset, VOID.subjectsTarget) == DATASET
        target, predicate = (
            void.value(linkset, VOID.objectsTarget),
            void.value(linkset, VOID.linkPredicate),
        )
        found[str(target), str(predicate)] = number(void, linkset, VOID.triples)
    assert found == counted
    assert (f"{BASE}linked/eli", str(RDFS.subClassOf)) in found


def test_same_data_same_bytes(server: Server) -> None:
    first, second = (server.client.get("/.well-known/void").content for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "accept", ["application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_other_syntaxes(server: Server, accept: str) -> None:
    assert len(describe(server, accept)) == len(describe(server))


def test_catalogue_that_names_its_data_set_otherwise(server: Server) -> None:
    void = describe(server)
    assert (URIRef(f"{BASE}catalogue"), VOID.uriSpace, Literal(BASE)) in void


def test_format_that_can_not_be_had(server: Server) -> None:
    response = server.client.get("/.well-known/void", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert server.client.head("/.well-known/void").status_code == 200
