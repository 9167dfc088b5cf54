"""Every address under BASE: what is stated of the thing it names, as a page or in an RDF format.

The format is chosen by ``Accept`` or by a suffix, the day by ``at`` or by ``Accept-Datetime``
(RFC 7089). A named graph's address gives what the graph holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.types import Receive, Scope, Send

from kg.asking.asof import State
from kg.asking.formats import Format
from kg.iris import graph_iri
from kg.namespaces import BASE
from kg.web.pages.addresses import short_name
from kg.web.pages.labels import iris_in, read_labels
from kg.web.pages.ontology import OntologyPage
from kg.web.pages.rendering import Pages
from kg.web.pages.statements import by_property, by_subject, find_wording, name_among
from kg.web.pages.things import SUFFIXED, Thing, find_thing, resource_iri
from kg.web.problems import Problem, Sentence
from kg.web.protocol.memento import Mementos, mementos_of, read_datetime, timemap_address
from kg.web.protocol.negotiate import (
    HTML,
    Offer,
    choose,
    content_type,
    describable_formats,
    prefers_page,
)
from kg.web.protocol.operation import View, parse_parameters, read_view
from kg.web.sending.responses import (
    answer,
    header,
    raw_path,
    send_redirect,
    send_reply,
    send_whole,
    site_address,
)
from kg.web.sending.validators import freshness
from kg.web.service import Service, state_headers

__all__ = ["Resources", "explain_absence"]

_MENTIONS = 100
_MOST_STATEMENTS = 20_000
_ONTOLOGY = f"{BASE}ontology"
_DOCUMENTS = (_ONTOLOGY, f"{BASE}catalogue")
"""What is described by a whole graph that is called after it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A thing, the day it is asked for, that day's state, and what the answer says of its time."""

    thing: Thing
    view: View
    state: State
    headers: dict[str, str]


