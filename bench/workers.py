"""What our server's worker processes cost: how soon one is replaced, and the memory of all."""

import http.client
import os
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, figure_of
from bench.graphs import AskedGraph
from bench.processes import memory_of, processes_of
from bench.questions import Question, ask
from bench.servers import OURS, Server, installed, start_server

__all__ = ["WorkerCost", "measure_memory", "measure_workers"]

# 64 letters, then sixteen times as many with each step: a gigabyte after six.
_STEPS = " ".join(
    f"BIND(CONCAT({', '.join([f'?s{step}'] * 16)}) AS ?s{step + 1})" for step in range(7)
)
_BOMB = f'SELECT (STRLEN(?s7) AS ?n) {{ VALUES ?s0 {{ "{"x" * 64}" }} {_STEPS} }}'


@dataclass(frozen=True, slots=True)
class WorkerCost:
    """Seconds from the kill of the only worker to the next good answer; memory in bytes.

    Memory is that of all processes of the server, shared pages counted once (PSS): ``at_rest``
    after a look-up, ``at_cap`` the most seen while every worker was made to ask for more than its
    cap; ``told`` is the status those requests got.
    """

    replacement: Figure
    at_rest: Figure
    at_cap: Figure
    told: dict[int, int]
    cap_bytes: int
    workers: int


def measure_workers(
    graph: AskedGraph,
    question: Question,
    rounds: int,
    scratch: Path,
    progress: Callable[[str], None],
) -> WorkerCost:
    """Measure our server over ``graph``."""
    progress(f"{graph.name} graph, replacement of a worker")
    with start_server(OURS, graph, scratch, {"KG_WORKERS": "1", "KG_CACHE_MB": "0"}) as server:
        ask(question, server.endpoint(question))
        replacement = [_replace(server, question) for _ in range(rounds)]
    progress(f"{graph.name} graph, memory")
    rest, peaks, told = [], [], []
    workers = len(os.sched_getaffinity(0))
    for _ in range(rounds):
        settings = {"KG_WORKERS": str(workers), "KG_CACHE_MB": "0"}
        with start_server(OURS, graph, scratch, settings) as server:
            ask(question, server.endpoint(question))
            rest.append(_memory(server))
            peak, statuses = _reach_cap(server, question, workers)
            peaks.append(peak)
            told += statuses
    return WorkerCost(
        figure_of(replacement),
        figure_of(rest),
        figure_of(peaks),
        {status: told.count(status) for status in sorted(set(told))},
        int(os.environ.get("KG_WORKER_MEMORY_MB", "1024")) << 20,
        workers,
    )


def measure_memory(
    graph: AskedGraph, question: Question, scratch: Path, progress: Callable[[str], None]
) -> dict[str, int]:
    """The memory of each server at rest, after one look-up, in bytes (PSS).

    Peers that know no days have a server for each day asked about; one of them is counted.
    """
    found = {}
    for name in (name for name, there in installed().items() if there):
        progress(f"{graph.name} graph, memory of {name}")
        folder = scratch / f"memory-{name.replace(' ', '-')}"
        folder.mkdir()
        with start_server(name, graph, folder) as server:
            ask(question, server.endpoint(question))
            found[name] = memory_of(server.processes[0])
    return found


def _replace(server: Server, question: Question) -> float:
    """Kill the worker; ask until there is an answer."""
    leaves = processes_of(server.processes[0])
    # Parents come before their children: the last is the worker.
    os.kill(leaves[-1], signal.SIGKILL)
    started = time.perf_counter()
    while True:
        try:
            ask(question, server.endpoint(question))
            return time.perf_counter() - started
        except (OSError, http.client.HTTPException):
            if time.perf_counter() - started > 60:
                raise


def _memory(server: Server) -> float:
    return float(sum(memory_of(process) for process in server.processes))


def _reach_cap(server: Server, question: Question, workers: int) -> tuple[float, list[int]]:
    """The most memory seen while as many bombs as workers go off, and the statuses they got."""
    statuses: list[int] = []
    address = f"{server.endpoint(question)}?{urllib.parse.urlencode({'query': _BOMB})}"

    def ask_for_more() -> None:
        try:
            with urllib.request.urlopen(address, timeout=120) as response:
                statuses.append(response.status)
        except urllib.error.HTTPError as error:
            statuses.append(error.code)

    askers = [threading.Thread(target=ask_for_more) for _ in range(workers)]
    for asker in askers:
        asker.start()
    peak = 0.0
    while any(asker.is_alive() for asker in askers):
        peak = max(peak, _memory(server))
        time.sleep(0.005)
    return peak, statuses
