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
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, cast

from kg.asking.errors import UnusableBuild
from kg.web.operating.logs import relay
from kg.web.pool.loaded import Loaded, read_loaded
from kg.web.settings import ROOT, InvalidSetting, Settings, pack
from kg.web.worker.frames import HEADER, QUESTION

__all__ = ["ForkFailed", "WorkerProcess", "Zygote"]

_LARGEST_MESSAGE = 1 << 20
_CPU_CLOCK = 2


class ForkFailed(Exception):
    """No worker could be made."""


class Taker(Protocol):
    """Who a worker's frames are for."""

    def take(self, kind: bytes, content: bytes) -> None:
        """Take in a frame."""

    def lose(self) -> None:
        """The connection is gone."""


class WorkerProcess(asyncio.Protocol):
    """A worker and its connection; ``ended`` becomes its exit code, a signal being negative.

    ``reply`` is who its frames are for now.
    """

    def __init__(self, process: int, handle: int) -> None:
        self.process = process
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.reply: Taker | None = None
        self._handle = handle
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._number = 0
        self._paused = False
        self._lost = False

    @property
    def alive(self) -> bool:
        """Whether the worker can be asked, as far as is known."""
        return not self._lost and not self.ended.done()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Cut what came into frames, for who waits for them."""
        buffer: bytes | bytearray = data  # a small answer comes in one piece as a rule
        if self._buffer:
            self._buffer += data
            buffer = self._buffer
        start, size = 0, len(buffer)
        while size - start >= HEADER.size:
            kind, number, length = HEADER.unpack_from(buffer, start)
            after = start + HEADER.size + length
            if size < after:
                break
            content = bytes(buffer[start + HEADER.size : after])
            start = after
            if self.reply is not None and number == self._number:
                self.reply.take(kind, content)
            else:
                self.kill()  # it speaks out of turn: nothing it says is believed any more
        if self._buffer:
            del self._buffer[:start]
        elif start < size:
            self._buffer += data[start:]

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits."""
        self._lost = True
        if self.reply is not None:
            self.reply.lose()

    def ask(self, content: bytes, reply: Taker) -> None:
        """Send a question, whose answer is for ``reply``."""
        self.reply = reply
        self._number = (self._number + 1) & 0xFFFFFFFF
        if self._lost or self._transport is None:
            reply.lose()
            return
        self._transport.write(HEADER.pack(QUESTION, self._number, len(content)) + content)

    def worked(self) -> float:
        """Seconds of a processor that the worker has had so far; 0 once it is gone."""
        try:
            # The clock of another process, as clock_getcpuclockid(3) makes its number.
            return time.clock_gettime((~self.process << 3) | _CPU_CLOCK)
        except OSError:
            return 0.0

    def pause(self) -> None:
        """Read no further for now, which soon halts the worker."""
        if self._transport is not None and not (self._paused or self._lost):
            self._transport.pause_reading()
            self._paused = True

    def resume(self) -> None:
        """Read on."""
        if self._transport is not None and self._paused and not self._lost:
            self._transport.resume_reading()
        self._paused = False

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
        if not self.ended.done():
            self.ended.set_result(status)
        if self._transport is not None and not self._lost:
            self._transport.close()


class Zygote:
    """The process that forks workers, and the messages to and from it.

    ``on_ended`` is called with each worker that ends, ``on_lost`` when the zygote itself is gone.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pending: deque[asyncio.Future[WorkerProcess]] = deque()
        self._workers: dict[int, WorkerProcess] = {}
        self.on_ended: Callable[[WorkerProcess], None] = lambda _: None
        self.on_lost: Callable[[], None] = lambda: None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module, with our own arguments
                [
                    *(sys.executable, "-m", "kg.web.pool.zygote"),
                    *(str(theirs.fileno()), str(os.getpid()), pack(settings)),
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
        """What the zygote has loaded; blocks.

        Raises ``UnusableBuild``, and ``InvalidSetting`` for a setting that can't be met here.
        """
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

    async def fork(self, *, remote: bool = False) -> WorkerProcess:
        """A new worker, one that may use the network if ``remote``; raises ``ForkFailed``."""
        loop = asyncio.get_running_loop()
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:  # there are no descriptors left
            raise ForkFailed(str(error)) from None
        started: asyncio.Future[WorkerProcess] = loop.create_future()
        message = json.dumps({"fork": "remote" if remote else "local"}).encode()
        try:
            with theirs:
                socket.send_fds(self._control, [message], [theirs.fileno()])
            self._pending.append(started)
            worker = await started
        except (OSError, ForkFailed) as error:
            ours.close()
            raise ForkFailed(str(error)) from None
        await loop.create_unix_connection(lambda: worker, sock=ours)
        return worker

    def lower(self, worker: WorkerProcess) -> None:
        """Have other workers go before this one."""
        with contextlib.suppress(OSError):  # it then goes on beside them, or is gone
            self._control.send(json.dumps({"lower": worker.process}).encode())

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
        if "refused" in message:
            raise InvalidSetting(message["refused"])
        if "unusable" in message:
            raise UnusableBuild(message["unusable"])
        return read_loaded(message)

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
        if "started" in message and not handles:
            # The kernel drops the descriptor where there is no room for it; the worker ends itself,
            # as its connection is closed.
            self._pending.popleft().set_exception(ForkFailed("there are no descriptors left"))
        elif "started" in message:
            worker = WorkerProcess(message["started"], handles[0])
            self._workers[worker.process] = worker
            self._pending.popleft().set_result(worker)
        elif "failed" in message:
            self._pending.popleft().set_exception(ForkFailed(message["failed"]))
        elif message.get("ended") in self._workers:
            worker = self._workers.pop(message["ended"])
            worker.bury(message["status"])
            self.on_ended(worker)

    def _lose(self) -> None:
        """The zygote is gone, and by the kernel's doing its workers too."""
        asyncio.get_running_loop().remove_reader(self._control)
        for started in self._pending:
            started.set_exception(ForkFailed("the process that makes workers is gone"))
        self._pending.clear()
        self.on_lost()
