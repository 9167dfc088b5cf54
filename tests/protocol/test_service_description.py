"""SPARQL 1.1 Service Description, section 2: a GET of the endpoint without a query describes it."""

import re
from datetime import date

import pytest
from rdflib import RDF, RDFS, VOID, Graph, Literal, Namespace, URIRef

from kg.asking.asof import State
from kg.asking.formats import FORMATS, format_named
from kg.web.pool.loaded import Loaded
from kg.web.protocol.description import describe_service
from tests.conformance.descriptions import find_faults
from tests.serving import BASE, RESOLUTION, Server

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMAT_TERMS = "http://www.w3.org/ns/formats/"
SIMPLE = URIRef("http://www.w3.org/ns/entailment/Simple")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ADDRESSES = ["/sparql", "/sparql/", "/at/2013-06-01/sparql"]


def describe(server: Server, path: str = "/sparql", accept: str = "text/turtle") -> Graph:
    response = server.client.get(path, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(accept)
    return Graph().parse(data=response.text, format=accept)


@pytest.mark.parametrize("path", ADDRESSES)
def test_endpoint_is_where_it_was_asked(server: Server, path: str) -> None:
    graph = describe(server, path)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(server.address + path)
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}


@pytest.mark.parametrize("path", ADDRESSES)
def test_terms_are_used_as_the_vocabulary_has_them(server: Server, path: str) -> None:
    """Section 3: the terms there are, their domains and ranges."""
    assert find_faults(describe(server, path)) == []


def test_result_formats_can_all_be_had(server: Server) -> None:
    named = {str(name) for name in describe(server).objects(None, SD.resultFormat)}
    assert len(named) == len(FORMATS) == 10
    assert all(re.fullmatch(re.escape(FORMAT_TERMS) + r"[A-Za-z_-]+", name) for name in named)
    for form in FORMATS:
        query = "SELECT * { ?s ?p ?o } LIMIT 1" if "graph" not in form.kinds else "DESCRIBE <x:y>"
        response = server.ask(query, form.media_type)
        assert response.headers["content-type"].partition(";")[0] == form.media_type


def test_named_graphs_are_those_there_are(server: Server) -> None:
    """With their sizes, each counted by a query."""
    graph = describe(server)
    names = {str(name) for name in graph.objects(None, SD.name)}
    assert f"{BASE}graph/history" in names
    assert names == set(server.answers("SELECT ?g { GRAPH ?g {} }").split()[1:])
    for name in names:
        triples = graph.value(URIRef(name), VOID.triples)
        assert isinstance(triples, Literal)
        counted = server.answers(COUNT, **{"default-graph-uri": name})
        assert counted == f"n {triples}"


def test_default_graph_is_that_of_the_day(server: Server) -> None:
    text = server.client.get("/at/2013-06-01/sparql").text
    assert f"{RESOLUTION}@2013-01-31/graph" in text


def test_features_are_those_there_are(server: Server) -> None:
    """No feature of section 4.2 is announced, and each of them is indeed not there."""
    assert not list(describe(server).objects(None, SD.feature))
    everywhere, default = (
        int(server.answers(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").split()[1])
        for pattern in ("GRAPH ?g { ?s ?p ?o }", "?s ?p ?o")
    )
    assert default < everywhere  # not sd:UnionDefaultGraph; and a data set need not be named
    elsewhere = f"{server.address}/ontology.ttl"
    assert server.client.get(elsewhere).status_code == 200
    assert (
        server.answers(COUNT, **{"default-graph-uri": elsewhere}) == "n 0"
    )  # not sd:DereferencesURIs
    federated = server.ask(f"SELECT * {{ SERVICE <{server.address}/sparql> {{ ?s ?p ?o }} }}")
    assert federated.status_code == 400  # not sd:BasicFederatedQuery
    empty = f"{RESOLUTION}@2014-12-30/possible"
    assert empty not in server.answers("SELECT ?g { GRAPH ?g {} }")  # not sd:EmptyGraphs


def test_federation_is_announced_where_it_is_allowed() -> None:
    state = State(date(2013, 1, 31), None, f"{BASE}s", f"{BASE}s/graph", f"{BASE}s/possible", BASE)
    loaded = Loaded("release", (state,), {f"{BASE}s/graph": 1}, 1)
    for federates, features in ((True, {SD.BasicFederatedQuery}), (False, set())):
        text = describe_service(
            *("http://localhost/sparql", loaded, state, format_named("ttl")), federates=federates
        )
        graph = Graph().parse(data=text, format="turtle")
        assert set(graph.objects(None, SD.feature)) == features
        assert find_faults(graph) == []


def test_nothing_is_inferred(server: Server) -> None:
    """Simple entailment: what a class is narrower than does not make its members members."""
    (regime,) = describe(server).objects(None, SD.defaultEntailmentRegime)
    assert regime == SIMPLE
    found = server.ask(f"ASK {{ ?s a <{RDFS.Resource}> }}", "application/sparql-results+json")
    assert found.json()["boolean"] is False


def test_leads_to_the_description_of_the_data(server: Server) -> None:
    for path in ADDRESSES:
        (address,) = describe(server, path).objects(None, RDFS.seeAlso)
        assert str(address) == f"{server.address}/.well-known/void"
        assert server.client.get(str(address)).status_code == 200


def test_other_syntaxes(server: Server) -> None:
    for accept in ("application/ld+json", "application/rdf+xml", "application/n-triples"):
        assert len(describe(server, accept=accept)) == len(describe(server))


def test_browser_gets_the_query_page(server: Server) -> None:
    response = server.client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "<textarea" in response.text
