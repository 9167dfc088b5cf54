"""An answer is whole, or its client notices: complete ones, streams, breaks, and mixtures."""

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from tests.needs import need
from tests.serving import COUNT_MEASURES, PREFIX, Server, serve

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""More than the few MiB that a server of these tests gives out."""
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9000"
"""Longer than what is held back before the status line, and whole."""
CODINGS = ["identity", "gzip", "br", "zstd"]


@pytest.fixture(scope="module")
def narrow(build: Path) -> Iterator[Server]:
    """A server whose answers break off after 4 MiB."""
    with serve(build, KG_RESULT_MAX_MB="4") as running:
        yield running


@pytest.fixture(scope="module")
def forgetful(build: Path) -> Iterator[Server]:
    """A server that keeps nothing."""
    with serve(build, KG_CACHE_MB="0") as running:
        yield running


def request_target(query: str) -> str:
    """The path and query string that ask for an answer as CSV."""
    return "/sparql?" + urlencode({"query": query, "as": "csv"})


def speak(server: Server, query: str, version: str, *headers: str) -> bytes:
    """Everything that the server sends to a request of HTTP ``version``, until it closes."""
    parts = urlsplit(server.address)
    lines = [f"GET {request_target(query)} HTTP/{version}", f"Host: {parts.netloc}", *headers]
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as raw:
        raw.sendall("\r\n".join([*lines, "", ""]).encode())
        return b"".join(iter(lambda: raw.recv(65536), b""))


def read_head(response: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and what follows."""
    head, _, rest = response.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split()[1]), fields, rest


def test_a_small_answer_tells_its_length(server: Server) -> None:
    response = server.ask(COUNT_MEASURES)
    assert int(response.headers["content-length"]) == len(response.content)
    assert "transfer-encoding" not in response.headers


@pytest.mark.parametrize("coding", CODINGS)
def test_a_long_answer_is_streamed_whole(narrow: Server, coding: str) -> None:
    headers = {"Accept": "text/csv", "Accept-Encoding": coding}
    query = f"{LONG} # {coding}"
    first = narrow.client.get("/sparql", params={"query": query}, headers=headers)
    assert first.headers["transfer-encoding"] == "chunked"
    assert first.headers.get("content-encoding", "identity") == coding
    plain = narrow.ask(LONG, "text/csv")
    assert first.text == plain.text
    assert len(first.content) > 1 << 20


@pytest.mark.parametrize("coding", CODINGS)
def test_a_stream_and_a_kept_answer_are_the_same_bytes(
    narrow: Server, forgetful: Server, coding: str
) -> None:
    """A strong validator promises it: coded as it came, or coded later from what was kept."""
    parameters = {"query": f"{LONG} # same {coding}"}
    answers = []
    for server, accepted in ((narrow, "identity"), (narrow, coding), (forgetful, coding)):
        headers = {"Accept": "text/csv", "Accept-Encoding": accepted}
        with server.client.stream("GET", "/sparql", params=parameters, headers=headers) as answer:
            raw = b"".join(answer.iter_raw())
            answers.append((answer.headers["etag"], raw))
    assert answers[1] == answers[2]
    assert (answers[0] == answers[1]) == (coding == "identity")


