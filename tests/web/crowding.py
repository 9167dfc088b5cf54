"""Long questions from several addresses of this machine at once."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

from tests.serving import Server, endless, wait_for


@contextmanager
def left_open(server: Server, address: str, query: str, more: str = "") -> Iterator[None]:
    """A request from ``address`` whose answer nobody reads, until the connection is closed."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    target = "/sparql?" + urlencode({"query": query})
    with socket.create_connection((host, int(port)), source_address=(address, 0)) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n".encode())
        yield


@contextmanager
def kept_busy(server: Server, *addresses: str, aside: int) -> Iterator[None]:
    """While endless questions from each of ``addresses`` run, ``aside`` of them set aside."""
    with ExitStack() as stack:
        for number, address in enumerate(addresses):
            stack.enter_context(left_open(server, address, endless(number)))
        wait_for(lambda: len(server.children()["workers"]) == 2 + aside)
        yield
    wait_for(lambda: len(server.children()["workers"]) == 2)
