"""Whole graphs at ``/data``: the reading half of the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named indirectly (section 4.2): ``?graph=IRI`` is a named graph, ``?default`` the default
graph of the day asked for by ``at``, with ``include=possible`` if wanted. GET (section 5.2) and
HEAD (section 5.6) are answered; the store can't be changed, so all other methods are refused.
"""

import re
from typing import Any

from starlette.types import Receive, Scope, Send

from kg.web.problems import Problem
from kg.web.protocol.negotiate import choose, content_type, describable_formats
from kg.web.protocol.operation import View, parse_parameters, read_view
from kg.web.sending.responses import answer, header, send_reply
from kg.web.sending.validators import freshness
from kg.web.service import Service, state_headers

__all__ = ["READ_ONLY", "GraphStore", "read_graph_name"]

READ_ONLY = "The graphs here can be read, by GET and HEAD, and not be changed."
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


class GraphStore:
    """Answers requests for whole graphs; raises ``Problem``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(receive, self._respond(scope, send))

    async def _respond(self, scope: Scope, send: Send) -> None:
        parameters = parse_parameters(scope["query_string"])
        view = read_view(parameters)
        graph = read_graph_name(parameters)
        if graph is not None and self._service.triples_in(graph) is None:
            raise Problem(404, f"There is no graph {graph} here; {_where_named()}")
        offers = describable_formats()
        offer = choose(header(scope, b"accept"), offers)
        if offer is None:
            types = ", ".join(dict.fromkeys(o.media_type for o in offers))
            raise Problem(406, f"None of the formats asked for can be had. There are: {types}.")
        request = self._request(graph, view, offer.what.name)
        async with self._service.pool.ask(request) as reply:
            headers = {"Vary": "Accept", **freshness(graph is not None or view.day is not None)}
            if graph is None:
                headers |= state_headers(reply.head, self._service.near(view))
            await send_reply(send, content_type(offer), reply, headers)

    def _request(self, graph: str | None, view: View, form: str) -> dict[str, Any]:
        """The question for a worker; a named graph is the same on all days."""
        if graph is not None:
            asked = {"text": self._service.questions["graph-content"]}
            return {**asked, "bindings": {"resource": graph}, "formats": {"graph": form}}
        self._service.state_of(view)  # raises Problem for a day without a state
        return {
            "text": self._service.questions["default-content"],
            "day": view.day,
            "possible": view.possible,
            "formats": {"graph": form},
        }


def read_graph_name(parameters: dict[str, list[str]]) -> str | None:
    """The graph that a request is about, ``None`` for the default graph; raises ``Problem``.

    The parameters are those of section 4.2: just one of ``graph`` and ``default``, once; the IRI
    must be absolute.
    """
    named = parameters.get("graph", [])
    if len(named) + len(parameters.get("default", [])) != 1:
        raise Problem(
            400,
            "Name one graph: ?graph= and its address (IRI), or ?default for the default graph.",
        )
    if not named:
        return None
    if not _ABSOLUTE.fullmatch(named[0]):
        raise Problem(400, f"'{named[0]}' is not an absolute address (IRI).")
    return named[0]


def _where_named() -> str:
    return "those there are stand in the service description, at /sparql, and in /.well-known/void."
