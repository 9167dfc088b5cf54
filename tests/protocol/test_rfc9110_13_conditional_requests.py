"""RFC 9110, section 13: conditional requests, and what is known of an answer before it is made."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.serving import COUNT_MEASURES, FORM, PREFIX, Server, serve, without_workers

DATED = "/at/2013-06-01/sparql"
PATHS = ["/sparql", DATED]
CHANGING = [
    "SELECT (NOW() AS ?n) {}",
    "SELECT (rand() AS ?n) {}",
    "SELECT (UUID() AS ?n) {}",
    "SELECT (STRUUID() AS ?n) {}",
    "SELECT (BNODE() AS ?n) {}",
    "SELECT * { ?s a ?t FILTER(NOW()>?s) }",
]


@pytest.fixture(scope="module")
def two_servers(build: Path) -> Iterator[tuple[Server, Server]]:
    """Two servers of one build that keep nothing."""
    with ExitStack() as running:
        one, other = (running.enter_context(serve(build, KG_CACHE_MB="0")) for _ in range(2))
        yield one, other


def get(server: Server, path: str = DATED, **headers: str) -> httpx.Response:
    """The answer to a query as CSV, uncoded, with more request headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.client.get(
        path,
        params={"query": COUNT_MEASURES},
        headers={"Accept": "text/csv", "Accept-Encoding": "identity", **named},
    )


@pytest.mark.parametrize("path", PATHS)
def test_13_1_2_if_none_match_is_304_without_a_body(server: Server, path: str) -> None:
    first = get(server, path)
    again = get(server, path, If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PATHS)
def test_15_4_5_a_304_has_the_headers_that_caches_need(server: Server, path: str) -> None:
    first = get(server, path)
    again = get(server, path, If_None_Match=first.headers["etag"])
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert "content-length" not in again.headers


def test_13_1_2_compares_weakly_and_reads_lists(server: Server) -> None:
    tag = get(server).headers["etag"]
    assert get(server, If_None_Match=f"W/{tag}").status_code == 304
    assert get(server, If_None_Match=f'"a,b", {tag}, W/"c"').status_code == 304
    assert get(server, If_None_Match='"a,b", W/"c"').status_code == 200
    assert get(server, If_None_Match=tag.strip('"')).status_code == 200


def test_13_1_2_a_star_matches_whatever_there_is(server: Server) -> None:
    assert get(server, If_None_Match="*").status_code == 304
    gone = server.client.get("/agency/nobody", headers={"If-None-Match": "*"})
    assert gone.status_code == 404


def test_13_1_1_if_match_compares_strongly(server: Server) -> None:
    tag = get(server).headers["etag"]
    assert get(server, If_Match=tag).status_code == 200
    assert get(server, If_Match="*").status_code == 200
    assert get(server, If_Match=f"W/{tag}").status_code == 412
    assert get(server, If_Match='"other"').status_code == 412


def test_13_2_2_if_match_is_looked_at_first(server: Server) -> None:
    tag = get(server).headers["etag"]
    assert get(server, If_Match='"other"', If_None_Match=tag).status_code == 412
    assert get(server, If_Match=tag, If_None_Match=tag).status_code == 304


def test_13_2_1_a_condition_does_not_hide_an_error(server: Server) -> None:
    for condition in ("*", '"a"'):
        response = server.client.get(
            "/sparql", params={"query": "SELEC"}, headers={"If-None-Match": condition}
        )
        assert response.status_code == 400
        assert "etag" not in response.headers
        assert response.headers["cache-control"] == "no-store"


def test_head_is_as_get(server: Server) -> None:
    found = get(server)
    head = server.client.head(
        DATED,
        params={"query": COUNT_MEASURES},
        headers={"Accept": "text/csv", "Accept-Encoding": "identity"},
    )
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control", "Vary"):
        assert head.headers[name] == found.headers[name]
    again = server.client.head(
        DATED,
        params={"query": COUNT_MEASURES},
        headers={
            "Accept": "text/csv",
            "Accept-Encoding": "identity",
            "If-None-Match": found.headers["etag"],
        },
    )
    assert again.status_code == 304


def test_a_known_answer_needs_no_worker(server: Server) -> None:
    """The tag is made from the question: who has the answer is told so while no worker runs."""
    tag = get(server).headers["etag"]
    with without_workers(server):
        assert get(server, If_None_Match=tag).status_code == 304


