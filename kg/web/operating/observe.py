"""The outermost layer: each request gets an id, is counted, timed and told of, and can be ended.

Plain ASGI, and cheap: a cached answer takes some tens of microseconds in all.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.operating.logs import REQUEST
from kg.web.operating.metrics import Traffic
from kg.web.operating.seen import Seen, see
from kg.web.problems import Problem
from kg.web.sending.responses import BrokenAnswer, send_json_problem
from kg.web.service import Service

__all__ = ["Observed"]

Tell = Callable[[Scope, Seen, float], None]
"""Says what became of a request, after so many seconds."""

_STOPPING = "The server is stopping and takes no more requests. Please ask again in a moment."
_ENDED = "The server is stopping, and this request wasn't done in time. Please ask again."


class Observed:
    """``app``, observed: ``tell`` is called after each request."""

    def __init__(self, app: ASGIApp, service: Service, traffic: Traffic) -> None:
        self.tell: Tell = lambda scope, seen, seconds: None
        self._app = app
        self.service = service
        self._traffic = traffic
        self._running: dict[Seen, asyncio.Task[object] | None] = {}
        traffic.count_running(self.running)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = see(scope)
        REQUEST.set(seen.id)
        self._running[seen] = asyncio.current_task()
        watched = _watch(seen, send)
        try:
            if self.service.stopping:
                await self._refuse(scope, watched, _STOPPING)
            else:
                await self._app(scope, receive, watched)
        except asyncio.CancelledError:
            if not self.service.stopping:
                raise
            await self._end(scope, seen, watched)
        except BaseException as error:
            seen.cause = seen.cause or _name(error)
            raise
        finally:
            del self._running[seen]
            seconds = time.perf_counter() - seen.began
            if not seen.complete and not seen.cause:
                seen.cause = "AskerGone"
            self._traffic.count(seen.kind, seen.status, seen.size, seconds)
            self.tell(scope, seen, seconds)

    def running(self) -> int:
        """How many requests are being answered."""
        return len(self._running)

    def stop(self) -> None:
        """Take no more requests; those that run go on."""
        self.service.stopping = True

    def end_all(self) -> None:
        """End the requests that still run: 503 where nothing is sent yet, else a broken answer."""
        for task in self._running.values():
            if task is not None:
                task.cancel()

    async def _end(self, scope: Scope, seen: Seen, send: Send) -> None:
        if seen.status:
            seen.cause = "Stopped"
            raise BrokenAnswer("Stopped: the server stops, and the answer wasn't all out.")
        await self._refuse(scope, send, _ENDED)

    async def _refuse(self, scope: Scope, send: Send, sentence: str) -> None:
        headers = {"Retry-After": "5", "Connection": "close"}
        problem = Problem(503, sentence, headers=headers, cause="Stopped")
        await send_json_problem(scope, send, problem)


def _watch(seen: Seen, send: Send) -> Send:
    """``send``, with the request's id on the response, and what goes out noted in ``seen``."""

    async def watched(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", ())
            for name, value in headers:
                if name == b"x-zhospar-state":
                    seen.state = value.decode("latin-1").rpartition("@")[2]
            message["headers"] = [*headers, (b"x-request-id", seen.id.encode("ascii"))]
            await send(message)
            seen.status = message["status"]
            return
        await send(message)
        seen.size += len(message.get("body", b""))
        seen.complete = not message.get("more_body", False)

    return watched


def _name(error: BaseException) -> str:
    """What an error is called; an answer that broke off says why before its first colon."""
    if isinstance(error, BrokenAnswer):
        return str(error).partition(":")[0]
    return type(error).__name__
