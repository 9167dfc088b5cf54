"""The servers that are measured: each over the same graph, with the same default graphs."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.graphs import AskedGraph
from bench.processes import free_port, start, wait_until_ready
from bench.questions import Question
from bench.virtuoso import default_graph_iri, start_virtuoso

__all__ = ["NATIVE", "OURS", "RDFLIB", "VIRTUOSO", "Server", "installed", "start_server"]

OURS = "zhospar"
NATIVE = "oxigraph serve-read-only"
VIRTUOSO = "Virtuoso"
RDFLIB = "rdflib-endpoint"

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its processes' ids, and where a question is put to it."""

    name: str
    processes: tuple[int, ...]
    endpoint: Callable[[Question], str]


def installed() -> dict[str, bool]:
    """Which servers this machine has; ours first."""
    return {
        OURS: True,
        NATIVE: _oxigraph() is not None,
        VIRTUOSO: bool(shutil.which("virtuoso-t") and shutil.which("isql-vt")),
        RDFLIB: importlib.util.find_spec("rdflib_endpoint") is not None,
    }


def start_server(
    name: str, graph: AskedGraph, scratch: Path, settings: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """The server called ``name`` over ``graph``; ``settings`` are for ours.

    Raises ``NotListening``, and ``OSError`` where a graph can't be loaded.
    """
    if name == OURS:
        return _start_ours(graph, settings or {})
    peers = {NATIVE: _start_native, VIRTUOSO: _start_virtuoso, RDFLIB: _start_rdflib}
    return peers[name](graph, scratch)


@contextmanager
def _start_ours(graph: AskedGraph, settings: Mapping[str, str]) -> Iterator[Server]:
    environment = {"HOST": "127.0.0.1", "PORT": "0", "KG_BUILD": str(graph.folder), **settings}
    with start([sys.executable, "server.py"], ROOT, environment) as (process, address):
        wait_until_ready(f"{address}/health")
        yield Server(
            OURS,
            (process,),
            lambda question: (
                f"{address}/at/{question.day}/sparql" if question.day else f"{address}/sparql"
            ),
        )


@contextmanager
def _start_rdflib(graph: AskedGraph, _: Path) -> Iterator[Server]:
    """A server for each day: it knows no days, and every question is to be asked in one wording."""
    with ExitStack() as running:
        found = {}
        for day, default in graph.defaults.items():
            program = [sys.executable, "-m", "bench.rdflib_peer", str(graph.nquads), str(default)]
            found[day] = running.enter_context(start(program, ROOT))
            wait_until_ready(f"{found[day][1]}/sparql")
        processes = tuple(process for process, _ in found.values())
        yield Server(RDFLIB, processes, lambda question: f"{found[question.day][1]}/sparql")


@contextmanager
def _start_native(graph: AskedGraph, scratch: Path) -> Iterator[Server]:
    """A store and a server for each day, its own default graph being that of the day."""
    program = str(_oxigraph())
    with ExitStack() as running:
        found = {}
        for day, default in graph.defaults.items():
            store = scratch / f"oxigraph-{day or 'last'}"
            for path in (graph.nquads, default):
                _run([program, "load", "-l", str(store), "-f", str(path)])
            _run([program, "optimize", "-l", str(store)])
            address = f"127.0.0.1:{free_port()}"
            serve = [program, "serve-read-only", "-l", str(store), "-b", address]
            found[day] = running.enter_context(start(serve, ROOT))
            wait_until_ready(f"{found[day][1]}/query?query=ASK%7B%7D")
        processes = tuple(process for process, _ in found.values())
        yield Server(NATIVE, processes, lambda question: f"{found[question.day][1]}/query")


@contextmanager
def _start_virtuoso(graph: AskedGraph, scratch: Path) -> Iterator[Server]:
    folder = scratch / "virtuoso"
    folder.mkdir()

    with start_virtuoso(graph, folder) as (process, address):
        yield Server(
            VIRTUOSO,
            (process,),
            lambda question: (
                f"{address}/sparql"
                if question.asks_named_graphs
                else f"{address}/sparql?default-graph-uri={default_graph_iri(question.day)}"
            ),
        )


def _oxigraph() -> str | None:
    """The program of the package ``oxigraph``, beside this Python or on the path."""
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"{' '.join(command)} failed: {done.stderr}")
