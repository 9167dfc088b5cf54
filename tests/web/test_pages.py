"""Pages for people."""

import re
from html.parser import HTMLParser

import pytest

from tests.serving import PREFIX, Server

HTML = {"Accept": "text/html"}
PAGES = [
    "/",
    "/?at=2014-11-01&include=possible",
    "/sparql",
    "/docs",
    "/unknown",
    "/ontology",
    "/agency/government",
]


class Outline(HTMLParser):
    """Gathers what a page must not have, and what its fields are called."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.hosts: set[str] = set()
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        values = {name: value or "" for name, value in attrs}
        self.scripts += tag == "script" or any(name.startswith("on") for name in values)
        if tag in ("link", "img", "script"):
            source = values.get("href", values.get("src", ""))
            self.hosts |= {source} if source.startswith("http") else set()
        if tag == "label" and "for" in values:
            self.labelled.add(values["for"])
        if tag in ("textarea", "select") or (tag == "input" and values.get("type") != "checkbox"):
            self.fields.add(values.get("id", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_on_its_own(server: Server, path: str) -> None:
    response = server.client.get(path, headers=HTML)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    outline = Outline()
    outline.feed(response.text)
    assert outline.scripts == 0
    assert not outline.hosts
    assert outline.fields <= outline.labelled
    assert outline.headings.count("h1") == 1


def test_home_says_which_state_answers_and_how_sure_it_is(server: Server) -> None:
    page = server.client.get("/?at=2014-11-01", headers=HTML).text
    assert "state of 2014-10-27" in page
    assert "a bound" in page
    assert "exists: Inferred" in page
    assert "Hold events" not in page
    possible = server.client.get("/?at=2014-11-01&include=possible", headers=HTML).text
    assert "Hold events" in possible
    assert "exists: Unknown" in possible


def test_home_says_what_is_lost(server: Server) -> None:
    page = server.client.get("/?at=2013-06-01", headers=HTML).text
    assert "Its words are not preserved." in page
    assert "Its first day is known" in page
    assert 'lang="kk">Жұмыс тобын' in page


def test_query_page_shows_results_and_links(server: Server) -> None:
    query = PREFIX + "SELECT ?m ?t { ?m a zh:Measure ; zh:text ?t } ORDER BY ?m"
    response = server.ask(query, "text/html", at="2013-06-01")
    assert response.status_code == 200
    assert (
        'href="/eli/kz/resolution/2013/78/plan/section-1/measure-1?at=2013-06-01"' in response.text
    )
    assert 'lang="kk" class="words"' in response.text
    assert "1 row" in response.text
    assert response.headers["x-zhospar-state"].endswith("78@2013-01-31")


def test_query_page_points_at_the_mistake(server: Server) -> None:
    response = server.ask("SELECT *\n{ ?s zh:text ?o }", "text/html")
    assert response.status_code == 400
    assert "Line 2, column 6" in response.text
    assert "     ^" in response.text


def test_words_of_a_query_are_not_markup(server: Server) -> None:
    response = server.ask('SELECT ("<script>alert(1)</script>" AS ?x) {}', "text/html")
    assert "<script" not in response.text
    assert "&lt;script&gt;" in response.text


def test_parameter_as_counts_instead_of_accept(server: Server) -> None:
    response = server.ask("ASK {}", "text/html", **{"as": "json"})
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert server.ask("ASK {}", **{"as": "word"}).status_code == 400


def test_parameters_of_other_endpoints_have_no_effect(server: Server) -> None:
    response = server.ask("SELECT (1 AS ?x) {}", format="turtle", output="xml", results="json")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_style_is_served_here(server: Server) -> None:
    assert server.client.get("/style.css").headers["content-type"].startswith("text/css")


def test_addresses_are_listed(server: Server) -> None:
    assert "/health" in server.client.get("/docs").text
    assert server.client.get("/openapi.json").json()["info"]["version"] == "2026.11-example"


def test_health_names_what_is_loaded(server: Server) -> None:
    health = server.client.get("/health").json()
    assert (health["live"], health["ready"]) == (True, True)
    assert [state["from"] for state in health["states"]] == [
        "2013-01-31",
        "2014-10-27",
        "2014-12-30",
    ]
    assert health["quads"] > 200


@pytest.mark.parametrize("path", ["/", "/health", "/agency/government", "/sparql?query=ASK%7B%7D"])
def test_head_and_options_work_everywhere(server: Server, path: str) -> None:
    got, head = server.client.get(path), server.client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    options = server.client.options(path)
    assert options.status_code == 204
    assert "GET" in options.headers["allow"]


def test_other_methods_are_not_allowed(server: Server) -> None:
    response = server.client.put("/agency/government")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["status"] == 405
