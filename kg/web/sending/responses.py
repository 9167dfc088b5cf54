"""Answers on their way out: whole ones, streams that end or break, and problems."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from starlette.types import Message, Receive, Scope, Send

from kg.web.alarms import Alarms
from kg.web.operating.seen import seen_of
from kg.web.pool.lanes import Failure, Reply
from kg.web.problems import Problem, problem_of
from kg.web.protocol.negotiate import HTML, prefers_page
from kg.web.sending.cache import Entry
from kg.web.sending.encodings import IDENTITY

__all__ = [
    "AskerGone",
    "BrokenAnswer",
    "Sending",
    "answer",
    "header",
    "raw_path",
    "read_body",
    "refuse_coded_body",
    "send_json_problem",
    "send_kept",
    "send_not_modified",
    "send_problem",
    "send_redirect",
    "send_reply",
    "send_whole",
    "site_address",
    "unless_gone",
]

T = TypeVar("T")

_UNWATCHED = Alarms(0.02)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]+")

ProblemPage = Callable[[Problem], str]


class BrokenAnswer(Exception):
    """An answer failed after its status line was out: its cause, a colon, and a sentence."""

    expected = True  # it is told of by the request's line in the log, without a traceback


class AskerGone(Exception):
    """The client closed the connection before its answer was ready."""


class Sending:
    """Sends messages, and knows whether the response has started."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        self.started = True
        await self._send(message)


def header(scope: Scope, name: bytes) -> str:
    """A request header, its several values joined by commas; empty where it isn't there."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else ""


def site_address(scope: Scope) -> str:
    """The site as the client called it: ``http://127.0.0.1:8000``, with no slash at the end."""
    host = header(scope, b"host")
    host = host if _HOST.fullmatch(host) else "localhost"
    return f"{scope.get('scheme', 'http')}://{host}"


def raw_path(scope: Scope) -> bytes:
    """The path as the client wrote it, its escapes not decoded."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    return path


def refuse_coded_body(scope: Scope) -> None:
    """Raise ``Problem`` for a body with a content coding (RFC 9110, section 15.5.16).

    What it holds would be bounded only once it is unpacked.
    """
    coding = header(scope, b"content-encoding")
    if coding.strip().lower() not in ("", IDENTITY):
        raise Problem(
            415,
            f"The body is coded as '{coding[:40]}': send it as it is, without Content-Encoding.",
            headers={"Accept-Encoding": IDENTITY},
        )


async def read_body(scope: Scope, receive: Receive, limit: int, patience: float) -> bytes:
    """The body of a request, of which ``refuse_coded_body`` has said that it isn't coded.

    Raises ``Problem`` where it is longer than ``limit`` bytes, and where it has not come in
    ``patience`` seconds.
    """
    try:
        async with asyncio.timeout(patience):
            return await _gather_body(scope, receive, limit)
    except TimeoutError:
        raise Problem(
            408,
            f"The body of the request had not come whole after {patience:g} seconds "
            "(KG_CLIENT_PATIENCE_S).",
            headers={"Connection": "close"},
        ) from None


async def _gather_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    too_large = Problem(
        413, f"The request is larger than the {limit >> 10} KiB that are taken (KG_REQUEST_MAX_KB)."
    )
    declared = header(scope, b"content-length")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise AskerGone
        body += message.get("body", b"")
        if len(body) > limit:
            raise too_large
        if not message.get("more_body"):
            return bytes(body)


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T:
    """The result of ``work``; given up when the client is gone, which raises ``AskerGone``.

    Nobody looks for a client in the first moments: most answers are then ready, and looking takes
    longer than giving them.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    watching: list[asyncio.Task[None]] = []
    gone = False

    def give_up(watcher: asyncio.Task[None]) -> None:
        nonlocal gone
        if task is not None and not watcher.cancelled():
            gone = task.cancel()

    def watch() -> None:
        watching.append(loop.create_task(_until_gone(receive)))
        watching[0].add_done_callback(give_up)

    timer = _UNWATCHED.set(watch)
    try:
        return await work
    except asyncio.CancelledError:
        if gone and task is not None and not task.uncancel():
            raise AskerGone from None
        raise
    finally:
        timer.cancel()
        for watcher in watching:
            watcher.remove_done_callback(give_up)
            watcher.cancel()


