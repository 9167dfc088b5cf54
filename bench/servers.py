"""The servers that are measured: each started on a free port of the loopback, and ended after."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

__all__ = ["NotListening", "start_ours", "start_peer"]

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+")
_START_WITHIN_S = 120
_STOP_WITHIN_S = 15


class NotListening(Exception):
    """A server ended, or didn't say in time that it listens."""


@contextmanager
def start_ours(root: Path) -> Iterator[str]:
    """The address of this project's server, ready to answer."""
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": "0"}
    with _start(root, ["server.py"], environment) as address:
        _wait_until_ready(f"{address}/health")
        yield address


@contextmanager
def start_peer(root: Path, nquads: Path, day: date | None) -> Iterator[str]:
    """The address of rdflib-endpoint over the graph in ``nquads``.

    Its default graph is that of ``day``, or of the last state.
    """
    arguments = ["-m", "bench.peer", str(nquads), *([day.isoformat()] if day else [])]
    with _start(root, arguments, dict(os.environ)) as address:
        _wait_until_ready(f"{address}/sparql")
        yield address


@contextmanager
def _start(root: Path, arguments: list[str], environment: dict[str, str]) -> Iterator[str]:
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _wait_for_address(process, output.fileno())
        finally:
            _stop(process)


def _wait_for_address(process: subprocess.Popen[bytes], output: int) -> str:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        said = os.pread(
            output, 65536, 0
        )  # the server writes at the file's own position: don't move it
        if match := _ADDRESS.search(said):
            return match[0].decode("ascii")
        if ended:
            raise NotListening(f"the server ended at once:\n{said.decode('utf-8', 'replace')}")
        time.sleep(0.05)
    raise NotListening(f"the server told no address within {_START_WITHIN_S} s")


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise NotListening(f"{address} gave no good answer within {_START_WITHIN_S} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
