"""The cap on rows: an answer has all of them, or isn't given."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.asking.formats import FORMATS
from tests.serving import Server, serve

_NUMBERS = " ".join(map(str, range(100)))
HUNDRED = f"VALUES ?n {{ {_NUMBERS} }}"
GRAPH = f"CONSTRUCT {{ <http://e.org/s> <http://e.org/p> ?n }} {{ {HUNDRED} }}"
MANY = f"{HUNDRED} VALUES ?m {{ {_NUMBERS} }} VALUES ?l {{ {_NUMBERS} }}"
LARGE_GRAPH = (
    f"CONSTRUCT {{ ?s <http://e.org/p> ?m }} {{ {MANY} "
    "BIND(IRI(CONCAT('http://e.org/', STR(?n * 100 + ?l))) AS ?s) }"
)
CASES = [
    (f.name, f.media_type, kind)
    for f in FORMATS
    for kind in ("solutions", "graph")
    if kind in f.kinds
]


@pytest.fixture(scope="module")
def hundred(build: Path) -> Iterator[Server]:
    """A server that gives out a hundred rows."""
    with serve(build, KG_RESULT_MAX_ROWS="100") as running:
        yield running


@pytest.fixture(scope="module")
def less(build: Path) -> Iterator[Server]:
    """A server that gives out one row less, and holds little back."""
    with serve(build, KG_RESULT_MAX_ROWS="99", KG_HELD_KB="1") as running:
        yield running


def test_every_format_has_a_case() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize(("name", "media_type", "kind"), CASES)
def test_cap_is_exact(hundred: Server, less: Server, name: str, media_type: str, kind: str) -> None:
    query = GRAPH if kind == "graph" else f"SELECT ?n {{ {HUNDRED} }}"
    assert hundred.ask(query, media_type).status_code == 200
    response = less.ask(query, media_type)
    assert response.status_code == 507
    assert "99 rows that are given out at once (KG_RESULT_MAX_ROWS)" in response.json()["detail"]


def test_rows_without_a_value_count_too(less: Server) -> None:
    assert less.ask(f"SELECT ?x {{ {HUNDRED} }}", "application/json").status_code == 507


@pytest.mark.parametrize("query", [f"SELECT * {{ {MANY} }}", LARGE_GRAPH])
def test_beyond_the_status_line_the_connection_breaks(build: Path, query: str) -> None:
    with (
        serve(build, KG_RESULT_MAX_ROWS="30000", KG_HELD_KB="64") as running,
        pytest.raises(httpx.RemoteProtocolError),
        running.client.stream("GET", "/sparql", params={"query": query}) as response,
    ):
        assert response.status_code == 200
        for _ in response.iter_bytes():
            pass


def test_worker_lives_on(less: Server) -> None:
    before = less.children()["workers"]
    for _ in range(5):
        assert less.ask(f"SELECT ?n {{ {HUNDRED} }}").status_code == 507
    assert less.children()["workers"] == before