def test_8_8_3_tags_differ_where_answers_may(server: Server) -> None:
    tags = {
        server.client.get(path, params=parameters, headers=headers).headers["etag"]
        for path, parameters, headers in (
            (DATED, {"query": COUNT_MEASURES}, {"Accept": "text/csv"}),
            (DATED, {"query": COUNT_MEASURES}, {"Accept": "text/tab-separated-values"}),
            (DATED, {"query": COUNT_MEASURES}, {"Accept": "application/json"}),
            (DATED, {"query": COUNT_MEASURES + " "}, {"Accept": "text/csv"}),
            (DATED, {"query": COUNT_MEASURES, "include": "possible"}, {"Accept": "text/csv"}),
            ("/at/2014-11-15/sparql", {"query": COUNT_MEASURES}, {"Accept": "text/csv"}),
            (
                DATED,
                {"query": COUNT_MEASURES, "default-graph-uri": "urn:a"},
                {"Accept": "text/csv"},
            ),
            (DATED, {"query": COUNT_MEASURES, "named-graph-uri": "urn:a"}, {"Accept": "text/csv"}),
        )
    }
    assert len(tags) == 8


def test_8_8_3_days_of_one_state_share_a_tag(server: Server) -> None:
    assert get(server).headers["etag"] == get(server, "/at/2013-06-02/sparql").headers["etag"]
    asked = server.client.get(
        "/sparql",
        params={"query": COUNT_MEASURES, "at": "2013-06-01"},
        headers={"Accept": "text/csv", "Accept-Encoding": "identity"},
    )
    assert asked.headers["etag"] == get(server).headers["etag"]


@pytest.mark.parametrize("query", CHANGING)
@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
def test_answers_that_change_are_not_kept(server: Server, query: str, accept: str) -> None:
    response = server.ask(query, accept)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_an_answer_that_changes_is_made_anew(server: Server) -> None:
    assert server.answers("SELECT (STRUUID() AS ?n) {}") != server.answers(
        "SELECT (STRUUID() AS ?n) {}"
    )


def test_answers_by_post_are_not_kept_by_others(server: Server) -> None:
    response = server.post(f"query={COUNT_MEASURES.replace(' ', '+').replace('#', '%23')}", FORM)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_dated_answers_last_longer(server: Server) -> None:
    def lasts(path: str) -> int:
        control = get(server, path).headers["cache-control"]
        assert "must-revalidate" in control
        found = re.search(r"max-age=(\d+)", control)
        assert found
        return int(found[1])

    assert 0 < lasts("/sparql") < lasts(DATED) <= 86400


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?at=2013-06-01",
        "/sparql",
        "/docs",
        "/openapi.json",
        "/style.css",
        "/diff.schema.json",
        "/diff?from=2013-06-01&to=2014-11-15",
        "/eli/kz/resolution/2013/78/plan",
        "/eli/kz/resolution/2013/78/plan/section-1/measure-1.ttl?at=2013-06-01",
        "/timemap/eli/kz/resolution/2013/78/plan/section-1/measure-1",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_pages_and_resources_have_validators_too(server: Server, path: str, accept: str) -> None:
    first = server.client.get(path, headers={"Accept": accept})
    assert first.status_code == 200
    assert first.headers["cache-control"].startswith("public, max-age=")
    again = server.client.get(
        path, headers={"Accept": accept, "If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers.get("content-location") == first.headers.get("content-location")


@pytest.mark.parametrize("path", ["/health", "/nothing-here", "/sparql?query=SELEC"])
def test_what_may_not_be_kept_says_so(server: Server, path: str) -> None:
    response = server.client.get(path)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_tags_outlive_the_server(two_servers: tuple[Server, Server]) -> None:
    """Two servers of one build and one software name an answer alike, and answer alike."""
    queries = [COUNT_MEASURES, PREFIX + "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"]
    for query in queries:
        one, other = (server.ask(query, "text/csv, text/turtle") for server in two_servers)
        assert one.headers["etag"] == other.headers["etag"]
        assert one.content == other.content


def test_the_order_of_graphs_is_that_of_one_server(two_servers: tuple[Server, Server]) -> None:
    """The engine lists graphs in an order of its own in each process, so their tags differ."""
    one, other = (server.ask("SELECT ?g { GRAPH ?g {} }") for server in two_servers)
    assert one.headers["etag"] != other.headers["etag"]
    assert sorted(one.text.split()) == sorted(other.text.split())


@pytest.mark.parametrize("path", ["/sparql", DATED, "/", "/agency/ministry-of-finance"])
def test_scripts_of_other_sites_may_ask_again(server: Server, path: str) -> None:
    """Fetch, section 4.8: the preflight allows the condition, and the tag may be read."""
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    preflight = server.client.options(path, headers=asked)
    assert preflight.status_code == 204
    assert "If-None-Match" in preflight.headers["access-control-allow-headers"].split(", ")
    exposed = get(server).headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "X-Zhospar-Release", "X-Zhospar-State", "X-Zhospar-State-Evidence"} <= set(
        exposed
    )
    assert get(server).headers["access-control-allow-origin"] == "*"
