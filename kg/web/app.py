"""The site: the query endpoint as plain ASGI, and beside it the pages and resources on FastAPI."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from prometheus_client import CollectorRegistry
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.web.clients import asking_client, client_of
from kg.web.operating.health import add_health
from kg.web.operating.metrics import Traffic, expose, register_service
from kg.web.operating.observe import Observed
from kg.web.operating.seen import seen_of
from kg.web.pages.catalogue import CATALOGUE_ADDRESS, Catalogue
from kg.web.pages.diff import SCHEMA_ADDRESS, Differences, SchemaOfDifferences
from kg.web.pages.home import show_plan
from kg.web.pages.openapi import describe_addresses
from kg.web.pages.problems import Delegated, add_problems
from kg.web.pages.rendering import STYLE, Pages
from kg.web.pages.resources import Resources
from kg.web.pages.unknown import show_unknown
from kg.web.pool.lanes import Failure, WorkerPool
from kg.web.problems import Problem, problem_of
from kg.web.protocol.downloads import Downloads
from kg.web.protocol.endpoint import SparqlEndpoint
from kg.web.protocol.graphs import READ_ONLY, GraphStore
from kg.web.protocol.languages import Wanted, negotiated_language, read_wanted, wanted
from kg.web.protocol.operation import parse_parameters
from kg.web.protocol.timemaps import TimeMaps
from kg.web.protocol.void import VOID_ADDRESS, DataDescription
from kg.web.sending.heads import CORS_PREFLIGHT
from kg.web.sending.outgoing import Outgoing
from kg.web.sending.repeats import Repeats
from kg.web.sending.responses import BrokenAnswer, send_whole
from kg.web.sending.validators import DATED
from kg.web.service import Service

__all__ = ["create_site"]

Day = Annotated[str, Query(description="The day, as YYYY-MM-DD; today, unless said.")]
Include = Annotated[str, Query(description="'possible' adds what may have stood on that day.")]
From = Annotated[str, Query(alias="from", description="The first day; the first there is.")]
To = Annotated[str, Query(description="The second day; today, unless said. It may be the earlier.")]
DiffForm = Annotated[str, Query(alias="format", description="html, json, ttl or text.")]
Graph = Annotated[str, Query(description="The address (IRI) of a named graph.")]
Default = Annotated[str, Query(description="There, though empty, for the default graph.")]
Lang = Annotated[
    str, Query(description="The language of a page: en, kk or ru; else that of Accept-Language.")
]
Thing = Annotated[str, Path(description="What follows https://w3id.org/zhospar/ in its IRI.")]
File = Annotated[str, Path(description="The file's name, such as zhospar.nq or measures.csv.")]

_ENDPOINT = re.compile(r"^(?:/at/(?P<day>[^/]*))?/sparql/?$")
_READ_METHODS = ["GET", "HEAD"]
_DESCRIPTION = (
    "Zhospar: a Kazakh government plan as a knowledge graph "
    "that can be asked what it said on any day."
)


def create_site(pool: WorkerPool) -> Observed:
    """The whole site, answering with the workers of ``pool``, which starts and stops with it."""
    service = Service(pool, pool.settings)
    pages, registry = Pages(service), CollectorRegistry()
    register_service(registry, service)
    app = _create_app(service, pages, registry)
    return Observed(Site(app, service, pages), service, Traffic(registry))


class Site:
    """Sends each request to its part, and puts on every response what every response has."""

    def __init__(self, app: ASGIApp, service: Service, pages: Pages) -> None:
        self._app = app
        self._endpoint = SparqlEndpoint(service, pages)
        self._repeats = Repeats(service)
        self._service = service
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = self._repeats.find(scope)
        if found is None:
            await self._answer_anew(scope, receive, send)
            return
        seen_of(scope).cache = "hit"
        status, headers, body = found
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer_anew(self, scope: Scope, receive: Receive, send: Send) -> None:
        asking_client.set(client_of(scope))
        outgoing = Outgoing(scope, send, self._service, self._pages.problem)
        try:
            wanted.set(Wanted(negotiated_language(scope)))
            wanted.set(read_wanted(scope, parse_parameters(scope["query_string"])))
            await self._answer(scope, receive, outgoing)
        except Problem as problem:
            await outgoing.refuse(problem)
        except BrokenAnswer as broken:
            if not outgoing.started and isinstance(broken.__cause__, Failure):
                await outgoing.refuse(problem_of(broken.__cause__))
                return
            raise  # which makes the server break the connection

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = _ENDPOINT.match(scope["path"])
        if match:
            await self._endpoint(scope, receive, send, match["day"])
        elif scope["method"] == "OPTIONS":
            headers = {"Allow": "GET, HEAD, OPTIONS", **CORS_PREFLIGHT}
            await send_whole(send, 204, "text/plain", b"", headers)
        else:
            await self._app(scope, receive, send)


def _create_app(service: Service, pages: Pages, registry: CollectorRegistry) -> FastAPI:
    downloads = Downloads(service)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await service.pool.start()
        downloads.open()
        yield
        downloads.close()
        await service.pool.stop()

    app = FastAPI(
        title="Zhospar",
        description=_DESCRIPTION,
        version=service.release,
        openapi_url=None,  # the site's own, which says how long it may be kept
        redirect_slashes=False,
        lifespan=lifespan,
    )
    describe_addresses(app)
    add_problems(app, pages)
    add_health(app, service)
    _add_metrics(app, registry)
    _add_pages(app, service, pages)
    _add_comparison(app, service, pages)
    _add_graphs(app, service)
    _add_downloads(app, downloads)
    resources = Resources(service, pages)
    _add_catalogue(app, Catalogue(service, pages, resources))
    _add_resources(app, resources, TimeMaps(service, pages))
    return app


def _add_resources(app: FastAPI, resources: Resources, timemaps: TimeMaps) -> None:
    """The addresses of things; they come last, since any path may be one."""

    @app.get("/timemap/{path:path}", summary="The TimeMap of a resource")
    @app.head("/timemap/{path:path}", include_in_schema=False)
    async def timemap(path: Thing, include: Include = "", lang: Lang = "") -> Response:
        """The mementos of a resource (RFC 7089): its address for each state in which it stands.

        In link format, JSON or HTML, by `Accept`; `include=possible` counts the states in which it
        may have stood.
        """
        return Delegated(timemaps)

    @app.get("/{path:path}", summary="A resource")
    @app.head("/{path:path}", include_in_schema=False)
    async def resource(
        path: Thing, at: Day = "", include: Include = "", lang: Lang = ""
    ) -> Response:
        """What is stated of a thing: a provision, agency, concept, rule, span, graph.

        HTML, Turtle, JSON-LD, RDF/XML and N-Triples, by `Accept` or by the suffixes `.html`,
        `.ttl`, `.jsonld`, `.rdf` and `.nt`; `at` picks the day, and so does `Accept-Datetime` (RFC
        7089); `include=possible` adds what may have stood. Pages are in one language, data in all.
        """
        return Delegated(resources)


def _add_metrics(app: FastAPI, registry: CollectorRegistry) -> None:
    @app.get("/metrics", summary="Counts of what the server does, for Prometheus")
    @app.head("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        """Prometheus's text format, or OpenMetrics by `Accept`."""
        content_type, body = expose(registry, request.headers.get("accept", ""))
        headers = {"Content-Type": content_type, "Cache-Control": "no-store", "Vary": "Accept"}
        return Response(body, headers=headers)


