"""The files at /data/…: what the catalogue says of each is true of what the server sends."""

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import DCAT, DCTERMS, PROV, RDF, Graph, Namespace, Node, URIRef

from kg.build import Making
from tests.serving import BASE, Server, serve

SPDX = Namespace("http://spdx.org/rdf/terms#")
IANA = "https://www.iana.org/assignments/media-types/"
FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def served(making: Making, own_build: Path) -> Iterator[Server]:
    """A server on the project's own graph."""
    assert making.release
    with serve(own_build) as server:
        yield server


@pytest.fixture(scope="module")
def catalogue(served: Server) -> Graph:
    """The catalogue as it is served."""
    response = served.client.get("/catalogue", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    return Graph().parse(data=response.content, format="turtle")


def get(server: Server, address: str, **headers: str) -> httpx.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.client.get(address, headers={**PLAIN, **names})


def path_of(address: Node) -> str:
    assert str(address).startswith(BASE)
    return "/" + str(address).removeprefix(BASE)


def test_each_distribution_is_what_the_catalogue_says(served: Server, catalogue: Graph) -> None:
    """Downloaded whole: its size, its checksum, its media type and its licence."""
    distributions = set(catalogue.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) == 26
    for distribution in distributions:
        (address,) = catalogue.objects(distribution, DCAT.downloadURL)
        (checksum,) = catalogue.objects(distribution, SPDX.checksum)
        (digest,) = catalogue.objects(checksum, SPDX.checksumValue)
        (media_type,) = catalogue.objects(distribution, DCAT.mediaType)
        (size,) = catalogue.objects(distribution, DCAT.byteSize)
        response = get(served, path_of(address))
        assert response.status_code == 200, address
        assert hashlib.sha256(response.content).hexdigest() == str(digest), address
        assert response.headers["content-length"] == str(size) == str(len(response.content))
        sent = response.headers["content-type"].partition(";")[0]
        assert str(media_type) == IANA + sent
        name = str(address).rpartition("/")[2]
        assert f'filename="{name}"' in response.headers["content-disposition"]
        assert (distribution, DCTERMS.license, None) in catalogue


def read(server: Server, name: str) -> set[Quad]:
    response = get(server, f"/data/{name}")
    assert response.status_code == 200, name
    return set(parse(response.content, FORMATS[name.rpartition(".")[2]]))


def test_each_syntax_of_everything_says_the_same(served: Server) -> None:
    """With the graphs' names where the syntax has them, else their triples."""
    quads = read(served, "zhospar.nq")
    assert len(quads) > 40_000
    assert read(served, "zhospar.trig") == quads
    assert read(served, "zhospar.jsonld") == quads
    triples = {quad.triple for quad in quads}
    for name in ("zhospar.ttl", "zhospar.rdf"):
        assert {quad.triple for quad in read(served, name)} == triples, name


@pytest.mark.parametrize("day", ["2013-01-31", "2014-10-27", "2014-12-30"])
def test_each_syntax_of_a_state_says_the_same(served: Server, day: str) -> None:
    """Triples are the default graph of a question for the day; quads have the possible besides."""
    merged = {quad.triple for quad in read(served, f"state-{day}.ttl")}
    response = served.client.get(f"/data?default&at={day}", headers={"Accept": "text/turtle"})
    assert {quad.triple for quad in parse(response.content, RdfFormat.TURTLE)} == merged
    for suffix in ("rdf", "jsonld"):
        assert {quad.triple for quad in read(served, f"state-{day}.{suffix}")} == merged
    quads = read(served, f"state-{day}.nq")
    assert read(served, f"state-{day}.trig") == quads
    possible = [quad for quad in quads if str(quad.graph_name).endswith("/possible>")]
    assert {quad.triple for quad in quads if quad not in possible} == merged
    assert possible or day == "2014-12-30"


def test_a_table_is_that_of_the_day_asked_for(served: Server) -> None:
    """As the file that has the state's day in its name, and said so."""
    for query, name, rows in (
        ("at=2013-06-01", "measures-2013-01-31.csv", 9),
        ("at=2014-11-15", "measures-2014-10-27.csv", None),
        ("at=2014-11-15&include=possible", "measures-2014-10-27-possible.csv", None),
        ("at=2015-06-01", "measures-2014-12-30.csv", None),
        ("", "measures-2014-12-30.csv", None),
    ):
        response = get(served, f"/data/measures.csv?{query}")
        assert response.status_code == 200
        assert response.content == get(served, f"/data/{name}").content
        assert response.headers["content-location"] == f"/data/{name}"
        assert response.headers["x-zhospar-state"].endswith(name[9:19])
        assert response.content.count(b"https://w3id.org/zhospar/eli/") >= (rows or 9)
    response = get(served, "/data/state.ttl?at=2013-06-01")
    assert response.headers["content-location"] == "/data/state-2013-01-31.ttl"


def test_a_range_of_a_file(served: Server) -> None:
    whole = get(served, "/data/zhospar.ttl")
    tag = whole.headers["etag"]
    assert whole.headers["accept-ranges"] == "bytes"
    part = get(served, "/data/zhospar.ttl", Range="bytes=1000-1999")
    assert part.status_code == 206
    assert part.content == whole.content[1000:2000]
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole.content)}"
    assert part.headers["etag"] == tag
    rest = get(served, "/data/zhospar.ttl", Range="bytes=2000-", If_Range=tag)
    assert rest.status_code == 206
    assert rest.content == whole.content[2000:]
    other = get(served, "/data/zhospar.ttl", Range="bytes=2000-", If_Range='"other"')
    assert other.status_code == 200
    assert other.content == whole.content
    beyond = get(served, "/data/zhospar.ttl", Range="bytes=999999999-")
    assert beyond.status_code == 416
    assert beyond.headers["content-range"] == f"bytes */{len(whole.content)}"
    assert beyond.headers["content-type"] == "application/problem+json"
    assert get(served, "/data/zhospar.ttl", Range="lines=1-2").status_code == 400


