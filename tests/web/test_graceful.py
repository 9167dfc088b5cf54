"""Stopping: what runs is finished or ended honestly, and nothing outlives the server."""

import json
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import CSV, ENDLESS, Server, at_work, serve, wait_for

PLAIN = {**CSV, "Accept-Encoding": "identity"}
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"


@contextmanager
def watched(build: Path, **settings: str) -> Iterator[tuple[Server, list[int]]]:
    """A server, and the ids of all its processes; afterwards none of them is left."""
    with serve(build, **settings) as running:
        wait_for(lambda: len(running.children()["workers"]) == 2)
        children = running.children()
        processes = [running.process.pid, *children["zygote"], *children["workers"]]
        assert len(processes) == 4
        yield running, processes
        running.process.wait(timeout=20)
        wait_for(lambda: not any(_runs(process) for process in processes))


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _listens(address: str) -> bool:
    host, _, port = address.removeprefix("http://").rpartition(":")
    with socket.socket() as client:
        return client.connect_ex((host, int(port))) == 0


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_idle_server_ends_with_0(build: Path, sign: signal.Signals) -> None:
    with watched(build) as (running, _):
        running.process.send_signal(sign)
        assert running.process.wait(timeout=10) == 0


def test_streaming_answer_is_finished(build: Path) -> None:
    with watched(build) as (running, _):
        whole = running.client.get("/sparql", params={"query": LONG}, headers=PLAIN).content
        assert len(whole) > 4 << 20
        with httpx.stream(
            "GET", f"{running.address}/sparql", params={"query": LONG}, headers=PLAIN
        ) as response:
            chunks = response.iter_raw(1 << 16)
            content = next(chunks)
            running.process.terminate()
            wait_for(lambda: not _listens(running.address))
            assert running.process.poll() is None
            content += b"".join(chunks)
        assert len(content) == len(whole)
        assert running.process.wait(timeout=10) == 0


def test_what_is_not_done_in_time_is_refused(build: Path) -> None:
    with watched(build, KG_STOP_S="0.5") as (running, _), ThreadPoolExecutor(1) as asker:
        asked = asker.submit(running.ask, ENDLESS)
        wait_for(lambda: at_work(running))
        running.process.terminate()
        response = asked.result(timeout=10)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "5"
        assert response.headers["Connection"] == "close"
        assert response.headers["Content-Type"] == "application/problem+json"
        assert "stopping" in response.json()["detail"]
        assert running.process.wait(timeout=10) == 0


def test_stream_that_is_not_done_in_time_is_broken(build: Path) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with (
        watched(build, KG_STOP_S="0.5") as (running, _),
        httpx.stream(
            "GET", f"{running.address}/sparql", params={"query": endless}, headers=CSV
        ) as response,
    ):
        assert response.status_code == 200
        running.process.terminate()
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            response.read()
        assert running.process.wait(timeout=10) == 0


def test_asker_who_takes_nothing_does_not_hold_it_up(build: Path) -> None:
    host = {"Host": "127.0.0.1"}
    with watched(build, KG_STOP_S="0.5") as (running, _), socket.socket() as asker:
        port = int(running.address.rpartition(":")[2])
        asker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asker.connect(("127.0.0.1", port))
        request = httpx.Request("GET", "http://x/sparql", params={"query": LONG}, headers=host)
        asker.sendall(f"GET {request.url.raw_path.decode()} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert asker.recv(12) == b"HTTP/1.1 200"
        running.process.terminate()
        assert running.process.wait(timeout=10) == 0


def test_second_signal_ends_at_once(build: Path) -> None:
    with watched(build, KG_STOP_S="600") as (running, _), ThreadPoolExecutor(1) as asker:
        asked = asker.submit(running.ask, ENDLESS)
        wait_for(lambda: at_work(running))
        running.process.terminate()
        wait_for(lambda: not _listens(running.address))
        assert running.process.poll() is None
        running.process.terminate()
        assert running.process.wait(timeout=10) == 0
        assert asked.result(timeout=10).status_code == 503


def test_server_killed_takes_its_processes_along(build: Path) -> None:
    with watched(build) as (running, _):
        running.process.kill()
        assert running.process.wait(timeout=10) == -signal.SIGKILL


def test_stop_is_told_of(build: Path) -> None:
    """The lines written just before the end are there: the log is emptied first."""
    with watched(build, KG_LOG="json", KG_STOP_S="0.5") as (running, _):
        assert running.client.get("/health", headers={"X-Request-Id": "last"}).status_code == 200
        running.process.terminate()
        assert running.process.stdout is not None
        lines = [x for x in running.process.stdout.read().splitlines() if x.startswith("{")]
    said = [json.loads(line) for line in lines]
    assert "last" in [line["request"] for line in said]
    assert said[-1]["message"] == "Stopped."