class Resources:
    """Answers requests for resources; raises ``Problem``."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(receive, self._respond(scope, send))

    async def _respond(self, scope: Scope, send: Send) -> None:
        """Answer for the day asked for; asked for a datetime instead, send on to its memento."""
        view = read_view(parse_parameters(scope["query_string"]))
        thing = await find_thing(self._service, resource_iri(raw_path(scope)))
        if thing.fixed and view.day is None:
            view = replace(view, day=thing.fixed.day.isoformat())
        state = self._service.state_of(view)
        states = self._service.pool.loaded.states
        mementos = mementos_of(site_address(scope), thing, states, view)
        moment = header(scope, b"accept-datetime")
        if moment and mementos.days and view.day is None:
            await _send_to_memento(send, mementos, moment)
            return
        headers = _time_headers(thing, mementos, view, state)
        if state not in thing.there_in(states, possible=view.possible):
            raise explain_absence(thing, state, headers)
        headers |= freshness(view.day is not None)
        asked = _Asked(thing, view, state, headers)
        await self._describe(send, asked, thing.wanted or header(scope, b"accept"))

    async def _describe(self, send: Send, asked: _Asked, accept: str) -> None:
        if prefers_page(accept):
            page = await self._page(asked)
            state = {"state": asked.state.iri, "evidence": asked.state.evidence}
            headers = {**asked.headers, **state_headers(state, self._service.near(asked.view))}
            await send_whole(send, 200, f"{HTML}; charset=utf-8", page.encode(), headers)
            return
        offer = choose(accept, describable_formats())
        if offer is None:
            types = ", ".join([HTML, *(f.media_type for f in SUFFIXED.values())])
            raise Problem(
                406,
                Sentence(
                    "None of the formats asked for can be had. There are: %(types)s.", types=types
                ),
                headers={"Vary": asked.headers["Vary"]},
            )
        await self._send_graph(send, asked, offer)

    async def _send_graph(self, send: Send, asked: _Asked, offer: Offer[Format]) -> None:
        graph = self._graph_of(asked.thing.iri)
        request = {
            "text": self._service.questions["graph-content" if graph else "resource-description"],
            "day": asked.view.day,
            "possible": asked.view.possible,
            "bindings": {"resource": graph or asked.thing.iri},
            "formats": {"graph": offer.what.name},
            "sorted": True,
        }
        async with self._service.pool.ask(request) as reply:
            near = self._service.near(asked.view)
            named = {} if graph else state_headers(reply.head, near)
            await send_reply(send, content_type(offer), reply, {**asked.headers, **named})

    async def _page(self, asked: _Asked) -> str:
        iri, view, fixed = asked.thing.iri, asked.view, asked.thing.fixed
        if iri == _ONTOLOGY:
            return await self._ontology(asked)
        graph = self._graph_of(iri)
        subjects = await self._service.rows("graph-subjects", view, resource=graph) if graph else []
        statements = await self._service.rows("resource-statements", view, resource=iri)
        mentions = await self._service.rows("resource-mentions", view, _MENTIONS, resource=iri)
        named = [
            *iris_in(statements, "property", "value", "what"),
            *iris_in(mentions, "property", "subject"),
            *iris_in(subjects, "subject"),
        ]
        labels = await read_labels(self._service, view, [iri, *named])
        own = View(language=view.language) if fixed else view
        return self._pages.resource(
            *(view, asked.state, iri),
            title=labels.label(iri) or name_among(statements) or short_name(iri),
            formats=list(SUFFIXED.values()),
            timemap=timemap_address(fixed.of if fixed else iri, own),
            wording=find_wording(statements, labels.title(iri)),
            statements=by_property(statements, "value", labels),
            subjects=by_subject(subjects, labels),
            mentions=by_property(mentions, "subject", labels),
        )

    async def _ontology(self, asked: _Asked) -> str:
        iri, view = asked.thing.iri, asked.view
        statements = await self._service.rows("ontology-terms", view, _MOST_STATEMENTS)
        uses = await self._service.rows("ontology-uses", view)
        labels = await read_labels(self._service, view, [iri])
        return self._pages.ontology(
            *(view, asked.state, iri),
            title=labels.label(iri) or short_name(iri),
            formats=list(SUFFIXED.values()),
            ontology=OntologyPage(statements, uses, self._service.examples),
        )

    def _graph_of(self, iri: str) -> str | None:
        """The named graph an address stands for, if it does."""
        if iri in _DOCUMENTS:
            return graph_iri(iri.removeprefix(BASE))
        return iri if self._service.triples_in(iri) is not None else None


def explain_absence(thing: Thing, state: State, headers: Mapping[str, str]) -> Problem:
    """Why a thing that is known isn't there in ``state``, and where it is."""
    here = {"thing": thing.iri, "state": state.valid_from}
    if state in thing.may:
        sentence = Sentence(
            "%(thing)s does not stand in the state of %(state)s, but it may have: add "
            "?include=possible to the address.",
            **here,
        )
    else:
        found = thing.stands or thing.may
        extra = "" if thing.stands else "&include=possible"
        sentence = Sentence(
            "%(thing)s does not stand in the state of %(state)s; it is in that of %(days)s: add "
            "?at=%(first)s%(extra)s to the address.",
            **here,
            days=", ".join(str(other.valid_from) for other in found),
            first=found[0].valid_from,
            extra=extra,
        )
    return Problem(404, sentence, headers=dict(headers))


async def _send_to_memento(send: Send, mementos: Mementos, asked: str) -> None:
    """Send on to the memento for the datetime ``asked``; raises ``Problem``."""
    try:
        day = mementos.choose(read_datetime(asked))
    except Problem as problem:
        problem.headers |= mementos.gate_headers()
        raise
    headers = {**mementos.gate_headers(), "Link": mementos.links(day)}
    await send_redirect(send, mementos.address_of(day), headers)


def _time_headers(thing: Thing, mementos: Mementos, view: View, state: State) -> dict[str, str]:
    """What an answer says of its place in time; for a day without the thing, where that is."""
    if thing.fixed:
        return mementos.fixed_headers(thing.fixed.day)
    if view.day is None:
        return mementos.gate_headers()
    if state.valid_from in mementos.days:
        return mementos.memento_headers(state.valid_from)
    return {"Link": mementos.links()}
