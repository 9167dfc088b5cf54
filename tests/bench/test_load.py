"""What wrk tells is read right: rates, latencies, and above all what went wrong."""

import http.server
import shutil
import threading
from collections.abc import Iterator

import pytest

from bench.load import Load, LoadFailed, ask_afresh, ask_again, find_wrk
from tests.needs import need


class _Handler(http.server.BaseHTTPRequestHandler):
    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(503 if self.path.startswith("/bad") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    need(shutil.which("wrk"), "wrk")
    seen: list[str] = []
    handler = type("Handler", (_Handler,), {"seen": seen, "protocol_version": "HTTP/1.1"})
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", seen
    running.shutdown()
    thread.join()
    running.server_close()


def test_good_answers_give_a_rate(server: tuple[str, list[str]]) -> None:
    reading = ask_again(Load(2, 1), f"{server[0]}/good", "text/csv")
    assert reading.all_good() > 0
    assert 0 < reading.p50 <= reading.p99


def test_bad_answers_are_counted_and_refused_as_a_rate(server: tuple[str, list[str]]) -> None:
    reading = ask_again(Load(2, 1), f"{server[0]}/bad", "text/csv")
    assert reading.failed > 0
    assert reading.rate == 0
    with pytest.raises(LoadFailed):
        reading.all_good()


def test_no_two_fresh_requests_are_alike(server: tuple[str, list[str]]) -> None:
    address, seen = server
    for _ in range(2):
        ask_afresh(Load(2, 1), [f"{address}/a?x_XNX", f"{address}/b?x_XNX=XNX"], "text/csv")
    assert len(seen) == len(set(seen)) > 100
    assert {path[1] for path in seen} == {"a", "b"}


def test_wrk_is_known_by_its_version() -> None:
    need(shutil.which("wrk"), "wrk")
    assert find_wrk().startswith("wrk")
