"""How the server and its workers speak: frames over a stream socket.

A frame is one letter for its kind, four bytes for the length of its content (big-endian), and the
content. The server sends one question frame and gets a head, any number of data frames and an end,
or at any point an error.
"""

import struct
from socket import socket

__all__ = ["DATA", "END", "ERROR", "HEAD", "HEADER", "QUESTION", "read_frame", "write_frame"]

QUESTION = b"Q"
HEAD = b"H"
DATA = b"D"
END = b"E"
ERROR = b"X"

HEADER = struct.Struct(">cI")


def write_frame(connection: socket, kind: bytes, content: bytes = b"") -> None:
    """Send a frame; raises ``OSError`` where the other side is gone."""
    connection.sendall(HEADER.pack(kind, len(content)) + content)


def read_frame(connection: socket) -> tuple[bytes, bytes] | None:
    """The next frame as kind and content, or ``None`` where the other side is gone."""
    header = _read_exactly(connection, HEADER.size)
    if header is None:
        return None
    kind, length = HEADER.unpack(header)
    content = _read_exactly(connection, length)
    return None if content is None else (kind, content)


def _read_exactly(connection: socket, length: int) -> bytes | None:
    chunks = bytearray()
    while len(chunks) < length:
        chunk = connection.recv(min(length - len(chunks), 1 << 20))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)
