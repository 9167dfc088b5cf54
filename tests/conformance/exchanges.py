"""Requests and expected responses, as the protocol manifests write them down, and their sending.

The manifests use the W3C's vocabularies for HTTP and for content (``ht:``, ``cnt:``), so a case is
run as it stands there: method, path, headers and body are sent byte for byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from rdflib import Graph, Namespace, Node

from tests.conformance.suite import BASE, MF, Case

__all__ = ["Exchange", "read_exchanges", "send", "status_fits"]

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UPDATE = "application/sparql-update"
LOCATION = f"{BASE}posted"
"""What a new graph would be called, which here never comes about."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what is expected: statuses by name, the answer to ASK, a kind of format, RDF.

    ``body`` and ``document`` are empty where there is none.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str
    document: str

    @property
    def updates(self) -> bool:
        """Whether it is an update that ought to be done."""
        update = UPDATE in self.headers.get("content-type", "") or self.body.startswith(b"update=")
        return update and "StatusCode2xx" in self.statuses


def read_exchanges(case: Case) -> list[Exchange]:
    """The exchanges of a case, in their order."""
    graph = case.manifest
    return [
        _read_exchange(graph, request)
        for requests in graph.objects(case.action, HT.requests)
        for request in graph.items(requests)
    ]


def _read_exchange(graph: Graph, request: Node) -> Exchange:
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    statuses = graph.objects(response, MF.expectedStatus)
    document = b"" if response is None else _read_body(graph, response)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        path=str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", LOCATION),
        headers=dict(_read_headers(graph, request)),
        body=_read_body(graph, request),
        statuses=frozenset(str(status).partition("#")[2] for status in statuses),
        boolean=None if boolean is None else str(boolean) == "true",
        format=str(graph.value(response, MF.expectedFormat) or ""),
        document=document.decode().replace("$LOCATION$", LOCATION),
    )


def _read_headers(graph: Graph, message: Node) -> Iterator[tuple[str, str]]:
    for headers in graph.objects(message, HT.headers):
        for header in graph.items(headers):
            name, value = (graph.value(header, term) for term in (HT.fieldName, HT.fieldValue))
            yield str(name).lower(), str(value)


def _read_body(graph: Graph, message: Node) -> bytes:
    body = graph.value(message, HT.body)
    if body is None:
        return b""
    encoding = graph.value(body, CNT.characterEncoding)
    return str(graph.value(body, CNT.chars)).encode(str(encoding or "UTF-8"))


def send(client: httpx.Client, exchange: Exchange, path: str) -> httpx.Response:
    """The response to a request, sent to ``path`` as it is written, nothing encoded anew."""
    target = httpx.URL(client.base_url).copy_with(raw_path=path.encode())
    request = client.build_request(exchange.method, target, headers=exchange.headers)
    if exchange.body:
        request = httpx.Request(
            exchange.method, target, headers=exchange.headers, content=exchange.body
        )
    return client.send(request)


def status_fits(exchange: Exchange, status: int) -> bool:
    """Whether a status is one of those expected: ``OK``, ``StatusCode2xx`` and the like."""
    exact = {200: "OK", 201: "Created", 204: "NoContent", 404: "NotFound"}
    return bool(exchange.statuses & {exact.get(status, ""), f"StatusCode{status // 100}xx"})
