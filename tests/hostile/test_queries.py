"""Hostile queries: each ends in an honest status or a broken connection, and harms nobody."""

import json

import httpx
import pytest

from tests.hostile.cases import BROKEN, Case, count, parameters
from tests.hostile.growth import growth_cases
from tests.hostile.nesting import chain_cases, nesting_cases
from tests.hostile.texts import text_cases
from tests.serving import DIRECT, Server

CASES = [*nesting_cases(), *chain_cases(), *growth_cases(), *text_cases()]
JSON = "application/sparql-results+json, application/n-triples"


def test_families_are_whole() -> None:
    assert count(CASES) == {
        "nested": 44, "unclosed": 22, "signs": 3, "chained": 50, "wide": 5,
        "joins": 17, "streams": 4, "strings": 9, "patterns": 13, "paths": 6,
        "large": 25, "odd": 32, "updates": 10,
    }  # fmt: skip


@pytest.mark.parametrize("case", parameters(CASES))
def test_hostile_query(hostile: Server, case: Case) -> None:
    status = _ask(hostile, case.query)
    assert status in case.statuses


def _ask(server: Server, query: str) -> int:
    """The status of the answer, whose body is looked into; ``BROKEN`` where it broke off."""
    try:
        response = server.client.post(
            "/sparql",
            content=query.encode(),
            headers={"Content-Type": DIRECT, "Accept": JSON},
        )
    except httpx.RemoteProtocolError:
        return BROKEN
    if response.status_code != 200:
        problem = response.json()
        assert response.headers["content-type"] == "application/problem+json"
        assert problem["status"] == response.status_code
        assert problem["detail"]
    elif response.headers["content-type"].endswith("json"):
        json.loads(response.content)
    return response.status_code
