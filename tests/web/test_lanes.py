"""Lanes: nobody's questions keep another's from being answered, and each limit is named."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import CSV, ENDLESS, Server, endless, serve, wait_for
from tests.web.crowding import kept_busy, left_open

HOSTILE, OTHER, GOOD = "127.0.0.2", "127.0.0.3", "127.0.0.1"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_NUMBERS = " ".join(map(str, range(100)))
FINITE = "SELECT (COUNT(*) AS ?n) { " + " ".join(
    f"VALUES ?{name} {{ {_NUMBERS} }}" for name in "abc"
)
FINITE += " }"


@contextmanager
def client(server: Server, address: str) -> Iterator[httpx.Client]:
    """A client of the server that calls from ``address``."""
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=server.address, timeout=30, transport=transport) as calling:
        yield calling


def ask(server: Server, address: str, query: str, **headers: str) -> httpx.Response:
    with client(server, address) as calling:
        return calling.get("/sparql", params={"query": query}, headers={**CSV, **headers})


def get_page(server: Server, address: str, path: str) -> httpx.Response:
    with client(server, address) as calling:
        return calling.get(path, headers={"Accept": "text/html"})


def test_hostile_clients_starve_nobody(build: Path) -> None:
    with (
        serve(build) as running,
        kept_busy(running, *[HOSTILE] * 4, *[OTHER] * 4, aside=3),
    ):
        for _ in range(50):
            assert running.answers(MEASURES) == "n 2"
        # One of the good questions may have had the last place for a while, on a slow machine.
        wait_for(lambda: len(running.children()["workers"]) == 2 + 3)


def test_client_over_its_share_waits_and_is_told_of_it(build: Path) -> None:
    with (
        serve(build, KG_WAIT_S="0.5") as running,
        kept_busy(running, HOSTILE, HOSTILE, aside=2),
    ):
        response = ask(running, HOSTILE, MEASURES)
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
        assert "2 places (KG_CLIENT_SET_ASIDE)" in response.json()["detail"]
        assert "0.5 s (KG_WAIT_S)" in response.json()["detail"]
        assert ask(running, GOOD, MEASURES).status_code == 200


def test_pages_count_as_their_readers(build: Path) -> None:
    with (
        serve(build, KG_WAIT_S="0.5") as running,
        kept_busy(running, HOSTILE, HOSTILE, aside=2),
    ):
        for page in ("/", "/diff", "/agency/health"):
            assert get_page(running, HOSTILE, page).status_code == 503
        assert get_page(running, GOOD, "/").status_code == 200


def test_long_questions_are_bounded_in_all(build: Path) -> None:
    with (
        serve(build, KG_SET_ASIDE="1", KG_WAIT_S="0.5") as running,
        kept_busy(running, HOSTILE, aside=1),
    ):
        response = ask(running, OTHER, ENDLESS)
        assert response.status_code == 503
        assert "1 places (KG_SET_ASIDE)" in response.json()["detail"]
        assert ask(running, OTHER, MEASURES).status_code == 200


def test_question_that_was_put_back_is_answered(build: Path) -> None:
    """The only place is taken until its holder goes; nobody else's question has run out by then."""
    with (
        serve(build, KG_SET_ASIDE="1", KG_SLICE_S="0.01") as running,
        ThreadPoolExecutor(1) as threads,
    ):
        with kept_busy(running, HOSTILE, aside=1):
            before = set(running.children()["workers"])
            asking = threads.submit(ask, running, OTHER, FINITE)
            # The worker that it was put back from is replaced.
            wait_for(lambda: set(running.children()["workers"]) - before)
            assert not asking.done()
        response = asking.result()
        assert (response.status_code, response.text.split()) == (200, ["n", "1000000"])
        wait_for(lambda: len(running.children()["workers"]) == 2)


def test_answer_that_nobody_reads_holds_no_place_of_the_quick_lane(build: Path) -> None:
    with (
        serve(build, KG_WORKERS="1", KG_SLICE_S="20") as running,
        left_open(running, HOSTILE, LARGE),
    ):
        wait_for(lambda: len(running.children()["workers"]) == 2)
        assert running.answers(MEASURES) == "n 2"


@pytest.mark.parametrize("setting", ["KG_WAITING", "KG_CLIENT_WAITING"])
def test_queue_is_bounded(build: Path, setting: str) -> None:
    settings = {setting: "0", "KG_WORKERS": "1", "KG_SLICE_S": "30"}
    with serve(build, **settings) as running, left_open(running, HOSTILE, ENDLESS):

        def refused() -> bool:
            response = ask(running, GOOD, MEASURES)
            return response.status_code == 503 and f"({setting})" in response.json()["detail"]

        wait_for(refused)


@pytest.mark.parametrize(("proxies", "status"), [("127.0.0.1", 200), ("", 503), ("10.0.0.1", 503)])
def test_only_a_trusted_proxy_says_who_asks(build: Path, proxies: str, status: int) -> None:
    hostile = "X-Forwarded-For: 203.0.113.1\r\n"
    with (
        serve(build, KG_TRUSTED_PROXIES=proxies, KG_WAIT_S="0.5") as running,
        left_open(running, GOOD, endless(1), hostile),
        left_open(running, GOOD, endless(2), hostile),
    ):
        wait_for(lambda: len(running.children()["workers"]) == 4)
        forwarded = {"X-Forwarded-For": "203.0.113.1, 203.0.113.2"}
        assert ask(running, GOOD, MEASURES, **forwarded).status_code == status
