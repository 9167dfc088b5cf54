"""``/catalogue``: what can be had here, as a page for people or as DCAT in an RDF format.

The RDF is what ``graph/catalogue`` holds, and is answered as every resource is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from starlette.types import Receive, Scope, Send

from kg.dumps import DATA
from kg.namespaces import BASE
from kg.web.pages.messages import Text, choose_text
from kg.web.pages.rendering import Pages
from kg.web.pages.resources import Resources
from kg.web.protocol.negotiate import HTML, prefers_page
from kg.web.protocol.operation import View
from kg.web.sending.responses import answer, header, send_whole
from kg.web.sending.validators import freshness
from kg.web.service import Service

__all__ = ["CATALOGUE_ADDRESS", "Catalogue"]

CATALOGUE_ADDRESS = "/catalogue"

Row = Mapping[str, Mapping[str, str]]


class Catalogue:
    """Answers requests for the catalogue; raises ``Problem``."""

    def __init__(self, service: Service, pages: Pages, resources: Resources) -> None:
        self._service = service
        self._pages = pages
        self._resources = resources

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        suffixed = scope["path"].endswith(".html")
        if suffixed or prefers_page(header(scope, b"accept")):
            await answer(receive, self._show(send))
        else:
            await self._resources(scope, receive, send)

    async def _show(self, send: Send) -> None:
        ask, view = self._service.rows, View()
        files = [_with_address(row) for row in await ask("catalogue-files", view)]
        page = self._pages.catalogue(
            words=Words(await ask("catalogue-words", view)),
            about=await ask("catalogue-dataset", view),
            datasets=[
                (dataset, list(rows))
                for dataset, rows in groupby(files, lambda row: row["dataset"]["value"])
            ],
            links=await ask("catalogue-links", view),
            origins=await ask("catalogue-origins", view),
        )
        headers = {"Vary": "Accept", **freshness(True)}
        await send_whole(send, 200, f"{HTML}; charset=utf-8", page.encode(), headers)


class Words:
    """What the catalogue says in words, in the language of the request or the next best."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in rows:
            key = row["thing"]["value"], row["kind"]["value"]
            self._words[key][row["words"].get("xml:lang", "")] = row["words"]["value"]

    def title(self, iri: str) -> Text | str:
        """What a thing is called; its address where it has no name."""
        return choose_text(self._words.get((iri, "title"), {})) or iri

    def about(self, iri: str) -> Text | str:
        """What is said of a thing; nothing where nothing is."""
        return choose_text(self._words.get((iri, "about"), {})) or ""


def _with_address(row: Row) -> dict[str, Any]:
    """A file with its name and where it is on this site."""
    name = row["file"]["value"].removeprefix(f"{BASE}{DATA}")
    return {**row, "name": name, "address": f"/{DATA}{name}"}
