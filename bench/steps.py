"""Where a question's time goes: step by step in a worker, and by process on the way through.

As a program, ``python -m bench.steps FOLDER`` times the steps over the graph in a build's folder,
and prints them as JSON: microseconds of processor time by question and step, the least of several
readings, since all that disturbs a reading makes it longer.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.graphs import AskedGraph
from bench.load import Load, ask_afresh
from bench.processes import processes_of
from bench.questions import Question, read_questions, variants
from bench.servers import NATIVE, OURS, ROOT, Server, installed, start_server

if TYPE_CHECKING:
    from kg.asking.query import Asker

__all__ = ["measure_shares", "measure_steps"]

Times = dict[str, dict[str, float]]
"""Microseconds, by question and by what took them."""

_READINGS = 9
_READING_NS = 20_000_000


def measure_steps(
    graph: AskedGraph, progress: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    """By question and step, in microseconds; in a process of its own, which loads the graph."""
    progress(f"{graph.name} graph, steps in a worker")
    done = subprocess.run(
        [sys.executable, "-m", "bench.steps", str(graph.folder)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise OSError(done.stderr)
    steps: Times = json.loads(done.stdout)
    return steps


def measure_shares(
    graph: AskedGraph,
    questions: list[Question],
    load: Load,
    scratch: Path,
    progress: Callable[[str], None],
) -> Times:
    """By question, processor time a fresh request in microseconds: front, workers, native."""
    shares: Times = {question.name: {} for question in questions}
    for name in (name for name in (OURS, NATIVE) if installed()[name]):
        progress(f"{graph.name} graph, processor time of {name}")
        folder = scratch / f"shares-{name.replace(' ', '-')}"
        folder.mkdir()
        with start_server(name, graph, folder, {"KG_CACHE_MB": "0"}) as server:
            for question in questions:
                shares[question.name] |= _share(server, question, graph, load)
    return shares


def _share(server: Server, question: Question, graph: AskedGraph, load: Load) -> dict[str, float]:
    addresses = [asked.address(server.endpoint(asked)) for asked in variants(question, graph)]
    before = _processor_times(server)
    reading = ask_afresh(load, addresses, question.media_type)
    after = _processor_times(server)
    requests = max(1.0, reading.rate * load.seconds)
    spent = {process: (after[process] - before.get(process, 0)) / requests for process in after}
    if server.name != OURS:
        return {server.name: sum(spent.values())}
    front = spent.pop(server.processes[0])
    return {"front": front, "workers": sum(spent.values())}


def _processor_times(server: Server) -> dict[int, float]:
    """Microseconds that each process of a server has run so far, its threads that ended with it."""
    times = {}
    for process in (p for root in server.processes for p in processes_of(root)):
        with suppress(OSError):  # it has ended
            # The clock of another process, as clock_getcpuclockid(3) makes its number.
            times[process] = time.clock_gettime((~process << 3) | 2) * 1e6
    return times


def _time_steps(folder: Path) -> Times:
    # What the benchmark itself doesn't need to load.
    from kg.asking.asof import today
    from kg.asking.query import Asker
    from kg.asking.store import open_build

    graph = open_build(folder)
    graph.load_datasets()
    asker = Asker(graph)
    return {
        question.name: {
            name: _microseconds(step)
            for name, step in _steps_of(question, asker, question.day or today()).items()
        }
        for question in read_questions(ROOT / "bench" / "queries")
    }


def _steps_of(question: Question, asker: "Asker", day: date) -> dict[str, Callable[[], object]]:
    from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

    from kg.asking.glance import asks_named_graphs, needs_cutting
    from kg.asking.tokens import tokenize
    from kg.namespaces import BASE
    from kg.web.settings import Settings
    from kg.web.worker.answering import Channel
    from kg.web.worker.guard import check_depth
    from kg.web.worker.serving import _serve

    text, state = question.query, asker.graph.state_on(day)
    request = json.dumps(
        {
            "text": text,
            "day": day.isoformat(),
            "formats": {"solutions": "json", "boolean": "json", "graph": "nt"},
        }
    )
    ours, theirs = socket.socketpair()
    channel = Channel(theirs)
    settings = Settings()

    def evaluate(store: Store) -> object:
        result = store.query(text, base_iri=BASE)
        if isinstance(result, QueryTriples):
            return result.serialize(format=RdfFormat.N_TRIPLES)
        return result.serialize(format=QueryResultsFormat.JSON)

    def serve() -> None:
        _serve(channel, asker, settings, json.loads(request), remote=False)
        ours.recv(1 << 20)

    def look() -> None:
        check_depth(text)
        needs_cutting(text)
        asks_named_graphs(text)

    alone = asker.graph.default_graph(state)
    steps: dict[str, Callable[[], object]] = {
        "engine, all graphs": lambda: evaluate(asker.graph.dataset(state)),
        "cutting into tokens, once": lambda: list(tokenize(text)),
        "first looks instead": look,
        "all that a worker does": serve,
    }
    if question.asks_named_graphs:
        return steps
    return {"engine, default graph alone": lambda: evaluate(alone), **steps}


def _microseconds(step: Callable[[], object]) -> float:
    """The least of several readings, each the mean of as many turns as fill its time."""
    turns = max(1, round(_READING_NS / _time_turns(step, 3)))
    return min(_time_turns(step, turns) for _ in range(_READINGS)) / 1000


def _time_turns(step: Callable[[], object], turns: int) -> float:
    """Nanoseconds of this process's time that a turn takes."""
    started = time.process_time_ns()
    for _ in range(turns):
        step()
    return (time.process_time_ns() - started) / turns


if __name__ == "__main__":
    print(json.dumps(_time_steps(Path(sys.argv[1]))))
