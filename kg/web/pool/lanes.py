"""The pool of workers: a question goes to one, and its answer comes in time or not at all.

Three lanes. A question starts in the *quick* lane, which has a fixed number of workers; clients
take turns for them. One that outruns its slice is set aside with its worker, which from then on
goes behind the others, and a new worker is in its stead; the places for that are bounded in all
and for each client. Where there is none, the question is put back and waits for one in the *long*
lane, to be asked anew. One that asks another endpoint goes to the *remote* lane, whose workers
have the network and answer one question each. So there are never more workers than those of the
quick lane and the places of the others, each with a bounded memory.
"""

import asyncio
import json
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any

from kg.web.alarms import Alarms
from kg.web.clients import asking_client
from kg.web.pool.asking import Asking, Lane
from kg.web.pool.failures import Failure, client_busy, queue_full, waited_too_long
from kg.web.pool.figures import KILLS, REFUSALS, PoolFigures
from kg.web.pool.loaded import Loaded
from kg.web.pool.processes import ForkFailed, WorkerProcess, Zygote
from kg.web.pool.replies import Reply
from kg.web.pool.turns import Places, Turns
from kg.web.settings import Settings

__all__ = ["Failure", "Reply", "WorkerPool"]

_LOG = logging.getLogger(__name__)

Waiter = asyncio.Future[WorkerProcess]


