"""A server that answers SPARQL badly, in as many ways as servers do: real HTTP, byte by byte."""

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

__all__ = ["ANSWERS", "BROKEN", "Misbehaving", "misbehaving"]

JSON = b"application/sparql-results+json"
XML = b"application/sparql-results+xml"


def _row(number: int) -> bytes:
    return b'{"s":{"type":"literal","value":"%d"}}' % number


WHOLE = b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}' % b",".join(map(_row, range(500)))
_RESULT = b'<result><binding name="s"><literal>1</literal></binding></result>'
WHOLE_XML = (
    b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head>'
    b"<results>" + _RESULT * 500 + b"</results></sparql>"
)
_BAD_TERM = WHOLE.replace(b'"literal","value":"7"', b'"uri","value":"<not an address>"')


def _http(
    body: bytes, kind: bytes = JSON, status: bytes = b"200 OK", length: int | None = None
) -> bytes:
    size = b"Content-Length: %d" % (len(body) if length is None else length)
    return b"\r\n".join((b"HTTP/1.1 " + status, b"Content-Type: " + kind, size, b"", body))


def _chunked(body: bytes, end: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n" % len(body) + body + b"\r\n" + end


def _until_close(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON + b"\r\nConnection: close\r\n\r\n" + body


ANSWERS = {
    "sized": _http(WHOLE),
    "chunked": _chunked(WHOLE, b"0\r\n\r\n"),
    "until-close": _until_close(WHOLE),
    "old-http": _http(WHOLE).replace(b"HTTP/1.1", b"HTTP/1.0"),
    "in-xml": _http(WHOLE_XML, XML),
    "with-charset": _http(WHOLE, JSON + b"; charset=utf-8"),
    "as-plain-json": _http(WHOLE, b"application/json"),
}
"""Whole answers with 500 rows, in all the ways that HTTP has."""

BROKEN = {
    "error": (_http(b"Out of\r\n order", b"text/plain", b"500 Oh no"), "500 Oh no: Out of order"),
    "unavailable": (_http(b"", b"text/plain", b"503 Busy"), "it answered 503 Busy"),
    "not-there": (_http(b"?", b"text/html", b"404 Not Found"), "it answered 404 Not Found"),
    "partial": (_http(WHOLE, JSON, b"206 Partial Content"), "206 Partial Content"),
    "page": (_http(b"<html>Welcome", b"text/html"), "text/html, and no SPARQL results"),
    "table": (_http(b"s\r\n1\r\n", b"text/csv"), "text/csv, and no SPARQL results"),
    "no-type": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "no SPARQL results"),
    "no-body": (_http(b""), "can't be read"),
    "no-answer": (b"", "without response"),
    "half-a-head": (b"HTTP/1.1 200 OK\r\nContent-Ty", "no SPARQL results"),
    "not-http": (b"SSH-2.0-OpenSSH_9.2\r\n", "isn't whole HTTP"),
    "garbage": (_http(b"\x00\xff\xfe{{{"), "can't be read"),
    "garbage-as-xml": (_http(b"\x00\xff<", XML), "can't be read"),
    "compressed": (_http(gzip.compress(WHOLE)), "can't be read"),
    "truth": (_http(b'{"head":{},"boolean":true}'), "true or false"),
    "no-results": (_http(b'{"head":{"vars":["s"]}}'), "can't be read"),
    "bad-term": (_http(_BAD_TERM), "can't be read"),
    "more-behind": (_http(WHOLE + b"Error S1T00"), "can't be read"),
    "error-within": (_http(WHOLE[:-3] + b"Virtuoso S1TAT Error"), "can't be read"),
    "cut-off": (_http(WHOLE[:9000], length=len(WHOLE)), "9000 bytes of"),
    "cut-by-one": (_http(WHOLE[:-1], length=len(WHOLE)), "isn't whole HTTP"),
    "cut-chunk": (_chunked(WHOLE[:9000], b""), "isn't whole HTTP"),
    "cut-last-chunk": (_chunked(WHOLE, b""), "isn't whole HTTP"),
    "cut-within": (_http(WHOLE[:9000]), "can't be read"),
    "cut-until-close": (_until_close(WHOLE[:9000]), "can't be read"),
    "cut-xml": (_http(WHOLE_XML[: -len(_RESULT)], XML), "can't be read"),
    "cut-xml-between-rows": (
        _http(WHOLE_XML[: WHOLE_XML.index(_RESULT) + 9 * len(_RESULT)], XML),
        "can't be read",
    ),
}
"""What is no whole answer, with what is said of it."""

_HUGE = b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON + b"\r\nConnection: close\r\n\r\n"


@dataclass
class Misbehaving:
    """Its address, and how often each of its paths was asked."""

    address: str
    asked: Counter[str] = field(default_factory=Counter)


@contextmanager
def misbehaving(elsewhere: str = "/sized") -> Iterator[Misbehaving]:
    """A server whose answer is told by the path; ``elsewhere`` is where ``/sends-on`` leads.

    ``/huge`` never ends, ``/silent`` never begins, ``/slow`` gives a byte each tenth of a second.
    """
    given = {**ANSWERS, **{name: raw for name, (raw, _) in BROKEN.items()}}
    given["sends-on"] = b"HTTP/1.1 307 Over There\r\nLocation: %s\r\n" % elsewhere.encode()
    given["sends-on"] += b"Content-Length: 0\r\n\r\n"
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        running = Misbehaving(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                name = _read_request(connection)
                running.asked[name] += 1
                if name == "huge":
                    connection.sendall(_HUGE + WHOLE[:-2])
                    while not over.is_set():
                        connection.sendall(b",".join([b"", *map(_row, range(5000))]))
                elif name == "slow":
                    for byte in _http(WHOLE):
                        connection.sendall(bytes([byte]))
                        if over.wait(0.1):
                            break
                elif name == "silent":
                    over.wait()
                else:
                    connection.sendall(given[name])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=answer, args=(connection,)).start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield running
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()


def _read_request(connection: socket.socket) -> str:
    """Read a whole request; the name at the end of its path."""
    reader = connection.makefile("rb")
    path = reader.readline().split()[1].decode()
    length = 0
    while (line := reader.readline().strip().lower()) != b"":
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    reader.read(length)
    return path[1:]
