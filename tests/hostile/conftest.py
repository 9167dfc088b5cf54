"""Servers with little time, memory and patience, and the check that each input left them whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.watching import Weight, assert_unharmed, weigh
from tests.serving import COUNT_MEASURES, Server, build, serve

__all__ = ["build"]

LITTLE = {
    "KG_QUERY_DEADLINE_S": "1",
    "KG_WAIT_S": "1",
    "KG_WORKER_MEMORY_MB": "128",
    "KG_RESULT_MAX_MB": "4",
    "KG_CLIENT_PATIENCE_S": "1",
    "KG_CONNECTIONS": "400",
    "KG_CACHE_MB": "4",
    "KG_LOG": "off",
}


@pytest.fixture(scope="session")
def watched(build: Path) -> Iterator[tuple[Server, Weight]]:
    """A server, and what it held when it had just answered its first questions."""
    with serve(build, **LITTLE) as running:
        for _ in range(20):
            assert running.answers(COUNT_MEASURES) == "n 2"
        yield running, weigh(running)


@pytest.fixture
def hostile(watched: tuple[Server, Weight]) -> Iterator[Server]:
    """The server; after the test it must be as it was."""
    running, before = watched
    yield running
    assert_unharmed(running, before)
