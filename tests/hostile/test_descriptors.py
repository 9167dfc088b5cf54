"""Without descriptors no worker can be made: the pool waits, and loses none for good."""

import asyncio
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kg.web.pool.processes import ForkFailed, Zygote
from kg.web.settings import read_settings
from tests.hostile.conftest import LITTLE
from tests.hostile.raw import connect
from tests.hostile.test_crowds import request
from tests.hostile.watching import anew, assert_unharmed, weigh
from tests.serving import endless, serve

FEW = 60
"""Descriptors that a server may have: no more than it takes for a few connections and workers."""
_BOUNDED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, ({FEW}, {FEW}))
os.execv(sys.argv[1], sys.argv[1:])
"""


@contextmanager
def no_descriptors() -> Iterator[None]:
    """This process gets no descriptor as long as the context lasts."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


@pytest.mark.parametrize("sent", [False, True], ids=["before-asking", "before-the-reply"])
def test_worker_that_can_not_be_made_is_told_of(build: Path, *, sent: bool) -> None:
    """Each try fails by itself, the next ones get the workers meant for them, and none is left."""
    zygote = Zygote(replace(read_settings({}), build=build))

    async def fork_twice() -> None:
        zygote.listen()
        first = asyncio.create_task(zygote.fork())
        if sent:
            await asyncio.sleep(0)  # it has asked the zygote, and awaits what comes back
        with no_descriptors(), pytest.raises(ForkFailed, match=r"descriptors|Too many open files"):
            await first
        second, third = await asyncio.gather(zygote.fork(), zygote.fork())
        assert second.process != third.process
        for worker in (second, third):
            os.kill(worker.process, 0)
            worker.kill()
            await worker.ended

    try:
        zygote.wait_until_loaded()
        asyncio.run(asyncio.wait_for(fork_twice(), 30))
    finally:
        zygote.close()


def test_crowd_beyond_the_descriptors(build: Path) -> None:
    """Connections take all descriptors time and again while workers are lost and wanted."""
    with serve(build, [sys.executable, "-c", _BOUNDED], **LITTLE) as running:
        assert running.answers(anew()) == "n 2"
        before = weigh(running)
        for turn in range(5):
            with ExitStack() as stack:
                crowd = [stack.enter_context(connect(running)) for _ in range(200)]
                for number, connection in enumerate(crowd):
                    try:
                        connection.sendall(request(endless(1000 * turn + number)))
                    except ConnectionError:
                        continue  # it had to make room
        assert_unharmed(running, before)