async def answer(receive: Receive, work: Awaitable[None]) -> None:
    """Let ``work`` answer, unless the client goes; raises ``Problem`` where workers fail."""
    try:
        await unless_gone(receive, work)
    except Failure as failure:
        raise problem_of(failure) from None
    except AskerGone:
        return


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_whole(
    send: Send,
    status: int,
    content_type: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send a response that is all there."""
    length = {"Content-Length": str(len(body))}
    await send(_start(status, {"Content-Type": content_type, **length, **(headers or {})}))
    await send({"type": "http.response.body", "body": body})


async def send_kept(send: Send, kept: Entry, headers: Mapping[str, str]) -> None:
    """Send an answer that was kept, with ``headers`` in place of those of the same name."""
    own = _start(200, {**headers, "ETag": kept.tag})
    names = {name for name, _ in own["headers"]}
    own["headers"] += [item for item in kept.head if item[0] not in names]
    await send(own)
    await send({"type": "http.response.body", "body": kept.bodies[IDENTITY]})


async def send_not_modified(send: Send, headers: Mapping[str, str], entity_tag: str) -> None:
    """Tell the client that it has the answer (RFC 9110, section 15.4.5)."""
    vary = f"{headers['Vary']}, Accept-Encoding"
    await send(_start(304, {**headers, "Vary": vary, "ETag": entity_tag}))
    await send({"type": "http.response.body", "body": b""})


async def send_redirect(send: Send, address: str, headers: Mapping[str, str]) -> None:
    """Send the client on to ``address``, for this once (302)."""
    await send_whole(send, 302, "text/plain", b"", {"Location": address, **headers})


async def send_reply(
    send: Send, content_type: str, reply: Reply, headers: Mapping[str, str]
) -> None:
    """Send an answer of the workers: at once where it is all there, else as it comes.

    A failure after the status line raises ``BrokenAnswer``; the server then breaks the connection,
    so that the answer never looks whole.
    """
    if reply.complete:
        await send_whole(send, 200, content_type, reply.beginning, headers)
        return
    await send(_start(200, {"Content-Type": content_type, **headers}))
    await send({"type": "http.response.body", "body": reply.beginning, "more_body": True})
    try:
        async for chunk in reply.rest():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except Failure as failure:
        raise BrokenAnswer(f"{failure.name}: {failure}") from failure
    await send({"type": "http.response.body", "body": b""})


async def send_problem(scope: Scope, send: Send, problem: Problem, page: ProblemPage) -> None:
    """Send a problem: as a page where a browser asks, else as ``application/problem+json``."""
    problem = replace(problem, headers={"Vary": "Accept", **problem.headers})
    if not prefers_page(header(scope, b"accept")):
        await send_json_problem(scope, send, problem)
        return
    problem = _identify(scope, problem)
    content_type = f"{HTML}; charset=utf-8"
    await send_whole(send, problem.status, content_type, page(problem).encode(), problem.headers)


async def send_json_problem(scope: Scope, send: Send, problem: Problem) -> None:
    """Send a problem as ``application/problem+json``."""
    problem = _identify(scope, problem)
    body = json.dumps(problem.as_json(), ensure_ascii=False, indent=1).encode()
    await send_whole(send, problem.status, "application/problem+json", body, problem.headers)


def _identify(scope: Scope, problem: Problem) -> Problem:
    """The problem with the request's id, to be cited; the request's line has its cause."""
    seen = seen_of(scope)
    seen.cause = problem.cause or seen.cause
    return replace(problem, extra={**problem.extra, "request": seen.id}) if seen.id else problem


@lru_cache(maxsize=256)
def _encode_name(name: str) -> bytes:
    return name.lower().encode()


def _start(status: int, headers: Mapping[str, str]) -> Message:
    raw: list[tuple[bytes, bytes]] = [
        (_encode_name(name), value.encode("latin-1", "replace")) for name, value in headers.items()
    ]
    message: dict[str, Any] = {"type": "http.response.start", "status": status, "headers": raw}
    return message
