"""Questions under way: who asks what is being worked out already waits for that.

Only questions of one client are brought together: another's may still stand in a queue of its own.
"""

import asyncio
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from kg.web.pool.lanes import Failure

__all__ = ["Flight", "Flights"]

Flight = asyncio.Future[Failure | None]
"""Done when the question is: with what went wrong, where asking again would go the same way."""

_SAME_AGAIN = ("DeadlinePassed", "OutOfMemory", "ResultTooLarge")


class Flights:
    """The questions under way, by what they are known by."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, Flight] = {}

    def find(self, key: Hashable) -> Flight | None:
        """The question under way, if it is."""
        return self._under_way.get(key)

    @contextmanager
    def lead(self, key: Hashable) -> Iterator[Flight]:
        """Have others wait for a question while the context lasts, or until the flight is done."""
        flight: Flight = asyncio.get_running_loop().create_future()
        self._under_way.setdefault(key, flight)
        try:
            yield flight
        except Failure as failure:
            if failure.name in _SAME_AGAIN and not flight.done():
                flight.set_result(failure)
            raise
        finally:
            if self._under_way.get(key) is flight:
                del self._under_way[key]
            if not flight.done():
                flight.set_result(None)
