"""How the server and its workers speak: frames over a stream socket.

A frame is one letter for its kind, four bytes for the number of the question it belongs to, four
for the length of its content (big-endian), and the content. Numbers differ from one question of a
connection to the next, so that no frame can pass for part of another answer.

The server sends one question frame and gets a head, any number of data frames and an end; or, for
a small answer, all of that as one frame; or at any point an error.
"""

import json
import struct
from functools import lru_cache
from socket import socket
from typing import Any

__all__ = [
    "DATA",
    "END",
    "ERROR",
    "HEAD",
    "HEADER",
    "QUESTION",
    "WHOLE",
    "join_whole",
    "read_frame",
    "split_whole",
    "write_frame",
]

QUESTION = b"Q"
HEAD = b"H"
DATA = b"D"
END = b"E"
WHOLE = b"W"
ERROR = b"X"

HEADER = struct.Struct(">cII")
_LENGTH = struct.Struct(">I")


def write_frame(connection: socket, kind: bytes, number: int, content: bytes = b"") -> None:
    """Send a frame; raises ``OSError`` where the other side is gone."""
    connection.sendall(HEADER.pack(kind, number, len(content)) + content)


def read_frame(connection: socket) -> tuple[int, bytes] | None:
    """The next question as number and content, or ``None`` where the other side is gone."""
    # A question comes in one piece as a rule: header and content are then one call.
    got = connection.recv(64 << 10)
    while len(got) < HEADER.size:
        more = connection.recv(64 << 10)
        if not (got and more):
            return None
        got += more
    _, number, length = HEADER.unpack_from(got)
    content = bytearray(got[HEADER.size :])
    while len(content) < length:
        chunk = connection.recv(min(length - len(content), 1 << 20))
        if not chunk:
            return None
        content += chunk
    return number, bytes(content)


def join_whole(head: bytes, body: bytes) -> bytes:
    """The content of a ``WHOLE`` frame: the length of the head, the head, the body."""
    return _LENGTH.pack(len(head)) + head + body


def split_whole(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The head and the body of a ``WHOLE`` frame."""
    (length,) = _LENGTH.unpack_from(content)
    start = _LENGTH.size + length
    return dict(_read_head(content[_LENGTH.size : start])), content[start:]


@lru_cache(maxsize=256)
def _read_head(head: bytes) -> dict[str, Any]:
    """A head, read once: the answers of a state in a format have the same."""
    facts: dict[str, Any] = json.loads(head)
    return facts
