"""Answers kept in memory: bounded in bytes, the one not asked for longest goes first."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.web.sending.cache import Cache, Entry, Ready
from tests.serving import (
    COUNT_MEASURES,
    CSV,
    DIRECT,
    ENDLESS,
    Server,
    serve,
    wait_for,
    without_workers,
)

LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 9000"


def entry_of(tag: str, size: int) -> Entry:
    return Entry(tag, (), {"identity": b"x" * size})


def ask(server: Server, path: str) -> httpx.Response:
    return server.client.get(path, params={"query": COUNT_MEASURES}, headers=CSV)


def test_keep_is_bounded_in_bytes() -> None:
    cache = Cache(1 << 20)
    for number in range(100):
        cache.keep(entry_of(str(number), 50_000))
        assert cache.figures().bytes <= 1 << 20
    figures = cache.figures()
    assert figures.entries == (1 << 20) // (50_000 + 1024)
    assert figures.evicted == 100 - figures.entries
    assert figures.limit == 1 << 20


def test_the_one_not_asked_for_longest_goes_first() -> None:
    cache = Cache(1 << 20)
    for number in range(20):
        cache.keep(entry_of(str(number), 50_000))
    assert cache.find("0") is not None
    cache.keep(entry_of("20", 50_000))
    assert cache.find("0") is not None
    assert cache.find("1") is None
    assert (cache.figures().hits, cache.figures().misses) == (2, 1)


def test_nothing_larger_than_a_share_is_kept() -> None:
    cache = Cache(1 << 20)
    cache.keep(entry_of("large", (1 << 20) // 16))
    assert cache.figures().entries == 0


def test_codings_count_and_may_push_an_entry_out() -> None:
    cache = Cache(1 << 20)
    entry = entry_of("a", 40_000)
    cache.keep(entry)
    before = cache.figures().bytes
    cache.add_coding(entry, "gzip", b"y" * 10_000)
    assert cache.figures().bytes == before + 10_000
    cache.add_coding(entry, "br", b"y" * 30_000)
    assert (cache.figures().entries, cache.figures().bytes) == (0, 0)


def test_requests_count_and_go_with_their_entry() -> None:
    cache = Cache(1 << 20)
    entry = entry_of("a", 100)
    cache.keep(entry)
    ready = Ready(entry, "identity", (), b"", ())
    for number in range(50):
        cache.add_request(number, 500, ready)
    assert len(cache.ready) == len(entry.requests) < 50
    assert cache.figures().bytes > 100 + 1024 + 500 * len(entry.requests)
    for number in itertools.takewhile(lambda _: cache.peek("a"), itertools.count()):
        cache.keep(entry_of(f"b{number}", 60_000))
    assert not cache.ready


def test_without_room_nothing_is_kept() -> None:
    cache = Cache(0)
    entry = entry_of("a", 0)
    cache.keep(entry)
    cache.add_request("request", 1, Ready(entry, "identity", (), b"", ()))
    assert (cache.figures().entries, len(cache.ready)) == (0, 0)


@pytest.mark.parametrize(("room", "kept"), [("0", False), ("16", True)])
def test_kg_cache_mb(build: Path, room: str, kept: bool) -> None:
    """An answer that is kept is given without a worker, by POST and for other days too."""
    day = "/at/2013-06-01/sparql"
    with serve(build, KG_CACHE_MB=room, KG_QUERY_DEADLINE_S="1") as running:
        first = ask(running, day)
        with without_workers(running):
            again = [ask(running, day)]
            if kept:
                again += [ask(running, "/at/2013-06-02/sparql")]
                again += [running.post(COUNT_MEASURES, DIRECT, day)]
        for response in again:
            assert (response.status_code == 200) == kept
            assert (response.text == first.text) == kept


def test_pages_are_kept(build: Path) -> None:
    with serve(build, KG_QUERY_DEADLINE_S="1") as running:
        paths = ["/", "/eli/kz/resolution/2013/78/plan.ttl", "/diff"]
        before = [running.client.get(path).text for path in paths]
        with without_workers(running):
            assert [running.client.get(path).text for path in paths] == before


def test_what_is_long_is_kept_once_it_was_sent(build: Path) -> None:
    with serve(build) as running:
        first = running.ask(LONG)
        assert "transfer-encoding" in first.headers
        with without_workers(running):
            again = running.ask(LONG)
        assert (again.status_code, again.text) == (200, first.text)


def test_failures_are_not_kept(build: Path) -> None:
    with serve(build, KG_QUERY_DEADLINE_S="1") as running:
        with without_workers(running):
            assert running.ask(COUNT_MEASURES).status_code in (503, 504)
        wait_for(lambda: running.ask(COUNT_MEASURES).status_code == 200)


def test_equal_questions_at_once_take_one_worker(build: Path) -> None:
    """They wait for the one under way, and not for a worker, which most would wait for in vain."""
    with (
        serve(build, KG_WORKERS="1", KG_QUERY_DEADLINE_S="2") as running,
        ThreadPoolExecutor(8) as threads,
    ):
        asking = [threads.submit(running.ask, ENDLESS) for _ in range(8)]
        assert {done.result().status_code for done in asking} == {504}
        assert running.answers(COUNT_MEASURES) == "n 2"


def test_a_question_left_by_its_first_asker_is_answered_to_the_others(build: Path) -> None:
    with serve(build, KG_WORKERS="1") as running, ThreadPoolExecutor(2) as threads:
        with without_workers(running):
            impatient = httpx.Timeout(30, read=0.3)
            leaving = threads.submit(
                httpx.get, running.address + "/sparql", params={"query": LONG}, timeout=impatient
            )
            staying = threads.submit(running.ask, LONG)
            with pytest.raises(httpx.ReadTimeout):
                leaving.result()
        assert staying.result().status_code == 200
