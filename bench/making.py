"""What making the graph costs: each step as its own process, its time and its peak of memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, figure_of

__all__ = ["STEPS", "StepCost", "StepFailed", "measure_step"]

STEPS: dict[str, list[str]] = {
    "parse": ["-c", "from pathlib import Path; from kg.build import read; read(Path())"],
    "build": ["-m", "kg", "build"],
    "validate": ["-m", "kg", "validate"],
}
"""What Python is started with for each step; starting Python and its imports are part of each."""

# The system tells the most memory a process held in KiB, but on macOS in bytes.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class StepFailed(Exception):
    """A step ended with another exit code than 0."""


@dataclass(frozen=True, slots=True)
class StepCost:
    """A step's time from start to end in seconds, and its peak memory (resident) in bytes."""

    seconds: Figure
    peak_bytes: Figure


def measure_step(root: Path, step: str, rounds: int, progress: Callable[[str], None]) -> StepCost:
    """Run ``step`` of ``STEPS`` in the project at ``root``, ``rounds`` times.

    Whoever calls this must itself be small: on Linux a new process is told the memory of the one
    that started it, where that was more. Raises ``StepFailed``.
    """
    seconds: list[float] = []
    peaks: list[float] = []
    for turn in range(1, rounds + 1):
        progress(f"{step}, {turn} of {rounds}")
        taken, peak = _run_once(root, step)
        seconds.append(taken)
        peaks.append(peak)
    return StepCost(figure_of(seconds), figure_of(peaks))


def _run_once(root: Path, step: str) -> tuple[float, float]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *STEPS[step]],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise StepFailed(f"{step} ended with exit code {process.returncode}")
    return taken, usage.ru_maxrss * _MAXRSS_UNIT
