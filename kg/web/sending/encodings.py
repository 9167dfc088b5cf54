"""Content codings (RFC 9110, sections 8.4 and 12.5.3): which a client takes, and how they are made.

A body is coded in blocks of a fixed size with a flush after each. So a stream leaves as it comes,
and the bytes are the same whether the body was coded as a stream or as a whole, which a strong
validator promises.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import brotli
import zstandard

from kg.web.protocol.preferences import read_preferences

__all__ = ["CODINGS", "IDENTITY", "SMALLEST", "Coder", "Coding", "choose_coding", "encode"]

IDENTITY = "identity"
SMALLEST = 1024
"""Bodies of fewer bytes gain nothing from a coding."""
BLOCK = 256 << 10

_ALIASES = {"x-gzip": "gzip"}


class _Compressor(Protocol):
    def add(self, block: bytes) -> bytes:
        """What leaves after a block."""

    def end(self, rest: bytes) -> bytes:
        """What leaves at the end."""


class _Gzip:
    def __init__(self) -> None:
        self._gzip = zlib.compressobj(5, zlib.DEFLATED, 31)  # 31: with the frame of gzip, undated

    def add(self, block: bytes) -> bytes:
        return self._gzip.compress(block) + self._gzip.flush(zlib.Z_SYNC_FLUSH)

    def end(self, rest: bytes) -> bytes:
        return self._gzip.compress(rest) + self._gzip.flush()


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Compressor(quality=4)

    def add(self, block: bytes) -> bytes:
        return bytes(self._brotli.process(block) + self._brotli.flush())

    def end(self, rest: bytes) -> bytes:
        return bytes(self._brotli.process(rest) + self._brotli.finish())


class _Zstandard:
    def __init__(self) -> None:
        self._zstd = zstandard.ZstdCompressor(level=3).compressobj()

    def add(self, block: bytes) -> bytes:
        coded = self._zstd.compress(block)
        return coded + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def end(self, rest: bytes) -> bytes:
        return self._zstd.compress(rest) + self._zstd.flush()


CODINGS: dict[str, Callable[[], _Compressor]] = {
    "br": _Brotli,
    "zstd": _Zstandard,
    "gzip": _Gzip,
}
"""The codings there are, the one we would rather use first."""


class Coder:
    """Codes a body that comes in parts of any size."""

    def __init__(self, coding: str) -> None:
        self._compressor = CODINGS[coding]()
        self._waiting = bytearray()

    def feed(self, part: bytes) -> bytes:
        """What can leave once ``part`` is there; it may be nothing."""
        self._waiting += part
        out = []
        while len(self._waiting) >= BLOCK:
            out.append(self._compressor.add(bytes(self._waiting[:BLOCK])))
            del self._waiting[:BLOCK]
        return b"".join(out)

    def finish(self) -> bytes:
        """What leaves at the end."""
        return self._compressor.end(bytes(self._waiting))


def encode(body: bytes, coding: str) -> bytes:
    """``body`` in a coding."""
    coder = Coder(coding)
    return coder.feed(body) + coder.finish()


@dataclass(frozen=True, slots=True)
class Coding:
    """What a client takes: the coding to use, and whether it takes a body as it is."""

    preferred: str
    plain: bool
    taken: tuple[str, ...]
    """Every coding it takes of those there are, ``identity`` with them."""

    def for_size(self, size: int) -> str:
        """The coding for a body of ``size`` bytes."""
        return IDENTITY if self.plain and size < SMALLEST else self.preferred


_KEPT = 512
"""The longest header whose reading is kept: most clients send one of a few."""
_AS_IT_IS = Coding(IDENTITY, plain=True, taken=(IDENTITY,))


def choose_coding(accepted: str) -> Coding | None:
    """The coding that ``Accept-Encoding`` likes best; ``None`` where it takes none there is.

    Without the header anything would do, and the body is sent as it is. Among equals the
    server's order decides, and ``identity`` comes last unless it is liked better.
    """
    if not accepted:
        return _AS_IT_IS
    return (_choose_coding if len(accepted) <= _KEPT else _choose_coding.__wrapped__)(accepted)


@lru_cache(maxsize=256)
def _choose_coding(accepted: str) -> Coding | None:
    if not accepted.strip():
        return _AS_IT_IS
    liked = {_ALIASES.get(name, name): q for name, q in read_preferences(accepted)}
    quality = {name: liked.get(name, liked.get("*", 0.0)) for name in CODINGS}
    taken = sorted((n for n, q in quality.items() if q > 0), key=lambda n: -quality[n])
    plain = liked.get(IDENTITY, 0.0 if liked.get("*") == 0.0 else None)
    if plain == 0.0:
        return Coding(taken[0], plain=False, taken=tuple(taken)) if taken else None
    if not taken or (plain is not None and plain > quality[taken[0]]):
        return Coding(IDENTITY, plain=True, taken=(*taken, IDENTITY))
    return Coding(taken[0], plain=True, taken=(*taken, IDENTITY))
