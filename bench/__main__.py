"""``python -m bench``: measures, and prints the report; ``make bench`` sets up and builds first.

The report goes to standard output or a file, progress to standard error. Exit codes: 0 measured, 1
something that was to be measured failed, 2 the command is at fault.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from bench.graphs import AskedGraph, count_quads, prepare_graph
from bench.hostile import measure_hostile
from bench.load import Load, LoadFailed, find_wrk
from bench.machine import describe_machine
from bench.making import STEPS, StepFailed, measure_step
from bench.processes import NotListening
from bench.questions import read_questions
from bench.report import Report, write_json, write_markdown
from bench.serving import AnswersDiffer, measure_serving
from bench.steps import measure_shares, measure_steps
from bench.synthetic import write_synthetic
from bench.workers import measure_memory, measure_workers

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("making", "serving", "steps", "hostile", "workers")
_GOOD_CONNECTIONS = 2
_started = time.monotonic()


def main() -> int:
    """Measure what the command line asks for; returns the exit code."""
    options = _read_options()
    nquads = ROOT / "build" / "kg.nq"
    if not nquads.exists():
        print("There is no build/kg.nq to measure: run make build.", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="zhospar-bench-") as scratch:
            report = _measure(nquads, options, Path(scratch))
    except (AnswersDiffer, LoadFailed, NotListening, StepFailed, OSError, ValueError) as error:
        print(f"The benchmark stopped: {error}", file=sys.stderr)
        return 1
    _write(report, options)
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Zhospar on this machine."
    )
    parser.add_argument("--json", action="store_true", help="write data instead of tables")
    parser.add_argument("-o", "--output", type=Path, help="a file to write to at the end")
    parser.add_argument("--quick", action="store_true", help="a look: one round, no making")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="one section, or more")
    parser.add_argument("--graph", choices=("real", "synthetic"), help="one graph, not both")
    parser.add_argument("--rounds", type=int, help="how often each thing is measured (5)")
    parser.add_argument("--seconds", type=int, default=1, help="how long each load lasts (1)")
    parser.add_argument("--connections", type=int, default=8, help="how many at a time (8)")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.only = options.only or (SECTIONS[1:] if options.quick else SECTIONS)
    if min(options.rounds, options.seconds, options.connections) < 1:
        parser.error("rounds, seconds and connections are 1 or more")
    return options


def _measure(nquads: Path, options: argparse.Namespace, scratch: Path) -> Report:
    report = Report(
        " ".join(["make bench", *([f"ARGS='{' '.join(sys.argv[1:])}'"] if sys.argv[1:] else [])]),
        describe_machine(),
        {
            "generator": find_wrk(),
            "connections": options.connections,
            "seconds": options.seconds,
            "rounds": options.rounds,
        },
    )
    # The making comes first, while this process is still small (see measure_step).
    if "making" in options.only:
        report.making = {
            step: measure_step(ROOT, step, options.rounds, _progress) for step in STEPS
        }
    graphs = _prepare_graphs(nquads, scratch, options.graph)
    report.quads = {graph.name: count_quads(graph.nquads) for graph in graphs}
    for graph in graphs:
        _measure_graph(graph, report, options, scratch / graph.name)
    if "hostile" in options.only:
        report.hostile = measure_hostile(
            graphs[-1],
            read_questions(ROOT / "bench" / "queries")[0],
            Load(_GOOD_CONNECTIONS, 2 * options.seconds),
            options.rounds,
            scratch,
            _progress,
        )
    return report


def _prepare_graphs(nquads: Path, scratch: Path, only: str | None) -> list[AskedGraph]:
    days = {question.day for question in read_questions(ROOT / "bench" / "queries")}
    folders = {"real": nquads.parent, "synthetic": scratch / "build"}
    _progress("making the larger graph")
    write_synthetic(nquads, folders["synthetic"])
    return [
        prepare_graph(name, folder, days, scratch)
        for name, folder in folders.items()
        if only in (None, name)
    ]


def _measure_graph(
    graph: AskedGraph, report: Report, options: argparse.Namespace, scratch: Path
) -> None:
    questions = read_questions(ROOT / "bench" / "queries")
    scratch.mkdir()
    if "serving" in options.only:
        load = Load(options.connections, options.seconds)
        report.serving[graph.name] = measure_serving(
            graph, questions, load, options.rounds, scratch, _progress
        )
    if "steps" in options.only:
        load = Load(options.connections, options.seconds)
        report.steps[graph.name] = measure_steps(graph, _progress)
        report.shares[graph.name] = measure_shares(graph, questions, load, scratch, _progress)
    if "workers" in options.only:
        report.workers[graph.name] = measure_workers(
            graph, questions[0], options.rounds, scratch, _progress
        )
        report.memory[graph.name] = measure_memory(graph, questions[0], scratch, _progress)


def _write(report: Report, options: argparse.Namespace) -> None:
    if options.json:
        text = json.dumps(write_json(report), indent=2) + "\n"
    else:
        tried = (ROOT / "bench" / "tried.md").read_text(encoding="utf-8")
        text = write_markdown(report, tried)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def _progress(step: str) -> None:
    print(f"bench, {time.monotonic() - _started:.0f} s: {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
