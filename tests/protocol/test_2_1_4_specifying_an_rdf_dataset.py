"""Specifying an RDF data set: default-graph-uri and named-graph-uri.

SPARQL 1.1 Protocol, section 2.1.4.
"""

from urllib.parse import urlencode

from tests.serving import BASE, CSV, FORM, RESOLUTION, Server

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPHS = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


def test_default_graph(server: Server) -> None:
    found = server.answers(COUNT, **{"default-graph-uri": f"{BASE}graph/catalogue"})
    assert found == "n 3"


def test_several_default_graphs_are_a_merge(server: Server) -> None:
    label = f"<{RESOLUTION}/plan/stage-1> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l"
    query = f"SELECT (COUNT(*) AS ?n) {{ {label} }}"
    graphs = [f"{RESOLUTION}@{day}/graph" for day in ("2013-01-31", "2014-10-27")]
    response = server.client.get(
        "/sparql", params={"query": query, "default-graph-uri": graphs}, headers=CSV
    )
    assert response.text.split() == ["n", "1"]


def test_named_graphs_are_those_and_no_others(server: Server) -> None:
    source = f"{BASE}graph/source"
    assert server.answers(GRAPHS, **{"named-graph-uri": source}) == f"g {source}"
    assert server.answers(COUNT, **{"named-graph-uri": source}) == "n 0"


def test_protocol_overrides_the_query(server: Server) -> None:
    query = COUNT.replace("{", f"FROM <{BASE}graph/catalogue> {{", 1)
    assert server.answers(query) == "n 3"
    assert server.answers(query, **{"default-graph-uri": f"{BASE}graph/none"}) == "n 0"


def test_form_and_address_are_read_together(server: Server) -> None:
    address = "/sparql?" + urlencode({"default-graph-uri": f"{BASE}graph/catalogue"})
    assert server.post(urlencode({"query": COUNT}), FORM, address).text.split() == [
        "n",
        "3",
    ]


def test_data_set_makes_the_day_ineffective(server: Server) -> None:
    response = server.ask(COUNT, at="1999-01-01", **{"default-graph-uri": f"{BASE}graph/catalogue"})
    assert response.status_code == 200
    assert "x-zhospar-state" not in response.headers


def test_address_that_is_none(server: Server) -> None:
    response = server.ask(COUNT, **{"default-graph-uri": "not an address"})
    assert response.status_code == 400
