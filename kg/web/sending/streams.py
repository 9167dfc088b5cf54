"""Answers that come in parts: coded as they leave, or held where parts could not be told apart."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

from kg.web.sending.encodings import IDENTITY, Coder

__all__ = ["LARGE", "CodedStream", "HeldAnswer"]

LARGE = 64 << 10
"""Parts of more bytes are coded in a thread."""


class CodedStream:
    """Sends the parts of an answer on in a content coding, and gathers them while there is room.

    ``keep`` is given the whole, by coding, when the answer has ended well and was no larger than
    ``room`` bytes in all its codings.
    """

    def __init__(
        self, send: Send, coding: str, room: int, keep: Callable[[dict[str, bytes]], None]
    ) -> None:
        self._send = send
        self._coder = None if coding == IDENTITY else Coder(coding)
        self._coding = coding
        self._room = room
        self._keep = keep
        self._plain: list[bytes] = []
        self._coded: list[bytes] = []

    async def add(self, message: Message) -> None:
        """Take the next part, or the end."""
        part, more = message.get("body", b""), bool(message.get("more_body"))
        coded = await self._code(part, more=more)
        self._gather(part, coded)
        if coded or not more:
            await self._send({"type": "http.response.body", "body": coded, "more_body": more})
        if not more and self._room >= 0:
            bodies = {IDENTITY: b"".join(self._plain), self._coding: b"".join(self._coded)}
            self._keep(bodies)

    async def _code(self, part: bytes, *, more: bool) -> bytes:
        if self._coder is None:
            return part
        feed = self._coder.feed
        coded = await asyncio.to_thread(feed, part) if len(part) > LARGE else feed(part)
        return coded if more else coded + self._coder.finish()

    def _gather(self, part: bytes, coded: bytes) -> None:
        if self._room < 0:
            return
        self._room -= len(part) + (len(coded) if self._coder else 0)
        if self._room < 0:
            self._plain.clear()
            self._coded.clear()
            return
        self._plain.append(part)
        self._coded.append(coded)


class HeldAnswer:
    """Holds the parts of an answer up to ``most`` bytes, for a client that can't be sent parts."""

    def __init__(
        self,
        most: int,
        deliver: Callable[[bytes], Awaitable[None]],
        refuse: Callable[[], Awaitable[None]],
    ) -> None:
        self._most = most
        self._deliver = deliver
        self._refuse = refuse
        self._held = bytearray()

    async def add(self, message: Message) -> None:
        """Take the next part, or the end; calls ``refuse`` where it is too much."""
        self._held += message.get("body", b"")
        if len(self._held) > self._most:
            await self._refuse()
        elif not message.get("more_body"):
            await self._deliver(bytes(self._held))
