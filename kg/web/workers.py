"""The pool of workers: a question goes to one, and its answer comes in time or not at all.

Each question has a deadline and a bound on the size of its answer; a worker that oversteps, or
whose asker is gone, is killed, and a new one takes its place at once.
"""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from kg.web.figures import KILLS, REFUSALS, PoolFigures
from kg.web.frames import DATA, END, ERROR, HEADER, QUESTION
from kg.web.processes import ForkFailed, Loaded, WorkerProcess, Zygote
from kg.web.settings import Settings

__all__ = ["Failure", "Reply", "WorkerPool"]


class Failure(Exception):
    """A question that was not answered: ``name`` says why, ``facts`` what is known of it.

    Names are those of ``kg.asking.errors``, and ``Busy``, ``DeadlinePassed``, ``OutOfMemory``,
    ``ResultTooLarge``, ``WorkerLost``, ``EngineFailed``.
    """

    def __init__(self, name: str, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.name = name
        self.facts = facts


class Reply:
    """An answer on its way: what is said of it (``head``), its beginning, the rest as it comes."""

    def __init__(
        self, worker: WorkerProcess, settings: Settings, on_complete: Callable[[], None]
    ) -> None:
        self._worker = worker
        self._settings = settings
        self._on_complete = on_complete
        self._size = 0
        loop = asyncio.get_running_loop()
        self._ends_at = loop.time() + settings.deadline
        # Also while nobody reads: an asker who takes nothing must not hold a worker for ever.
        self._alarm = loop.call_at(self._ends_at, worker.kill)
        self.head: dict[str, Any] = {}
        self.beginning = b""
        self.complete = False

    async def open(self, request: dict[str, Any]) -> None:
        """Send the question and take in the beginning of the answer; raises ``Failure``."""
        content = json.dumps(request).encode()
        with suppress(OSError):  # reading tells what became of the worker
            self._worker.writer.write(HEADER.pack(QUESTION, len(content)) + content)
            await self._worker.writer.drain()
        self.head = json.loads((await self._read())[1])
        held = bytearray()
        while len(held) < self._settings.held and (chunk := await self._next_chunk()):
            held += chunk
        self.beginning = bytes(held)

    async def rest(self) -> AsyncIterator[bytes]:
        """What comes after the beginning; raises ``Failure``."""
        while not self.complete and (chunk := await self._next_chunk()):
            yield chunk

    async def whole(self, limit: int) -> bytes:
        """The whole answer, for use in this process; raises ``Failure`` beyond ``limit`` bytes."""
        gathered = bytearray(self.beginning)
        async for chunk in self.rest():
            gathered += chunk
            if len(gathered) > limit:
                raise Failure("ResultTooLarge", f"{limit >> 20} MiB")
        return bytes(gathered)

    async def _next_chunk(self) -> bytes:
        """The next part of the answer; nothing at its end."""
        kind, content = await self._read()
        if kind == END:
            self._finish()
            return b""
        if kind != DATA:
            raise Failure("EngineFailed", "The answer could not be read.")
        self._size += len(content)
        if self._size > self._settings.result_limit:
            raise Failure("ResultTooLarge", f"{self._settings.result_limit >> 20} MiB")
        return content

    async def _read(self) -> tuple[bytes, bytes]:
        try:
            async with asyncio.timeout_at(self._ends_at):
                kind, length = HEADER.unpack(await self._worker.reader.readexactly(HEADER.size))
                content = await self._worker.reader.readexactly(length)
        except TimeoutError:
            raise self._deadline_passed() from None
        except (asyncio.IncompleteReadError, OSError):
            raise await self._cause_of_death() from None
        if kind == ERROR:
            self._finish()  # the worker told of it, and is ready for the next question
            facts = json.loads(content)
            raise Failure(facts.pop("error"), facts.pop("detail"), **facts)
        return kind, content

    def close(self) -> None:
        """Give up what isn't complete: its worker is killed."""
        self._alarm.cancel()
        if not self.complete:
            self._worker.kill()

    def _finish(self) -> None:
        self._alarm.cancel()
        self.complete = True
        self._on_complete()

    async def _cause_of_death(self) -> Failure:
        """Why the worker ended: the engine aborts without memory, and overruns its stack."""
        if asyncio.get_running_loop().time() >= self._ends_at:
            return self._deadline_passed()
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                status = await asyncio.shield(self._worker.ended)
            if status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
                return Failure("OutOfMemory", f"{self._settings.worker_memory >> 20} MiB")
        return Failure("WorkerLost", "The process that worked on this was ended from outside.")

    def _deadline_passed(self) -> Failure:
        return Failure("DeadlinePassed", f"{self._settings.deadline:g} seconds")


class WorkerPool:
    """Workers that are free, and those who wait for one."""

    def __init__(self, zygote: Zygote, loaded: Loaded, settings: Settings) -> None:
        self.loaded = loaded
        self.settings = settings
        self._zygote = zygote
        self._free: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self._waiting = 0
        self._questions = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def ready(self) -> bool:
        """Whether the process that makes workers is there."""
        return not self._closing and self._zygote.process.poll() is None

    @property
    def zygote_process(self) -> int:
        """The process id of what makes the workers."""
        return self._zygote.process.pid

    def figures(self) -> PoolFigures:
        """How the pool is doing."""
        return PoolFigures(
            workers=self.settings.workers,
            busy=self.settings.workers - self._free.qsize(),
            set_aside=0,
            waiting=self._waiting,
            questions=self._questions,
            kills=dict.fromkeys(KILLS, 0),
            refused=dict.fromkeys(REFUSALS, 0),
            network="refused by syntax",
            federating=0,
            federated=0,
        )

    async def start(self) -> None:
        """Make the workers."""
        self._attach()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.settings.workers):
                group.create_task(self._add_worker())

    async def stop(self) -> None:
        """End the workers and the process that makes them."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        self._zygote.close()
        await asyncio.sleep(0)  # the loop closes the streams in its next round

    def end_now(self) -> None:
        """End the process that makes workers, if it still runs; the kernel ends its workers."""
        self._zygote.process.kill()
        self._zygote.process.wait()

    @asynccontextmanager
    async def ask(self, request: dict[str, Any], client: str = "") -> AsyncIterator[Reply]:
        """The answer to a question (see ``kg.web.worker``), as long as the context lasts.

        ``client`` is who asks (see ``kg.web.clients``); empty is the site itself.

        Raises ``Failure``. A worker left before it is done is killed, and a new one takes its
        place; one that is done is free for others at once, however slowly its answer is read.
        """
        worker = await self._take_worker()
        self._questions += 1
        reply = Reply(worker, self.settings, lambda: self._free.put_nowait(worker))
        try:
            await reply.open(request)
            yield reply
        finally:
            reply.close()

    async def _take_worker(self) -> WorkerProcess:
        """A living worker that is free; raises ``Failure`` where too many wait, or for too long."""
        busy = Failure("Busy", "All workers are busy with other questions.")
        if self._free.empty() and self._waiting >= self.settings.waiting:
            raise busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self.settings.deadline):
                while True:
                    worker = await self._free.get()
                    if not worker.ended.done():
                        return worker
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting -= 1

    def _attach(self) -> None:
        self._zygote.on_ended = self._replace
        self._zygote.on_lost = self._relaunch
        self._zygote.listen()

    async def _add_worker(self) -> None:
        """Put one more worker among the free ones, however many tries it takes."""
        while not self._closing:
            try:
                self._free.put_nowait(await self._zygote.fork())
                return
            except ForkFailed:
                if not self.ready:
                    return  # the new zygote's first workers stand in for this one
                await asyncio.sleep(0.5)

    def _replace(self, _: WorkerProcess) -> None:
        self._keep(self._add_worker())

    def _relaunch(self) -> None:
        """Start the zygote anew, after it was killed from outside."""
        if not self._closing:
            self._keep(self._launch_again())

    async def _launch_again(self) -> None:
        self._zygote.close()
        await asyncio.sleep(0.2)  # should it die at once each time, the machine stays usable
        self._zygote = Zygote(self.settings)
        self.loaded = await self._zygote.until_loaded()
        await self.start()

    def _keep(self, work: Any) -> None:
        """Run a task and hold on to it: the loop alone would let it be collected."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
