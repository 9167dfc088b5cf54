"""What a server has and holds, so that a test can say that an input left it as it was."""

from dataclasses import dataclass
from pathlib import Path

from tests.serving import COUNT_MEASURES, Server, wait_for

GROWTH = 64 << 20
"""How much more memory (bytes) server and zygote may hold at any time after an input."""
SPARE = 8
"""How many descriptors more: those of connections that are about to be closed."""


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
    wait_for(lambda: server.client.get("/health").status_code == 200)
    # Who asked too much waits for a turn: all tests are one client to the server.
    wait_for(lambda: server.ask(COUNT_MEASURES).status_code == 200)
    assert server.answers(COUNT_MEASURES) == "n 2"
    wait_for(lambda: len(server.children()["workers"]) == before.workers)
    wait_for(lambda: weigh(server).descriptors <= before.descriptors + SPARE)
    wait_for(lambda: weigh(server).memory <= before.memory + GROWTH)


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) << 10
