"""One question on its way through the lanes of the pool."""

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kg.web.failures import Failure
from kg.web.processes import WorkerProcess
from kg.web.replies import PutBack, Reply

if TYPE_CHECKING:
    from kg.web.workers import WorkerPool

__all__ = ["Asking", "Lane"]

Lane = Literal["quick", "long", "remote"]


class Asking:
    """A context that holds the answer to a question, and with it what the question takes up."""

    def __init__(self, pool: "WorkerPool", content: bytes, client: str) -> None:
        self._pool = pool
        self._content = content
        self._client = client
        self._lane: Lane = "quick"
        self._reply: Reply

    async def __aenter__(self) -> Reply:
        worker = self._pool.admit(self._client)
        while True:
            if worker is None:
                worker = await self._pool.wait(self._lane, self._client)
            try:
                return await self._open(worker)
            except PutBack:
                self._lane = "long"
            except Failure as failure:
                if failure.name != "NeedsNetwork":
                    raise
                self._lane = "remote"
            worker = None

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reply.close()

    async def _open(self, worker: WorkerProcess) -> Reply:
        settings = self._pool.settings
        now = asyncio.get_running_loop().time()
        self._reply = reply = Reply(worker, settings, now + settings.deadline, self._release)
        if self._lane == "quick" and settings.slice < settings.deadline:
            reply.ring_at(now + settings.slice, self._on_slice_over)
        else:
            reply.ring_at_deadline()
        try:
            await reply.open(self._content)
            # A long answer may be read slowly: it doesn't hold a place of the quick lane.
            if not reply.complete and self._lane == "quick" and not self._set_aside():
                raise PutBack
        except BaseException:
            reply.close()
            raise
        return reply

    def _on_slice_over(self, reply: Reply) -> None:
        if self._lane == "quick":
            self._set_aside()

    def _set_aside(self) -> bool:
        """Leave the quick lane, with the worker where there is a place for it."""
        kept = self._pool.set_aside(self._client, self._reply.worker)
        if kept:
            self._lane = "long"
            self._reply.ring_at_deadline()
        else:
            self._reply.fail(PutBack(), "put back")
        return kept

    def _release(self, reply: Reply, cause: str) -> None:
        self._pool.release(self._lane, self._client, reply.worker, cause)
