"""Connections: how many there may be, and how long and how large what a client sends.

uvicorn bounds none of them: half a request line, a header without an end or an answer that nobody
reads would keep a connection, and what it takes of memory, for ever (RFC 9112, section 9.5, leaves
the times to the server).
"""

import asyncio
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.web.alarms import Alarm, Alarms
from kg.web.problems import Problem
from kg.web.sending.cycles import OneWrite

__all__ = ["HEAD_LIMIT", "bounded_protocol"]

HEAD_LIMIT = 64 << 10
"""The most bytes of a request's address and headers together; a longer query is posted."""

_IDLE = 5.0
"""Seconds for which a connection is kept for a next request."""
_TOO_LARGE = Problem(
    431,
    f"The request's address and headers are longer than the {HEAD_LIMIT >> 10} KiB that are taken. "
    "Send a long query by POST.",
)
_NOT_HTTP = Problem(400, "This is not a request that can be read as HTTP/1.1.")
_TOO_SLOW = Problem(408, "The request did not arrive in time.")
_TOO_MANY = Problem(
    503,
    "There are too many connections. Please try again in a moment.",
    headers={"Retry-After": "1"},
)


@dataclass
class _Crowd:
    """All connections of a server: the most there may be, and those that wait for a request."""

    most: int
    patience: float
    waiting: dict["_Connection", None] = field(default_factory=dict)
    idle: Alarms = field(init=False)
    unready: Alarms = field(init=False)

    def __post_init__(self) -> None:
        self.unready = Alarms(self.patience)
        self.idle = Alarms(_IDLE)

    def make_room(self, there_are: int) -> bool:
        """Whether one more can be had: if need be, that which has waited longest makes room."""
        if there_are <= self.most:
            return True
        oldest = next(iter(self.waiting), None)
        if oldest is None:
            return False
        del self.waiting[oldest]
        oldest.transport.abort()
        return True


def bounded_protocol(most: int, patience: float) -> type[asyncio.Protocol]:
    """The protocol for ``most`` connections (where more come, idle ones make room).

    ``patience`` is in seconds: within it a request's head must have come, and a part of an answer
    that is on its way must have been taken.
    """

    class Bounded(_Connection):
        crowd = _Crowd(most, patience)

    return Bounded


class _Connection(HttpToolsProtocol):
    crowd: _Crowd

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: Alarm | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._head = self._unread = 0
        self._complaint = _NOT_HTTP

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.crowd.make_room(len(self.connections)):
            self._watch()
        else:
            self._refuse(_TOO_MANY)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._unread += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._unread > HEAD_LIMIT:
            self._refuse(_TOO_LARGE)
        else:
            self._watch()

    # The parser tells of what it has read whole; what it still gathers counts as unread.

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0

    def on_url(self, url: bytes) -> None:
        self._take(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._take(len(name) + len(value) + len(": \r\n"))
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unread = 0
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        cycle.__class__ = OneWrite  # the parser's class has no other way to name it
        cast(OneWrite, cycle).on_closing = self._abort_later
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Do what uvicorn does, but with one timer for all idle connections."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        else:
            idle = self.crowd.idle.set(self.timeout_keep_alive_handler)
            self.timeout_keep_alive_task = cast(asyncio.TimerHandle, idle)
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Refuse what can't be read, in the form of all problems."""
        self._refuse(self._complaint)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(self.crowd.patience, self.transport.abort)

    def resume_writing(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        if self.flow is not None:
            super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._abort_later()

    @property
    def _latest(self) -> RequestResponseCycle | None:
        return cast(RequestResponseCycle | None, self.cycle)

    @property
    def _answering(self) -> bool:
        return self._latest is not None and not self._latest.response_complete

    def _take(self, length: int) -> None:
        self._unread = 0
        self._head += length
        if self._head > HEAD_LIMIT:
            self._complaint = _TOO_LARGE
            raise ValueError("the head of the request is too large")

    def _watch(self) -> None:
        """Count the time while nothing is being answered, from the beginning of that time."""
        if self._answering:
            self._stop_watching()
        elif self._patience is None and not self.transport.is_closing():
            self._patience = self.crowd.unready.set(self._lose_patience)
            self.crowd.waiting[self] = None

    def _stop_watching(self) -> None:
        self.crowd.waiting.pop(self, None)
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _lose_patience(self) -> None:
        self._patience = None
        latest = self._latest
        if (self._unread or self._head) and (latest is None or latest.scope is not self.scope):
            self._refuse(_TOO_SLOW)
        else:
            self.transport.close()
            self._abort_later()

    def _refuse(self, problem: Problem) -> None:
        """Say what is wrong, unless an answer is under way, and end the connection."""
        self._stop_watching()
        if not self._answering:
            self.transport.write(_as_response(problem))
        self.transport.close()
        self._abort_later()

    def _abort_later(self, was_left: int | None = None) -> None:
        """End the connection even if its other end never takes what is left.

        What is left is too little for ``pause_writing``, which watches the rest of an answer.
        ``was_left`` is how many bytes there were when its time began; taking some earns more.
        """
        left = self.transport.get_write_buffer_size()
        if left == was_left:
            self.transport.abort()
        elif left:
            self.loop.call_later(self.crowd.patience, self._abort_later, left)


def _as_response(problem: Problem) -> bytes:
    body = json.dumps(problem.as_json(), indent=1).encode()
    headers = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **problem.headers,
    }
    lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
