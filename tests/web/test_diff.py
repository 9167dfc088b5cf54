"""``/diff``: what changed between two days, by HTTP, as a page and as data."""

import json
from collections.abc import Iterator
from datetime import date

import jsonschema
import pytest
from pyoxigraph import RdfFormat, parse

from kg.asking.diff_formats import answer_diff
from tests.asking.compared import load_changes
from tests.serving import Server, serve

DAYS = {"from": "2031-06-01", "to": "2032-06-01"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the small graph in which an amender said of each row what it did."""
    folder = tmp_path_factory.mktemp("changes")
    (folder / "kg.nq").write_bytes(load_changes().nquads)
    with serve(folder) as running:
        yield running


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("*/*", "application/json"),
        ("application/json;q=0.1, text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_the_form_is_chosen_by_accept(site: Server, accept: str, media_type: str) -> None:
    """One address serves people and programs, each in its own form."""
    response = site.client.get("/diff", params=DAYS, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    language = "Accept-Language, " if media_type.startswith("text/html") else ""
    assert response.headers["Vary"] == f"Accept, {language}Accept-Encoding"


@pytest.mark.parametrize("form", ["json", "ttl", "text"])
def test_the_form_can_be_named_and_says_what_the_command_line_says(site: Server, form: str) -> None:
    """A link can name its form; the web and the command line agree byte for byte."""
    response = site.client.get("/diff", params={**DAYS, "format": form})
    graph = load_changes()
    before, after = (date.fromisoformat(DAYS[name]) for name in ("from", "to"))
    assert response.content == answer_diff(graph, before, after, form)


def test_json_is_valid_against_the_schema_that_is_served(site: Server) -> None:
    """A program finds the schema by the link and can rely on it."""
    response = site.client.get("/diff", params=DAYS)
    schema = site.client.get(response.links["describedby"]["url"])
    assert schema.headers["Content-Type"] == "application/schema+json"
    jsonschema.Draft202012Validator(schema.json()).validate(response.json())
    assert response.json()["counts"]["certain"] == 3


def test_the_patch_is_turtle(site: Server) -> None:
    """What is served as RDF can be read as RDF."""
    response = site.client.get("/diff", params=DAYS, headers={"Accept": "text/turtle"})
    assert len(list(parse(response.content, RdfFormat.TURTLE))) > 100


def test_the_page_marks_words_and_tells_what_is_certain_apart(site: Server) -> None:
    """People see which words went and came, and under which heading a change stands."""
    page = site.client.get("/diff", params={**DAYS, "format": "html"}).text
    assert "<del>Екі</del><ins>Үш</ins> аттың жолын салу" in page
    assert "<h2>What changed: 3</h2>" in page
    assert "<h2>What may have changed: 1</h2>" in page
    assert "Made-up Resolution No. 1" in page
    assert page.index("Ministry of Grass") < page.index("What may have changed")


def test_without_days_it_compares_the_first_with_today(site: Server) -> None:
    """The bare address in the navigation leads to a page with something on it."""
    found = site.client.get("/diff", params={"from": "", "to": "2032-06-01"}).json()
    assert found["from"]["day"] == "2031-01-01"
    assert site.client.get("/diff").status_code == 404  # today is before the made-up plan


@pytest.mark.parametrize(
    ("parameters", "accept", "status", "detail"),
    [
        ({**DAYS, "from": "soon"}, "*/*", 400, "from: 'soon' is not a day of the calendar"),
        ({**DAYS, "to": "2030-01-01"}, "*/*", 404, "to: There is no state of the plan on 2030"),
        ({**DAYS, "format": "xml"}, "*/*", 400, "There is no format 'xml'"),
        ({**DAYS, "from": ["2031-06-01", "2031-06-02"]}, "*/*", 400, "'from' is there 2 times"),
        (DAYS, "image/png", 406, "None of the formats asked for"),
    ],
)
def test_what_is_wrong_with_a_request_is_told(
    site: Server, parameters: dict[str, str | list[str]], accept: str, status: int, detail: str
) -> None:
    """Each mistake has its status and a sentence that names the parameter."""
    response = site.client.get("/diff", params=parameters, headers={"Accept": accept})
    assert response.status_code == status
    problem = json.loads(response.text)
    assert detail in problem["detail"]


def test_head_and_post(site: Server) -> None:
    """The address is for reading, by its two methods."""
    assert site.client.head("/diff", params=DAYS).status_code == 200
    assert site.client.post("/diff", params=DAYS).status_code == 405
