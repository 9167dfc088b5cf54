"""What leaves the server: each response coded as the client asks, and known by its validator.

Handlers send an answer as it is. One that may be kept says so in ``Cache-Control`` (see
``kg.web.sending.validators.freshness``); it may bring its tag as ``ETag``, or is given one made
from the request. Everything else leaves with ``no-store``.
"""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Message, Scope, Send

from kg.asking.asof import today
from kg.web.problems import Problem, Sentence
from kg.web.protocol.languages import wanted
from kg.web.sending.cache import Entry, Headers, Ready
from kg.web.sending.encodings import IDENTITY, Coding, choose_coding, encode
from kg.web.sending.heads import Head, common_headers
from kg.web.sending.repeats import request_key
from kg.web.sending.responses import AskerGone, header, raw_path, send_problem
from kg.web.sending.streams import LARGE, CodedStream, HeldAnswer
from kg.web.sending.validators import DATED, Conditions, read_conditions, tag_of
from kg.web.service import Service

__all__ = ["Outgoing"]

_MOST_HELD = 8 << 20
"""Bytes of an answer that are held for a client of HTTP/1.0."""

_OLD_PROTOCOL = Problem(
    505,
    f"This answer is longer than {_MOST_HELD >> 20} MiB. In HTTP/1.0 it could be cut off and look "
    "whole: ask over HTTP/1.1, or for a part of it.",
)
_NO_CODING = Problem(
    406,
    "None of the content codings asked for can be had. There are br, zstd, gzip and identity.",
)
_NOT_THE_SAME = Problem(
    412, Sentence("None of the entity tags in If-Match is that of this answer.")
)
_END: Message = {"type": "http.response.body", "body": b""}