@pytest.mark.parametrize("coding", CODINGS)
def test_a_broken_stream_is_an_error_to_httpx(narrow: Server, coding: str) -> None:
    headers = {"Accept": "text/csv", "Accept-Encoding": coding}
    with (
        pytest.raises(httpx.RemoteProtocolError),
        narrow.client.stream("GET", "/sparql", params={"query": LARGE}, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        for _ in answer.iter_bytes():
            pass


@pytest.mark.parametrize("coding", CODINGS)
def test_a_broken_stream_has_no_last_chunk(narrow: Server, coding: str) -> None:
    response = speak(narrow, LARGE, "1.1", "Connection: close", f"Accept-Encoding: {coding}")
    status, fields, rest = read_head(response)
    assert (status, fields["transfer-encoding"]) == (200, "chunked")
    assert not rest.endswith(b"\r\n0\r\n\r\n")
    assert not rest.endswith(b"0\r\n\r\n")


def test_a_broken_stream_is_an_error_to_http_client(narrow: Server) -> None:
    connection = http.client.HTTPConnection(urlsplit(narrow.address).netloc, timeout=30)
    connection.request("GET", request_target(LARGE))
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(http.client.IncompleteRead):
        answer.read()
    connection.close()


def test_a_broken_stream_is_an_error_to_sparqlwrapper(narrow: Server) -> None:
    client = SPARQLWrapper(narrow.address + "/sparql")
    client.setQuery(LARGE)
    client.setReturnFormat(JSON)
    with pytest.raises(http.client.IncompleteRead):
        client.queryAndConvert()


@pytest.mark.parametrize("arguments", [[], ["--http1.0"], ["--compressed"]])
def test_a_broken_stream_is_an_error_to_curl(narrow: Server, arguments: list[str]) -> None:
    curl = shutil.which("curl")
    need(curl, "curl")
    done = subprocess.run(
        [str(curl), "-sS", "--fail", *arguments, narrow.address + request_target(LARGE)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_broken_answer_is_not_kept(build: Path, version: str) -> None:
    with serve(build, KG_RESULT_MAX_MB="2") as running:
        for _ in range(2):
            status, _, rest = read_head(speak(running, LARGE, version, "Connection: close"))
            assert status == (507 if version == "1.0" else 200)
            assert not rest.endswith(b"0\r\n\r\n")


def test_to_http_1_0_an_answer_has_its_length(narrow: Server) -> None:
    """HTTP/1.0 knows no chunks: a stream would end as if it were whole, wherever it broke."""
    status, fields, rest = read_head(speak(narrow, LONG, "1.0"))
    assert status == 200
    assert "transfer-encoding" not in fields
    assert int(fields["content-length"]) == len(rest) > 1 << 20


def test_to_http_1_0_a_failure_is_a_status(narrow: Server) -> None:
    status, fields, rest = read_head(speak(narrow, LARGE, "1.0"))
    assert status == 507
    assert int(fields["content-length"]) == len(rest)


def test_to_http_1_0_what_is_too_long_to_hold_is_refused(build: Path) -> None:
    with serve(build, KG_RESULT_MAX_MB="64") as running:
        status, fields, rest = read_head(speak(running, LARGE, "1.0"))
        assert (status, fields["cache-control"]) == (505, "no-store")
        assert b"HTTP/1.1" in rest
        assert running.answers(COUNT_MEASURES) == "n 2"


def test_head_of_a_long_answer_has_no_body(narrow: Server) -> None:
    head = narrow.client.head("/sparql", params={"query": LONG + "   ", "as": "csv"})
    assert (head.status_code, head.content) == (200, b"")
    assert narrow.answers(COUNT_MEASURES) == "n 2"


def test_a_coded_body_is_refused_unopened(server: Server) -> None:
    for coding in ("gzip", "br", "gzip, identity"):
        response = server.client.post(
            "/sparql",
            content=b"\x1f\x8b not unpacked",
            headers={"Content-Type": "application/sparql-query", "Content-Encoding": coding},
        )
        assert response.status_code == 415
        assert "Content-Encoding" in response.json()["detail"]
        assert response.headers["accept-encoding"] == "identity"


DAYS = ["2013-06-01", "2014-11-15", "2015-06-01"]
TYPES = {
    "text/csv": "text/csv",
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/tab-separated-values": "text/tab-separated-values",
}
QUERIES = [
    COUNT_MEASURES,
    PREFIX + "SELECT ?m ?e { ?m a zh:Measure ; zh:evidence ?e }",
    PREFIX + "SELECT (COUNT(*) AS ?all) { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o . ?o ?q ?r . ?t ?u ?v } LIMIT 2000",  # in more than one frame of a worker
]


@pytest.mark.parametrize("room", ["0", "1", "128"])
def test_days_and_formats_asked_at_once_never_mix(build: Path, room: str) -> None:
    """Each of many answers asked for at once, cached or not, is that to its own question."""
    with serve(build, KG_CACHE_MB=room, KG_WORKERS="2") as running:
        asked = list(product(DAYS, TYPES, QUERIES, ["identity", "gzip", "br", "zstd"]))
        assert len(asked) == 240

        def ask(what: tuple[str, str, str, str]) -> tuple[str, str, bytes]:
            day, accept, query, coding = what
            response = running.client.get(
                f"/at/{day}/sparql",
                params={"query": query},
                headers={"Accept": accept, "Accept-Encoding": coding},
            )
            assert response.status_code == 200
            state = response.headers["x-zhospar-state"]
            return state, response.headers["content-type"].partition(";")[0], response.content

        alone = [ask(what) for what in asked]
        for (day, accept, _, _), (state, media_type, _) in zip(asked, alone, strict=True):
            assert state.rpartition("@")[2] <= day
            assert media_type == TYPES[accept]
        assert len({content for _, _, content in alone}) > len(QUERIES) * len(TYPES)
        with ThreadPoolExecutor(12) as threads:
            for _ in range(3):
                assert list(threads.map(ask, reversed(asked))) == alone[::-1]