def _add_pages(app: FastAPI, service: Service, pages: Pages) -> None:
    @app.get("/", summary="The plan on a day", response_class=HTMLResponse)
    @app.head("/", include_in_schema=False)
    async def home(
        request: Request, at: Day = "", include: Include = "", lang: Lang = ""
    ) -> Response:
        """The plan on the day `at`, for people; `include=possible` adds what may have stood."""
        return await show_plan(service, pages, request.scope)

    @app.get("/unknown", summary="What isn't known", response_class=HTMLResponse)
    @app.head("/unknown", include_in_schema=False)
    async def unknown(lang: Lang = "") -> Response:
        """What the sources held don't tell, by kind, and which source would settle it."""
        return await show_unknown(service, pages)

    @app.get("/docs", summary="This list of addresses", response_class=HTMLResponse)
    @app.head("/docs", include_in_schema=False)
    async def docs(lang: Lang = "") -> HTMLResponse:
        """The addresses there are, for people; `/openapi.json` is the same for programs."""
        return HTMLResponse(pages.api(app.openapi()), headers={"Cache-Control": DATED})

    @app.get("/openapi.json", include_in_schema=False)
    @app.head("/openapi.json", include_in_schema=False)
    async def openapi() -> Response:
        return JSONResponse(app.openapi(), headers={"Cache-Control": DATED})

    @app.get("/style.css", include_in_schema=False)
    @app.head("/style.css", include_in_schema=False)
    async def style() -> Response:
        return Response(STYLE, media_type="text/css", headers={"Cache-Control": DATED})


