"""A server at rest gives back what it needs no more, and one at work isn't held up for that."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest

from kg.web.operating.rest import Rest

LARGE = 64 << 20


class Held:
    """Stands in a circle with itself, so that only a collection ends it."""

    def __init__(self) -> None:
        self.itself = self
        self.content = b"x" * LARGE


@pytest.fixture(autouse=True)
def _no_chance_collections() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


async def _look_on(running: int, looks: int) -> "weakref.ref[Held]":
    """What is left of a large piece of garbage after so many looks."""
    seen = asyncio.Semaphore(0)

    def count_running() -> int:
        seen.release()
        return running

    rest = Rest(count_running, 0.01)
    garbage = weakref.ref(Held())
    rest.start()
    for _ in range(looks + 1):  # the first does its work after it was counted
        await seen.acquire()
    return garbage


def test_garbage_is_found_at_rest() -> None:
    assert asyncio.run(_look_on(running=0, looks=1))() is None


def test_nothing_is_looked_for_while_a_request_runs() -> None:
    assert asyncio.run(_look_on(running=1, looks=5))() is not None
