"""A real server for tests: the made-up plan built into a folder, and server.py started on it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Store

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "asking" / "example.trig"
PREFIX = "PREFIX zh: <https://w3id.org/zhospar/ontology#> "
BASE = "https://w3id.org/zhospar/"
RESOLUTION = f"{BASE}eli/kz/resolution/2013/78"
COUNT_MEASURES = PREFIX + "SELECT (COUNT(?m) AS ?n) { ?m a zh:Measure }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
CSV = {"Accept": "text/csv"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def endless(number: int) -> str:
    """One of any number of questions without an end.

    Equal ones of a client are one question to the server (see ``kg.web.sending.flights``).
    """
    return ENDLESS.replace("?n)", f"?n{number})")


def write_build(folder: Path) -> Path:
    """Put the made-up plan into ``folder`` as a build; returns ``folder``."""
    store = Store()
    store.load(path=str(EXAMPLE), format=RdfFormat.TRIG)
    folder.mkdir(parents=True, exist_ok=True)
    lines = sorted(f"{quad} .\n" for quad in store)
    (folder / "kg.nq").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made-up build."""
    return write_build(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def server(build: Path) -> Iterator["Server"]:
    """One server on it, for all tests that leave it as it is."""
    with serve(build) as running:
        yield running


class Server:
    """A running server: its address, its process, and a client for it."""

    def __init__(
        self, address: str, process: "subprocess.Popen[str]", client: httpx.Client
    ) -> None:
        self.address = address
        self.process = process
        self.client = client

    def ask(self, query: str, accept: str = "text/csv", **parameters: str) -> httpx.Response:
        """The response to a query by GET."""
        return self.client.get(
            "/sparql", params={"query": query, **parameters}, headers={"Accept": accept}
        )

    def post(
        self, body: str | bytes, content_type: str | None, path: str = "/sparql"
    ) -> httpx.Response:
        """The response to a body, posted as ``content_type``."""
        headers = {**CSV, **({"Content-Type": content_type} if content_type else {})}
        return self.client.post(path, content=body, headers=headers)

    def answers(self, query: str, **parameters: str) -> str:
        """The CSV answer to a query, lines joined by a blank."""
        response = self.ask(query, **parameters)
        assert response.status_code == 200, response.text
        return " ".join(response.text.split())

    def children(self) -> dict[str, list[int]]:
        """The process ids of the server's zygote and of the zygote's workers."""
        zygotes = _children_of(self.process.pid)
        return {"zygote": zygotes, "workers": [pid for z in zygotes for pid in _children_of(z)]}


@contextmanager
def serve(build: Path, command: Sequence[str] = (), **settings: str) -> Iterator[Server]:
    """A server of this project on ``build``; ``command`` is what runs it, if anything does."""
    with serve_from(ROOT, build, settings, command) as running:
        yield running


@contextmanager
def serve_from(
    root: Path, build: Path, settings: Mapping[str, str], command: Sequence[str] = ()
) -> Iterator[Server]:
    """A server on ``build`` with more settings, waited for by /health, ended by its process id."""
    # Standard error goes to a pipe that nobody reads on: no line for each request.
    defaults = {"PORT": "0", "KG_BUILD": str(build), "KG_WORKERS": "2", "KG_LOG": "off"}
    environment = {**os.environ, **defaults, **settings}
    process = subprocess.Popen(
        [*command, sys.executable, "-W", "error", "server.py"],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+?(?=/\s)", line)
        assert found, line + process.stdout.read()
        with httpx.Client(base_url=found.group(), timeout=30) as client:
            wait_for(lambda: client.get("/health").status_code == 200)
            yield Server(found.group(), process, client)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def at_work(running: Server) -> int:
    """How many questions the server's workers are at."""
    workers = running.client.get("/health").json()["workers"]
    return int(workers["busy"]) + int(workers["setAside"])


@contextmanager
def without_workers(server: Server) -> Iterator[None]:
    """No worker of ``server`` runs, and none is made, as long as the context lasts."""
    children = server.children()
    assert children["workers"]
    stopped = [*children["zygote"], *children["workers"]]
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until ``condition`` holds; fails after ``seconds``."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not come true in time"
        time.sleep(0.02)


def _children_of(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    return [int(pid) for pid in children.read_text().split()] if children.exists() else []
