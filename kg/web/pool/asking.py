"""One question on its way through the lanes of the pool."""

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kg.web.pool.failures import Failure
from kg.web.pool.processes import WorkerProcess
from kg.web.pool.replies import PutBack, Reply

if TYPE_CHECKING:
    from kg.web.pool.lanes import WorkerPool

__all__ = ["Asking", "Lane"]

Lane = Literal["quick", "long", "remote"]
_LOOK_AGAIN = 0.02


class Asking:
    """A context that holds the answer to a question, and with it what the question takes up."""

    def __init__(self, pool: "WorkerPool", content: bytes, client: str) -> None:
        self._pool = pool
        self._content = content
        self._client = client
        self._lane: Lane = "quick"
        self._reply: Reply
        self._ends_at = 0.0
        self._worked = 0.0

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
        self._ends_at = now + settings.deadline
        self._reply = reply = Reply(worker, settings, self._ends_at, self._release)
        if self._lane == "quick" and settings.slice < settings.deadline:
            self._worked = worker.worked()
            reply.ring_after(self._pool.slices, self._on_slice_over)
        else:
            reply.ring_at_deadline()
        try:
            await reply.open(self._content)
            # A long answer may be read slowly: it doesn't hold a place of the quick lane.
            if not reply.complete and self._lane == "quick" and not self._set_aside():
                reply.fail(PutBack(), "put back")
                raise PutBack
        except BaseException:
            reply.close()
            raise
        return reply

    def _on_slice_over(self, reply: Reply) -> None:
        """Set the question aside; one whose worker has had its slice also goes behind others.

        Where the machine has other work, a quick question takes long too: it may leave its place,
        but isn't put back, nor put behind, for that.
        """
        now = asyncio.get_running_loop().time()
        left = self._pool.settings.slice - (reply.worker.worked() - self._worked)
        aside = self._lane == "long" or self._set_aside()
        if now >= self._ends_at:
            reply.run_out()
        elif left > 0.0:
            reply.ring_at(min(now + max(left, _LOOK_AGAIN), self._ends_at), self._on_slice_over)
        elif aside:
            self._pool.lower(reply.worker)
            reply.ring_at_deadline()
        else:
            reply.fail(PutBack(), "put back")

    def _set_aside(self) -> bool:
        """Leave the quick lane with the worker, where there is a place for it."""
        if not self._pool.set_aside(self._client, self._reply.worker):
            return False
        self._lane = "long"
        return True

    def _release(self, reply: Reply, cause: str) -> None:
        self._pool.release(self._lane, self._client, reply.worker, cause)
