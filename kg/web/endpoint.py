"""The query endpoint, ``/sparql`` and ``/at/{date}/sparql``: a plain ASGI application.

SPARQL 1.1 Protocol, query operation, by GET, POST form and POST direct; a bare GET is the service
description (SPARQL 1.1 Service Description) or, for a browser, the query page.
"""

import logging
from collections.abc import Sequence
from typing import Any

from starlette.types import Receive, Scope, Send

from kg.asking.asof import NearBound
from kg.asking.formats import FORMATS, Format, Kind, format_named
from kg.web.description import describe_service
from kg.web.negotiate import (
    HTML,
    Offer,
    choose,
    content_type,
    describable_formats,
    offers_of,
    prefers_page,
    result_formats,
)
from kg.web.pages import Pages
from kg.web.problems import OUR_FAULT, Problem, problem_of
from kg.web.protocol import Operation, read_operation
from kg.web.responses import (
    AskerGone,
    Sending,
    header,
    read_body,
    send_problem,
    send_reply,
    send_whole,
    site_address,
    unless_gone,
)
from kg.web.service import Service, state_headers
from kg.web.workers import Failure

__all__ = ["SparqlEndpoint"]

_LOG = logging.getLogger(__name__)
METHODS = "GET, HEAD, POST, OPTIONS"
_PAGE_ROWS = 1000


class SparqlEndpoint:
    """Answers what comes to the endpoint; ``day`` is that of the address, if any."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send, day: str | None = None
    ) -> None:
        sending = Sending(send)
        try:
            await self._respond(scope, receive, sending, day)
        except Problem as problem:
            await send_problem(scope, send, problem, self._pages.problem)
        except AskerGone:
            return
        except Exception:
            if sending.started:
                raise  # the server breaks the connection
            _LOG.exception("A query request failed.")
            await send_problem(scope, send, Problem(500, OUR_FAULT), self._pages.problem)

    async def _respond(self, scope: Scope, receive: Receive, send: Send, day: str | None) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await send_whole(send, 204, "text/plain", b"", {"Allow": METHODS})
            return
        if method not in ("GET", "HEAD", "POST"):
            raise Problem(
                405, f"{method} is not for queries: use GET or POST.", headers={"Allow": METHODS}
            )
        limit = self._service.settings.request_limit
        if len(scope["query_string"]) > limit:
            raise Problem(
                413,
                f"The address is longer than the {limit >> 10} KiB that are taken "
                "(KG_REQUEST_MAX_KB).",
            )
        body = b""
        if method == "POST":
            body = await read_body(scope, receive, limit)
        operation = read_operation(
            method, header(scope, b"content-type"), scope["query_string"], body, day
        )
        accept = _accepted(scope, operation)
        if operation.query is None:
            await self._open_door(scope, send, operation, accept)
        elif method != "POST" and prefers_page(accept):
            await unless_gone(receive, self._show_results(send, operation, operation.query))
        else:
            await self._evaluate(receive, send, operation, operation.query, accept)

    async def _open_door(self, scope: Scope, send: Send, operation: Operation, accept: str) -> None:
        """The query page or the service description, for a request without a query."""
        state = self._service.state_of(operation.view)
        if prefers_page(accept):
            page = self._pages.query_form(operation, state)
            await send_whole(send, 200, f"{HTML}; charset=utf-8", page.encode(), {"Vary": "Accept"})
            return
        offer = choose(accept, describable_formats())
        if offer is None:
            raise _nothing_acceptable(describable_formats())
        address = f"{site_address(scope)}{scope['path']}"
        body = describe_service(address, self._service.pool.loaded, state, offer.what)
        await send_whole(send, 200, content_type(offer), body, {"Vary": "Accept"})

    async def _show_results(self, send: Send, operation: Operation, query: str) -> None:
        """Send the query page with the first rows of the answer, or with what is wrong."""
        headers = {"Vary": "Accept"}
        try:
            found = await self._service.table({**_request(operation, query), "rows": _PAGE_ROWS})
            status, page = 200, self._pages.query_results(operation, found)
            headers |= state_headers(found["head"], self._service.near(operation.view))
        except Problem as problem:
            status, page = problem.status, self._pages.query_problem(operation, problem)
            headers |= problem.headers
        await send_whole(send, status, f"{HTML}; charset=utf-8", page.encode(), headers)

    async def _evaluate(
        self, receive: Receive, send: Send, operation: Operation, query: str, accept: str
    ) -> None:
        """Answer a query with a stream."""
        chosen = result_formats(accept)
        if not chosen:
            raise _nothing_acceptable(offers_of(FORMATS))
        request = {
            **_request(operation, query),
            "formats": {kind: offer.what.name for kind, offer in chosen.items()},
        }
        try:
            near = self._service.near(operation.view)
            await unless_gone(receive, self._stream(send, request, chosen, near))
        except Failure as failure:
            raise problem_of(failure) from None

    async def _stream(
        self,
        send: Send,
        request: dict[str, Any],
        chosen: dict[Kind, Offer[Format]],
        near: Sequence[NearBound],
    ) -> None:
        async with self._service.pool.ask(request) as reply:
            offer = chosen[reply.head["kind"]]
            headers = {"Vary": "Accept", **state_headers(reply.head, near)}
            await send_reply(send, content_type(offer), reply, headers)


def _request(operation: Operation, query: str) -> dict[str, Any]:
    return {
        "text": query,
        "day": operation.view.day,
        "possible": operation.view.possible,
        "default": operation.dataset.default,
        "named": operation.dataset.named,
    }


def _accepted(scope: Scope, operation: Operation) -> str:
    """What counts as the ``Accept`` header: the parameter ``as``, or the header."""
    if operation.format is None or operation.format == "":
        return header(scope, b"accept")
    if operation.format == "html":
        return HTML
    try:
        form = format_named(operation.format)
    except KeyError:
        names = ", ".join(("html", *(f.name for f in FORMATS)))
        raise Problem(400, f"'{operation.format}' is not a format: there are {names}.") from None
    fallback = ", application/sparql-results+json;q=0.5, text/turtle;q=0.5"
    return form.media_type + fallback


def _nothing_acceptable(offers: list[Offer[Format]]) -> Problem:
    types = ", ".join(dict.fromkeys(offer.media_type for offer in offers))
    return Problem(406, f"None of the formats asked for can be had. There are: {types}.")
