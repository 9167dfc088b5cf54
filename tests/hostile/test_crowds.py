"""Many at once: connections that say nothing, ask, don't read, or go away."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

from tests.hostile.raw import connect, read_answers
from tests.hostile.watching import REST, anew, assert_unharmed, weigh
from tests.serving import COUNT_MEASURES, ENDLESS, Server

MANY = 300
SAME = 150
"""So many of them ask different questions: equal ones of a client are one to the server."""
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def request(query: str, *headers: str) -> bytes:
    """A GET request with a query, after which the connection ends."""
    lines = [f"GET /sparql?{urlencode({'query': query})} HTTP/1.1", "Host: x", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


@pytest.mark.parametrize("said", [b"", b"G", b"GET /health HTTP/1.1\r\nHost: x\r\nA: "])
def test_many_that_say_nothing(hostile: Server, said: bytes) -> None:
    with ExitStack() as stack:
        crowd = [stack.enter_context(connect(hostile)) for _ in range(MANY)]
        for connection in crowd:
            connection.sendall(said)
        assert hostile.answers(anew()) == "n 2"
        for connection in crowd:
            assert list(read_answers(connection)) in ([], [408])


def test_more_than_there_may_be_make_room(hostile: Server) -> None:
    with ExitStack() as stack:
        crowd = [stack.enter_context(connect(hostile)) for _ in range(900)]
        with connect(hostile) as late:
            late.sendall(request(anew()))
            assert list(read_answers(late)) == [200]
        assert len(crowd) == 900


@pytest.mark.parametrize("query", [COUNT_MEASURES, LARGE, ENDLESS])
def test_many_that_ask_at_once(hostile: Server, query: str) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(8) as threads:
        crowd = [stack.enter_context(connect(hostile, 2 * REST)) for _ in range(MANY)]
        for number, connection in enumerate(crowd):
            connection.sendall(request(f"{query} # {number % SAME}"))
        found = list(threads.map(lambda c: list(read_answers(c)), crowd))
    statuses = {status for statuses in found for status in statuses}
    assert all(len(statuses) == 1 for statuses in found)
    assert statuses <= ({200, 503} if query == COUNT_MEASURES else {0, 200, 429, 503, 504, 507})


@pytest.mark.parametrize("query", [COUNT_MEASURES, LARGE, ENDLESS])
def test_many_that_go_away(hostile: Server, query: str) -> None:
    for number in range(50):
        with connect(hostile) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.sendall(request(f"{query} # {number}"))
    assert hostile.answers(anew()) == "n 2"


@pytest.mark.parametrize("count", [1, 40])
def test_those_that_do_not_read_are_let_go(hostile: Server, count: int) -> None:
    before = weigh(hostile)
    with ExitStack() as stack:
        crowd = [stack.enter_context(connect(hostile)) for _ in range(count)]
        for number, connection in enumerate(crowd):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request(f"{LARGE} # {number}"))
        assert_unharmed(hostile, before)
