"""``/timemap/{path}``: which mementos an address has (RFC 7089, section 5).

In link format, which is what the RFC asks for, in JSON, or as a page.
"""

import json

from starlette.types import Receive, Scope, Send

from kg.web.pages.rendering import Pages
from kg.web.pages.resources import explain_absence
from kg.web.pages.things import Thing, find_thing, resource_iri
from kg.web.problems import Problem
from kg.web.protocol.memento import LINK_FORMAT, Mementos, mementos_of
from kg.web.protocol.negotiate import HTML, Offer, choose, prefers_page
from kg.web.protocol.operation import View, parse_parameters, read_view
from kg.web.sending.responses import (
    answer,
    header,
    raw_path,
    send_redirect,
    send_whole,
    site_address,
)
from kg.web.sending.validators import DATED
from kg.web.service import Service

__all__ = ["TimeMaps"]

_JSON = "application/json"
_HEADERS = {"Vary": "Accept", "Cache-Control": DATED}
_OFFERS = [Offer(LINK_FORMAT, LINK_FORMAT), Offer(_JSON, _JSON)]


class TimeMaps:
    """Answers requests for TimeMaps; raises ``Problem``."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(receive, self._respond(scope, send))

    async def _respond(self, scope: Scope, send: Send) -> None:
        view = read_view(parse_parameters(scope["query_string"]))
        site = site_address(scope)
        thing = await find_thing(
            self._service, resource_iri(raw_path(scope).removeprefix(b"/timemap"))
        )
        states = self._service.pool.loaded.states
        mementos = mementos_of(site, thing, states, view)
        if thing.fixed:
            await send_redirect(send, mementos.timemap, {})
        elif not mementos.days:
            raise explain_absence(thing, self._service.state_of(View()), {})
        else:
            media_type, body = self._write(thing, mementos, header(scope, b"accept"))
            await send_whole(send, 200, media_type, body.encode(), _HEADERS)

    def _write(self, thing: Thing, mementos: Mementos, accept: str) -> tuple[str, str]:
        """The media type and the words of a TimeMap; raises ``Problem``."""
        if prefers_page(accept):
            view = mementos.view
            states = thing.there_in(self._service.pool.loaded.states, possible=view.possible)
            page = self._pages.timemap(thing.name, view, states)
            return f"{HTML}; charset=utf-8", page
        offer = choose(accept, _OFFERS)
        if offer is None:
            raise Problem(
                406, f"A TimeMap can be had as {LINK_FORMAT}, {_JSON} or {HTML}, and as no other."
            )
        if offer.what == _JSON:
            return _JSON, json.dumps(mementos.as_json(), indent=1) + "\n"
        return LINK_FORMAT, mementos.as_links()
