"""What a server has and holds, so that a test can say that an input left it as it was."""

import itertools
import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.serving import COUNT_MEASURES, CSV, Server, wait_for

GROWTH = 64 << 20
"""How much more memory (bytes) server and zygote may hold at any time after an input."""
SPARE = 8
"""How many descriptors more: those of connections that are about to be closed."""
REST = 30.0
"""How long (seconds) a server may take to come to rest: far more than its limits in these tests."""

_BYSTANDER = "127.0.0.9"
_NUMBERS = itertools.count()


def anew() -> str:
    """``COUNT_MEASURES`` as it was never asked before: a worker must answer, not what is kept."""
    return f"{COUNT_MEASURES} # {next(_NUMBERS)}"


@dataclass(frozen=True, slots=True)
class Weight:
    """A server's process, its memory with its zygote's (bytes), descriptors, workers."""

    process: int
    memory: int
    descriptors: int
    workers: int


def weigh(server: Server) -> Weight:
    """What ``server`` holds now."""
    children = server.children()
    pids = [server.process.pid, *children["zygote"]]
    return Weight(
        server.process.pid,
        sum(_resident(pid) for pid in pids),
        len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())),
        len(children["workers"]),
    )


def assert_unharmed(server: Server, before: Weight) -> None:
    """The server is up, is right, and holds no more than it did."""
    assert server.process.poll() is None, "the server has ended"

    def answered() -> bool:
        status, content = _get(server, "/sparql?" + urlencode({"query": anew()}))
        if status != 200:  # a worker that the test killed or halted was asked
            return False
        assert content.split() == ["n", "2"]
        return True

    def idle() -> bool:
        workers = json.loads(_get(server, "/health")[1])["workers"]
        return not (workers["busy"] or workers["setAside"] or workers["waiting"])

    wait_for(answered, REST)
    wait_for(idle, REST)
    _await_figure(lambda: abs(len(server.children()["workers"]) - before.workers), "workers off", 0)
    _await_figure(lambda: weigh(server).descriptors - before.descriptors, "descriptors more", SPARE)
    _await_figure(lambda: weigh(server).memory - before.memory, "bytes more", GROWTH)


def _get(server: Server, path: str) -> tuple[int, str]:
    """Status and text of what another client than the tests' is answered."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    calling = HTTPConnection(host, int(port), timeout=REST, source_address=(_BYSTANDER, 0))
    with closing(calling):
        calling.request("GET", path, headers=CSV)
        response = calling.getresponse()
        return response.status, response.read().decode()


def _await_figure(more: Callable[[], int], what: str, most: int) -> None:
    """Wait until ``more`` is no more than ``most``; fails with the figure after ``REST``."""
    ends = time.monotonic() + REST
    while (figure := more()) > most:
        assert time.monotonic() < ends, f"{figure} {what}, not {most}"
        time.sleep(0.02)


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) << 10
