"""RFC 9110, section 12.5.3: the content coding of an answer is the one that the client likes."""

import gzip

import brotli
import pytest
import zstandard

from kg.web.sending.encodings import BLOCK, CODINGS, IDENTITY, Coder, choose_coding, encode
from tests.serving import COUNT_MEASURES, Server

LONG = "SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", IDENTITY),
        ("  ", IDENTITY),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("deflate", IDENTITY),
        ("gzip, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, *", "zstd"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity;q=0", None),
        ("identity;q=0, deflate", None),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("*;q=0, identity", IDENTITY),
        ("*;q=0, gzip", "gzip"),
        ("identity, gzip;q=0.5", IDENTITY),
        ("identity;q=0.5, gzip", "gzip"),
        ("gzip;q=0", IDENTITY),
        ("gzip;q=0.000, identity", IDENTITY),
    ],
)
def test_choose_coding(accepted: str, coding: str | None) -> None:
    chosen = choose_coding(accepted)
    assert (chosen.preferred if chosen else None) == coding


def test_small_bodies_stay_plain_unless_that_is_refused() -> None:
    wanted, forced = choose_coding("gzip"), choose_coding("gzip, identity;q=0")
    assert wanted is not None
    assert forced is not None
    assert (wanted.for_size(10), wanted.for_size(10_000)) == (IDENTITY, "gzip")
    assert forced.for_size(10) == "gzip"


@pytest.mark.parametrize("coding", list(CODINGS))
def test_encode_can_be_undone_and_does_not_depend_on_the_parts(coding: str) -> None:
    body = b"".join(b"%d, %d\n" % (n, n * n % 9973) for n in range(60_000))
    assert len(body) > 2 * BLOCK
    undo = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda coded: zstandard.ZstdDecompressor().decompressobj().decompress(coded),
    }[coding]
    whole = encode(body, coding)
    assert undo(whole) == body
    assert undo(encode(b"", coding)) == b""
    for size in (1000, BLOCK, BLOCK + 1):
        coder = Coder(coding)
        parts = [coder.feed(body[at : at + size]) for at in range(0, len(body), size)]
        assert b"".join([*parts, coder.finish()]) == whole


@pytest.mark.parametrize("coding", list(CODINGS))
def test_a_block_leaves_at_once(coding: str) -> None:
    """What is fed can be read from what has left, before the end."""
    coder = Coder(coding)
    assert len(coder.feed(b"a,b\n" * (BLOCK // 4))) > 0
    assert coder.feed(b"more") == b""


@pytest.mark.parametrize("coding", list(CODINGS))
def test_answers_are_coded(server: Server, coding: str) -> None:
    plain = server.client.get(
        "/sparql", params={"query": LONG}, headers={"Accept-Encoding": "identity"}
    )
    coded = server.client.get(
        "/sparql", params={"query": LONG}, headers={"Accept-Encoding": coding}
    )
    assert coded.headers["content-encoding"] == coding
    assert "content-encoding" not in plain.headers
    assert coded.content == plain.content
    assert int(coded.headers["content-length"]) < int(plain.headers["content-length"])
    assert coded.headers["etag"] != plain.headers["etag"]
    assert coded.headers["vary"] == plain.headers["vary"] == "Accept, Accept-Encoding"


def test_pages_are_coded(server: Server) -> None:
    page = server.client.get("/", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert "<html" in page.text


def test_small_answers_are_not_coded(server: Server) -> None:
    response = server.ask(COUNT_MEASURES)
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "Accept, Accept-Encoding"


def test_no_coding_that_will_do_is_406(server: Server) -> None:
    for query in (LONG, COUNT_MEASURES):
        response = server.client.get(
            "/sparql", params={"query": query}, headers={"Accept-Encoding": "identity;q=0"}
        )
        assert response.status_code == 406
        assert "content coding" in response.json()["detail"]
    assert server.answers(COUNT_MEASURES) == "n 2"


def test_a_client_that_has_an_answer_plain_needs_no_coded_one(server: Server) -> None:
    plain = server.client.get(
        "/sparql", params={"query": LONG}, headers={"Accept-Encoding": "identity"}
    )
    tag = plain.headers["etag"]
    again = server.client.get(
        "/sparql?x=1",
        params={"query": LONG},
        headers={"Accept-Encoding": "gzip", "If-None-Match": tag},
    )
    assert (again.status_code, again.headers["etag"]) == (304, tag)
    refused = server.client.get(
        "/sparql",
        params={"query": LONG},
        headers={"Accept-Encoding": "gzip, identity;q=0", "If-None-Match": tag},
    )
    assert refused.status_code == 200
