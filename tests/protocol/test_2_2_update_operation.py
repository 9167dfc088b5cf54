"""Update operation: there is none, and a read-only service says so.

SPARQL 1.1 Protocol, section 2.2.
"""

from urllib.parse import urlencode

from tests.serving import FORM, Server


def test_update_posted_directly(server: Server) -> None:
    response = server.post("CLEAR ALL", "application/sparql-update")
    assert response.status_code == 400
    assert "updates" in response.json()["detail"]


def test_update_in_a_form_or_an_address(server: Server) -> None:
    assert server.post(urlencode({"update": "CLEAR ALL"}), FORM).status_code == 400
    assert server.client.get("/sparql?update=CLEAR%20ALL").status_code == 400
