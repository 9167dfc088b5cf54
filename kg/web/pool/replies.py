"""An answer on its way from a worker: its head, its beginning, the rest as it comes, or a failure.

No task and no stream stands between: the worker's connection calls ``take`` with each frame, and
who waits for the answer is woken once what it waits for is there.
"""

import asyncio
import json
import logging
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from kg.web.alarms import Alarm, Alarms
from kg.web.pool.failures import Failure, deadline_passed, out_of_memory, result_too_large
from kg.web.pool.processes import WorkerProcess
from kg.web.settings import Settings
from kg.web.worker.frames import DATA, END, ERROR, HEAD, WHOLE, split_whole

__all__ = ["PutBack", "Reply"]

_LOG = logging.getLogger(__name__)
_DEATH_KNOWN_WITHIN = 2.0
_QUEUED = 1 << 20


class PutBack(Exception):
    """A question outran its slice, and there was no place to set it aside: it is to wait."""


class Reply:
    """An answer: what is said of it (``head``), its ``beginning``, whether that is all of it.

    ``on_end`` is called once, when the worker is done with it or to be no more: with the cause of
    its death (one of ``kg.web.pool.figures.KILLS``), or nothing where it lives on.
    """

    def __init__(
        self,
        worker: WorkerProcess,
        settings: Settings,
        ends_at: float,
        on_end: Callable[["Reply", str], None],
    ) -> None:
        self.worker = worker
        self.head: dict[str, Any] = {}
        self.beginning = b""
        self.complete = False
        self.opened = False
        self._settings = settings
        self._ends_at = ends_at
        self._on_end = on_end
        self._ended = False
        self._size = 0
        self._chunks: deque[bytes] = deque()
        self._queued = 0
        self._failure: Exception | None = None
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._alarm: Alarm | asyncio.TimerHandle | None = None

    async def open(self, content: bytes) -> None:
        """Send the question; take in the answer's beginning. Raises ``Failure``, ``PutBack``."""
        self.worker.ask(content, self)
        while not (self.complete or self._failure or self._size >= self._settings.held):
            await self._news()
        if self._failure:
            raise self._failure
        self.opened = True
        self.beginning = self.beginning or b"".join(self._chunks)
        self._chunks.clear()
        self._queued = 0
        self.worker.resume()

    async def rest(self) -> AsyncIterator[bytes]:
        """What comes after the beginning; raises ``Failure``."""
        while True:
            while self._chunks:
                chunk = self._chunks.popleft()
                self._queued -= len(chunk)
                if self._queued < _QUEUED and not self._ended:
                    self.worker.resume()
                yield chunk
            if self._failure:
                raise self._failure
            if self.complete:
                return
            await self._news()

    async def whole(self, limit: int) -> bytes:
        """The whole answer, for use in this process; raises ``Failure`` beyond ``limit`` bytes."""
        gathered = bytearray(self.beginning)
        async for chunk in self.rest():
            gathered += chunk
            if len(gathered) > limit:
                raise Failure("ResultTooLarge", f"{limit >> 20} MiB that a page may hold")
        return bytes(gathered)

    def ring_after(self, alarms: Alarms, call: Callable[["Reply"], None]) -> None:
        """The same as ``ring_at`` for the first time, by a timer shared with others."""
        self._alarm = alarms.set(partial(call, self))

    def ring_at(self, when: float, call: Callable[["Reply"], None]) -> None:
        """Have ``call`` called at a time of the loop, instead of what was to be called before."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._loop.call_at(when, call, self)

    def ring_at_deadline(self) -> None:
        """Give up at the deadline, also while nobody reads: no asker holds a worker for ever."""
        self.ring_at(self._ends_at, Reply.run_out)

    def take(self, kind: bytes, content: bytes) -> None:
        """Take in a frame."""
        if kind == WHOLE:
            self.head, self.beginning = split_whole(content)
            self._size = len(self.beginning)
            self._finish()
        elif kind == HEAD:
            self.head = json.loads(content)
            return
        elif kind == DATA:
            self._take_data(content)
            return
        elif kind == END:
            self._finish()
        elif kind == ERROR:
            facts = json.loads(content)
            if "trace" in facts:  # it is for us, and not for the asker
                _LOG.error("A worker could not finish a question.\n%s", facts.pop("trace"))
            self._failure = Failure(facts.pop("error"), facts.pop("detail"), **facts)
            self._end("")  # the worker told of it, and is ready for the next question
        self._wake()

    def lose(self) -> None:
        """The worker's connection is gone: find out why, and tell."""
        if self._ended:
            return
        ended = self.worker.ended
        if ended.done():
            self._die(ended.result())
            return
        timer = self._loop.call_later(_DEATH_KNOWN_WITHIN, self._die, None)

        def learn(known: asyncio.Future[int]) -> None:
            timer.cancel()
            self._die(known.result())

        ended.add_done_callback(learn)

    def fail(self, failure: Exception, cause: str) -> None:
        """Give up: the worker is killed, the asker told ``failure``."""
        if self._ended:
            return
        self._failure = failure
        self.worker.kill()
        self._end(cause)
        self._wake()

    def run_out(self) -> None:
        """Give up: the deadline has passed."""
        self.fail(deadline_passed(self._settings), "deadline")

    def close(self) -> None:
        """Give up what isn't complete, and let go of all: nobody waits for it any more."""
        if not self._ended:
            self.worker.kill()
            self._end("gone")
        # What held this may stand in a circle with it, which is found out late where answers are
        # few and large.
        self.beginning = b""
        self._chunks.clear()
        self._failure = None
        self._on_end = _forget

    def _take_data(self, content: bytes) -> None:
        self._size += len(content)
        if self._size > self._settings.result_limit:
            self.fail(result_too_large(self._settings), "result")
            return
        self._chunks.append(content)
        self._queued += len(content)
        if self.opened and self._queued >= _QUEUED:
            self.worker.pause()
        if self.opened or self._size >= self._settings.held:
            self._wake()

    def _finish(self) -> None:
        if self._size > self._settings.result_limit:
            self.fail(result_too_large(self._settings), "result")
            return
        self.complete = True
        self._end("")

    def _die(self, status: int | None) -> None:
        """Tell why the worker ended: the engine aborts without memory, and overruns its stack."""
        if self._loop.time() >= self._ends_at:
            self.run_out()
        elif status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
            self.fail(out_of_memory(self._settings), "memory")
        else:
            self.fail(
                Failure("WorkerLost", "The process that worked on this was ended from outside."),
                "lost",
            )

    def _end(self, cause: str) -> None:
        self._ended = True
        if self._alarm is not None:
            self._alarm.cancel()
        self.worker.resume()
        self.worker.reply = None
        self._on_end(self, cause)

    async def _news(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _forget(reply: Reply, cause: str) -> None:
    """Take no notice of a reply that has been let go of."""
