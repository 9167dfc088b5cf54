"""A whole answer leaves in one write, and a field that would begin another one doesn't leave."""

import asyncio
import logging
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from kg.web.sending.cycles import OneWrite
from tests.serving import serve


class Transport:
    """Takes what is written; nothing stands behind it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, content: bytes) -> None:
        self.written.append(content)

    def writelines(self, parts: Iterable[bytes]) -> None:
        self.written.append(b"".join(parts))


def cycle_to(transport: Transport) -> OneWrite:
    scope: Any = {"type": "http", "method": "GET", "http_version": "1.1"}
    return OneWrite(
        scope=scope,
        transport=cast(asyncio.Transport, transport),
        flow=FlowControl(cast(asyncio.Transport, transport)),
        logger=logging.getLogger("test"),
        access_logger=logging.getLogger("test"),
        access_log=False,
        default_headers=[],
        message_event=asyncio.Event(),
        expect_100_continue=False,
        keep_alive=True,
        on_response=lambda: None,
    )


async def send(cycle: OneWrite, length: bytes, body: bytes, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-length", length), *more]
    await cycle.send({"type": "http.response.start", "status": 200, "headers": headers})
    await cycle.send({"type": "http.response.body", "body": body})


def test_head_and_body_are_one_write() -> None:
    transport = Transport()
    cycle = cycle_to(transport)
    asyncio.run(send(cycle, b"2", b"ok"))
    assert transport.written == [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"]
    assert cycle.response_complete


@pytest.mark.parametrize("value", [b"a\r\nx-other: b", b"a\nb", b"a\rb", b"a\0b", b"a\x7fb"])
def test_field_with_a_control_character_is_refused(value: bytes) -> None:
    transport = Transport()
    with pytest.raises(RuntimeError, match="header value"):
        asyncio.run(send(cycle_to(transport), b"2", b"ok", (b"x-said", value)))
    assert transport.written == []


@pytest.mark.parametrize("body", [b"o", b"okay"])
def test_body_of_another_length_is_refused(body: bytes) -> None:
    with pytest.raises(RuntimeError, match="Content-Length"):
        asyncio.run(send(cycle_to(Transport()), b"2", body))


def test_pipelined_requests_are_answered_in_turn(build: Path) -> None:
    with serve(build) as server:
        place = urlsplit(server.address)
        request = f"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: {place.netloc}\r\n"
        last = f"{request}Connection: close\r\n\r\n"
        with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
            connection.sendall(f"{request}\r\n{request}\r\n{last}".encode())
            got = b""
            while part := connection.recv(1 << 16):
                got += part
    assert got.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert got.count(b"\r\nconnection: close\r\n") == 1