class Outgoing:
    """Sends one response; ``started`` is whether any of it has left.

    Raises ``AskerGone`` from a send where the rest of an answer isn't wanted.
    """

    def __init__(
        self, scope: Scope, send: Send, service: Service, page: Callable[[Problem], str]
    ) -> None:
        self._scope = scope
        self._send = send
        self._service = service
        self._page = page
        self._edition = service.edition
        self._day = today()
        self._conditions: Conditions = read_conditions(scope)
        self._take: Callable[[Message], Awaitable[None]] = self._take_start
        self._start: Message = {}
        self.started = False

    async def __call__(self, message: Message) -> None:
        await self._take(message)

    async def refuse(self, problem: Problem) -> None:
        """Send a problem in the place of an answer of which nothing has left."""
        self._take = self._take_start
        await send_problem(self._scope, self, problem, self._page)

    async def _take_start(self, message: Message) -> None:
        """Hold the start of a response: what follows decides what else it says."""
        self._start = message
        self._take = self._take_first

    async def _take_first(self, first: Message) -> None:
        """Send a response from its start and the first part of its body."""
        status, fields = self._start["status"], dict(self._start.get("headers", ()))
        fields = _speak(fields, _canonical(self._scope) if status == 200 else b"")
        common = common_headers(self._service.release, fields.get(b"content-type", b""))
        head = Head(self._tag(fields), fields, common, self._scope["method"] != "POST")
        more, body = bool(first.get("more_body")), first.get("body", b"")
        if status != 200:
            await self._start_with(status, head.plain())
            await self._send(first)
            self._take = self._send
            return
        coding = choose_coding(header(self._scope, b"accept-encoding"))
        if coding is None:
            await self._refuse_rest(_NO_CODING, more=more)
        elif more and self._scope["http_version"] == "1.0" and not _has_length(head, coding):
            await self._hold(head, coding, first)
        elif more:
            await self._open_stream(head, coding, first)
        else:
            await self._deliver(head, coding, body)

    def _tag(self, fields: dict[bytes, bytes]) -> str | None:
        """What the answer is known by; ``None`` where it may not be kept."""
        control = fields.get(b"cache-control", b"").decode()
        if not control.startswith("public") or not self._still_true():
            return None
        if b"etag" in fields:
            return fields[b"etag"].decode()
        if self._scope["method"] == "POST":
            return None
        (asked, _), _ = request_key(self._scope)
        day = "" if control == DATED else self._day.isoformat()
        language = fields.get(b"content-language", b"").decode()
        return tag_of(self._edition, day, repr(asked), language)

    async def _deliver(self, head: Head, coding: Coding, body: bytes) -> None:
        """Send a whole answer, and keep it."""
        cache, name = self._service.cache, coding.for_size(len(body))
        kept = cache.peek(head.tag) if head.tag else None
        entry = kept or Entry(head.tag or "", tuple(head.fields.items()), {IDENTITY: body})
        if name not in entry.bodies:
            many = len(body) > LARGE
            coded = await asyncio.to_thread(encode, body, name) if many else encode(body, name)
            cache.add_coding(entry, name, coded)
        content = entry.bodies[name]
        ready = Ready(entry, name, head.full(name, len(content)), content, head.not_modified(name))
        if head.tag and kept is None:
            cache.keep(entry)
        if head.tag and head.fresh:
            cache.add_request(*request_key(self._scope), ready)
        if not await self._answer_condition(head, coding, name):
            await self._start_with(200, ready.headers)
            await self._send({"type": "http.response.body", "body": content})

    async def _open_stream(self, head: Head, coding: Coding, first: Message) -> None:
        """Send an answer as it comes, and keep it where it ends well and isn't too large."""
        if await self._answer_condition(head, coding, coding.preferred):
            raise AskerGone
        length = int(head.fields[b"content-length"]) if _has_length(head, coding) else None
        await self._start_with(200, head.full(coding.preferred, length))
        if self._scope["method"] == "HEAD":
            await self._send(_END)
            raise AskerGone
        cache = self._service.cache

        def keep(bodies: dict[str, bytes]) -> None:
            if head.tag and self._still_true():
                cache.keep(Entry(head.tag, tuple(head.fields.items()), bodies))

        room = cache.largest if head.tag else -1
        self._take = CodedStream(self._send, coding.preferred, room, keep).add
        await self._take(first)

    async def _hold(self, head: Head, coding: Coding, first: Message) -> None:
        """Send an answer when it is whole: a client of HTTP/1.0 can't tell one that was cut off."""

        async def deliver(body: bytes) -> None:
            await self._deliver(head, coding, body)

        async def refuse() -> None:
            await self._refuse_rest(_OLD_PROTOCOL, more=True)

        self._take = HeldAnswer(_MOST_HELD, deliver, refuse).add
        await self._take(first)

    async def _answer_condition(self, head: Head, coding: Coding, name: str) -> bool:
        """Answer 412 or 304 where a condition of the request says so; false where none does."""
        tag = head.tag if head.fresh else None
        if self._conditions.fails(tag, name):
            await self.refuse(_NOT_THE_SAME)
            return True
        known = self._conditions.find_known(tag, name, coding.taken)
        if known is not None:
            await self._start_with(304, head.not_modified(known))
            await self._send(_END)
            return True
        return False

    async def _refuse_rest(self, problem: Problem, *, more: bool) -> None:
        """Refuse, and stop an answer that would go on."""
        await self.refuse(problem)
        if more:
            raise AskerGone

    async def _start_with(self, status: int, headers: Headers) -> None:
        self.started = True
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    def _still_true(self) -> bool:
        """Whether release and day are what they were when the request came."""
        return self._service.edition == self._edition and today() == self._day


def _has_length(head: Head, coding: Coding) -> bool:
    """Whether the length of a stream is known before it leaves."""
    return coding.preferred == IDENTITY and b"content-length" in head.fields


def _speak(fields: dict[bytes, bytes], canonical: bytes) -> dict[bytes, bytes]:
    """The fields of a response; those of a page with its language (RFC 9110, section 8.5).

    Data is in all languages: asked for in one it names its ``canonical`` address, which asks for
    none (RFC 6596). An answer that has a tag of its own is also that of other addresses.
    """
    if not fields.get(b"content-type", b"").startswith(b"text/html"):
        if not wanted.get().named or not canonical or b"etag" in fields:
            return fields
        link = b'<%b>; rel="canonical"' % canonical
        return {**fields, b"link": b", ".join(filter(None, (fields.get(b"link"), link)))}
    vary = b", ".join(filter(None, (fields.get(b"vary"), b"Accept-Language")))
    return {**fields, b"content-language": wanted.get().code.encode(), b"vary": vary}


def _canonical(scope: Scope) -> bytes:
    """The address of a request without its language, on this site."""
    query = wanted.get().elsewhere(None)
    return raw_path(scope) + (query if query != "?" else "").encode()
