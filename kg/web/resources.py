"""Every address under BASE: what is stated of the thing it names, as a page or in an RDF format.

The format is chosen by ``Accept`` or by a suffix. A named graph's address gives what the graph
holds.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from starlette.types import Receive, Scope, Send

from kg.asking.asof import State
from kg.asking.formats import GRAPH_FORMATS, Format
from kg.iris import graph_iri, local_name
from kg.namespaces import BASE, RDFS, SKOS
from kg.web.negotiate import (
    HTML,
    Offer,
    choose,
    content_type,
    describable_formats,
    prefers_page,
)
from kg.web.pages import Pages, short_name
from kg.web.problems import Problem, problem_of
from kg.web.protocol import View, parse_parameters, read_view
from kg.web.responses import AskerGone, header, send_reply, send_whole, unless_gone
from kg.web.service import Service, state_headers
from kg.web.workers import Failure

__all__ = ["Resources", "resource_iri", "split_suffix"]

_MENTIONS = 100
_ONTOLOGY = f"{BASE}ontology"
_FORMATS = {f.suffix: f for f in GRAPH_FORMATS if not f.keeps_graphs}
_LABELS = (SKOS.prefLabel, RDFS.label, "http://purl.org/dc/terms/title", SKOS.altLabel)


def resource_iri(raw_path: bytes) -> str:
    """The IRI that a path stands for: unreserved letters decoded, ``%2F`` and its like left alone.

    >>> resource_iri(b"/eli/kz/resolution/2013/78%402014-10-27")
    'https://w3id.org/zhospar/eli/kz/resolution/2013/78@2014-10-27'
    """
    path = raw_path.decode("ascii", "replace").partition("?")[0]
    decoded = re.sub(r"%[0-9A-Fa-f]{2}", lambda m: _decode_plain(m.group()), path)
    return BASE + decoded.removeprefix("/")


def split_suffix(iri: str) -> tuple[str, str]:
    """An IRI without a suffix that names a format, and that suffix; none where it has none."""
    stem, dot, suffix = iri.rpartition(".")
    if dot and (suffix in _FORMATS or suffix == "html") and not stem.endswith("/"):
        return stem, suffix
    return iri, ""


def _decode_plain(escape: str) -> str:
    letter = unquote(escape)
    return letter if re.fullmatch(r"[A-Za-z0-9._~@:!$&'()*+,;=-]", letter) else escape.upper()


class Resources:
    """Answers requests for resources; raises ``Problem``."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        view = read_view(parse_parameters(scope["query_string"]))
        state = self._service.state_of(view)
        unknown: Problem | None = None
        for iri, accept in _readings(scope):
            try:
                await unless_gone(receive, self._describe(send, iri, accept, view, state))
            except Failure as failure:
                raise problem_of(failure) from None
            except AskerGone:
                return
            except Problem as problem:
                if problem.status != HTTPStatus.NOT_FOUND:
                    raise
                unknown = unknown or problem
            else:
                return
        if unknown is not None:
            raise unknown

    async def _describe(self, send: Send, iri: str, accept: str, view: View, state: State) -> None:
        if prefers_page(accept):
            page = await self._page(iri, view, state)
            headers = {
                "Vary": "Accept",
                **state_headers({"state": state.iri, "evidence": state.evidence}),
            }
            await send_whole(send, 200, f"{HTML}; charset=utf-8", page.encode(), headers)
            return
        offer = choose(accept, describable_formats())
        if offer is None:
            types = ", ".join([HTML, *(f.media_type for f in _FORMATS.values())])
            raise Problem(406, f"None of the formats asked for can be had. There are: {types}.")
        graph = self._graph_of(iri)
        question = "graph-content" if graph else "resource-description"
        await self._send_graph(send, question, graph or iri, offer, view, state)

    async def _send_graph(
        self, send: Send, question: str, iri: str, offer: Offer[Format], view: View, state: State
    ) -> None:
        request = {
            "text": self._service.questions[question],
            "day": view.day,
            "possible": view.possible,
            "bindings": {"resource": iri},
            "formats": {"graph": offer.what.name},
            "sorted": True,
        }
        async with self._service.pool.ask(request) as reply:
            if reply.head["count"] == 0:
                raise await self._not_found(iri, view, state)
            headers = {"Vary": "Accept"}
            if question == "resource-description":
                headers |= state_headers(reply.head)
            await send_reply(send, content_type(offer), reply, headers)

    async def _page(self, iri: str, view: View, state: State) -> str:
        """A resource's page; raises ``Problem`` where nothing is known of it."""
        graph = self._graph_of(iri)
        subjects = await self._service.rows("graph-subjects", view, resource=graph) if graph else []
        statements = await self._service.rows("resource-statements", view, resource=iri)
        if not statements and not subjects:
            raise await self._not_found(iri, view, state)
        mentions = await self._service.rows("resource-mentions", view, _MENTIONS, resource=iri)
        return self._pages.resource(
            *(view, state, iri),
            title=_title(statements) or short_name(iri),
            formats=list(_FORMATS.values()),
            statements=_by_property(statements, "value"),
            subjects=[{"label": None, "definition": None, **row} for row in subjects],
            mentions=_by_property(mentions, "subject"),
        )

    async def _not_found(self, iri: str, view: View, state: State) -> Problem:
        """Why there is nothing: unknown everywhere, or only on the day asked for."""
        rows = await self._service.rows("resource-elsewhere", view, resource=iri)
        stands = [
            r["from"]["value"] for r in rows if local_name(r["kind"]["value"]) == "stateGraph"
        ]
        may = [r["from"]["value"] for r in rows if local_name(r["kind"]["value"]) != "stateGraph"]
        if not rows:
            return Problem(404, f"Nothing is known of {iri}.")
        here = f"{iri} does not stand in the state of {state.valid_from.isoformat()}"
        if state.valid_from.isoformat() in may:
            return Problem(404, f"{here}, but it may have: add ?include=possible to the address.")
        days = ", ".join(stands or may)
        extra = "" if stands else "&include=possible"
        first = (stands or may)[0]
        return Problem(
            404, f"{here}; it is in that of {days}: add ?at={first}{extra} to the address."
        )

    def _graph_of(self, iri: str) -> str | None:
        """The named graph an address stands for, if it does."""
        if iri == _ONTOLOGY:
            return graph_iri("ontology")
        return iri if iri in self._service.pool.loaded.graphs else None


