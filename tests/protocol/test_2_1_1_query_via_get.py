"""Query via GET: the query and its data set are parameters of the address.

SPARQL 1.1 Protocol, section 2.1.1.
"""

import pytest

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import CSV, Server


@pytest.mark.parametrize(
    "path", ["/sparql", "/sparql/", "/at/2013-06-01/sparql", "/at/2013-06-01/sparql/"]
)
def test_with_and_without_a_trailing_slash(server: Server, path: str) -> None:
    response = server.client.get(path, params={"query": MEASURES}, headers=CSV)
    assert (response.status_code, response.text.split()) == (200, ["n", "2"])


def test_percent_encoding_is_decoded_once(server: Server) -> None:
    response = server.ask("SELECT ('a%2Fb+c d' AS ?x) {}")
    assert response.text.split("\r\n")[1] == "a%2Fb+c d"
