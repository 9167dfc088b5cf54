"""The log: a line a request, with an id, without what its user asked, and not to be forged."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.web.operating.access import network_of
from kg.web.operating.logs import Log, printable
from tests.serving import COUNT_MEASURES, ENDLESS, ROOT, Server, serve

MEMBERS = {
    *("time", "level", "event", "request", "client", "method", "path", "kind", "status", "bytes"),
    *("ms", "state", "cache", "cause"),
}


class Logged:
    """A server, and what it said, once it has ended."""

    def __init__(self, running: Server) -> None:
        self.running = running
        self.text = ""

    def end(self) -> list[dict[str, Any]]:
        """Stop the server; all its JSON lines."""
        self.running.process.terminate()
        assert self.running.process.stdout is not None
        self.text = self.running.process.stdout.read()
        lines = [json.loads(x) for x in self.text.splitlines() if x.startswith("{")]
        assert lines
        return lines

    def line_of(self, id_: str) -> dict[str, Any]:
        """The one line of a request."""
        (line,) = (x for x in self.end() if x["request"] == id_ and x["event"] == "request")
        return line


@contextmanager
def logged(build: Path, **settings: str) -> Iterator[Logged]:
    with serve(build, **{"KG_LOG": "json", **settings}) as running:
        yield Logged(running)


def test_line_of_a_query(build: Path) -> None:
    with logged(build) as log:
        query = {"query": f"{COUNT_MEASURES} # secret-4711", "at": "2013-06-01"}
        response = log.running.client.get(
            "/sparql", params=query, headers={"User-Agent": "secret-4711"}
        )
        line = log.line_of(response.headers["X-Request-Id"])
        assert set(line) == MEMBERS
        assert line["method"] == "GET"
        assert line["path"] == "/sparql"
        assert line["kind"] == "sparql-get"
        assert line["status"] == 200
        assert line["bytes"] == len(response.content)
        assert line["state"] == "2013-01-31"
        assert line["client"] == "127.0.0.0/24"
        assert line["ms"] > 0
        assert "secret-4711" not in log.text
        assert "SELECT" not in log.text.partition("{")[2]


def test_query_is_told_where_that_is_asked_for(build: Path) -> None:
    with logged(build, KG_LOG_QUERIES="1", KG_LOG_CLIENTS="none") as log:
        response = log.running.ask("ASK {}\n# ü", accept="*/*")
        line = log.line_of(response.headers["X-Request-Id"])
        assert line["query"] == "ASK {}\n# ü"
        assert line["client"] is None


def test_cause_of_a_failure(build: Path) -> None:
    with logged(build, KG_QUERY_DEADLINE_S="0.5") as log:
        response = log.running.ask(ENDLESS)
        assert response.status_code == 504
        assert response.json()["request"] == response.headers["X-Request-Id"]
        line = log.line_of(response.headers["X-Request-Id"])
        assert (line["status"], line["cause"]) == (504, "DeadlinePassed")


def test_broken_stream_has_its_cause_and_no_traceback(build: Path) -> None:
    with logged(build, KG_RESULT_MAX_MB="2") as log:
        with pytest.raises(httpx.RemoteProtocolError):
            log.running.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        lines = log.end()
        (line,) = (x for x in lines if x["event"] == "request" and x["kind"] == "sparql-get")
        assert (line["status"], line["cause"]) == (200, "ResultTooLarge")
        assert not [x for x in lines if "traceback" in x]


@pytest.mark.parametrize("given", ["a", "0f8fad5b-d9cb-469f-a165-70867728950e", "x" * 128])
def test_sane_request_id_is_kept(server: Server, given: str) -> None:
    response = server.client.get("/health/live", headers={"X-Request-Id": given})
    assert response.headers["X-Request-Id"] == given


@pytest.mark.parametrize("given", [b"", b'a"b', b"a b", b"x" * 129, "ü".encode(), b"a\tb", b"{}"])
def test_other_request_id_is_replaced(server: Server, given: bytes) -> None:
    response = server.client.get("/health/live", headers={b"X-Request-Id": given})
    assert response.headers["X-Request-Id"].encode() not in (given, b"")


def test_two_request_ids_are_none(server: Server) -> None:
    headers = [("X-Request-Id", "one"), ("X-Request-Id", "two")]
    response = server.client.get("/health/live", headers=headers)
    assert response.headers["X-Request-Id"] not in ("one", "two", "one, two")


@pytest.mark.parametrize("how", ["json", "text"])
def test_line_can_not_be_forged(build: Path, how: str) -> None:
    """Line ends, quotes and terminal codes in an address stay inside its line."""
    with logged(build, KG_LOG=how) as log:
        for forged in (
            "/x%0A%7B%22event%22:1%7D",
            "/x%22,%22status%22:200",
            "/x%1B%5B2J",
            "/%C2%85",
        ):
            log.running.client.get(forged, headers={"X-Request-Id": "forger"})
        log.running.process.terminate()
        assert log.running.process.stdout is not None
        lines = [x for x in log.running.process.stdout.read().split("\n") if "forger" in x]
    assert len(lines) == 4
    for line in lines:
        assert line.isprintable()
        if how == "json":
            assert set(json.loads(line)) == MEMBERS


def test_text_of_messages_is_escaped() -> None:
    assert printable("a\nb\x1b[2J\u2028ü") == "a\\nb\\x1b[2J\\u2028ü"


def test_no_lines_where_none_are_wanted(build: Path) -> None:
    with serve(build, KG_LOG="off") as running:
        running.client.get("/health/live")
        running.process.terminate()
        assert running.process.stdout is not None
        assert "/health" not in running.process.stdout.read()


def test_servers_own_warnings_are_lines_too(build: Path) -> None:
    """What uvicorn says of a request that is none goes through the same form."""
    with logged(build) as log:
        port = int(log.running.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"nonsense\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 400")
        (line,) = (x for x in log.end() if x.get("logger") == "uvicorn.error")
        assert line["level"] == "warning"


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("", ""),
        ("a name", ""),
    ],
)
def test_network_of_a_client(client: str, network: str) -> None:
    assert network_of(client) == network


def test_log_loses_nothing_when_it_is_closed() -> None:
    read, write = os.pipe()
    log = Log(write, gather=60)
    got: list[bytes] = []

    def gather() -> None:
        with os.fdopen(read, "rb") as stream:
            got.append(stream.read())

    reader = threading.Thread(target=gather)
    reader.start()
    for number in range(20_000):
        log.add(f"line {number}")
    log.close(patience=30)
    os.close(write)
    reader.join()
    assert got[0].decode().splitlines() == [f"line {number}" for number in range(20_000)]
    assert log.lost == 0


def test_log_that_nobody_reads_holds_nobody_up() -> None:
    read, write = os.pipe()
    log = Log(write, gather=0)
    for number in range(120_000):
        log.add(f"line {number}")
    assert log.lost >= 120_000 - 2 * 50_000
    log.close(patience=0.1)
    os.close(read)


def test_bad_setting_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "server.py"],
        cwd=ROOT,
        env={**os.environ, "KG_LOG": "loud", "PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("KG_LOG must be one of ")
