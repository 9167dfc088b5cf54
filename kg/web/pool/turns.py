"""Whose turn it is: a queue served by client in rotation, and places counted by client."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Places", "Turns"]

T = TypeVar("T")


class Turns(Generic[T]):
    """What waits, by client; each client that has something waiting gets its turn in rotation."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def of(self, client: str) -> int:
        """How many things of ``client`` wait."""
        return len(self._waiting.get(client, ()))

    def add(self, client: str, thing: T) -> None:
        """Put ``thing`` at the end of its client's own line."""
        self._waiting.setdefault(client, deque()).append(thing)
        self._length += 1

    def remove(self, client: str, thing: T) -> None:
        """Take ``thing`` out, wherever it stands; nothing happens where it isn't there."""
        line = self._waiting.get(client)
        if line is None or thing not in line:
            return
        line.remove(thing)
        self._length -= 1
        if not line:
            del self._waiting[client]

    def next(self, may: Callable[[str], bool]) -> tuple[str, T] | None:
        """The next client in rotation that ``may`` have its turn, and the next thing of it."""
        client = next((client for client in self._waiting if may(client)), None)
        if client is None:
            return None
        line = self._waiting[client]
        thing = line.popleft()
        self._length -= 1
        if line:
            self._waiting.move_to_end(client)
        else:
            del self._waiting[client]
        return client, thing


class Places:
    """A number of places, of which one client can have so many.

    Where that is fewer than all, the last place is for a client that has none: so it takes more
    clients to hold all than to fill them with the share of each.
    """

    def __init__(self, limit: int, client_limit: int) -> None:
        self._limit = limit
        self._client_limit = client_limit
        self._taken: Counter[str] = Counter()
        self.taken = 0

    def has_share(self, client: str) -> bool:
        """Whether ``client`` has fewer places than it may."""
        return self._taken[client] < self._client_limit

    def has_room(self, client: str) -> bool:
        """Whether there is a place for ``client``."""
        reserved = self._client_limit < self._limit and client in self._taken
        return self.taken < self._limit - reserved and self.has_share(client)

    def take(self, client: str) -> None:
        """Give ``client`` a place."""
        self._taken[client] += 1
        self.taken += 1

    def release(self, client: str) -> None:
        """Take a place back."""
        self.taken -= 1
        self._taken[client] -= 1
        if not self._taken[client]:
            del self._taken[client]
