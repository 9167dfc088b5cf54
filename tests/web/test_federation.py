"""SERVICE: a second real server as the endpoint, allowed and not, up and down."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import ENDLESS, Server, serve, wait_for


@pytest.fixture(scope="module")
def asking(build: Path, server: Server) -> Iterator[Server]:
    """A server that may ask the other one, and one that nobody listens as, and no third."""
    allowed = f"{server.address}/sparql, http://127.0.0.1:1024/gone"
    with serve(build, KG_SERVICE_ALLOW=allowed, KG_QUERY_DEADLINE_S="3") as running:
        yield running


COUNT = "SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/zhospar/ontology#Measure> }"


def remote(server: Server, subquery: str, silent: str = "") -> str:
    """A query that asks the endpoint of ``server``."""
    return f"SELECT * {{ SERVICE {silent} <{server.address}/sparql> {{ {subquery} }} }}"


def test_allowed_endpoint_is_asked(asking: Server, server: Server) -> None:
    assert asking.answers(remote(server, COUNT)) == "n 2"
    prefixed = f"PREFIX o: <{server.address}/> SELECT * {{ SERVICE o:sparql {{ {COUNT} }} }}"
    assert asking.answers(prefixed) == "n 2"
    wait_for(lambda: len(asking.children()["workers"]) == 2)


def test_others_are_refused(asking: Server, server: Server) -> None:
    for endpoint in (f"<{asking.address}/sparql>", f"<{server.address}/>", "?e"):
        response = asking.ask(f"SELECT * {{ SERVICE {endpoint} {{ ?s ?p ?o }} }}")
        assert response.status_code == 400
        assert "KG_SERVICE_ALLOW" in response.json()["detail"]
        assert f"{server.address}/sparql" in response.json()["detail"]


def test_nothing_is_asked_unless_allowed(server: Server) -> None:
    response = server.ask(remote(server, COUNT, "SILENT"))
    assert response.status_code == 400
    assert "KG_SERVICE_ALLOW is empty" in response.json()["detail"]


def test_endpoint_that_does_not_answer_is_named(asking: Server) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:1024/gone> { ?s ?p ?o } }"
    response = asking.ask(query)
    assert response.status_code == 502
    assert "http://127.0.0.1:1024/gone" in response.json()["detail"]
    assert asking.ask(query.replace("SERVICE", "SERVICE SILENT")).status_code == 200
    assert asking.answers(MEASURES) == "n 2"


def test_endpoint_that_takes_too_long_is_given_up(asking: Server, server: Server) -> None:
    response = asking.ask(remote(server, ENDLESS))
    assert response.status_code == 504
    assert "3 s a query may take (KG_QUERY_DEADLINE_S)" in response.json()["detail"]


def test_redirect_is_not_followed(build: Path) -> None:
    with redirecting() as (address, asked), serve(build, KG_SERVICE_ALLOW=address) as running:
        response = running.ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        assert response.status_code == 502
        assert asked == ["/here"]


def test_only_workers_that_ask_others_have_the_network(build: Path, server: Server) -> None:
    with serve(build, KG_SERVICE_ALLOW=f"{server.address}/sparql") as running:
        before = set(running.children()["workers"])
        for _ in range(3):
            assert running.answers(remote(server, COUNT)) == "n 2"
        wait_for(lambda: len(running.children()["workers"]) == 2)
        assert set(running.children()["workers"]) == before
        for worker in before:
            assert "Max open files            0 " in Path(f"/proc/{worker}/limits").read_text()


@contextmanager
def redirecting() -> Iterator[tuple[str, list[str]]]:
    """A server that sends whoever asks on to another of its addresses, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Note the request, and send its maker on; were a GET to follow, it would be 501."""
            asked.append(self.path)
            self.send_response(302 if self.path == "/here" else 200)
            self.send_header("Location", "/there")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        serving = threading.Thread(target=listening.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{listening.server_port}/here", asked
        listening.shutdown()
        serving.join()
