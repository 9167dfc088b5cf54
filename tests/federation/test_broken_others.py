"""Another endpoint that answers badly or not at all: an error that names it, never fewer rows."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.asking.endpoints import Call
from kg.web.settings import Settings
from kg.web.worker.relay import Relay
from tests.federation.misbehaving import ANSWERS, BROKEN, Misbehaving, misbehaving
from tests.serving import COUNT_MEASURES, Server, serve, wait_for

OTHER_PATHS = ("huge", "slow", "silent", "sends-on")
FORMS = {
    "count": "SELECT (COUNT(*) AS ?n) { SERVICE <%s> { ?s ?p ?o } }",
    "optional": "SELECT * { BIND (1 AS ?a) OPTIONAL { SERVICE <%s> { ?s ?p ?o } } }",
    "not-exists": "SELECT * { BIND (1 AS ?a) FILTER NOT EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "minus": "SELECT * { BIND (1 AS ?a) MINUS { SERVICE <%s> { ?s ?p ?o } } }",
    "ask": "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "construct": "CONSTRUCT { <urn:a> <urn:b> ?s } { SERVICE <%s> { ?s ?p ?o } }",
}


@dataclass(frozen=True)
class Asking:
    """Our server, which may ask a server that misbehaves."""

    ours: Server
    other: Misbehaving

    def ask(self, name: str, form: str = "count", accept: str = "*/*") -> httpx.Response:
        return self.ours.ask(FORMS[form] % self.address(name), accept=accept)

    def figures(self) -> str:
        return self.ours.client.get("/metrics").text

    def address(self, name: str) -> str:
        return f"{self.other.address}/{name}"


@pytest.fixture(scope="module")
def asking(build: Path, server: Server) -> Iterator[Asking]:
    with misbehaving(f"{server.address}/sparql") as other:
        names = (*ANSWERS, *BROKEN, *OTHER_PATHS)
        allowed = ",".join(f"{other.address}/{name}" for name in names)
        bounds = {"KG_QUERY_DEADLINE_S": "2", "KG_SERVICE_MAX_MB": "1"}
        with serve(build, KG_SERVICE_ALLOW=allowed, **bounds) as ours:
            yield Asking(ours, other)


def assert_fails(asking: Asking, response: httpx.Response, name: str, status: int) -> str:
    """The sentence of a failure that names the endpoint; another question is answered after it."""
    assert response.status_code == status, response.text
    detail = str(response.json()["detail"])
    assert asking.address(name) in detail
    assert asking.ours.answers(COUNT_MEASURES) == "n 2"
    return detail


def test_answers_are_all_here() -> None:
    assert (len(ANSWERS), len(BROKEN), len(FORMS)) == (7, 27, 6)


@pytest.mark.parametrize("name", ANSWERS)
def test_whole_answers_are_taken(asking: Asking, name: str) -> None:
    response = asking.ask(name, accept="text/csv")
    assert response.text.split() == ["n", "500"]


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_whole_is_an_error(asking: Asking, name: str) -> None:
    assert BROKEN[name][1] in assert_fails(asking, asking.ask(name), name, 502)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["cut-xml-between-rows", "cut-off", "error", "bad-term"])
def test_an_error_is_an_error_wherever_the_call_stands(
    asking: Asking, name: str, form: str
) -> None:
    """Within EXISTS too, where the engine by itself takes an error for no match."""
    assert_fails(asking, asking.ask(name, form), name, 502)


@pytest.mark.parametrize("name", ["cut-off", "error", "garbage", "silent", "huge"])
def test_silent_calls_may_fail(asking: Asking, name: str) -> None:
    query = f"SELECT * {{ BIND (1 AS ?a) SERVICE SILENT <{asking.address(name)}> {{ ?s ?p ?o }} }}"
    response = asking.ours.ask(query, accept="text/csv")
    assert (response.status_code, response.text.split()) == (200, ["a,o,p,s", "1,,,"])


def test_one_that_sends_on_is_not_followed(asking: Asking, server: Server) -> None:
    """A way into the network that the setting keeps closed."""
    detail = assert_fails(asking, asking.ask("sends-on"), "sends-on", 502)
    assert f"{server.address}/sparql, and redirects aren't followed" in detail


@pytest.mark.parametrize("name", ["silent", "slow"])
def test_one_that_takes_too_long_is_given_up(asking: Asking, name: str) -> None:
    detail = assert_fails(asking, asking.ask(name), name, 504)
    assert "the 2 s a query may take (KG_QUERY_DEADLINE_S)" in detail


def test_an_answer_without_an_end_is_given_up(asking: Asking) -> None:
    detail = assert_fails(asking, asking.ask("huge"), "huge", 507)
    assert "1 MB that are taken (KG_SERVICE_MAX_MB)" in detail


def test_each_call_is_made_once_for_a_question(asking: Asking) -> None:
    """The engine by itself would ask for each row that EXISTS is tried on."""
    before = asking.other.asked["sized"]
    values = " ".join(map(str, range(50)))
    called = f"SERVICE <{asking.address('sized')}> {{ ?s ?p ?o }}"
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {values} }} FILTER EXISTS {{ {called} }} }}"
    assert asking.ours.answers(query) == "n 50"
    assert asking.other.asked["sized"] == before + 1


def test_mistakes_are_told_by_their_place_in_the_query_as_written(asking: Asking) -> None:
    called = f"SERVICE <{asking.address('sized')}> {{ ?s ?p ?o }}"
    for query in (f"SELECT * {{ {called} . {called} ?a }}", f"SELECT *\n{{ {called} ?a }}"):
        told = asking.ours.ask(query).json()
        last = query.split("\n")
        assert (told["line"], told["column"]) == (len(last), len(last[-1]) + 1)


def test_others_are_answered_while_calls_wait(asking: Asking) -> None:
    """Two wait at most, of one client one; the rest have their turns, and no other suffers."""
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.append(asking.ask("silent").status_code))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    wait_for(lambda: "zhospar_workers_federating 1" in asking.figures())
    for _ in range(20):
        assert asking.ours.answers(COUNT_MEASURES) == "n 2"
    assert "zhospar_workers_federating 1" in asking.figures()
    for thread in threads:
        thread.join()
    assert results == [504] * 3


def test_nobody_else_asks_through_a_relay(asking: Asking) -> None:
    call = Call(asking.address("chunked"), 0, 0)
    relay = Relay([call], Settings())
    (address,) = relay.addresses
    other_key = address.rpartition("/")[0].rpartition("/")[0] + "/key/0"
    assert httpx.post(other_key, content=b"ASK {}").status_code == 502
    assert asking.other.asked["chunked"] <= 1
    before = asking.other.asked["chunked"]
    assert httpx.post(address, content=b"SELECT * {}").status_code == 200
    assert asking.other.asked["chunked"] == before + 1
    assert relay.failure is None
