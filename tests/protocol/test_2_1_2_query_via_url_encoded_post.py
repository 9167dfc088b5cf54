"""Query via URL-encoded POST: the parameters are in the body.

SPARQL 1.1 Protocol, section 2.1.2.
"""

from urllib.parse import urlencode

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import FORM, Server


def test_query_in_a_form(server: Server) -> None:
    body = urlencode({"query": "SELECT ('a%2Fb+c d' AS ?x) {}"})
    assert server.post(body, FORM).text.split("\r\n")[1] == "a%2Fb+c d"


def test_media_type_may_have_a_charset(server: Server) -> None:
    response = server.post(urlencode({"query": MEASURES}), FORM + "; charset=UTF-8")
    assert response.status_code == 200


def test_day_and_possible_in_the_form(server: Server) -> None:
    body = urlencode({"query": MEASURES, "at": "2014-11-01", "include": "possible"})
    assert server.post(body, FORM).text.split() == ["n", "2"]


def test_day_in_the_address_of_a_form(server: Server) -> None:
    response = server.post(urlencode({"query": MEASURES}), FORM, "/sparql?at=2014-11-01")
    assert response.text.split() == ["n", "1"]