def _readings(scope: Scope) -> list[tuple[str, str]]:
    """What an address may stand for, with what is accepted: without its suffix, then with it."""
    accept = header(scope, b"accept")
    whole = resource_iri(scope.get("raw_path") or scope["path"].encode())
    stem, suffix = split_suffix(whole)
    return [(stem, _wanted(suffix)), (whole, accept)] if suffix else [(whole, accept)]


def _wanted(suffix: str) -> str:
    """What a suffix asks for, as an ``Accept`` header."""
    return HTML if suffix == "html" else _FORMATS[suffix].media_type


def _title(statements: list[dict[str, dict[str, str]]]) -> str:
    """The English label among the statements of a resource."""
    for name in _LABELS:
        for row in statements:
            if row["property"]["value"] == str(name) and row["value"].get("xml:lang") == "en":
                return row["value"]["value"]
    return ""


def _by_property(rows: list[dict[str, dict[str, str]]], term: str) -> list[Mapping[str, Any]]:
    """Rows gathered by property, each value once, with what a page shows of it."""
    gathered: dict[str, dict[str, Any]] = {}
    for row in rows:
        iri = row["property"]["value"]
        label = row.get("propertyLabel", {}).get("value") or short_name(iri)
        entry = gathered.setdefault(iri, {"iri": iri, "label": label, "found": {}})
        value = row[term]
        key = (value["type"], value["value"], value.get("xml:lang"))
        entry["found"][key] = {
            "term": value,
            "label": row.get(f"{term}Label", {}).get("value", ""),
            "quote": row.get("quote", {}).get("value", ""),
            "line": row.get("line", {}).get("value", ""),
        }
    return [{**entry, "found": list(entry["found"].values())} for entry in gathered.values()]
