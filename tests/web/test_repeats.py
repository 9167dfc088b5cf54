"""Requests seen before are answered at once, until the release or the day is another."""

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from starlette.types import Scope

from kg.asking.asof import start_of, today
from kg.web.sending import repeats
from kg.web.sending.cache import Cache, Entry, Ready
from kg.web.sending.repeats import Repeats, request_key
from kg.web.service import Service
from tests.serving import COUNT_MEASURES, Server, serve, wait_for, write_build

HEADERS = [(b"host", b"example.org"), (b"accept", b"text/csv")]


def scope_of(**changes: object) -> Scope:
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": b"query=ASK{}",
        "headers": HEADERS,
    }
    return {**scope, **changes}


class _Pool:
    """As much of a pool of workers as tells what is loaded."""

    def __init__(self) -> None:
        self.loaded = object()


class _Service:
    def __init__(self) -> None:
        self.pool = _Pool()
        self.cache = Cache(1 << 20)


@pytest.fixture
def service() -> _Service:
    return _Service()


@pytest.fixture
def known(service: _Service) -> Iterator[Repeats]:
    """What answers the request of ``scope_of``."""
    found = Repeats(cast(Service, service))
    assert found.find(scope_of()) is None
    entry = Entry("tag", (), {"identity": b"true"})
    service.cache.keep(entry)
    key, length = request_key(scope_of())
    service.cache.add_request(key, length, Ready(entry, "identity", (), b"true", ()))
    yield found


def test_the_same_request_has_the_same_answer(known: Repeats) -> None:
    assert known.find(scope_of()) == (200, (), b"true")
    assert known.find(scope_of(method="HEAD")) == (200, (), b"true")
    assert known.find(scope_of(headers=[*HEADERS, (b"user-agent", b"a")])) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "POST"},
        {"scheme": "https"},
        {"raw_path": b"/sparql/"},
        {"raw_path": b"/at/2013-06-01/sparql"},
        {"query_string": b"query=ASK{}&at=2013-06-01"},
        {"headers": [(b"host", b"example.org"), (b"accept", b"text/html")]},
        {"headers": [(b"host", b"example.com"), (b"accept", b"text/csv")]},
        {"headers": [*HEADERS, (b"accept", b"text/html")]},
        {"headers": [*HEADERS, (b"accept-encoding", b"gzip")]},
        {"headers": [*HEADERS, (b"accept-datetime", b"Mon, 27 Oct 2014 00:00:00 GMT")]},
        {"headers": [*HEADERS, (b"if-match", b'"other"')]},
    ],
)
def test_whatever_an_answer_depends_on_makes_another_request(
    known: Repeats, changes: dict[str, object]
) -> None:
    assert known.find(scope_of(**changes)) is None


def test_another_release_ends_all(known: Repeats, service: _Service) -> None:
    service.pool.loaded = object()
    assert known.find(scope_of()) is None
    assert service.cache.figures().entries == 0


def test_midnight_in_kazakhstan_ends_what_is_known_of_requests(
    known: Repeats, service: _Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = start_of(today() + timedelta(days=1)).timestamp()
    monkeypatch.setattr(repeats, "time", lambda: midnight - 1)
    assert known.find(scope_of()) is not None
    monkeypatch.setattr(repeats, "time", lambda: midnight)
    assert known.find(scope_of()) is None
    assert service.cache.figures().entries == 1


def test_a_new_build_is_answered_from_at_once(tmp_path: Path) -> None:
    """When the process that loads the graph comes back with another one, nothing old is given."""
    build = write_build(tmp_path / "build")
    with serve(build) as running:
        before = ask(running)
        assert (before[0], ask(running)) == ("n 2", before)
        nquads = (build / "kg.nq").read_text(encoding="utf-8")
        assert nquads.count("2026.11-example") == 1
        extra = "".join(
            line.replace("section-4/measure-5", "section-4/measure-6")
            for line in nquads.splitlines(keepends=True)
            if "section-4/measure-5>" in line.split()[0] and "2014-12-30/graph>" in line
        )
        changed = nquads.replace("2026.11-example", "2026.12-example") + extra
        aside = tmp_path / "kg.nq"
        aside.write_text(changed, encoding="utf-8")
        shutil.move(aside, build / "kg.nq")
        (zygote,) = running.children()["zygote"]
        os.kill(zygote, signal.SIGKILL)
        wait_for(lambda: ask(running)[1] == "2026.12-example")
        assert ask(running)[0] == "n 3"
        assert ask(running)[2] != before[2]


def ask(running: Server) -> tuple[str, str, str]:
    """How many measures there are, by which release, and under which entity tag."""
    response = running.ask(COUNT_MEASURES)
    headers = response.headers
    return " ".join(response.text.split()), headers["x-zhospar-release"], headers.get("etag", "")
