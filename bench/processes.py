"""Server programs: started on a free port of the loopback, told of by their output, ended after."""

import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = ["NotListening", "free_port", "memory_of", "processes_of", "start", "wait_until_ready"]

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+")
_START_WITHIN_S = 120
_STOP_WITHIN_S = 15


class NotListening(Exception):
    """A server ended, or didn't say in time that it listens."""


@contextmanager
def start(
    command: list[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[int, str]]:
    """Run ``command`` in ``folder``: its process id, and the address that it prints."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process.pid, _wait_for_address(process, output.fileno())
        finally:
            _stop(process)


def wait_until_ready(address: str) -> None:
    """Return once ``address`` gives a good answer; raises ``NotListening``."""
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise NotListening(f"{address} gave no good answer within {_START_WITHIN_S} s")


def free_port() -> int:
    """A port of the loopback that nobody listens at now, for programs that must be told one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def processes_of(root: int) -> list[int]:
    """The process ``root`` and all that descend from it, parents first."""
    found = [root]
    for parent in found:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            for task in tasks:
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return found


def memory_of(root: int) -> int:
    """Bytes that a process and its descendants hold, shared pages counted once (PSS, Linux)."""
    total = 0
    for process in processes_of(root):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue  # it has ended meanwhile
        match = re.search(r"^Pss:\s+(\d+) kB$", rollup, re.MULTILINE)
        total += int(match[1]) << 10 if match else 0
    return total


def _wait_for_address(process: subprocess.Popen[bytes], output: int) -> str:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        # The server writes at the file's own position: don't move it.
        said = os.pread(output, 65536, 0)
        if match := _ADDRESS.search(said):
            return match[0].decode("ascii")
        if ended:
            raise NotListening(f"the server ended at once:\n{said.decode('utf-8', 'replace')}")
        time.sleep(0.05)
    raise NotListening(f"the server told no address within {_START_WITHIN_S} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
