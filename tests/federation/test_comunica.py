"""Comunica asks our endpoints, unchanged, and joins them with another's."""

import csv
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from bench.processes import free_port
from tests.federation.comunica import run_comunica
from tests.federation.conftest import QUERIES, Pair
from tests.queries.kept import QUERIES as OWN_QUERIES
from tests.serving import Server, serve

MEASURES = OWN_QUERIES["how-many-measures"].body


@pytest.fixture(scope="module")
def ours(own_build: Path) -> Iterator[Server]:
    """Our server alone, which asks nobody."""
    with serve(own_build) as running:
        yield running


def rows_of(table: str) -> list[list[str]]:
    """The rows of a CSV table, IRIs without the angle brackets that Comunica gives them."""
    return [[cell.strip("<>") for cell in row] for row in csv.reader(io.StringIO(table))]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/sparql", "Stated,31"),
        ("/at/2013-06-01/sparql", "Inferred,9"),
        ("/at/2014-11-15/sparql", "Inferred,11"),
        ("/at/2015-06-01/sparql", "Stated,31"),
    ],
)
def test_one_query_asks_for_any_day(ours: Server, path: str, expected: str) -> None:
    (row,) = run_comunica(MEASURES, ours.address + path).split()[1:]
    assert row.rpartition("#")[2].replace(">", "") == expected


def test_all_solutions_come_with_their_terms(ours: Server) -> None:
    """Languages, numbers and line breaks as our own CSV has them."""
    query = OWN_QUERIES["words-that-contain"].body
    printed = rows_of(run_comunica(query, f"{ours.address}/sparql"))
    assert len(printed) > 2
    assert printed == rows_of(ours.ask(query).text)


def test_a_graph_is_constructed(ours: Server) -> None:
    """The very graph that we give ourselves."""
    query = OWN_QUERIES["plan-as-legislation"].body
    address = f"{ours.address}/at/2013-06-01/sparql"
    printed = Graph().parse(
        data=run_comunica(query, address, answer="application/n-triples"), format="nt"
    )
    params = {"query": query}
    headers = {"Accept": "application/n-triples"}
    direct = ours.client.get("/at/2013-06-01/sparql", params=params, headers=headers).text
    assert len(printed) > 200
    assert isomorphic(printed, Graph().parse(data=direct, format="nt"))


def test_service_is_asked_by_the_client(pair: Pair) -> None:
    """Two sources, so that Comunica evaluates the query itself and makes the call to a third: ours
    of another day.
    """
    query = QUERIES["tasks-of-a-place"]
    sources = pair.other.endpoint, f"{pair.ours.address}/at/2015-06-01/sparql"
    printed = run_comunica(pair.placed(query.body), *sources)
    asked = pair.ask(query).text
    assert len(rows_of(asked)) == 11
    assert rows_of(printed) == rows_of(asked)


def test_two_endpoints_are_one_source(pair: Pair) -> None:
    """No SERVICE: which endpoint has what, the client finds out."""
    query = """
        PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX schema: <https://schema.org/>
        PREFIX zh: <https://w3id.org/zhospar/ontology#>
        SELECT DISTINCT ?name {
          ?known owl:sameAs ?person .
          ?duty zh:heldBy ?known .
          ?person a schema:Person ; schema:name ?name .
        }"""
    day = f"{pair.ours.address}/at/2014-11-15/sparql"
    assert run_comunica(query, day, pair.other.endpoint).split("\n")[1:2] == [
        "Bakytzhan Sagintayev"
    ]


def test_an_endpoint_that_is_down_is_an_error(ours: Server) -> None:
    """No rows and a failure, not no rows."""
    nobody = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(subprocess.CalledProcessError) as failed:
        run_comunica(MEASURES, f"{ours.address}/sparql", f"sparql@{nobody}")
    assert nobody in failed.value.stderr
