"""A connection that is to close does, also where its other end never takes the last of an answer.

What is left is less than the transport's high-water mark, so that nothing else watches it.
"""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread
from typing import Any

import pytest
import uvicorn

from kg.web.sending.connections import bounded_protocol
from tests.serving import wait_for

PATIENCE = 0.2
LITTLE = 4096
"""Bytes that the kernel is asked to hold at either end; it may hold a few times as many."""
BODY = b"x" * (48 << 10)
"""More than the kernel holds, and less than asyncio calls too much (64 KiB)."""
WAYS = ["whole", "cut off", "failing"]


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer in the way the address names, and end the connection."""
    headers = [(b"connection", b"close"), (b"content-length", b"%d" % (2 * len(BODY)))]
    if scope["path"] == "/whole":
        headers[1] = (b"content-length", b"%d" % len(BODY))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    more = scope["path"] != "/whole"
    await send({"type": "http.response.body", "body": BODY, "more_body": more})
    if scope["path"] == "/failing":
        raise RuntimeError("the answer could not go on")


@contextmanager
def listening() -> Iterator[tuple[socket.socket, uvicorn.Server]]:
    """A server of ``app`` that holds little, and its socket."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LITTLE)
        http = bounded_protocol(10, PATIENCE)
        config = uvicorn.Config(app, http=http, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        try:
            yield listener, server
        finally:
            server.should_exit = True
            thread.join()


def ask(listener: socket.socket, way: str) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
    client.connect(listener.getsockname())
    path = way.replace(" ", "-")
    client.sendall(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return client


@pytest.mark.parametrize("way", WAYS)
def test_who_takes_nothing_is_let_go(way: str) -> None:
    with listening() as (listener, server), ask(listener, way):
        connections = server.server_state.connections
        wait_for(lambda: bool(connections), 10)
        wait_for(lambda: not connections, 10)


@pytest.mark.parametrize("way", WAYS)
def test_who_takes_little_at_a_time_is_given_all(way: str) -> None:
    taken = bytearray()
    with listening() as (listener, _), ask(listener, way) as client:
        while part := client.recv(LITTLE):
            taken += part
            time.sleep(PATIENCE / 4)
    assert taken.endswith(b"\r\n\r\n" + BODY)
