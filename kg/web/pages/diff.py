"""What changed between two days, at ``/diff?from=…&to=…``: a page, JSON, an RDF patch, or text.

The comparison is made by a worker; the form of the answer is chosen by ``Accept`` or ``format``.
"""

import json
from collections.abc import Mapping

from starlette.types import Receive, Scope, Send

from kg.asking.diff_formats import DIFF_FORMATS, DIFF_SCHEMA
from kg.web.pages.labels import Labels
from kg.web.pages.rendering import Pages
from kg.web.pool.lanes import Failure
from kg.web.problems import Problem, Sentence, problem_of
from kg.web.protocol.negotiate import HTML, Offer, choose, prefers_page
from kg.web.protocol.operation import View, parse_parameters, read_view
from kg.web.sending.responses import AskerGone, header, send_reply, send_whole, unless_gone
from kg.web.sending.validators import DATED, freshness
from kg.web.service import Service

__all__ = ["SCHEMA_ADDRESS", "Differences", "SchemaOfDifferences"]

SCHEMA_ADDRESS = "/diff.schema.json"
_PAGE_LIMIT = 8 << 20
_OFFERS = [Offer(DIFF_FORMATS[name], name) for name in ("json", "ttl", "text")]
_PARAMETERS = ("from", "to", "format")


class Differences:
    """Answers requests for a comparison of two days; raises ``Problem``."""

    def __init__(self, service: Service, pages: Pages) -> None:
        self._service = service
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parameters = _read_parameters(scope["query_string"])
        before, after = self._days(parameters)
        form = _choose_form(parameters.get("format"), header(scope, b"accept"))
        headers = {"Vary": "Accept", **freshness(bool(parameters.get("to")))}
        try:
            await unless_gone(receive, self._compare(send, (before, after), form, headers))
        except Failure as failure:
            raise problem_of(failure) from None
        except AskerGone:
            return

    def _days(self, parameters: Mapping[str, str]) -> tuple[str, str]:
        """The two days, checked: without them the first there is, and today."""
        first = self._service.pool.loaded.states[0].valid_from.isoformat()
        today = self._service.day_of(View()).isoformat()
        days = parameters.get("from") or first, parameters.get("to") or today
        for name, day in zip(("from", "to"), days, strict=True):
            try:
                self._service.state_of(_view(day))
            except Problem as problem:
                told = Sentence("%(name)s: %(detail)s", name=name, detail=problem.detail)
                raise Problem(problem.status, told, problem.extra) from None
        return days

    async def _compare(
        self, send: Send, days: tuple[str, str], form: str, headers: dict[str, str]
    ) -> None:
        before, after = days
        written = "json" if form == "html" else form
        request = {"diff": {"from": before, "to": after, "format": written}}
        async with self._service.pool.ask(request) as reply:
            if form == "html":
                found = json.loads(await reply.whole(_PAGE_LIMIT))
                page = self._pages.difference(found, Labels(found["names"])).encode()
                await send_whole(send, 200, f"{HTML}; charset=utf-8", page, headers)
                return
            if form == "json":
                headers["Link"] = f'<{SCHEMA_ADDRESS}>; rel="describedby"'
            media_type = DIFF_FORMATS[form]
            charset = "; charset=utf-8" if media_type.startswith("text/") else ""
            await send_reply(send, media_type + charset, reply, headers)


class SchemaOfDifferences:
    """Answers with the JSON Schema that comparisons in JSON are written after."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Cache-Control": DATED}
        await send_whole(send, 200, "application/schema+json", DIFF_SCHEMA, headers)


def _view(day: str) -> View:
    """The view of a day; raises ``Problem`` where it is none."""
    return read_view({"at": [day]})


def _read_parameters(query_string: bytes) -> dict[str, str]:
    parameters = parse_parameters(query_string)
    for name in _PARAMETERS:
        count = len(parameters.get(name, ()))
        if count > 1:
            raise Problem(
                400,
                Sentence(
                    "The parameter '%(name)s' is there %(count)s times; it can be there once.",
                    name=name,
                    count=count,
                ),
            )
    return {name: values[0] for name, values in parameters.items() if name in _PARAMETERS}


def _choose_form(asked: str | None, accept: str) -> str:
    """The form asked for by parameter, or the one that ``Accept`` likes best."""
    if asked:
        if asked not in (*DIFF_FORMATS, "html"):
            offered = ", ".join((*DIFF_FORMATS, "html"))
            raise Problem(
                400,
                Sentence(
                    "There is no format '%(asked)s'. There are: %(offered)s.",
                    asked=asked,
                    offered=offered,
                ),
            )
        return asked
    if prefers_page(accept):
        return "html"
    offer = choose(accept, _OFFERS)
    if offer is None:
        types = ", ".join([HTML, *(o.media_type for o in _OFFERS)])
        raise Problem(406, f"None of the formats asked for can be had. There are: {types}.")
    return offer.what
