"""The report: a page in Markdown, or the same as data."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from bench.hostile import Attacked
from bench.making import StepCost
from bench.servers import NATIVE, OURS, RDFLIB, VIRTUOSO
from bench.serving import COLD, Rates
from bench.tables import figure, mebibytes, milliseconds, table
from bench.workers import WorkerCost

__all__ = ["Report", "write_json", "write_markdown"]

_ABSENT = "not installed"
_KINDS = {
    "repeated": "Requests a second, the same question again and again",
    "distinct": "Requests a second, each question never seen before",
}


@dataclass(slots=True)
class Report:
    """All that was measured: on which machine, how, and what came out; what was not is empty."""

    command: str
    machine: dict[str, str | int]
    method: dict[str, str | int]
    making: dict[str, StepCost] = field(default_factory=dict)
    quads: dict[str, dict[str, int]] = field(default_factory=dict)
    serving: dict[str, dict[str, dict[str, Rates]]] = field(default_factory=dict)
    hostile: dict[str, dict[str, Attacked]] = field(default_factory=dict)
    workers: dict[str, WorkerCost] = field(default_factory=dict)
    memory: dict[str, dict[str, int]] = field(default_factory=dict)
    steps: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    shares: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)


def write_json(report: Report) -> dict[str, Any]:
    """The report as plain values: seconds, bytes, quads, requests a second."""
    return dataclasses.asdict(report)


def write_markdown(report: Report, tried: str) -> str:
    """The report as a page; ``tried`` is what people wrote on what falls short, and ends it."""
    parts = [
        "# Performance",
        f"Made by `{report.command}`; what is measured and how is in "
        "[`bench/README.md`](../bench/README.md). Figures are medians, with the lowest and the "
        "highest reading in brackets: a difference within that spread is none.",
        f"The machine: {_facts(report.machine)}. The load: {_facts(report.method)}.",
        *_serving(report.serving),
        *_times("Processor time a fresh request, microseconds", report.shares),
        *_times("Steps in a worker, microseconds of processor time", report.steps),
        *_hostile(report.hostile),
        *_workers(report.workers, report.memory),
        *_making(report.making),
        *_graphs(report.quads),
        tried.strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(facts: dict[str, str | int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def _serving(serving: dict[str, dict[str, dict[str, Rates]]]) -> list[str]:
    parts = []
    for kind, title in _KINDS.items():
        for graph, by_kind in serving.items():
            rates = by_kind.get(kind)
            if rates:
                parts += [f"## {title}: {graph} graph", _rates(rates, cold=kind == "distinct")]
    return parts


def _rates(rates: dict[str, Rates], *, cold: bool) -> str:
    servers = [OURS, *([COLD] if cold else []), NATIVE, VIRTUOSO, RDFLIB]
    rows = [
        [
            question,
            *(figure(of.per_second[s]) if s in of.per_second else _ABSENT for s in servers),
            *(figure(of.ratio[peer]) if peer in of.ratio else "" for peer in (NATIVE, RDFLIB)),
        ]
        for question, of in rates.items()
    ]
    return table(["question", *servers, "ours to oxigraph's", "ours to rdflib-endpoint's"], rows)


def _times(title: str, times: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    parts = []
    for graph, by_question in times.items():
        what = list(dict.fromkeys(name for of in by_question.values() for name in of))
        rows = [
            [question, *(f"{of[name]:,.0f}" if name in of else "" for name in what)]
            for question, of in by_question.items()
        ]
        parts += [f"## {title}: {graph} graph", table(["question", *what], rows)]
    return parts


def _hostile(hostile: dict[str, dict[str, Attacked]]) -> list[str]:
    if not hostile:
        return []
    rows = [
        [
            server,
            situation,
            figure(of.rate),
            milliseconds(of.p50),
            milliseconds(of.p99),
            str(of.failed),
            ", ".join(f"{count} x {what}" for what, count in of.hostile.items()) or "nothing yet",
            "yes" if of.alive else "no",
        ]
        for server, situations in hostile.items()
        for situation, of in situations.items()
    ]
    head = ["server", "hostile clients", "good look-ups a second", "median, ms", "p99, ms"]
    return [
        "## Good look-ups while others loop cartesian products: synthetic graph",
        table([*head, "failed", "the hostile were told", "answers after"], rows, words=2),
    ]


def _workers(workers: dict[str, WorkerCost], memory: dict[str, dict[str, int]]) -> list[str]:
    if not workers:
        return []
    rows = [
        [
            graph,
            milliseconds(cost.replacement),
            mebibytes(cost.at_rest),
            mebibytes(cost.at_cap),
            f"{cost.workers} x {cost.cap_bytes >> 20}",
            ", ".join(f"{count} x {status}" for status, count in cost.told.items()),
        ]
        for graph, cost in workers.items()
    ]
    head = ["graph", "kill of the only worker to the next answer, ms", "memory at rest, MiB"]
    servers = list(next(iter(memory.values()), {}))
    return [
        "## Workers and memory",
        table([*head, "at the cap, MiB", "workers x cap, MiB", "the greedy were told"], rows),
        "Memory of each server at rest (MiB, all its processes, shared pages counted once):",
        table(
            ["graph", *servers],
            [
                [graph, *(f"{of[server] >> 20:,}" for server in servers)]
                for graph, of in memory.items()
            ],
        ),
    ]


def _making(making: dict[str, StepCost]) -> list[str]:
    if not making:
        return []
    rows = [
        [
            step,
            f"{cost.seconds.median:.2f} ({cost.seconds.low:.2f}–{cost.seconds.high:.2f})",
            mebibytes(cost.peak_bytes),
        ]
        for step, cost in making.items()
    ]
    return ["## Making the graph", table(["step", "seconds", "peak, MiB"], rows)]


def _graphs(quads: dict[str, dict[str, int]]) -> list[str]:
    if not quads:
        return []
    names = sorted({name for counts in quads.values() for name in counts})
    rows = [
        [f"`{name}`", *(f"{counts.get(name, 0):,}" for counts in quads.values())] for name in names
    ]
    rows.append(["all", *(f"{sum(counts.values()):,}" for counts in quads.values())])
    return ["## The graphs", table(["quads", *quads], rows)]
