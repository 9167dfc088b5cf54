"""When ours is down, late or breaks off, another server's answer to a joined question is an error.

Both ways: a server of another make that has ended is an error at ours.
"""

import os
import signal
from pathlib import Path

import httpx
import pytest

from tests.federation.conftest import QUERIES, THEIRS, Pair
from tests.federation.others import OTHERS, Other
from tests.serving import ENDLESS, PREFIX, serve, wait_for

MEASURES = PREFIX + "SELECT * { SERVICE %s<%s> { ?m a zh:Measure } }"


def ask(other: Other, query: str) -> httpx.Response:
    form = {"query": query}
    return httpx.post(other.endpoint, data=form, headers={"Accept": "text/csv"}, timeout=60)


def test_ours_that_has_stopped_is_an_error_there(build: Path, other: Other) -> None:
    with serve(build) as ours:
        query = MEASURES % ("", f"{ours.address}/sparql")
        assert ask(other, query).status_code == 200
    stopped = ask(other, query)
    assert stopped.status_code >= 400
    assert f"{ours.address}/sparql" in stopped.text or other.name == "Virtuoso"


def test_silent_there_passes_over_ours_that_has_stopped(build: Path, other: Other) -> None:
    """SILENT is for those who would rather have less; Virtuoso fails all the same."""
    with serve(build) as ours:
        query = MEASURES % ("SILENT ", f"{ours.address}/sparql")
        assert len(ask(other, query).text.split()) == 3
    response = ask(other, query)
    if other.name == "Virtuoso":
        assert response.status_code >= 400
    else:
        assert (response.status_code, len(response.text.split())) == (200, 1)


def test_a_day_before_the_first_is_an_error_there(pair: Pair) -> None:
    address = f"{pair.ours.address}/at/2012-01-01/sparql"
    assert ask(pair.other, MEASURES % ("", address)).status_code >= 400


def test_ours_that_takes_too_long_is_an_error_there(build: Path, other: Other) -> None:
    with serve(build, KG_QUERY_DEADLINE_S="1") as ours:
        query = f"SELECT * {{ SERVICE <{ours.address}/sparql> {{ {ENDLESS} }} }}"
        if other.name == "Virtuoso":  # which takes no subquery there
            triples = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6))
            query = f"SELECT * {{ SERVICE <{ours.address}/sparql> {{ {triples} }} }}"
        assert ask(other, query).status_code >= 400


def test_ours_that_breaks_off_is_an_error_there(build: Path, other: Other) -> None:
    """More rows than may be given out: by then the first are on their way under a 200."""
    with serve(build, KG_RESULT_MAX_ROWS="30000", KG_HELD_KB="1") as ours:
        triples = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
        direct = ours.client.stream("GET", "/sparql", params={"query": f"SELECT * {{ {triples} }}"})
        with direct as begun, pytest.raises(httpx.RemoteProtocolError):
            assert begun.status_code == 200
            begun.read()
        query = f"SELECT * {{ SERVICE <{ours.address}/sparql> {{ {triples} }} }}"
        try:
            there = ask(other, query)
        except httpx.RemoteProtocolError:
            return  # it breaks off too: whoever reads notices
        assert there.status_code >= 400, there.text[:300]


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_theirs_that_has_stopped_is_an_error_here(
    own_build: Path, tmp_path: Path, name: str
) -> None:
    with OTHERS[name](tmp_path) as other, serve(own_build, KG_SERVICE_ALLOW=other.endpoint) as ours:
        pair = Pair(ours, other)
        query = QUERIES["places-under-their-codes"]
        assert pair.ask(query).status_code == 200
        os.kill(other.process, signal.SIGKILL)
        wait_for(lambda: pair.ask(query).status_code == 502)
        response = pair.ask(query)
        assert response.json()["title"] == "Bad Gateway"
        assert other.endpoint in response.json()["detail"]
        silent = pair.placed(query.body).replace("SERVICE", "SERVICE SILENT")
        assert ours.ask(silent, at="2013-06-01").status_code == 200
        count = PREFIX + "SELECT (COUNT(?m) AS ?n) { ?m a zh:Measure }"
        assert ours.answers(count, at="2013-06-01") == "n 9"


def test_theirs_that_says_nothing_is_given_up_here(own_build: Path, other: Other) -> None:
    bounds = {"KG_SERVICE_ALLOW": other.endpoint, "KG_QUERY_DEADLINE_S": "2"}
    with serve(own_build, **bounds) as ours, other.frozen():
        query = f"SELECT * {{ SERVICE <{other.endpoint}> {{ ?s ?p ?o }} }}"
        response = ours.ask(query)
        assert response.status_code == 504
        assert other.endpoint in response.json()["detail"]
        assert THEIRS not in response.text
