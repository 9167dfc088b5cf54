"""A question for a day near a bound says so: in headers that go with the answer, and on pages."""

import pytest

from tests.serving import COUNT_MEASURES, RESOLUTION, Server

NEAR = "2014-10-27, only the earliest day on which the state of 2014-10-27 may have begun"


@pytest.mark.parametrize(
    ("day", "count"), [("2014-10-20", "7 days before"), ("2014-11-15", "19 days after")]
)
def test_an_answer_near_a_bound_says_so(site: Server, day: str, count: str) -> None:
    """By the parameter and by the address alike, on both sides of the bound."""
    dated = site.client.get(f"/at/{day}/sparql", params={"query": COUNT_MEASURES})
    for response in (site.ask(COUNT_MEASURES, at=day), dated):
        told = response.headers["X-Zhospar-Near-Bound"]
        assert told.startswith(f"{day} is {count} {NEAR}")
        assert "X-Zhospar-Near-Bound" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("day", ["2013-06-01", "2016-01-01"])
def test_an_answer_far_from_bounds_says_nothing(site: Server, day: str) -> None:
    """So does one from a data set that the query names itself: no day has a part in it."""
    assert "X-Zhospar-Near-Bound" not in site.ask(COUNT_MEASURES, at=day).headers
    named = f"SELECT * FROM <{RESOLUTION}@2014-10-27/graph> {{ ?s ?p ?o }} LIMIT 1"  # noqa: S608 - SPARQL
    assert "X-Zhospar-Near-Bound" not in site.ask(named, at="2014-11-15").headers


@pytest.mark.parametrize("path", ["/", "/eli/kz/resolution/2013/78/paragraph-4", "/sparql"])
def test_pages_near_a_bound_say_so(site: Server, path: str) -> None:
    """The home page, a resource, and the query page."""
    html = {"Accept": "text/html"}
    near = site.client.get(path, params={"at": "2014-11-15"}, headers=html)
    assert f"2014-11-15 is 19 days after {NEAR}" in near.text
    far = site.client.get(path, params={"at": "2016-01-01"}, headers=html)
    assert "until it began" not in far.text


def test_a_resource_as_data_says_so(site: Server) -> None:
    """Turtle carries the header as answers do."""
    path = "/eli/kz/resolution/2013/78/paragraph-4.ttl"
    response = site.client.get(path, params={"at": "2014-11-15"})
    assert NEAR in response.headers["X-Zhospar-Near-Bound"]
