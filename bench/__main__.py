"""``python -m bench``: measures, and prints the report; ``make bench`` sets up and builds first.

The report goes to standard output, progress to standard error. Exit codes: 0 measured, 1 something
that was to be measured failed, 2 the command is at fault.
"""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from bench.load import Load, LoadFailed, choose_generator
from bench.making import STEPS, StepFailed, measure_step
from bench.questions import read_questions
from bench.report import Report, write_json, write_tables
from bench.servers import NotListening
from bench.serving import AnswersDiffer, measure_serving
from bench.size import count_quads

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure what the command line asks for; returns the exit code."""
    options = _read_options()
    nquads = ROOT / "build" / "kg.nq"
    if not nquads.exists():
        print("There is no build/kg.nq to measure: run make build.", file=sys.stderr)
        return 1
    try:
        report = _measure(nquads, options)
    except (AnswersDiffer, LoadFailed, NotListening, StepFailed, OSError, ValueError) as error:
        print(f"The benchmark stopped: {error}", file=sys.stderr)
        return 1
    print(json.dumps(write_json(report), indent=2) if options.json else write_tables(report))
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Zhospar on this machine."
    )
    parser.add_argument("--json", action="store_true", help="print data instead of tables")
    parser.add_argument(
        "--rounds", type=int, default=5, help="how often each thing is measured (5)"
    )
    parser.add_argument("--seconds", type=int, default=2, help="how long each load lasts (2)")
    parser.add_argument("--connections", type=int, default=8, help="how many at a time (8)")
    options = parser.parse_args()
    if min(options.rounds, options.seconds, options.connections) < 1:
        parser.error("rounds, seconds and connections are 1 or more")
    return options


def _measure(nquads: Path, options: argparse.Namespace) -> Report:
    load = Load(options.connections, options.seconds)
    generator, generate = choose_generator(load)
    # The making comes first, while this process is still small (see measure_step).
    making = {step: measure_step(ROOT, step, options.rounds, _progress) for step in STEPS}
    quads = count_quads(nquads)
    serving = measure_serving(
        ROOT,
        nquads,
        read_questions(ROOT / "bench" / "queries"),
        generate,
        options.rounds,
        _progress,
    )
    return Report(
        {
            "cores": os.cpu_count() or 1,
            "Python": platform.python_version(),
            "on": platform.system(),
        },
        {
            "generator": generator,
            "connections": load.connections,
            "seconds": load.seconds,
            "rounds": options.rounds,
        },
        making,
        quads,
        serving,
    )


def _progress(step: str) -> None:
    print(f"bench: {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
