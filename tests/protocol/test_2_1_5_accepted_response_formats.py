"""Accepted response formats: content negotiation.

SPARQL 1.1 Protocol, section 2.1.5.
"""

import pytest

from tests.serving import Server


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        ("SELECT (1 AS ?x) {}", "*/*", "application/sparql-results+json"),
        (
            "SELECT (1 AS ?x) {}",
            "application/sparql-results+xml",
            "application/sparql-results+xml",
        ),
        ("SELECT (1 AS ?x) {}", "text/csv", "text/csv; charset=utf-8"),
        (
            "SELECT (1 AS ?x) {}",
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
        ),
        ("SELECT (1 AS ?x) {}", "application/json", "application/json"),
        (
            "SELECT (1 AS ?x) {}",
            "text/csv;q=0.1, application/*",
            "application/sparql-results+json",
        ),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
        ("ASK {}", "application/xml", "application/xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "*/*", "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
        ("DESCRIBE <a:a>", "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <a:a>", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/trig", "application/trig"),
    ],
)
def test_format(server: Server, query: str, accept: str, content_type: str) -> None:
    response = server.ask(query, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert "Accept" in response.headers["vary"]


def test_excluded_format_is_not_sent(server: Server) -> None:
    response = server.ask("SELECT (1 AS ?x) {}", "application/sparql-results+json;q=0, */*")
    assert response.headers["content-type"] == "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "accept"), [("SELECT (1 AS ?x) {}", "image/png"), ("ASK {}", "text/csv")]
)
def test_nothing_acceptable_names_what_there_is(server: Server, query: str, accept: str) -> None:
    response = server.ask(query, accept)
    assert response.status_code == 406
    assert "application/sparql-results+json" in response.json()["detail"]