class WorkerPool:
    """Workers that are free, and those who wait for one."""

    def __init__(self, zygote: Zygote, loaded: Loaded, settings: Settings) -> None:
        self.loaded = loaded
        self.settings = settings
        self._zygote = zygote
        self._expiry = Alarms(settings.wait)
        self.slices = Alarms(settings.slice)
        self._free: list[WorkerProcess] = []
        self._quick: set[WorkerProcess] = set()
        self._places: dict[Lane, Places] = {
            "long": Places(settings.set_aside, settings.client_set_aside),
            "remote": Places(settings.federation, settings.client_federation),
        }
        self._turns: dict[Lane, Turns[Waiter]] = {
            "quick": Turns(),
            "long": Turns(),
            "remote": Turns(),
        }
        self._questions = self._federated = 0
        self._kills = dict.fromkeys(KILLS, 0)
        self._refused = dict.fromkeys(REFUSALS, 0)
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
            workers=len(self._quick),
            busy=len(self._quick) - len(self._free),
            set_aside=self._places["long"].taken,
            waiting=sum(map(len, self._turns.values())),
            questions=self._questions,
            kills=dict(self._kills),
            refused=dict(self._refused),
            network=self.loaded.network,
            federating=self._places["remote"].taken,
            federated=self._federated,
        )

    async def start(self) -> None:
        """Make the workers."""
        self._zygote.on_ended = self._replace
        self._zygote.on_lost = self._relaunch
        self._zygote.listen()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.settings.workers):
                group.create_task(self._add_worker())

    async def stop(self) -> None:
        """End the workers and the process that makes them."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        self._zygote.close()
        await asyncio.sleep(0)  # the loop closes the connections in its next round

    def end_now(self) -> None:
        """End the process that makes workers, if it still runs; the kernel ends its workers."""
        self._zygote.process.kill()
        self._zygote.process.wait()

    def ask(self, request: dict[str, Any], client: str = "") -> Asking:
        """The answer to a question (see ``kg.web.worker.serving``), a context that it lasts for.

        ``client`` is who asks (see ``kg.web.clients``); without it, whose request is being
        answered. Entering raises ``Failure``. A worker left before it is done is killed, and a new
        one takes its place; one that is done is free for others at once, however slowly its answer
        is read.
        """
        return Asking(self, json.dumps(request).encode(), client or asking_client.get())

    def admit(self, client: str) -> WorkerProcess | None:
        """A free worker for a new question, or ``None`` where it must wait.

        Raises ``Failure`` where too many wait already.
        """
        turns = self._turns["quick"]
        if not turns.of(client) and self._may_start(client) and (worker := self._take_free()):
            self._questions += 1
            return worker
        if sum(map(len, self._turns.values())) >= self.settings.waiting:
            self._refused["queue"] += 1
            raise queue_full(self.settings)
        if sum(lane.of(client) for lane in self._turns.values()) >= self.settings.client_waiting:
            self._refused["client"] += 1
            raise client_busy(self.settings)
        self._questions += 1
        return None

    async def wait(self, lane: Lane, client: str) -> WorkerProcess:
        """A worker, once it is this client's turn; raises ``Failure`` if that takes too long."""
        waiter: Waiter = asyncio.get_running_loop().create_future()
        timer = self._expiry.set(partial(self._expire, waiter, lane, client))
        self._turns[lane].add(client, waiter)
        self._give_turns()
        try:
            return await waiter
        except BaseException:
            self._turns[lane].remove(client, waiter)
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self.release(lane, client, waiter.result(), "")  # who asked is gone by now
            raise
        finally:
            timer.cancel()

    def _expire(self, waiter: Waiter, lane: Lane, client: str) -> None:
        if waiter.done():
            return
        over_share = lane != "remote" and not self._places["long"].has_share(client)
        self._refused["client" if over_share else "queue"] += 1
        waiter.set_exception(waited_too_long(self.settings, lane, over_share=over_share))

    def set_aside(self, client: str, worker: WorkerProcess) -> bool:
        """Take a worker out of the quick lane with its question, where there is a place for it."""
        if not self._places["long"].has_room(client):
            return False
        self._places["long"].take(client)
        self._replace(worker)
        return True

    def lower(self, worker: WorkerProcess) -> None:
        """Have other workers go before this one."""
        self._zygote.lower(worker)

    def release(self, lane: Lane, client: str, worker: WorkerProcess, cause: str) -> None:
        """Take back a worker that is done, or dead of ``cause``."""
        if cause:
            self._kills[cause] += 1
        if cause in ("memory", "lost"):
            _LOG.info("Worker %d ended at work: %s.", worker.process, cause)
        if lane != "quick":
            self._places[lane].release(client)
            worker.kill()  # it was one more than the quick lane has
        elif cause:
            self._replace(worker)
        elif worker in self._quick:  # it may have ended meanwhile, and have been replaced
            self._free.append(worker)
        self._give_turns()

    def _may_start(self, client: str) -> bool:
        """Whether a client may begin in the quick lane: not while it has its share of long ones.

        What it asks might have nowhere to go from there.
        """
        return self._places["long"].has_share(client) and not self._turns["long"].of(client)

    def _take_free(self) -> WorkerProcess | None:
        while self._free:
            worker = self._free.pop()
            if worker.alive:
                return worker
        return None

    def _give_turns(self) -> None:
        """Give what is free to those who wait."""
        while self._turns["quick"] and (worker := self._take_free()):
            turn = self._turns["quick"].next(self._may_start)
            if turn is None or turn[1].done():
                self._free.append(worker)
            else:
                turn[1].set_result(worker)
            if turn is None:
                break
        for lane, places in self._places.items():
            while self._turns[lane] and (turn := self._turns[lane].next(places.has_room)):
                places.take(turn[0])
                self._keep(self._make_for(lane, *turn))

    async def _make_for(self, lane: Lane, client: str, waiter: Waiter) -> None:
        """Make the worker of one place."""
        try:
            worker = await self._zygote.fork(remote=lane == "remote")
        except ForkFailed as error:
            self._places[lane].release(client)
            if not waiter.done():
                waiter.set_exception(Failure("WorkerLost", f"No worker could be made: {error}."))
            return
        if lane == "remote":
            self._federated += 1
        else:
            self._zygote.lower(worker)
        if waiter.done():
            self.release(lane, client, worker, "")
        else:
            waiter.set_result(worker)

    async def _add_worker(self) -> None:
        """Put one more worker into the quick lane, however many tries it takes."""
        while not self._closing:
            try:
                worker = await self._zygote.fork()
            except ForkFailed:
                if not self.ready:
                    return  # the new zygote's first workers stand in for this one
                await asyncio.sleep(0.5)
                continue
            if len(self._quick) >= self.settings.workers:
                worker.kill()  # another came first
                return
            self._quick.add(worker)
            self._free.append(worker)
            self._give_turns()
            return

    def _replace(self, worker: WorkerProcess) -> None:
        """Put another worker in the quick lane for one that leaves it."""
        if worker in self._quick:
            self._quick.discard(worker)
            if worker in self._free:  # it ended while it had nothing to do
                self._free.remove(worker)
            self._keep(self._add_worker())

    def _relaunch(self) -> None:
        """Start the zygote anew, after it was killed from outside."""
        if not self._closing:
            _LOG.warning("The process that makes workers was ended from outside; a new one starts.")
            self._keep(self._launch_again())

    async def _launch_again(self) -> None:
        self._quick.clear()
        self._free.clear()
        self._zygote.close()
        await asyncio.sleep(0.2)  # should it die at once each time, the machine stays usable
        self._zygote = Zygote(self.settings)
        self.loaded = await self._zygote.until_loaded()
        await self.start()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a task and hold on to it: the loop alone would let it be collected."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
