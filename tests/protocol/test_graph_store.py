"""SPARQL 1.1 Graph Store HTTP Protocol, what reads: whole graphs at /data."""

import pytest
from httpx import Response
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

from kg.iris import graph_iri
from tests.serving import BASE, EXAMPLE, RESOLUTION, Server

REFERENCE = graph_iri("reference")
HELD = f"{RESOLUTION}@2014-10-27/possible"
EMPTY = f"{RESOLUTION}@2014-12-30/possible"
"""The graph of what may have stood in the last state: nothing may, so it holds nothing."""


def read(server: Server, accept: str = "text/turtle", **parameters: str) -> Response:
    return server.client.get("/data", params=parameters, headers={"Accept": accept})


def triples_of(*graphs: str) -> Graph:
    """What the example holds in some of its graphs, read without the server."""
    store = Store()
    store.load(path=str(EXAMPLE), format=RdfFormat.TRIG)
    lines = {f"{quad.triple} ." for quad in store if quad.graph_name.value in graphs}
    return Graph().parse(data="\n".join(lines), format="nt")


def parse(response: Response) -> Graph:
    assert response.status_code == 200, response.text
    media_type = response.headers["content-type"].partition(";")[0]
    return Graph().parse(data=response.content, format=media_type)


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_named_graph_is_whole_in_each_format(server: Server, accept: str) -> None:
    """Section 5.2, GET; section 4.2, indirect identification."""
    response = read(server, accept, graph=REFERENCE)
    assert response.headers["content-type"].startswith(accept)
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert set(parse(response)) == set(triples_of(REFERENCE))


def test_turtle_is_what_comes_unless_said(server: Server) -> None:
    response = server.client.get("/data", params={"graph": REFERENCE}, headers={"Accept": ""})
    assert response.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    ("parameters", "graphs"),
    [
        ({"at": "2013-06-01"}, ["@2013-01-31/graph"]),
        ({"at": "2014-11-01"}, ["@2014-10-27/graph"]),
        (
            {"at": "2014-11-01", "include": "possible"},
            ["@2014-10-27/graph", "@2014-10-27/possible"],
        ),
        ({}, ["@2014-12-30/graph"]),
    ],
)
def test_default_graph_is_that_of_the_day(
    server: Server, parameters: dict[str, str], graphs: list[str]
) -> None:
    """``?default`` is the graph that a query without ``GRAPH`` asks, on the same day."""
    response = read(server, default="", **parameters)
    expected = triples_of(REFERENCE, *(RESOLUTION + graph for graph in graphs))
    assert set(parse(response)) == set(expected)
    assert response.headers["x-zhospar-state"] == RESOLUTION + graphs[0].removesuffix("/graph")
    asked = server.answers("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **parameters)
    assert asked == f"n {len(expected)}"


def test_named_graph_is_the_same_on_all_days(server: Server) -> None:
    dated = read(server, graph=REFERENCE, at="2013-06-01")
    assert dated.content == read(server, graph=REFERENCE).content
    assert "x-zhospar-state" not in dated.headers


def test_default_needs_no_value(server: Server) -> None:
    assert server.client.get("/data?default").status_code == 200


def test_percent_escapes_are_undone_once(server: Server) -> None:
    encoded = REFERENCE.replace("/", "%2F").replace(":", "%3A")
    assert server.client.get(f"/data?graph={encoded}").status_code == 200
    assert server.client.get(f"/data?graph={encoded.replace('%', '%25')}").status_code == 400


def test_head_has_the_headers_of_get(server: Server) -> None:
    """Section 5.6."""
    got, head = (
        server.client.request(method, "/data", params={"graph": REFERENCE})
        for method in ("GET", "HEAD")
    )
    assert head.status_code == 200
    assert not head.content
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("", 400, "?default"),
        (f"default&graph={REFERENCE}", 400, "?default"),
        (f"graph={REFERENCE}&graph={REFERENCE}", 400, "?default"),
        ("default&default", 400, "?default"),
        ("graph=graph/reference", 400, "not an absolute address"),
        ("graph=", 400, "not an absolute address"),
        ("graph=http://a b/", 400, "not an absolute address"),
        (f"graph={BASE}graph/nothing", 404, "/.well-known/void"),
        (f"graph={RESOLUTION}", 404, "There is no graph"),
        ("default&at=2012-01-01", 404, "2013-01-31"),
        ("default&at=yesterday", 400, "YYYY-MM-DD"),
        ("default&include=all", 400, "possible"),
    ],
)
def test_what_is_wrong_is_a_problem(server: Server, query: str, status: int, word: str) -> None:
    for method in ("GET", "HEAD"):
        response = server.client.request(method, f"/data?{query}")
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
    assert word in server.client.get(f"/data?{query}").json()["detail"]


def test_format_that_can_not_be_had(server: Server) -> None:
    response = read(server, "image/png", graph=REFERENCE)
    assert response.status_code == 406
    assert "text/turtle" in response.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("query", [f"?graph={REFERENCE}", "?default", ""])
def test_what_writes_is_refused(server: Server, method: str, query: str) -> None:
    """Section 5: a method that isn't supported gets 405."""
    response = server.client.request(
        method,
        f"/data{query}",
        content="<x:a> <x:b> <x:c> .",
        headers={"Content-Type": "text/turtle"},
    )
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "not be changed" in response.json()["detail"]


def test_options_name_what_can_be_done(server: Server) -> None:
    response = server.client.options("/data", params={"graph": REFERENCE})
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_graph_that_holds_nothing_is_there(server: Server) -> None:
    """A state's own graph is there though empty: its address gives no triples, and not a 404.

    No pattern finds it, so a list of graphs doesn't have it. RDF 1.1 Concepts, section 4, leaves
    open whether a store keeps empty graphs.
    """
    named = server.answers("SELECT ?g { ?s <https://w3id.org/zhospar/ontology#possibleGraph> ?g }")
    assert EMPTY in named
    for response in (read(server, graph=EMPTY), server.client.get(EMPTY.replace(BASE, "/"))):
        assert len(parse(response)) == 0
    page = server.client.get(EMPTY.replace(BASE, "/"), headers={"Accept": "text/html"})
    assert page.status_code == 200
    listed = server.answers("SELECT ?g { GRAPH ?g {} }")
    assert HELD in listed
    assert EMPTY not in listed
    assert EMPTY not in server.client.get("/sparql").text
    assert EMPTY not in server.client.get("/.well-known/void").text
