"""Clients that people use, unchanged, by GET and by POST."""

from typing import cast
from xml.dom.minidom import Document

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper

from tests.serving import PREFIX, RESOLUTION, Server

MEASURES = PREFIX + "SELECT ?m { ?m a zh:Measure } ORDER BY ?m"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(server: Server, method: str) -> None:
    store = SPARQLStore(server.address + "/at/2013-06-01/sparql", method=method)
    found = [str(row[0]) for row in Graph(store).query(MEASURES)]  # type: ignore[index]
    assert found == [f"{RESOLUTION}/plan/section-1/measure-{number}" for number in (1, 4)]


@pytest.mark.parametrize("posted", [None, URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_select(server: Server, posted: str | None) -> None:
    client = SPARQLWrapper(server.address + "/sparql")
    client.setQuery(MEASURES)
    client.setReturnFormat(JSON)
    if posted:
        client.setMethod(POST)
        client.setRequestMethod(posted)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 2


def test_sparqlwrapper_ask_and_construct(server: Server) -> None:
    client = SPARQLWrapper(server.address + "/sparql")
    client.setReturnFormat(XML)
    client.setQuery("ASK {}")
    assert "<boolean>true</boolean>" in cast(Document, client.queryAndConvert()).toxml()
    client.setReturnFormat(TURTLE)
    client.setQuery(PREFIX + "CONSTRUCT { ?m a zh:Measure } WHERE { ?m a zh:Measure }")
    assert b"zh:Measure" in cast(bytes, client.queryAndConvert())