def test_a_small_file_that_is_kept_is_still_had_in_ranges(served: Server) -> None:
    """What was answered before is no answer to a request for a part of it."""
    name = "/data/measures-2013-01-31.csv"
    whole = [get(served, name) for _ in range(2)][1]
    part = get(served, name, Range="bytes=0-9")
    assert (part.status_code, part.content) == (206, whole.content[:10])
    assert get(served, name).content == whole.content


def test_head_says_what_get_would(served: Server) -> None:
    for name in ("zhospar.nq", "measures-2013-01-31.csv"):
        got = get(served, f"/data/{name}").headers
        head = served.client.head(f"/data/{name}", headers={**PLAIN, "Range": "bytes=0-1"})
        assert head.status_code == 200
        assert head.content == b""
        for field in ("content-length", "etag", "content-type", "content-disposition"):
            assert head.headers[field] == got[field]


def test_a_tag_is_the_checksum_and_one_that_is_known_saves_the_rest(served: Server) -> None:
    first = get(served, "/data/zhospar.trig")
    assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    again = get(served, "/data/zhospar.trig", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=3600, must-revalidate"


def test_a_coded_file_is_the_same_file(served: Server) -> None:
    plain = get(served, "/data/zhospar.ttl")
    with served.client.stream(
        "GET", "/data/zhospar.ttl", headers={"Accept-Encoding": "gzip"}
    ) as response:
        coded = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["etag"] != plain.headers["etag"]
    assert gzip.decompress(coded) == plain.content
    assert len(coded) < len(plain.content) // 4


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/data/nothing.nq", 404, "There is no file nothing.nq here; those there are stand at"),
        ("/data/measures.ttl", 404, "There is no file measures.ttl here"),
        ("/data/..%2Fkg.nq", 404, "no"),
        ("/data/measures.csv?at=1999-01-01", 404, "the first day for which there is one is"),
        ("/data/measures.csv?at=yesterday", 400, "yesterday"),
        ("/data/zhospar.nq-metadata.json", 404, "There is no table zhospar.nq here"),
        ("/data/measures-1999-01-01.csv-metadata.json", 404, "There is no file measures-1999"),
    ],
)
def test_what_is_not_there(served: Server, address: str, status: int, said: str) -> None:
    response = get(served, address)
    assert response.status_code == status
    assert said in response.json()["detail"]


def test_another_build_in_the_same_folder_changes_nothing_of_what_is_served(
    making: Making, own_build: Path, tmp_path: Path
) -> None:
    """Until the server is started again it sends the files of the release that it has loaded."""
    assert making.release
    folder = shutil.copytree(own_build, tmp_path / "build")
    with serve(folder) as server:
        before = get(server, "/data/zhospar.ttl").content
        shutil.rmtree(folder)
        (folder / "dumps").mkdir(parents=True)
        (folder / "dumps/zhospar.ttl").write_bytes(before.replace(b"2013", b"2014"))
        assert get(server, "/data/zhospar.ttl", Range="bytes=0-").content == before
        assert get(server, "/data/state-2013-01-31.nq").status_code == 200


def test_a_file_that_is_not_the_one_described_is_not_sent(
    making: Making, own_build: Path, tmp_path: Path
) -> None:
    """Though its size is right; nor is one that is missing. The sentence says what to do."""
    assert making.release
    folder = shutil.copytree(own_build, tmp_path / "build")
    changed = folder / "dumps/zhospar.ttl"
    changed.write_bytes(changed.read_bytes().replace(b"2013", b"2014"))
    (folder / "dumps/zhospar.nq").unlink()
    with serve(folder) as server:
        for name in ("zhospar.ttl", "zhospar.nq"):
            response = get(server, f"/data/{name}")
            assert response.status_code == 404
            assert "'make build' writes it" in response.json()["detail"]
        assert get(server, "/data/zhospar.trig").status_code == 200


def test_a_build_without_files_says_so(server: Server) -> None:
    assert get(server, "/data/zhospar.nq").status_code == 404
    page = server.client.get("/catalogue", headers={"Accept": "text/html"})
    assert "This build has no files to download" in page.text


def test_the_page_has_every_file_and_every_source(served: Server, catalogue: Graph) -> None:
    origins = set(catalogue.objects(None, PROV.wasDerivedFrom))
    for address in ("/catalogue", "/catalogue.html"):
        page = served.client.get(address, headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        for file in catalogue.objects(None, DCAT.downloadURL):
            assert f'href="{path_of(file)}"' in page.text
        for digest in catalogue.objects(None, SPDX.checksumValue):
            assert str(digest) in page.text
        assert "kazakhstan-law: an unofficial copy of zan.gov.kz" in page.text
        assert page.text.count("<dt>") == len(origins) >= 11


def test_the_catalogue_is_the_graph_that_it_is_called_after(
    served: Server, catalogue: Graph
) -> None:
    response = served.client.get("/data", params={"graph": f"{BASE}graph/catalogue"})
    assert set(Graph().parse(data=response.content, format="turtle")) == set(catalogue)
    assert (URIRef(f"{BASE}catalogue"), RDF.type, DCAT.Catalog) in catalogue
