"""A request and its response in uvicorn, with the head and the body of a whole answer sent as one.

Two writes would be two packets, and two wake-ups of whoever reads.
"""

from collections.abc import Callable
from typing import Any, cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

__all__ = ["OneWrite"]

Start = dict[str, Any]

_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09})
"""What no field value may hold (RFC 9110, section 5.5); among it what would begin another field."""


class OneWrite(RequestResponseCycle):
    """Holds the start of a response that says its length until the body is there (ASGI 3.0)."""

    on_closing: Callable[[], None] | None = None
    """What is called once where the connection ends with this response, whole or cut off."""

    _held: Start | None = None

    async def run_asgi(self, app: ASGI3Application) -> None:
        """Have ``app`` answer, and see that a connection that is to close does."""
        await super().run_asgi(app)
        on_closing, self.on_closing = self.on_closing, None
        if on_closing is not None and self.transport.is_closing():
            on_closing()

    async def send(self, message: Any) -> None:
        """Send a part of the response; raises ``RuntimeError`` where it is none."""
        start, self._held = self._held, None
        if start is None:
            if message["type"] == "http.response.start" and _says_length(message):
                self._held = message
            else:
                await super().send(message)
        elif not self._write_whole(start, message):
            await super().send(cast(Any, start))
            await super().send(message)

    def _write_whole(self, start: Start, message: Any) -> bool:
        """Write an answer that is all there; false where it isn't a plain one, and nothing done."""
        if (
            self.response_started
            or self.disconnected
            or self.flow.write_paused
            or not self.keep_alive
            or self.scope["method"] == "HEAD"
            or message.get("more_body")
        ):
            return False
        fields = [*self.default_headers, *start["headers"]]
        body = message.get("body", b"")
        head = b"".join(
            (STATUS_LINE[start["status"]], *[b"%b: %b\r\n" % field for field in fields], b"\r\n")
        )
        ends = 2 * (len(fields) + 2)
        named = b"\r\ncontent-length: %d\r\n" % len(body) in head
        if not named or len(head) - len(head.translate(None, _CONTROLS)) != ends:
            return False
        self.transport.writelines((head, body))
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.message_event.set()
        self.on_response()
        return True


def _says_length(start: Start) -> bool:
    """Whether a response says how long it is, and nothing of its connection."""
    length = False
    for name, _ in start.get("headers", ()):
        if name == b"connection":
            return False
        length = length or name == b"content-length"
    return length
