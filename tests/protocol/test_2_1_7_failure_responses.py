"""Failure responses: what can't be answered, and why.

SPARQL 1.1 Protocol, section 2.1.7.
"""

import pytest

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import DIRECT, FORM, Server

ASK = "ASK {}"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods(server: Server, method: str) -> None:
    response = server.client.request(method, "/sparql?query=ASK%7B%7D")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_more_than_one_query(server: Server) -> None:
    assert server.client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status_code == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", None])
def test_other_media_types(server: Server, content_type: str | None) -> None:
    response = server.post(ASK, content_type)
    assert response.status_code == 415
    assert DIRECT in response.headers["accept-post"]


@pytest.mark.parametrize("body", ["", "at=2014-11-01"])
def test_form_without_a_query(server: Server, body: str) -> None:
    assert server.post(body, FORM).status_code == 400


def test_malformed_query_has_its_position(server: Server) -> None:
    problem = server.ask("SELECT *\n{ ?s zh:text ?o }")
    assert problem.status_code == 400
    assert problem.headers["content-type"] == "application/problem+json"
    body = problem.json()
    assert (body["line"], body["column"]) == (2, 6)
    assert body["title"] == "Bad Request"
    assert "PREFIX zh:" in body["detail"]


def test_empty_query(server: Server) -> None:
    assert server.ask("").status_code == 400


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"at": "2014-13-01"}, 400),
        ({"at": "yesterday"}, 400),
        ({"include": "everything"}, 400),
        ({"at": "2013-01-30"}, 404),
    ],
)
def test_day_and_include(server: Server, parameters: dict[str, str], status: int) -> None:
    response = server.ask(MEASURES, **parameters)
    assert response.status_code == status
    assert status != 404 or response.json()["first"] == "2013-01-31"


def test_day_in_the_address(server: Server) -> None:
    assert server.client.get("/at/2013-02-30/sparql?query=ASK%7B%7D").status_code == 400
    assert server.client.get("/at/1990-01-01/sparql?query=ASK%7B%7D").status_code == 404
    both = "/at/2013-06-01/sparql?query=ASK%7B%7D&at="
    assert server.client.get(both + "2014-01-01").status_code == 400
    assert server.client.get(both + "2013-06-01").status_code == 200


def test_request_too_large(server: Server) -> None:
    response = server.post(ASK + " " * (1 << 20), DIRECT)
    assert response.status_code == 413
    assert server.answers(MEASURES) == "n 2"


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "DROP ALL"])
def test_service_and_updates_in_a_query(server: Server, query: str) -> None:
    response = server.ask(query)
    assert response.status_code == 400
    assert "Zhospar" in response.json()["detail"]
