"""Metrics: well-formed, true to what was asked, and with labels from closed sets only."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as parse_openmetrics,
)
from prometheus_client.parser import text_string_to_metric_families as parse

from kg.web.operating.kinds import KINDS, kind_of
from kg.web.pool.figures import KILLS, REFUSALS
from tests.roots import ROOT
from tests.serving import COUNT_MEASURES, ENDLESS, Server, serve, wait_for

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class Case(NamedTuple):
    """A request, and the kind and status it is to be counted by."""

    method: str
    path: str
    kind: str
    status: int


CASES = [
    Case("GET", "/sparql?query=ASK%7B%7D", "sparql-get", 200),
    Case("GET", "/at/2013-06-01/sparql/?query=ASK%7B%7D", "sparql-get", 200),
    Case("GET", "/sparql?query=nonsense", "sparql-get", 400),
    Case("POST", "/sparql", "sparql-post", 415),
    Case("DELETE", "/sparql", "other", 405),
    Case("OPTIONS", "/sparql", "other", 204),
    Case("GET", "/", "page", 200),
    Case("GET", "/no/such/thing", "resource", 404),
    Case("GET", "/diff?from=2013-06-01&format=text", "diff", 200),
    Case("GET", "/timemap/no/such/thing", "timemap", 404),
    Case("GET", "/health", "health", 200),
]


def read(running: Server) -> Samples:
    """All samples of /metrics, by name and labels."""
    response = running.client.get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in parse(response.text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((f"zhospar_{name}", frozenset(labels.items())), 0.0)


@pytest.fixture
def fresh(build: Path) -> Iterator[Server]:
    with serve(build, KG_QUERY_DEADLINE_S="1") as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method} {case.path}")
def test_request_is_counted(server: Server, case: Case) -> None:
    labels = {"kind": case.kind, "status": str(case.status)}
    before = read(server)
    plain = {"Accept-Encoding": "identity"}
    response = server.client.request(case.method, case.path, headers=plain)
    assert response.status_code == case.status

    def grown(name: str, **by: str) -> float:
        return value(read(server), name, **by) - value(before, name, **by)

    # A request is counted once it is over, which may be a moment after its answer is there.
    wait_for(lambda: grown("requests_total", **labels) == 1)
    assert grown("request_duration_seconds_count", kind=case.kind) == 1
    assert grown("response_bytes_total", kind=case.kind) == len(response.content)


def test_labels_are_from_closed_sets(server: Server) -> None:
    server.client.get("/made-up-7361?query=made-up-7361", headers={"X-Request-Id": "made-up-7361"})
    text = server.client.get("/metrics").text
    assert "made-up-7361" not in text
    kinds = {dict(labels).get("kind") for _, labels in read(server)} - {None}
    assert kinds == set(KINDS)
    causes = {dict(labels).get("cause") for _, labels in read(server)} - {None}
    assert causes == {*KILLS, *REFUSALS}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "BREW"])
@pytest.mark.parametrize("path", ["", "/", "/sparql", "/at/", "/at//sparql", "/x/sparql", "//"])
def test_kind_is_one_that_there_is(method: str, path: str) -> None:
    assert kind_of(method, path) in KINDS


def test_kills_are_counted_by_cause(fresh: Server) -> None:
    assert fresh.ask(ENDLESS).status_code == 504
    wait_for(lambda: value(read(fresh), "worker_kills_total", cause="deadline") == 1)
    assert value(read(fresh), "requests_total", kind="sparql-get", status="504") == 1


def test_figures_of_the_pool_and_of_what_is_loaded(fresh: Server) -> None:
    assert fresh.answers(COUNT_MEASURES) == "n 2"
    wait_for(lambda: value(read(fresh), "requests_in_flight") == 1)
    samples = read(fresh)
    assert value(samples, "workers") == 2
    assert value(samples, "questions_total") == 1
    assert value(samples, "ready") == 1
    assert value(samples, "quads") == fresh.client.get("/health").json()["quads"]
    assert value(samples, "zygote_process_resident_memory_bytes") > 1 << 20
    assert samples["process_resident_memory_bytes", frozenset()] > 1 << 20


def test_openmetrics_where_it_is_asked_for(server: Server) -> None:
    accept = {"Accept": "application/openmetrics-text;version=1.0.0"}
    response = server.client.get("/metrics", headers=accept)
    assert response.headers["Content-Type"].startswith("application/openmetrics-text")
    assert len(list(parse_openmetrics(response.text))) > 20  # type: ignore[no-untyped-call]


def test_prometheus_has_nothing_to_say_against_it(server: Server) -> None:
    """promtool checks more than the parser: names, units, helps."""
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("this machine has no promtool, a further opinion")
    text = server.client.get("/metrics").text
    checked = subprocess.run(
        [program, "check", "metrics"], input=text, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_all_metrics_are_documented(server: Server) -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    families = list(parse(server.client.get("/metrics").text))
    ours = {
        f"{family.name}{'_total' if family.type == 'counter' else ''}"
        for family in families
        if family.name.startswith("zhospar_") and "_process_" not in family.name
    }
    assert len(ours) == 26
    assert [name for name in sorted(ours) if f"`{name}" not in page] == []
