"""What is sent to a socket byte by byte, and what came back."""

import io
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse, IncompleteRead

from tests.serving import Server

SHUT = b""
"""Stands among the parts of a request for the end of sending."""


@contextmanager
def connect(server: Server, seconds: float = 10.0) -> Iterator[socket.socket]:
    """A connection to ``server`` that waits no longer than ``seconds``."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        yield connection


def exchange(server: Server, *parts: bytes) -> list[int]:
    """The statuses of all answers to ``parts``, until the connection ends.

    Each answer must be whole: a problem must say its own status, and a body be as long as said. An
    answer that breaks off ends the list with 0.
    """
    with connect(server) as connection:
        try:
            for part in parts:
                if part == SHUT:
                    connection.shutdown(socket.SHUT_WR)
                else:
                    connection.sendall(part)
        except OSError:
            pass  # the server may refuse before all is sent
        return list(read_answers(connection))


def read_answers(connection: socket.socket) -> Iterator[int]:
    """The statuses of the answers that come until the connection ends, each looked into."""
    received = bytearray()
    try:
        while part := connection.recv(1 << 16):
            received += part
    except ConnectionError:
        pass
    stream = _Received(bytes(received))
    while stream.left():
        response = HTTPResponse(stream)  # type: ignore[arg-type]
        response.begin()
        try:
            body = response.read()
        except IncompleteRead:
            yield 0
            return
        length = response.getheader("Content-Length")
        if length is not None and len(body) != int(length) and response.status != 204:
            yield 0
            return
        if response.status >= 400:
            problem = json.loads(body)
            assert response.getheader("Content-Type") == "application/problem+json"
            assert problem["status"] == response.status
            assert problem["detail"]
            assert not re.search(r"Traceback|File \"", problem["detail"])
        yield response.status


class _Received:
    """Bytes that were received, as ``HTTPResponse`` reads them, one answer after another."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self._size = len(content)

    def makefile(self, _: str) -> "_Received":
        return self

    def left(self) -> bool:
        return self._file.tell() < self._size

    def close(self) -> None:
        """The next answer follows in the same bytes."""

    def flush(self) -> None:
        """Nothing is written."""

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def readline(self, size: int = -1) -> bytes:
        return self._file.readline(size)

    def readinto(self, buffer: bytearray) -> int:
        return self._file.readinto(buffer)
