"""The ontology over HTTP: a page whose places are the terms, and data of the same address."""

import re
from collections.abc import Iterator

import pytest
from markupsafe import escape
from rdflib import Graph, Literal

from kg.namespaces import ALIGNED_PREFIXES, DCTERMS, OWL, RDF, RDFS, SKOS, ZH
from tests.roots import ROOT
from tests.serving import Server, serve

FORMATS = (
    ("ttl", "text/turtle", "turtle"),
    ("nt", "application/n-triples", "nt"),
    ("rdf", "application/rdf+xml", "xml"),
    ("jsonld", "application/ld+json", "json-ld"),
)


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    """A server on the real build."""
    with serve(ROOT / "build") as running:
        yield running


@pytest.fixture(scope="module")
def page(site: Server) -> str:
    """The page in English."""
    response = site.client.get("/ontology?lang=en", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "content-security-policy" in response.headers
    return response.text


def test_every_term_has_its_place(page: str) -> None:
    """The fragment of a term's address is an id of the page, once; and each link on it leads."""
    ids = re.findall(r' id="([^"]+)"', page)
    assert set(ZH.__annotations__) <= set(ids)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= set(ids)


def test_a_term_is_told_whole(page: str) -> None:
    """Names in three languages, definition, classes, alignments with reasons, questions."""
    term = page[page.index('id="Amendment"') : page.index('id="Anomaly"')]
    for part in (
        '<span lang="kk">өзгеріс</span>',
        '<span lang="ru">изменение</span>',
        '<span lang="en">amendment</span>',
        "An amendment is what one act did",
        "prov:Activity",
        'href="#PossibleAmendment"',
        "jolux:LegalResourceImpact",
        "and is no activity",
        'href="/query/',
        "zh:byAct</text>",
    ):
        assert part in term


def test_diagrams_are_of_all_classes(page: str) -> None:
    """Each class of ours is a box of a tree, and what stands above it too; no picture is empty."""
    ontology = Graph().parse(ROOT / "ontology/zhospar.ttl")
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    trees = page[: page.index("<article")]
    assert len(classes) >= 40
    for term in classes:
        name = str(term).removeprefix(str(ZH._NS))
        assert f'<a href="#{name}"><rect' in trees
        for above in ontology.objects(term, RDFS.subClassOf):
            prefix, space = next(
                (p, n) for p, n in ALIGNED_PREFIXES.items() if str(above).startswith(n)
            )
            assert f">{prefix}:{str(above).removeprefix(space)}</text>" in trees
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) > 40
    assert [picture for picture in pictures if "<rect" not in picture] == []


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    """No script, no style of its own, no address of another host that would be loaded."""
    assert not re.search(r"<script|<style| style=|<img|<iframe|@import", page)
    loaded = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert loaded == ["/style.css"]


@pytest.mark.parametrize(("suffix", "media_type", "parser"), FORMATS)
def test_the_same_address_is_data(site: Server, suffix: str, media_type: str, parser: str) -> None:
    """By Accept and by suffix, with the alignments in it."""
    asked = site.client.get("/ontology", headers={"Accept": media_type})
    named = site.client.get(f"/ontology.{suffix}")
    assert asked.headers["content-type"].partition(";")[0] == media_type
    assert asked.content == named.content
    graph = Graph().parse(data=asked.content, format=parser)
    assert (ZH.Measure, RDF.type, OWL.Class) in graph
    assert len(set(graph.subjects(RDF.type, OWL.Axiom))) == 76


@pytest.mark.parametrize(("lang", "words"), [("kk", "Кластар"), ("ru", "Классы")])
def test_the_page_is_in_the_language_asked_for(site: Server, lang: str, words: str) -> None:
    page = site.client.get(f"/ontology?lang={lang}", headers={"Accept": "text/html"}).text
    assert f'<html lang="{lang}">' in page
    assert f"<h2>{words}</h2>" in page


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_definitions_are_in_the_language_of_the_page(site: Server, lang: str) -> None:
    """Each term's, and what the ontology is for; the names in that language come first."""
    page = site.client.get("/ontology", headers={"Accept": "text/html", "Accept-Language": lang})
    ontology = Graph().parse(ROOT / "ontology/zhospar.ttl")
    found = [
        text
        for told in (SKOS.definition, DCTERMS.description)
        for text in ontology.objects(None, told)
        if isinstance(text, Literal) and text.language == lang
    ]
    assert len(found) == len(ZH.__annotations__) + 1
    assert [text for text in found if f"<p>{escape(text)}</p>" not in page.text] == []
    heading = page.text[page.text.index('<a href="#Amendment">zh:') :]
    assert re.search(r'<span lang="(\w+)">', heading)[1] == lang  # type: ignore[index]