def _add_comparison(app: FastAPI, service: Service, pages: Pages) -> None:
    differences, schema = Differences(service, pages), SchemaOfDifferences()

    @app.get("/diff", summary="What changed between two days")
    @app.head("/diff", include_in_schema=False)
    async def diff(
        from_: From = "", to: To = "", format_: DiffForm = "", lang: Lang = ""
    ) -> Response:
        """What changed, and what may have, statement by statement, each with the act behind it.

        HTML, JSON, an RDF patch in Turtle or plain text, by `Accept` or by `format`: `html`,
        `json`, `ttl`, `text`. JSON is written after the schema at `/diff.schema.json`.
        """
        return Delegated(differences)

    @app.get(SCHEMA_ADDRESS, summary="The JSON Schema of /diff")
    @app.head(SCHEMA_ADDRESS, include_in_schema=False)
    async def diff_schema() -> Response:
        """The schema (2020-12) that comparisons in JSON are valid against."""
        return Delegated(schema)


def _add_graphs(app: FastAPI, service: Service) -> None:
    graphs, description = GraphStore(service), DataDescription(service)

    @app.get("/data", summary="A whole graph")
    @app.head("/data", include_in_schema=False)
    async def data(
        graph: Graph = "", default: Default = "", at: Day = "", include: Include = ""
    ) -> Response:
        """A named graph by `graph`, or the default graph of a day by `default`.

        The reading half of the SPARQL 1.1 Graph Store HTTP Protocol. `at` and `include` count for
        the default graph. Turtle, N-Triples, JSON-LD and RDF/XML, by `Accept`.
        """
        return Delegated(graphs)

    @app.api_route("/data", methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
    async def change() -> Response:
        raise Problem(405, READ_ONLY, headers={"Allow": "GET, HEAD, OPTIONS"})

    @app.get(VOID_ADDRESS, summary="The data set, described")
    @app.head(VOID_ADDRESS, include_in_schema=False)
    async def void() -> Response:
        """What is loaded in VoID: graphs, sizes, properties, classes, vocabularies, licence.

        Turtle, N-Triples, JSON-LD and RDF/XML, by `Accept`.
        """
        return Delegated(description)


def _add_catalogue(app: FastAPI, catalogue: Catalogue) -> None:
    @app.get(CATALOGUE_ADDRESS, summary="The catalogue")
    @app.head(CATALOGUE_ADDRESS, include_in_schema=False)
    @app.get(f"{CATALOGUE_ADDRESS}.html", include_in_schema=False)
    @app.head(f"{CATALOGUE_ADDRESS}.html", include_in_schema=False)
    async def show(lang: Lang = "") -> Response:
        """What can be had here: data sets, files with sizes and checksums, services, sources.

        A page, or DCAT in Turtle, JSON-LD, RDF/XML and N-Triples, by `Accept` or by suffix.
        """
        return Delegated(catalogue)


def _add_downloads(app: FastAPI, downloads: Downloads) -> None:
    @app.get("/data/{name}", summary="A file of the release")
    @app.head("/data/{name}", include_in_schema=False)
    async def download(name: File, at: Day = "", include: Include = "") -> Response:
        """A dump, a table, or what a table says of itself; `/catalogue` lists them.

        `measures.csv`, and `state` with a suffix, are those of the day `at`. Ranges are served.
        """
        return Delegated(downloads)
