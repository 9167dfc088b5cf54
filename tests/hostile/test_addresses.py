"""Hostile paths, parameters and headers, at every address."""

import pytest

from tests.hostile.raw import exchange
from tests.serving import Server

PATHS = (
    "/eli/%2F", "/eli/%2E%2E/%2E%2E/etc/passwd", "/../../etc/passwd", "/" + "../" * 5000,
    "/eli/" + "a/" * 10_000, "/" + "%41" * 10_000, "/eli/kz/%00", "/%FF%FE", "/%", "/%zz",
    "/%u0041",
    "//", "//x/y", "/eli/kz/resolution/2013/78%2Fparagraph-1", "/eli/kz/resolution/2013/78/.",
    "/eli/kz/resolution/2013/78@9999-99-99", "/eli/kz/resolution/2013/78@", "/x@2014-10-27/graph",
    "/.ttl", "/..html", "/a.ttl.ttl.ttl", "/%3Cscript%3E", "/%22%3E%7B%7D", "/%E2%80%AE", "/{}",
    "/ontology%23x", "/at//sparql", "/at/x/sparql", "/at/0000-00-00/sparql", "/at/2013-6-1/sparql",
    "/at/99999-01-01/sparql", "/at/9999-12-31/sparql?query=ASK{}", "/at/%D9%A1/sparql",
    "/at/2014-01-01/sparql//", "/sparql/x", "/timemap/", "/timemap//", "/timemap/timemap/x",
    "/timemap/%2F?include=x", "/openapi.json?x=" + "y" * 60_000, "/health/..", "/metrics/..",
    "/style.css%00", "/diff.schema.json/x", "/docs?at=x", "/data/..%2f..%2fetc%2fpasswd",
)  # fmt: skip

QUESTIONS = (
    "/?at=2014-13-01", "/?at=2014-02-30", "/?at=%00", "/?at=" + "9" * 60_000, "/?at=-1", "/?at=now",
    "/?at=0001-01-01", "/?at=9999-12-31", "/?at=%EF%BC%92013-01-31", "/?at=20140101",
    "/?at=2014-W01-1",
    "/?include=everything", "/?include=" + "possible&include=" * 900, "/?at=1&at=2",
    "/?" + "&" * 10_000, "/?" + "a&" * 5_000, "/?" + "%" * 60_000, "/?=&==&&=", "/?at[]=x",
    "/?%00=%00",
    "/diff?from=x", "/diff?from=0001-01-01", "/diff?from=9999-12-31&to=9999-12-31", "/diff?to=%00",
    "/diff?from=2014-01-01&from=2014-01-02", "/diff?format=exe", "/diff?format=" + "x" * 60_000,
    "/diff?from=2015-01-01&to=2013-06-01", "/sparql?as=exe&query=ASK{}", "/sparql?as=%00",
    "/sparql?as=json&as=csv&query=ASK{}", "/sparql?as=" + "x" * 60_000, "/sparql?query=",
    "/sparql?query=ASK{}&query=ASK{}", "/sparql?update=DROP+ALL", "/sparql?query=ASK{}&at=x",
    "/sparql?query=ASK{}&default-graph-uri=", "/sparql?query=ASK{}&default-graph-uri=%00",
    "/sparql?query=ASK{}&default-graph-uri=relative", "/sparql?query=ASK{}&named-graph-uri=%3C%3E",
    "/sparql?query=ASK{}" + "&default-graph-uri=x:x" * 900,
    "/sparql?query=ASK{}" + "".join(f"&named-graph-uri=x:{i}" for i in range(900)),
)  # fmt: skip

HEADERS = {
    "accept-many": "Accept: " + ",".join(["*/*"] * 15_000),
    "accept-many-types": "Accept: " + ",".join(f"a/b{i};q=0.{i % 10}" for i in range(4_000)),
    "accept-many-parameters": "Accept: a/b" + ";q=1" * 15_000,
    "accept-crooked": "Accept: ,,;;//*,/;q=,*/*;q=9;q=²",
    "accept-not-ascii": "Accept: text/\u00ff",
    "accept-nothing": "Accept: x/y",
    "accept-encoding-many": "Accept-Encoding: " + ",".join(["gzip;q=0.5", "br"] * 4_000),
    "accept-encoding-crooked": "Accept-Encoding: gzip;q=x, *;q=0, identity;q=0",
    "accept-datetime": "Accept-Datetime: yesterday",
    "accept-datetime-none": "Accept-Datetime: Fri, 31 Feb 2014 25:61:61 GMT",
    "accept-datetime-year-0": "Accept-Datetime: Fri, 01 Jan 0000 00:00:00 GMT",
    "accept-datetime-first": "Accept-Datetime: Mon, 01 Jan 0001 00:00:00 GMT",
    "accept-datetime-last": "Accept-Datetime: Fri, 31 Dec 9999 23:59:59 GMT",
    "accept-datetime-long": "Accept-Datetime: " + "x" * 60_000,
    "if-none-match-long": "If-None-Match: " + ", ".join(['"x"'] * 10_000),
    "if-none-match-crooked": 'If-None-Match: W/"x, "" , *, \u00ff',
    "if-modified-since": "If-Modified-Since: never",
    "range": "Range: bytes=" + "0-0," * 5_000 + "-1",
    "host-crooked": 'Host: "><script>',
    "forwarded": "X-Forwarded-For: " + "1.2.3.4, " * 5_000 + "\u00ff",
    "forwarded-scheme": "X-Forwarded-Proto: javascript",
    "request-id": "X-Request-Id: " + "x" * 60_000,
    "request-id-crooked": "X-Request-Id: a\tb\u00ff",
    "origin": "Origin: null",
    "cookie": "Cookie: " + "a=b;" * 10_000,
    "method-override": "X-HTTP-Method-Override: DELETE",
}
PLACES = ("/", "/ontology", "/sparql?query=ASK%7B%7D", "/diff", "/timemap/ontology", "/nothing")

HONEST = {200, 302, 304, 400, 404, 406, 413}


def test_families_are_whole() -> None:
    assert (len(PATHS), len(QUESTIONS), len(HEADERS)) == (46, 42, 26)


@pytest.mark.parametrize("number", range(len(PATHS)))
def test_path(hostile: Server, number: int) -> None:
    _get(hostile, PATHS[number])


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_parameters(hostile: Server, number: int) -> None:
    _get(hostile, QUESTIONS[number])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HEADERS)
def test_header(hostile: Server, name: str, place: str) -> None:
    _get(hostile, place, HEADERS[name])


def _get(server: Server, path: str, *headers: str) -> None:
    lines = [f"GET {path} HTTP/1.1", "Host: x", *headers, "Connection: close", "", ""]
    (status,) = exchange(server, "\r\n".join(lines).encode("latin-1"))
    assert status in HONEST
