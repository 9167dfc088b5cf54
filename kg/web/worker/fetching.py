"""A question put to another endpoint: its answer whole, or why there is none.

SPARQL 1.1 Protocol, 2.1.2: a POST with URL-encoded parameters, since not every server ends a POST
whose body is the query itself (Virtuoso 7 doesn't). Redirects aren't followed, for they might lead
anywhere; proxies that the environment names aren't used.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import SSLError
from threading import Timer
from urllib.parse import quote, urlencode, urlsplit

from kg.asking.errors import RemoteFailed, RemoteTooLarge, RemoteTooLate
from kg.asking.solutions import SOLUTION_TYPES, check_solutions

__all__ = ["fetch_solutions"]

_HEADERS = {
    "Accept": "application/sparql-results+json, application/sparql-results+xml;q=0.9",
    "Accept-Encoding": "identity",
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "Zhospar (SPARQL 1.1 Federated Query)",
}
_AS_IT_STANDS = "%/?:@!$&'()*+,;=~[]"
_EXCERPT = 200


def fetch_solutions(endpoint: str, query: str, most: int, ends_at: float) -> tuple[str, bytes]:
    """The media type and the bytes of an endpoint's answer to ``query``, which is whole.

    Raises ``RemoteTooLarge`` beyond ``most`` bytes, ``RemoteTooLate`` where it isn't there at
    ``ends_at`` (seconds of the monotonic clock), and ``RemoteFailed`` for all else.
    """
    address = urlsplit(endpoint)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    target = quote(address._replace(scheme="", netloc="", fragment="").geturl(), _AS_IT_STANDS)
    left = max(ends_at - time.monotonic(), 0.001)
    connection = kind(str(address.hostname), address.port, timeout=left)
    try:
        with _ended_after(connection, left):
            connection.request("POST", target or "/", urlencode({"query": query}), _HEADERS)
            response = connection.getresponse()
            media_type = _check_head(endpoint, response)
            content = _read(endpoint, response, most)
        check_solutions(content, media_type)
    except (OSError, HTTPException, RemoteFailed, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= ends_at:
            raise RemoteTooLate(endpoint, "it took too long") from None
        raise _failure(endpoint, error) from None
    return media_type, content


@contextmanager
def _ended_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Connect, and break the connection after some seconds, however many bytes still come."""
    connection.connect()
    opened = connection.sock
    alarm = Timer(seconds, partial(_break, opened))
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        connection.close()


def _break(opened: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # of TLS, only what is below it


def _failure(endpoint: str, error: Exception) -> RemoteFailed:
    """What went wrong, as a sentence."""
    if isinstance(error, RemoteFailed):
        return error
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if isinstance(error, SSLError):
        return RemoteFailed(endpoint, f"TLS failed ({said})")
    if isinstance(error, OSError):
        return RemoteFailed(endpoint, f"the connection failed ({said})")
    if isinstance(error, HTTPException):
        return RemoteFailed(endpoint, f"its answer isn't whole HTTP ({said})")
    return RemoteFailed(endpoint, f"its answer is of no use: {said}")


def _check_head(endpoint: str, response: HTTPResponse) -> str:
    """The media type of an answer that is to be read on; raises ``RemoteFailed`` for others."""
    if 300 <= response.status < 400:
        there = response.headers.get("Location", "nowhere")
        raise RemoteFailed(endpoint, f"it sends on to {there}, and redirects aren't followed")
    if response.status != 200:
        said = " ".join(response.read(_EXCERPT).decode("utf-8", "replace").split())
        status = f"{response.status} {response.reason}".strip()
        raise RemoteFailed(endpoint, f"it answered {status}{said and f': {said}'}")
    media_type = response.headers.get_content_type()
    if media_type not in SOLUTION_TYPES:
        raise RemoteFailed(endpoint, f"its answer is {media_type}, and no SPARQL results")
    return media_type


def _read(endpoint: str, response: HTTPResponse, most: int) -> bytes:
    """The whole body of a response; raises ``RemoteTooLarge`` and ``HTTPException``."""
    content = bytearray()
    declared = response.length
    while part := response.read1(1 << 16):
        content += part
        if len(content) > most:
            raise RemoteTooLarge(
                endpoint,
                f"it is larger than the {most >> 20} MB that are taken (KG_SERVICE_MAX_MB). "
                "Ask it for less, by VALUES, FILTER or a subquery inside SERVICE",
            )
    if declared is not None and len(content) < declared:
        raise HTTPException(f"{len(content)} bytes of {declared} came")
    return bytes(content)
