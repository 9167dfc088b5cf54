"""Requests a second and how long they take: wrk keeps some connections busy for some seconds."""

import itertools
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Load", "LoadFailed", "Reading", "ask_afresh", "ask_again", "ask_in_turn", "find_wrk"]

_RATE = re.compile(r"^Requests/sec:\s+(?P<rate>[\d.]+)$", re.MULTILINE)
_DONE = re.compile(r"^\s*(?P<requests>\d+) requests in ", re.MULTILINE)
_P50 = re.compile(r"^\s+50%\s+(?P<time>[\d.]+)(?P<unit>us|ms|s|m|h)$", re.MULTILINE)
_P99 = re.compile(r"^\s+99%\s+(?P<time>[\d.]+)(?P<unit>us|ms|s|m|h)$", re.MULTILINE)
_REFUSED = re.compile(r"^\s*Non-2xx or 3xx responses: (?P<count>\d+)$", re.MULTILINE)
_BROKEN = re.compile(r"^\s*Socket errors: (?P<counts>.*)$", re.MULTILINE)
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PATIENCE_S = 20  # after which wrk counts a request as failed
_SCRIPT = Path(__file__).with_name("distinct.lua")

# No two requests of a run bear one number, whichever load sends them.
_numbers = itertools.count(0, 10_000_000)


class LoadFailed(Exception):
    """A server answered with errors, or not at all: its rate would say nothing."""


@dataclass(frozen=True, slots=True)
class Load:
    """How a server is loaded: by how many connections at a time, for how many seconds."""

    connections: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one load gave: good requests a second, latencies in seconds, how many went wrong."""

    rate: float
    p50: float
    p99: float
    failed: int

    def all_good(self) -> float:
        """The rate; raises ``LoadFailed`` where any request went wrong."""
        if self.failed:
            raise LoadFailed(f"{self.failed} requests went wrong")
        return self.rate


def find_wrk() -> str:
    """The version of wrk; raises ``LoadFailed`` where the machine has none."""
    if shutil.which("wrk") is None:
        raise LoadFailed("wrk makes the load and isn't installed: see bench/README.md")
    done = subprocess.run(["wrk", "-v"], check=False, capture_output=True, text=True)
    return done.stdout.partition("[")[0].strip()


def ask_again(load: Load, address: str, media_type: str) -> Reading:
    """Ask the same again and again."""
    return _run_wrk(load, [], address, media_type)


def ask_afresh(load: Load, addresses: list[str], media_type: str) -> Reading:
    """Ask each address in turn, with another number for each ``XNX`` in it."""
    parts = [urllib.parse.urlsplit(address) for address in addresses]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="ascii") as paths:
        paths.write("".join(f"{part.path}?{part.query}\n" for part in parts))
        paths.flush()
        script = ["-s", str(_SCRIPT)]
        arguments = ["--", paths.name, str(next(_numbers))]
        return _run_wrk(load, script, addresses[0], media_type, arguments)


def ask_in_turn(ask: Callable[[], object]) -> float:
    """Requests a second of a slow server: two at a time, as there are two cores, each once."""
    errors: list[OSError] = []

    def ask_once() -> None:
        try:
            ask()
        except OSError as error:
            errors.append(error)

    askers = [threading.Thread(target=ask_once) for _ in range(2)]
    started = time.perf_counter()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if errors:
        raise LoadFailed(str(errors[0]))
    return len(askers) / (time.perf_counter() - started)


def _run_wrk(
    load: Load, script: list[str], address: str, media_type: str, arguments: list[str] | None = None
) -> Reading:
    command = [
        "wrk",
        "-t1",
        f"-c{load.connections}",
        f"-d{load.seconds}s",
        "--latency",
        "--timeout",
        "20s",
    ]
    command += [*script, "-H", f"Accept: {media_type}", address, *(arguments or [])]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    rate, requests = _RATE.search(done.stdout), _DONE.search(done.stdout)
    if rate is None or requests is None:
        raise LoadFailed(f"{done.stdout} {done.stderr}".strip())
    refused = _REFUSED.search(done.stdout)
    broken = _BROKEN.search(done.stdout)
    bad = int(refused["count"]) if refused else 0
    total = int(requests["requests"])
    if not total:  # wrk doesn't count what it still waits for
        return Reading(0.0, float("inf"), float("inf"), load.connections)
    return Reading(
        float(rate["rate"]) * (total - bad) / total,
        _seconds(_P50.search(done.stdout)),
        _seconds(_P99.search(done.stdout)),
        bad + (sum(map(int, re.findall(r"\d+", broken["counts"]))) if broken else 0),
    )


def _seconds(match: re.Match[str] | None) -> float:
    return float(match["time"]) * _SECONDS[match["unit"]] if match else 0.0
