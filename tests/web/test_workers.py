"""Workers: deadlines, bounds, deaths, and that a good question is answered after each."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import ENDLESS, ROOT, Server, serve, wait_for

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def bounded(build: Path) -> Iterator[Server]:
    """A server with little time and room."""
    with serve(build, KG_QUERY_DEADLINE_S="1", KG_RESULT_MAX_MB="2") as running:
        yield running


@pytest.fixture(autouse=True)
def still_answers(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that asks the bounded server, it answers as before."""
    yield
    if "bounded" in request.fixturenames:
        running = request.getfixturevalue("bounded")
        wait_for(lambda: len(running.children()["workers"]) == 2)
        assert running.answers(MEASURES) == "n 2"


def test_deadline(bounded: Server) -> None:
    started = time.monotonic()
    response = bounded.ask(ENDLESS)
    assert response.status_code == 504
    assert "1 s a query may take (KG_QUERY_DEADLINE_S)" in response.json()["detail"]
    assert time.monotonic() - started < 20  # well before the default of 30 s


def test_memory(build: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(30))
    with serve(build, KG_WORKER_MEMORY_MB="128") as running:
        response = running.ask(f'SELECT ?a30 {{ BIND("{"x" * 100}" AS ?a0) {doubled} }}')
        assert response.status_code == 507
        assert "128 MiB it may use (KG_WORKER_MEMORY_MB)" in response.json()["detail"]
        wait_for(lambda: len(running.children()["workers"]) == 2)
        assert running.answers(MEASURES) == "n 2"
        running.process.terminate()
        assert running.process.stdout is not None
        # The engine says its last words to nobody: the server knows what became of the worker.
        assert "memory allocation" not in running.process.stdout.read()


def test_nesting(bounded: Server) -> None:
    response = bounded.ask("ASK " + "{" * 3000 + "}" * 3000)
    assert response.status_code == 400
    assert "nested" in response.json()["detail"]


def test_result_larger_than_the_limit_breaks_the_connection(bounded: Server) -> None:
    with (
        pytest.raises(httpx.RemoteProtocolError),
        bounded.client.stream(
            "GET", "/sparql", params={"query": LARGE}, headers={"Accept": "text/csv"}
        ) as response,
    ):
        assert response.status_code == 200
        for _ in response.iter_bytes():
            pass


def test_result_too_large_for_the_start_is_an_honest_status(build: Path) -> None:
    with serve(build, KG_RESULT_MAX_MB="1") as running:
        response = running.ask(LARGE)
        assert response.status_code == 507
        assert "1 MiB that are given out at once (KG_RESULT_MAX_MB)" in response.json()["detail"]


def test_worker_killed_while_free(bounded: Server) -> None:
    before = bounded.children()["workers"]
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    wait_for(lambda: len(set(bounded.children()["workers"]) - set(before)) == 2)


def test_worker_killed_at_work(build: Path) -> None:
    with serve(build, KG_WORKERS="1") as running, ThreadPoolExecutor(1) as threads:
        asking = threads.submit(running.ask, ENDLESS)
        (worker,) = running.children()["workers"]
        wait_for(lambda: _is_busy(worker))
        os.kill(worker, signal.SIGKILL)
        response = asking.result()
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
        assert running.answers(MEASURES) == "n 2"


def test_zygote_killed(bounded: Server) -> None:
    (zygote,) = bounded.children()["zygote"]
    os.kill(zygote, signal.SIGKILL)
    wait_for(lambda: bounded.children()["zygote"] not in ([zygote], []))
    wait_for(lambda: len(bounded.children()["workers"]) == 2)


def test_client_gone_frees_its_worker(build: Path) -> None:
    with serve(build, KG_WORKERS="1", KG_QUERY_DEADLINE_S="20") as running:
        (worker,) = running.children()["workers"]
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(running.address + "/sparql", params={"query": ENDLESS}, timeout=0.5)
        wait_for(lambda: worker not in running.children()["workers"], seconds=3)
        assert running.answers(MEASURES) == "n 2"


def test_client_that_does_not_read_holds_no_worker_for_ever(build: Path) -> None:
    with serve(build, KG_WORKERS="1", KG_QUERY_DEADLINE_S="1") as running:
        host, _, port = running.address.removeprefix("http://").partition(":")
        (worker,) = running.children()["workers"]
        with socket.create_connection((host, int(port))) as stalled:
            query = urlencode({"query": LARGE})
            stalled.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            wait_for(lambda: worker not in running.children()["workers"], seconds=3)
            assert running.answers(MEASURES) == "n 2"


def test_worker_can_open_neither_file_nor_connection(server: Server) -> None:
    for worker in server.children()["workers"]:
        limits = Path(f"/proc/{worker}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max open files"))
        assert line.split()[3:5] == ["0", "0"]


def test_nothing_outlives_a_killed_server(build: Path) -> None:
    with serve(build) as running:
        children = running.children()
        running.process.kill()
        running.process.wait()
        everyone = [*children["zygote"], *children["workers"]]
        assert len(everyone) == 3
        wait_for(lambda: not any(_is_alive(process) for process in everyone))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stop_is_graceful(build: Path, number: signal.Signals) -> None:
    with serve(build) as running:
        children = running.children()
        running.process.send_signal(number)
        assert running.process.wait(timeout=5) == 0
        wait_for(lambda: not any(_is_alive(process) for process in children["workers"]))
        assert running.process.stdout is not None
        assert "Traceback" not in running.process.stdout.read()


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({"KG_BUILD": "no-such-folder"}, 1, "make build"),
        ({"PORT": "eighty"}, 2, "PORT must be"),
    ],
)
def test_server_that_can_not_start_says_why(settings: dict[str, str], code: int, said: str) -> None:
    done = _run_server(settings)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _run_server({"PORT": port})
    assert done.returncode == 2
    assert port in done.stderr


def _run_server(settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "server.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0", **settings},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _is_busy(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "R"


def test_workers_killed_with_nothing_to_do_are_not_counted(bounded: Server) -> None:
    """Those in their stead are counted, and the dead neither as free nor as busy."""
    for worker in bounded.children()["workers"]:
        os.kill(worker, signal.SIGKILL)
    wait_for(lambda: len(bounded.children()["workers"]) == 2)
    wait_for(lambda: at_rest(bounded))


def at_rest(running: Server) -> bool:
    """Whether two workers are there, and none of them is at work."""
    workers = running.client.get("/health").json()["workers"]
    return (workers["all"], workers["busy"]) == (2, 0)
