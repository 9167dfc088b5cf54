"""The query endpoint, ``/sparql`` and ``/at/{date}/sparql``: a plain ASGI application.

SPARQL 1.1 Protocol, query operation, by GET, POST form and POST direct; a bare GET is the service
description (SPARQL 1.1 Service Description) or, for a browser, the query page.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from kg.asking.asof import NearBound
from kg.asking.formats import FORMATS, Format, Kind, format_named
from kg.asking.stability import lists_graphs
from kg.web.clients import client_of
from kg.web.operating.seen import seen_of
from kg.web.pages.rendering import Pages
from kg.web.pool.lanes import Failure, Reply
from kg.web.problems import OUR_FAULT, Problem, problem_of
from kg.web.protocol.description import describe_service
from kg.web.protocol.negotiate import (
    HTML,
    Offer,
    choose,
    content_type,
    describable_formats,
    offers_of,
    prefers_page,
    result_formats,
)
from kg.web.protocol.operation import Operation, read_operation
from kg.web.sending.encodings import choose_coding
from kg.web.sending.flights import Flight, Flights
from kg.web.sending.heads import CORS_PREFLIGHT
from kg.web.sending.responses import (
    AskerGone,
    Sending,
    header,
    read_body,
    refuse_coded_body,
    send_kept,
    send_not_modified,
    send_problem,
    send_reply,
    send_whole,
    site_address,
    unless_gone,
)
from kg.web.sending.validators import entity_tag, freshness, read_conditions, tag_of
from kg.web.service import Service, state_headers

__all__ = ["SparqlEndpoint"]

_LOG = logging.getLogger(__name__)
METHODS = "GET, HEAD, POST, OPTIONS"
_PAGE_ROWS = 1000


class SparqlEndpoint:
    """Answers what comes to the endpoint; ``day`` is that of the address, if any."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages
        self._flights = Flights()

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
            await send_whole(send, 204, "text/plain", b"", {"Allow": METHODS, **CORS_PREFLIGHT})
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
            refuse_coded_body(scope)
            body = await read_body(scope, receive, limit, self._service.settings.patience)
        operation = read_operation(
            method, header(scope, b"content-type"), scope["query_string"], body, day
        )
        seen_of(scope).query = operation.query or ""
        accept = _accepted(scope, operation)
        if operation.query is None:
            await self._open_door(scope, send, operation, accept)
        elif method != "POST" and prefers_page(accept):
            await unless_gone(receive, self._show_results(send, operation, operation.query))
        else:
            await self._answer_query(scope, receive, send, operation, accept)

    async def _open_door(self, scope: Scope, send: Send, operation: Operation, accept: str) -> None:
        """The query page or the service description, for a request without a query."""
        state = self._service.state_of(operation.view)
        headers = {"Vary": "Accept", **freshness(operation.view.day is not None)}
        if prefers_page(accept):
            page = self._pages.query_form(operation, state)
            await send_whole(send, 200, f"{HTML}; charset=utf-8", page.encode(), headers)
            return
        offer = choose(accept, describable_formats())
        if offer is None:
            raise _nothing_acceptable(describable_formats())
        address = f"{site_address(scope)}{scope['path']}"
        body = describe_service(
            *(address, self._service.pool.loaded, state, offer.what),
            federates=bool(self._service.settings.services),
        )
        await send_whole(send, 200, content_type(offer), body, headers)

    async def _show_results(self, send: Send, operation: Operation, query: str) -> None:
        """Send the query page with the first rows of the answer, or with what is wrong."""
        headers = {"Vary": "Accept"}
        try:
            found = await self._service.table({**_request(operation, query), "rows": _PAGE_ROWS})
            status, page = 200, self._pages.query_results(operation, found)
            headers |= state_headers(found["head"], self._service.near(operation.view))
            if found["head"]["stable"]:
                headers |= freshness(operation.view.day is not None)
        except Problem as problem:
            status, page = problem.status, self._pages.query_problem(operation, problem)
            headers |= problem.headers
        await send_whole(send, status, f"{HTML}; charset=utf-8", page.encode(), headers)

    async def _answer_query(
        self, scope: Scope, receive: Receive, send: Send, operation: Operation, accept: str
    ) -> None:
        """Answer a query from what the client has, from what is kept, or anew."""
        chosen = result_formats(accept)
        if not chosen:
            raise _nothing_acceptable(offers_of(FORMATS))
        question = self._read_question(operation, chosen)
        coding = choose_coding(header(scope, b"accept-encoding"))
        conditions = read_conditions(scope)
        known = conditions.known(question.tag, coding.taken if coding else ())
        if known and conditions.match is None:
            await send_not_modified(send, question.headers, entity_tag(question.tag, known))
            return
        kept = self._service.cache.find(question.tag)
        if kept is not None:
            seen_of(scope).cache = "hit"
            await send_kept(send, kept, question.headers)
            return
        try:
            await self._ask(receive, send, question, client_of(scope))
        except Failure as failure:
            raise problem_of(failure) from None

    async def _ask(self, receive: Receive, send: Send, question: "_Question", client: str) -> None:
        """Have a worker answer, or wait for one that is at this question of the same client."""
        flight = self._flights.find((client, question.tag))
        if flight is not None:
            failure = await unless_gone(receive, asyncio.shield(flight))
            if failure is not None:
                raise failure
            kept = self._service.cache.peek(question.tag)
            if kept is not None:
                await send_kept(send, kept, question.headers)
                return
        await unless_gone(receive, self._evaluate(send, question, client))

    def _read_question(
        self, operation: Operation, chosen: Mapping[Kind, Offer[Format]]
    ) -> "_Question":
        """The question as workers take it, and the tag of its answer.

        The tag names the state that answers, not the day: the days of a state have one answer, but
        for what is said of bounds near the day.
        """
        view, dataset, query = operation.view, operation.dataset, operation.query or ""
        day = self._service.day_of(view)
        state = None if dataset else self._service.find_state(day)
        request = {
            "text": query,
            "day": day.isoformat(),
            "possible": view.possible,
            "default": dataset.default,
            "named": dataset.named,
            "formats": {kind: offer.what.name for kind, offer in chosen.items()},
        }
        near = () if dataset else self._service.near(view)
        types = {kind: offer.media_type for kind, offer in chosen.items()}
        told = [str(bound) for bound in near]
        depends = [view.possible, dataset.default, dataset.named, types, told]
        tag = tag_of(
            self._service.edition,
            state.iri if state else None,
            repr(depends),
            self._service.loading if lists_graphs(query) else None,
            query,
        )
        headers = {"Vary": "Accept", **freshness(view.day is not None)}
        return _Question(request, tag, headers, chosen, near)

    async def _evaluate(self, send: Send, question: "_Question", client: str) -> None:
        """Have a worker answer."""
        pool = self._service.pool
        with self._flights.lead((client, question.tag)) as flight:
            async with pool.ask(question.request, client=client) as reply:
                await self._send_answer(send, question, reply, flight)

    async def _send_answer(
        self, send: Send, question: "_Question", reply: Reply, flight: Flight
    ) -> None:
        if not (reply.complete and reply.head["stable"]):
            flight.set_result(None)
        offer = question.chosen[reply.head["kind"]]
        headers = {"Vary": "Accept", **state_headers(reply.head, question.near)}
        if reply.head["stable"]:
            headers |= {**question.headers, "ETag": question.tag}
        await send_reply(send, content_type(offer), reply, headers)


@dataclass(frozen=True, slots=True)
class _Question:
    """What a worker is asked, the tag of its answer, and what is said of that in any case.

    ``near`` are the bounds near the day asked for.
    """

    request: dict[str, Any]
    tag: str
    headers: dict[str, str]
    chosen: Mapping[Kind, Offer[Format]]
    near: tuple[NearBound, ...]


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
