"""The report: tables for a terminal, or the same as data."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from bench.figures import Figure
from bench.making import StepCost
from bench.serving import PEER, Rates

__all__ = ["Report", "write_json", "write_tables"]

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Report:
    """All that was measured: on which machine, how, and what came out."""

    machine: dict[str, str | int]
    method: dict[str, str | int]
    making: dict[str, StepCost]
    quads: dict[str, int]
    serving: dict[str, Rates]


def write_json(report: Report) -> dict[str, Any]:
    """The report as plain values: seconds, bytes, quads, requests a second."""
    return dataclasses.asdict(report)


def write_tables(report: Report) -> str:
    """The report as text, one table a subject."""
    parts = [
        _facts(report.machine),
        _table(["making", "seconds", "spread", "peak MiB"], _making_rows(report.making)),
        _table(["graph", "quads"], _graph_rows(report.quads)),
        f"Requests a second: {_facts(report.method)}",
        _table(
            ["question", "server", "a second", "spread", f"to {PEER}", "spread"],
            _serving_rows(report.serving),
            words=2,
        ),
    ]
    return "\n\n".join(parts)


def _facts(facts: dict[str, str | int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def _making_rows(making: dict[str, StepCost]) -> list[list[str]]:
    return [
        [
            step,
            f"{cost.seconds.median:.2f}",
            _spread(cost.seconds, ".2f"),
            f"{cost.peak_bytes.median / _MIB:.0f}",
        ]
        for step, cost in making.items()
    ]


def _graph_rows(quads: dict[str, int]) -> list[list[str]]:
    return [
        *([graph, f"{count:,}"] for graph, count in quads.items()),
        ["all", f"{sum(quads.values()):,}"],
    ]


def _serving_rows(serving: dict[str, Rates]) -> list[list[str]]:
    rows = []
    for question, rates in serving.items():
        for server, rate in rates.per_second.items():
            ratio = rates.ratio.get(server)
            compared = [f"{ratio.median:.1f}", _spread(ratio, ".1f")] if ratio else ["", ""]
            rows.append([question, server, f"{rate.median:,.0f}", _spread(rate, ",.0f"), *compared])
    return rows


def _spread(figure: Figure, form: str) -> str:
    return f"{figure.low:{form}}-{figure.high:{form}}"


def _table(head: list[str], rows: list[list[str]], words: int = 1) -> str:
    """Columns as wide as their widest cell: ``words`` columns to the left, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if index < words else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in [head, ["-" * width for width in widths], *rows]
    ]
    return "\n".join(lines)
