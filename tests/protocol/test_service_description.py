"""SPARQL 1.1 Service Description, section 2: a GET of the endpoint without a query describes it."""

from rdflib import RDF, Graph, Namespace, URIRef

from tests.serving import BASE, RESOLUTION, Server

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def describe(server: Server, path: str = "/sparql", accept: str = "text/turtle") -> Graph:
    response = server.client.get(path, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(accept)
    return Graph().parse(data=response.text, format=accept)


def test_endpoint_is_where_it_was_asked(server: Server) -> None:
    graph = describe(server)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(server.address + "/sparql")
    assert graph.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert len(set(graph.objects(service, SD.resultFormat))) == 10


def test_named_graphs_are_those_there_are(server: Server) -> None:
    names = {str(name) for name in describe(server).objects(None, SD.name)}
    assert f"{BASE}graph/history" in names
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert names == set(server.answers(query).split()[1:])


def test_default_graph_is_that_of_the_day(server: Server) -> None:
    text = server.client.get("/at/2013-06-01/sparql").text
    assert f"{RESOLUTION}@2013-01-31/graph" in text


def test_other_syntaxes(server: Server) -> None:
    for accept in ("application/ld+json", "application/rdf+xml", "application/n-triples"):
        assert len(describe(server, accept=accept)) == len(describe(server))


def test_browser_gets_the_query_page(server: Server) -> None:
    response = server.client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "<textarea" in response.text
