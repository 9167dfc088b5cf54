"""What a worker sends back: an answer in frames, gathered, counted, small ones in a single one."""

import json
import os
from socket import socket
from typing import Any

from kg.asking.errors import AskingError
from kg.web.worker.frames import DATA, END, ERROR, HEAD, WHOLE, join_whole, read_frame, write_frame
from kg.web.worker.rowcount import row_counter

__all__ = ["AnswerWriter", "Channel", "TooManyRows", "leave"]

_CHUNK = 64 << 10


class TooManyRows(AskingError):
    """The answer has more rows than are given out."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} rows that are given out at once (KG_RESULT_MAX_ROWS)")


class Channel:
    """A worker's side of its connection: what it sends belongs to the question it last read."""

    def __init__(self, connection: socket) -> None:
        self._connection = connection
        self._number = 0

    def read(self) -> bytes | None:
        """The next question, or ``None`` where the server is gone."""
        frame = read_frame(self._connection)
        if frame is None:
            return None
        self._number, content = frame
        return content

    def send(self, kind: bytes, content: bytes = b"") -> None:
        """Send a frame; where the server is gone, so is what this process is for, and it ends."""
        try:
            write_frame(self._connection, kind, self._number, content)
        except OSError:
            leave()

    def send_error(self, name: str, detail: str, **extra: Any) -> None:
        """Send why there is no answer, or no more of it."""
        self.send(ERROR, json.dumps({"error": name, "detail": detail, **extra}).encode())


class AnswerWriter:
    """Gathers what the engine writes, 8 KiB at a time, into larger frames.

    ``head`` goes out with the first of them. Writing raises ``TooManyRows`` once there are more
    rows than ``most``, where ``counted`` is a format whose rows can be counted in what is written.
    No ``io`` class, since these write what they hold once more when they are collected.
    """

    def __init__(
        self, channel: Channel, head: dict[str, Any], most: int = 0, counted: str = ""
    ) -> None:
        self._channel = channel
        self._head = json.dumps(head).encode()
        self._most = most
        self._count = row_counter(counted)
        self._buffer = bytearray()
        self._started = False

    def write(self, content: bytes) -> int:
        """Take in what the engine writes."""
        self._buffer += content
        if len(self._buffer) >= _CHUNK:
            self._send_gathered()
        return len(content)

    def flush(self) -> None:
        """Do nothing: the engine flushes at its end, and a small answer is to be one frame."""

    def end(self) -> None:
        """Send what is left, and that this is all."""
        if self._started:
            self._send_gathered()
            self._channel.send(END)
            return
        content = self._empty(whole=True)
        self._channel.send(WHOLE, join_whole(self._head, content))

    def _send_gathered(self) -> None:
        content = self._empty()
        if not self._started:
            self._started = True
            self._channel.send(HEAD, self._head)
        if content:
            self._channel.send(DATA, content)

    def _empty(self, *, whole: bool = False) -> bytes:
        """What has been gathered, which then isn't held any more; ``whole`` if it is all."""
        content = bytes(self._buffer)
        self._buffer.clear()
        few = whole and len(content) <= self._most  # a row takes a byte at least
        if self._count is not None and not few and self._count(content) > self._most:
            raise TooManyRows(self._most)
        return content


def leave() -> None:
    """End this process at once, without the clean-up that belongs to its parent."""
    os._exit(0)
