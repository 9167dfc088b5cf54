"""Resources by their addresses, as pages and as data."""

import re

import pytest
from markupsafe import escape
from pyoxigraph import Literal, RdfFormat, parse

from kg.namespaces import DCTERMS, ZH
from kg.web.pages.things import resource_iri, split_suffix
from tests.serving import BASE, RESOLUTION, Server

MEASURE = "/eli/kz/resolution/2013/78/plan/section-1/measure-1"
STATE = "/eli/kz/resolution/2013/78@2014-10-27"


@pytest.mark.parametrize(
    ("raw", "iri"),
    [
        (b"/agency/x", "agency/x"),
        (b"/eli/78%402014-10-27/graph", "eli/78@2014-10-27/graph"),
        (b"/act/101%2fV", "act/101%2FV"),
        (b"/a%20b", "a%20b"),
        (b"/act/101-V", "act/101-V"),
    ],
)
def test_path_to_address(raw: bytes, iri: str) -> None:
    assert resource_iri(raw) == BASE + iri


def test_suffix_is_told_from_a_name() -> None:
    assert split_suffix(BASE + "a.ttl") == (BASE + "a", "ttl")
    assert split_suffix(BASE + "a.b") == (BASE + "a.b", "")
    assert split_suffix(BASE + "a/.ttl") == (BASE + "a/.ttl", "")


@pytest.mark.parametrize(
    ("suffix", "media_type", "syntax"),
    [
        ("ttl", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("nt", "application/n-triples", RdfFormat.N_TRIPLES),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        ("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_each_format_by_suffix_and_by_accept(
    server: Server, suffix: str, media_type: str, syntax: RdfFormat
) -> None:
    by_suffix = server.client.get("/agency/ministry-of-finance." + suffix)
    accept = media_type.partition(";")[0]
    by_accept = server.client.get("/agency/ministry-of-finance", headers={"Accept": accept})
    assert by_suffix.headers["content-type"] == by_accept.headers["content-type"] == media_type
    assert by_suffix.content == by_accept.content
    subjects = {quad.subject for quad in parse(by_suffix.content, syntax)}
    assert {getattr(subject, "value", "") for subject in subjects} == {
        BASE + "agency/ministry-of-finance"
    }


def test_resource_on_a_day(server: Server) -> None:
    first = server.client.get(MEASURE + ".nt", params={"at": "2013-06-01"})
    second = server.client.get(MEASURE + ".nt", params={"at": "2014-11-01"})
    assert "ontology#deadline" in first.text
    assert "ontology#deadline" not in second.text
    assert first.headers["x-zhospar-state"] == f"{RESOLUTION}@2013-01-31"
    assert first.headers["x-zhospar-state-evidence"] == "Inferred"


def test_resource_that_stood_on_another_day_says_when(server: Server) -> None:
    response = server.client.get(MEASURE + ".ttl")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "?at=2013-01-31" in response.json()["detail"]


def test_resource_that_may_have_stood_says_so(server: Server) -> None:
    path = "/eli/kz/resolution/2013/78/plan/section-5/measure-1.ttl"
    response = server.client.get(path, params={"at": "2014-11-01"})
    assert response.status_code == 404
    assert "include=possible" in response.json()["detail"]
    found = server.client.get(path, params={"at": "2014-11-01", "include": "possible"})
    assert found.status_code == 200


def test_graph_address_gives_its_content(server: Server) -> None:
    response = server.client.get(STATE + "/graph.nt")
    assert response.status_code == 200
    quads = list(parse(response.content, RdfFormat.N_TRIPLES))
    assert len(quads) == response.text.count("\n") == 20
    encoded = server.client.get(STATE.replace("@", "%40") + "/graph.nt")
    assert encoded.content == response.content


def test_history_and_source_are_described_too(server: Server) -> None:
    version = server.client.get(MEASURE + "@2013-01-31.ttl")
    assert "zh:ProvisionVersion" in version.text
    assert "oa:SpecificResource" in server.client.get("/span/78/10-21.ttl").text


def test_ontology_is_one_document(server: Server) -> None:
    assert "zh:Measure" in server.client.get("/ontology.ttl").text
    page = server.client.get("/ontology", headers={"Accept": "text/html"})
    assert 'id="Measure"' in page.text


def test_page_shows_the_words_and_their_line(server: Server) -> None:
    page = server.client.get(MEASURE + ".html", params={"at": "2013-06-01"}).text
    assert '<blockquote lang="kk">Жұмыс тобын</blockquote>' in page
    assert "line 7 of the text" in page
    assert "release <strong>2026.11-example</strong>" in page


def test_links_in_pages_are_local_and_in_data_they_are_not(server: Server) -> None:
    page = server.client.get("/?at=2013-06-01", headers={"Accept": "text/html"}).text
    assert 'href="/agency/ministry-of-finance?at=2013-06-01"' in page
    assert BASE + "agency" in server.client.get("/graph/reference.ttl").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/nothing.ttl", 404),
        ("/a%20b%22", 404),
        (MEASURE + "?at=yesterday", 400),
        (MEASURE + "?at=2012-01-01", 404),
        (MEASURE + "?include=all", 400),
        ("/agency/ministry-of-finance?at=2013-06-01&at=2014-11-01", 400),
    ],
)
def test_what_is_wrong_is_a_problem(server: Server, path: str, status: int) -> None:
    response = server.client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-zhospar-release"] == "2026.11-example"
    assert response.json()["status"] == status
    page = server.client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")


def test_format_that_can_not_be_had(server: Server) -> None:
    response = server.client.get("/agency/government", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["detail"]


@pytest.mark.parametrize("code", ["en", "kk", "ru"])
@pytest.mark.parametrize("name", ["garbled-measure-6", "dashes-in-list"])
def test_an_anomaly_is_told_in_the_page_language(site: Server, name: str, code: str) -> None:
    """What its data say of it stands there in that language, and in the others a fold away."""
    path = f"/anomaly/{name}"
    data = site.client.get(f"{path}.nt").content
    told = {str(term) for term in (DCTERMS.description, ZH.reading, ZH.treatment)}
    said = [
        quad.object
        for quad in parse(data, RdfFormat.N_TRIPLES)
        if quad.predicate.value in told and isinstance(quad.object, Literal)
    ]
    assert sorted(str(words.language) for words in said) == sorted(["en", "kk", "ru"] * 3)
    page = site.client.get(f"{path}?lang={code}", headers={"Accept": "text/html"}).text
    open_to_see = re.sub("<details>.*?</details>", "", page, flags=re.DOTALL)
    for words in said:
        assert escape(words.value) in page
        assert (escape(words.value) in open_to_see) == (words.language == code)
