"""No query makes the server ask another one: a listener on the loopback must hear nobody.

Tried with workers that have left the network and with workers that haven't, by what is refused
before the engine, and by the bounds of the worker alone.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.conftest import LITTLE
from tests.hostile.disguises import CALLS, MENTIONS, fill
from tests.hostile.watching import anew, assert_unharmed, weigh
from tests.needs import need
from tests.serving import COUNT_MEASURES, DIRECT, ROOT, Server, serve

UNCHECKED = """
import socket, sys
from pyoxigraph import Store
from kg.web.settings import Settings
from kg.web.worker.serving import bound_worker

port = int(sys.argv[1])
store = Store()
bound_worker(Settings(network_namespace=sys.argv[2]), remote=False)
for query in sys.argv[3:]:
    try:
        list(store.query(query))
    except (OSError, SyntaxError, RuntimeError, TypeError) as error:
        print("engine", type(error).__name__)
    else:
        print("engine answered")
try:
    socket.create_connection(("127.0.0.1", port), timeout=2)
except OSError:
    print("socket refused")
else:
    print("socket connected")
"""
"""The bounds of a worker, and the engine within them, without the checks before it."""


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A socket that listens; at the end, nobody may have called."""
    with socket.create_server(("127.0.0.1", 0), backlog=200) as listening:
        listening.setblocking(False)
        yield listening
        _hear_nobody(listening)


@pytest.fixture(scope="module", params=["required", "never"])
def server(request: pytest.FixtureRequest, build: Path) -> Iterator[Server]:
    """A server whose workers have left the network, and one whose workers haven't."""
    if request.param == "required":
        need(_may_leave(), "right to make network namespaces")
    with serve(build, **LITTLE, KG_NETWORK_NAMESPACE=request.param) as running:
        assert running.answers(COUNT_MEASURES) == "n 2"
        before = weigh(running)
        yield running
        assert_unharmed(running, before)


def test_disguises_are_whole() -> None:
    assert (len(CALLS), len(MENTIONS)) == (62, 12)


@pytest.mark.parametrize("name", CALLS)
def test_call_is_refused(server: Server, listener: socket.socket, name: str) -> None:
    query = fill(CALLS[name], listener.getsockname()[1])
    response = server.post(query.encode(), DIRECT)
    assert response.status_code == 400, response.text
    assert response.json()["detail"]
    _hear_nobody(listener)
    assert server.answers(anew()) == "n 2"


@pytest.mark.parametrize("name", MENTIONS)
def test_mention_is_answered(server: Server, listener: socket.socket, name: str) -> None:
    query = fill(MENTIONS[name], listener.getsockname()[1])
    response = server.client.post("/sparql", content=query, headers={"Content-Type": DIRECT})
    assert response.status_code == 200, response.text
    _hear_nobody(listener)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "using-graph-uri"])
def test_graph_named_by_the_protocol_is_not_fetched(
    server: Server, listener: socket.socket, name: str
) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert server.ask("SELECT * { ?s ?p ?o }", **{name: address}).status_code == 200
    _hear_nobody(listener)


@pytest.mark.parametrize("mode", ["required", "never"])
def test_worker_alone_lets_no_call_out(listener: socket.socket, mode: str) -> None:
    if mode == "required":
        need(_may_leave(), "right to make network namespaces")
    port = listener.getsockname()[1]
    queries = [fill(CALLS[name], port).replace("ASK", "SELECT *", 1) for name in ("plain", "base")]
    done = _run_unchecked(str(port), mode, *queries)
    assert done.stdout.splitlines() == ["engine OSError"] * 2 + ["socket refused"], done.stderr
    _hear_nobody(listener)


def test_engine_unbounded_would_call() -> None:
    """What the others protect from is real: without its bounds, the engine calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        query = fill(CALLS["plain"].replace("ASK", "SELECT *", 1), port)
        script = "import sys; from pyoxigraph import Store; list(Store().query(sys.argv[1]))"
        process = subprocess.Popen(
            [sys.executable, "-c", script, query], stderr=subprocess.DEVNULL, cwd=ROOT
        )
        listening.settimeout(10)
        connection, _ = listening.accept()
        with connection:
            assert connection.recv(4) in (b"POST", b"GET ")
        process.kill()
        process.wait()


def _run_unchecked(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", UNCHECKED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def _hear_nobody(listener: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        listener.accept()


def _may_leave() -> bool:
    script = "from kg.web.pool.network import leave_network; leave_network()"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=30, check=False
    )
    return done.returncode == 0
