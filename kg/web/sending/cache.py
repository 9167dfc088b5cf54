"""Whole answers kept in memory, bounded in bytes; the one that wasn't asked for longest goes first.

An answer is kept under its tag, which stands for all that it depends on (see
``kg.web.sending.validators``), so that what is found is never another's.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

__all__ = ["Cache", "CacheFigures", "Entry", "Headers", "Ready"]

Headers = tuple[tuple[bytes, bytes], ...]

_OVERHEAD = 1024
"""Bytes that an entry takes besides its body and the requests it is known by, about."""
_LARGEST_SHARE = 16
_MOST_REQUESTS = 8


@dataclass(frozen=True, slots=True)
class CacheFigures:
    """How full a cache is, ``bytes`` of ``limit``, and how it has served since the start."""

    entries: int
    bytes: int
    limit: int
    hits: int
    misses: int
    evicted: int


@dataclass(slots=True, eq=False)
class Entry:
    """An answer: its tag, its body by content coding, and what was said of it (``head``).

    ``requests`` are those it is known to answer (see ``kg.web.sending.repeats``).
    """

    tag: str
    head: Headers
    bodies: dict[str, bytes]
    requests: list[Hashable] = field(default_factory=list)
    size: int = 0


@dataclass(slots=True, eq=False)
class Ready:
    """A response as it leaves, in one coding, and the headers of a 304 in its place."""

    entry: Entry
    coding: str
    headers: Headers
    body: bytes
    not_modified: Headers


class Cache:
    """Answers by tag, at most ``limit`` bytes in all, none larger than a 16th of that."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.largest = limit // _LARGEST_SHARE
        self.ready: dict[Hashable, Ready] = {}
        """What answers a request at once."""
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = self._hits = self._misses = self._evicted = 0

    def peek(self, tag: str) -> Entry | None:
        """The answer kept under ``tag``, uncounted."""
        return self._entries.get(tag)

    def find(self, tag: str) -> Entry | None:
        """The answer kept under ``tag``."""
        entry = self._entries.get(tag)
        if entry is None:
            self._misses += 1
            return None
        self.touch(entry)
        return entry

    def touch(self, entry: Entry) -> None:
        """Count an answer given from here, which puts it last in line to go."""
        self._hits += 1
        if entry.tag in self._entries:
            self._entries.move_to_end(entry.tag)

    def keep(self, entry: Entry) -> None:
        """Keep a whole answer, unless it is too large."""
        size = _OVERHEAD + sum(len(body) for body in entry.bodies.values())
        if size > self.largest:
            return
        self._drop(entry.tag)
        entry.size = size
        self._entries[entry.tag] = entry
        self._bytes += size
        self._make_room()

    def add_coding(self, entry: Entry, coding: str, body: bytes) -> None:
        """Keep the body of an answer in one more content coding."""
        entry.bodies[coding] = body
        self._grow(entry, len(body))

    def add_request(self, request: Hashable, length: int, ready: Ready) -> None:
        """Remember that an answer that is kept answers ``request``, which takes ``length`` bytes.

        It is known by its first few requests only: there is no end of ways to write one.
        """
        entry = ready.entry
        if self._entries.get(entry.tag) is not entry or len(entry.requests) >= _MOST_REQUESTS:
            return
        if request in self.ready:
            return
        entry.requests.append(request)
        self.ready[request] = ready
        self._grow(entry, length + _OVERHEAD // 4)

    def forget_requests(self) -> None:
        """Keep the answers, but forget which requests they answer."""
        self.ready.clear()
        for entry in self._entries.values():
            entry.requests.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.ready.clear()
        self._entries.clear()
        self._bytes = 0

    def figures(self) -> CacheFigures:
        """How full it is, and how it has served."""
        return CacheFigures(
            entries=len(self._entries),
            bytes=self._bytes,
            limit=self.limit,
            hits=self._hits,
            misses=self._misses,
            evicted=self._evicted,
        )

    def _grow(self, entry: Entry, more: int) -> None:
        if self._entries.get(entry.tag) is not entry:
            return
        entry.size += more
        self._bytes += more
        if entry.size > self.largest:
            self._drop(entry.tag)
            self._evicted += 1
        self._make_room()

    def _make_room(self) -> None:
        while self._bytes > self.limit:
            self._drop(next(iter(self._entries)))
            self._evicted += 1

    def _drop(self, tag: str) -> None:
        entry = self._entries.pop(tag, None)
        if entry is not None:
            self._bytes -= entry.size
            for request in entry.requests:
                self.ready.pop(request, None)
