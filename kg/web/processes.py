"""The zygote and its workers, as the server sees them.

The zygote is a fresh interpreter, so nothing of the server is in the workers. Workers are known by
a process descriptor, which never stands for another process that came to bear the same number.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kg.asking.asof import State
from kg.asking.errors import UnusableBuild
from kg.web.logs import relay
from kg.web.settings import ROOT, Settings

__all__ = ["ForkFailed", "Loaded", "WorkerProcess", "Zygote"]

_LARGEST_MESSAGE = 1 << 20


class ForkFailed(Exception):
    """No worker could be made."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is being served: release, states by day, triples in each named graph, quads in all.

    ``at`` is when it was loaded, in UTC.
    """

    release: str
    states: tuple[State, ...]
    graphs: dict[str, int]
    quads: int
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class WorkerProcess:
    """A worker and its stream; ``ended`` becomes its exit code, a signal being negative."""

    def __init__(self, process: int, handle: int, connection: socket.socket) -> None:
        self.process = process
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._handle = handle
        self._connection = connection
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter
        self._connected = False

    async def connect(self) -> None:
        """Open the stream."""
        self.reader, self.writer = await asyncio.open_connection(sock=self._connection)
        self._connected = True

    def kill(self) -> None:
        """End the worker now, whatever it is doing."""
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def bury(self, status: int) -> None:
        """Let go of what stands for a worker that has ended."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._connected:
            self.writer.close()
        else:
            self._connection.close()
        if not self.ended.done():
            self.ended.set_result(status)


class Zygote:
    """The process that forks workers, and the messages to and from it.

    ``on_ended`` is called with each worker that ends, ``on_lost`` when the zygote itself is gone.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pending: deque[tuple[socket.socket, asyncio.Future[WorkerProcess]]] = deque()
        self._workers: dict[int, WorkerProcess] = {}
        self.on_ended: Callable[[WorkerProcess], None] = lambda _: None
        self.on_lost: Callable[[], None] = lambda: None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, with our own arguments
                [
                    *(
                        sys.executable,
                        "-m",
                        "kg.web.zygote",
                        str(theirs.fileno()),
                        str(os.getpid()),
                    ),
                    *(str(settings.build.resolve()), str(settings.worker_memory)),
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                env={**os.environ, "RUST_BACKTRACE": "0"},
            )
        if self.process.stderr is not None:
            relay(self.process.stderr)

    def wait_until_loaded(self) -> Loaded:
        """What the zygote has loaded; blocks, and raises ``UnusableBuild`` where it could not."""
        return self._read_loaded(self._control.recv(_LARGEST_MESSAGE))

    async def until_loaded(self) -> Loaded:
        """The same without blocking the loop."""
        self._control.setblocking(False)
        loop = asyncio.get_running_loop()
        return self._read_loaded(await loop.sock_recv(self._control, _LARGEST_MESSAGE))

    def listen(self) -> None:
        """Start to hear the zygote in the running loop; once, after it has loaded."""
        self._control.setblocking(False)
        asyncio.get_running_loop().add_reader(self._control, self._hear)

    async def fork(self) -> WorkerProcess:
        """A new worker; raises ``ForkFailed``."""
        ours, theirs = socket.socketpair()
        started: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        with theirs:
            try:
                socket.send_fds(self._control, [b"fork"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise ForkFailed(str(error)) from None
        self._pending.append((ours, started))
        worker = await started
        await worker.connect()
        return worker

    def close(self) -> None:
        """End the zygote and with it its workers."""
        with contextlib.suppress(RuntimeError, ValueError):
            asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()  # which tells the zygote to end
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for worker in list(self._workers.values()):
            worker.bury(-signal.SIGKILL)

    def _read_loaded(self, content: bytes) -> Loaded:
        if not content:
            raise UnusableBuild("The process that loads the graph ended before it had loaded it.")
        message = json.loads(content)
        if "unusable" in message:
            raise UnusableBuild(message["unusable"])
        states = tuple(_read_state(state) for state in message["states"])
        return Loaded(message["release"], states, message["graphs"], message["quads"])

    def _hear(self) -> None:
        """Take in all the messages there are."""
        while True:
            try:
                content, handles, _, _ = socket.recv_fds(self._control, _LARGEST_MESSAGE, 1)
            except BlockingIOError:
                return
            except OSError:
                content, handles = b"", []
            if not content:
                self._lose()
                return
            self._take_in(json.loads(content), handles)

    def _take_in(self, message: dict[str, Any], handles: list[int]) -> None:
        if "started" in message:
            connection, started = self._pending.popleft()
            worker = WorkerProcess(message["started"], handles[0], connection)
            self._workers[worker.process] = worker
            started.set_result(worker)
        elif "failed" in message:
            connection, started = self._pending.popleft()
            connection.close()
            started.set_exception(ForkFailed(message["failed"]))
        elif message.get("ended") in self._workers:
            worker = self._workers.pop(message["ended"])
            worker.bury(message["status"])
            self.on_ended(worker)

    def _lose(self) -> None:
        """The zygote is gone, and by the kernel's doing its workers too."""
        asyncio.get_running_loop().remove_reader(self._control)
        for connection, started in self._pending:
            connection.close()
            started.set_exception(ForkFailed("the process that makes workers is gone"))
        self._pending.clear()
        self.on_lost()


def _read_state(message: dict[str, Any]) -> State:
    until = message["until"]
    return State(
        valid_from=date.fromisoformat(message["from"]),
        valid_until=date.fromisoformat(until) if until else None,
        iri=message["iri"],
        graph=message["graph"],
        possible=message["possible"],
        evidence=message["evidence"],
        latest=date.fromisoformat(message["latest"]) if message["latest"] else None,
    )
