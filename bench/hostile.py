"""Good look-ups while hostile clients loop cartesian products: how long they take, and failures.

The hostile never wait for their turn: each asks anew as soon as it was answered or refused.
"""

import http.client
import itertools
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, figure_of
from bench.graphs import AskedGraph
from bench.load import Load, LoadFailed, ask_afresh
from bench.questions import Question, ask, variants
from bench.servers import OURS, Server, installed, start_server

__all__ = ["Attacked", "measure_hostile"]

SITUATIONS: dict[str, list[str]] = {
    "none": [],
    "two, one address": ["127.0.0.2", "127.0.0.2"],
    "two, two addresses": ["127.0.0.2", "127.0.0.3"],
}
"""Hostile clients by the loopback addresses that they ask from; the good one has 127.0.0.1."""

# Each of these would run for hours. The number makes each another text, which no cache knows.
_ENDLESS = (
    "SELECT (COUNT(*) AS ?n{n}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}",
    "SELECT ?n{n} {{ ?a ?b ?n{n} . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?n{n} ?c ?f ?i",
)
_PATIENCE_S = 10.0
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Attacked:
    """Good look-ups: a second, median and p99 in seconds, how many failed; and what became of it.

    ``hostile`` counts what the hostile clients were told, by status or error; ``alive`` tells
    whether the server answered once more, while they went on.
    """

    rate: Figure
    p50: Figure
    p99: Figure
    failed: int
    hostile: dict[str, int]
    alive: bool


def measure_hostile(
    graph: AskedGraph,
    question: Question,
    load: Load,
    rounds: int,
    scratch: Path,
    progress: Callable[[str], None],
) -> dict[str, dict[str, Attacked]]:
    """By server, then by situation. Each attack meets a server just started."""
    found: dict[str, dict[str, Attacked]] = {}
    for name in (name for name, there in installed().items() if there):
        found[name] = {}
        for number, (situation, sources) in enumerate(SITUATIONS.items()):
            if name != OURS and situation == "two, one address":
                continue  # no peer tells clients apart
            progress(f"hostile clients: {situation}, {name}")
            folder = scratch / f"hostile-{name.replace(' ', '-')}-{number}"
            folder.mkdir()
            with start_server(name, graph, folder) as server:
                found[name][situation] = _attack(server, graph, question, sources, load, rounds)
    return found


def _attack(
    server: Server,
    graph: AskedGraph,
    question: Question,
    sources: list[str],
    load: Load,
    rounds: int,
) -> Attacked:
    addresses = [asked.address(server.endpoint(asked)) for asked in variants(question, graph)]
    readings = []
    failed = 0
    with _hostile_clients(server.endpoint(question), sources) as told:
        for _ in range(rounds):
            try:
                reading = ask_afresh(load, addresses, question.media_type)
            except LoadFailed:
                failed += 1  # not even a connection
                continue
            readings.append(reading)
            failed += reading.failed
        alive = _still_answers(server, question)
    return Attacked(
        figure_of([reading.rate for reading in readings] or [0.0]),
        figure_of([reading.p50 for reading in readings] or [float("inf")]),
        figure_of([reading.p99 for reading in readings] or [float("inf")]),
        failed,
        dict(told),
        alive,
    )


@contextmanager
def _hostile_clients(endpoint: str, sources: list[str]) -> Iterator[Counter[str]]:
    """A client at each of ``sources`` that asks without end; counts what they are told."""
    told: Counter[str] = Counter()
    stop = threading.Event()
    clients = [
        threading.Thread(target=_loop, args=(endpoint, source, told, stop), daemon=True)
        for source in sources
    ]
    for client in clients:
        client.start()
    stop.wait(1.0 if sources else 0.0)  # by then they are at it
    try:
        yield told
    finally:
        stop.set()
        # They wait for answers that never come: the end of the server ends them.


def _loop(endpoint: str, source: str, told: Counter[str], stop: threading.Event) -> None:
    parts = urllib.parse.urlsplit(endpoint)
    while not stop.is_set():
        number = next(_numbers)
        query = _ENDLESS[number % len(_ENDLESS)].format(n=number)
        path = f"{parts.path}?{parts.query + '&' if parts.query else ''}"
        path += urllib.parse.urlencode({"query": query})
        try:
            connection = http.client.HTTPConnection(
                parts.hostname or "", parts.port, timeout=60, source_address=(source, 0)
            )
            connection.request("GET", path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            response.read()
            told[str(response.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            told[type(error).__name__] += 1
            stop.wait(0.1)
        finally:
            connection.close()


def _still_answers(server: Server, question: Question) -> bool:
    try:
        return bool(ask(question, server.endpoint(question), _PATIENCE_S))
    except OSError:
        return False
