"""What a worker sends back: an answer in frames, gathered, counted, small ones in a single one."""

import json
import os
from socket import socket
from typing import Any

from kg.asking.errors import AskingError
from kg.web.frames import DATA, END, ERROR, HEAD, WHOLE, join_whole, write_frame
from kg.web.rowcount import row_counter

__all__ = ["AnswerWriter", "TooManyRows", "leave", "send_error"]

_CHUNK = 64 << 10


class TooManyRows(AskingError):
    """The answer has more rows than are given out."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} rows that are given out at once (KG_RESULT_MAX_ROWS)")


class AnswerWriter:
    """Gathers what the engine writes, 8 KiB at a time, into larger frames.

    It is no ``io.IOBase``: one of those flushes what it holds when it is collected, which would
    send the rest of an answer given up, or a small one again, in front of the next.

    ``head`` goes out with the first of them. Writing raises ``TooManyRows`` once there are more
    rows than ``most``, where ``format`` is one whose rows can be counted in what is written.
    """

    def __init__(
        self, connection: socket, head: dict[str, Any], most: int = 0, counted: str = ""
    ) -> None:
        self._connection = connection
        self._head = json.dumps(head).encode()
        self._most = most
        self._count = row_counter(counted)
        self._buffer = bytearray()
        self._started = False

    def write(self, content: bytes) -> int:
        """Take in a part of the answer; returns its size."""
        self._buffer += content
        if len(self._buffer) >= _CHUNK:
            self._send_gathered()
        return len(content)

    def flush(self) -> None:
        """Nothing: the engine flushes at its end, and a small answer is to be one frame."""

    def _send_gathered(self) -> None:
        if not self._buffer:
            return
        content = bytes(self._buffer)
        self._buffer.clear()
        self._check_rows(content)
        if not self._started:
            self._started = True
            _send(self._connection, HEAD, self._head)
        _send(self._connection, DATA, content)

    def close(self) -> None:
        """Forget what wasn't sent: closing, which collection does too, must not send it late."""
        self._buffer.clear()
        super().close()

    def end(self) -> None:
        """Send what is left, and that this is all."""
        if self._started:
            self._send_gathered()
            _send(self._connection, END)
            return
        content = bytes(self._buffer)
        if len(content) > self._most:  # a row takes a byte at least
            self._check_rows(content)
        _send(self._connection, WHOLE, join_whole(self._head, content))

    def _check_rows(self, content: bytes) -> None:
        if self._count is not None and self._count(content) > self._most:
            raise TooManyRows(self._most)


def send_error(connection: socket, name: str, detail: str, **extra: Any) -> None:
    """Send why there is no answer, or no more of it."""
    content = json.dumps({"error": name, "detail": detail, **extra}).encode()
    _send(connection, ERROR, content)


def leave() -> None:
    """End this process at once, without the clean-up that belongs to its parent."""
    os._exit(0)


def _send(connection: socket, kind: bytes, content: bytes = b"") -> None:
    try:
        write_frame(connection, kind, content)
    except OSError:
        leave()  # the server is gone, and with it what this process is for
