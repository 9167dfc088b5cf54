"""Requests a second of each question: our server and its peers, measured in turns in one run."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.figures import Figure, figure_of
from bench.graphs import AskedGraph
from bench.load import Load, LoadFailed, ask_afresh, ask_again, ask_in_turn
from bench.questions import Question, ask, variants
from bench.servers import NATIVE, OURS, RDFLIB, Server, installed, start_server

__all__ = ["COLD", "AnswersDiffer", "Rates", "measure_serving"]

COLD = "zhospar, KG_CACHE_MB=0"


class AnswersDiffer(Exception):
    """The servers don't answer a question alike: their rates can't be compared."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A question's requests a second by server, and ours to each peer's, turn by turn."""

    per_second: dict[str, Figure]
    ratio: dict[str, Figure]


def measure_serving(
    graph: AskedGraph,
    questions: list[Question],
    load: Load,
    rounds: int,
    scratch: Path,
    progress: Callable[[str], None],
) -> dict[str, dict[str, Rates]]:
    """By ``repeated`` and ``distinct``, then by question: the rates over ``graph``.

    Raises ``AnswersDiffer``, and what starting and loading the servers raises.
    """
    rates: dict[str, dict[str, Rates]] = {"repeated": {}, "distinct": {}}
    with ExitStack() as running:
        servers = _start_servers(running, graph, scratch, progress)
        for question in questions:
            afresh = variants(question, graph)
            _compare_answers([question, *afresh[:3]], servers)
            for kind, asked in (("repeated", [question]), ("distinct", afresh)):
                progress(f"{graph.name} graph, {kind}, {question.name}")
                slow = _find_slow(asked[-1], servers, load)
                loads = {
                    name: _choose_load(server, asked, load, name in slow)
                    for name, server in servers.items()
                    if kind == "distinct" or name != COLD
                }
                rates[kind][question.name] = _take_turns(loads, rounds)
    return rates


def _start_servers(
    running: ExitStack, graph: AskedGraph, scratch: Path, progress: Callable[[str], None]
) -> dict[str, Server]:
    servers = {}
    for name in (name for name, there in installed().items() if there):
        progress(f"{graph.name} graph, starting {name}")
        servers[name] = running.enter_context(start_server(name, graph, scratch))
    progress(f"{graph.name} graph, starting {COLD}")
    settings = {"KG_CACHE_MB": "0"}
    servers[COLD] = running.enter_context(start_server(OURS, graph, scratch, settings))
    return servers


def _compare_answers(asked: Iterable[Question], servers: Mapping[str, Server]) -> None:
    """Raises ``AnswersDiffer`` where two servers differ."""
    for question in asked:
        expected = ask(question, servers[OURS].endpoint(question))
        if not expected:
            raise AnswersDiffer(f"{question.name}: {OURS} finds nothing")
        for name, server in servers.items():
            answer = ask(question, server.endpoint(question))
            if answer != expected:
                more, fewer = answer - expected, expected - answer
                raise AnswersDiffer(
                    f"{question.name}: {name} has {len(more)} rows that {OURS} has not, and "
                    f"lacks {len(fewer)}, such as {next(iter(more or fewer))}"
                )


def _find_slow(question: Question, servers: Mapping[str, Server], load: Load) -> set[str]:
    """Servers that might answer none of a load's connections before it ends: asked one by one."""
    slow = set()
    for name, server in servers.items():
        started = time.perf_counter()
        ask(question, server.endpoint(question))
        if (time.perf_counter() - started) * load.connections > load.seconds:
            slow.add(name)
    return slow


def _choose_load(
    server: Server, asked: list[Question], load: Load, slow: bool
) -> Callable[[], float]:
    """What takes one reading of the rate at which ``server`` answers the questions ``asked``."""
    first = asked[0]
    addresses = [question.address(server.endpoint(question)) for question in asked]
    if slow:
        return partial(ask_in_turn, partial(ask, first, server.endpoint(first)))
    if len(asked) == 1 and "XNX" not in first.query:
        return lambda: ask_again(load, addresses[0], first.media_type).all_good()
    return lambda: ask_afresh(load, addresses, first.media_type).all_good()


def _take_turns(loads: Mapping[str, Callable[[], float]], rounds: int) -> Rates:
    """Servers take turns within a round, so that a change of the machine's mood meets them all."""
    readings: dict[str, list[float]] = {name: [] for name in loads}
    for _ in range(rounds):
        for name, take in loads.items():
            try:
                readings[name].append(take())
            except LoadFailed as error:
                raise LoadFailed(f"{name}: {error}") from error
    peers = [name for name in (NATIVE, RDFLIB) if name in readings]
    return Rates(
        {name: figure_of(values) for name, values in readings.items()},
        {
            peer: figure_of(
                ours / theirs for ours, theirs in zip(readings[OURS], readings[peer], strict=True)
            )
            for peer in peers
        },
    )
