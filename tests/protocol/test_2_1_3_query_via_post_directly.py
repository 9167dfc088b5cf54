"""Query via POST directly: the query is the body, the rest is in the address.

SPARQL 1.1 Protocol, section 2.1.3.
"""

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import DIRECT, Server

ASK = "ASK {}"


def test_query_as_the_body(server: Server) -> None:
    assert server.post(MEASURES, DIRECT, "/sparql?at=2014-11-01").text.split() == ["n", "1"]


def test_kazakh_words_in_utf_8(server: Server) -> None:
    response = server.post("SELECT ('Жоспар' AS ?x) {}".encode(), DIRECT + "; charset=utf-8")
    assert "Жоспар" in response.text


def test_other_charsets_are_refused(server: Server) -> None:
    response = server.post(ASK.encode("utf-16"), DIRECT + "; charset=UTF-16")
    assert response.status_code == 415


def test_body_that_is_not_utf_8(server: Server) -> None:
    response = server.post(b"SELECT ('\xff' AS ?x) {}", DIRECT)
    assert response.status_code == 400
    assert "UTF-8" in response.json()["detail"]


def test_body_and_parameter_are_two_queries(server: Server) -> None:
    assert server.post(ASK, DIRECT, "/sparql?query=ASK%7B%7D").status_code == 400
