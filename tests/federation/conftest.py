"""Our server on the project's own graph, and another's, each allowed to ask the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.asking.library import StoredQuery, read_queries
from kg.build import Making
from kg.graph.quads import to_nquads
from tests.federation.others import OTHERS, Other
from tests.roots import ROOT
from tests.serving import Server, build, serve, server

__all__ = ["build", "server"]

QUERIES = {query.name: query for query in read_queries(ROOT / "queries" / "federated")}
OURS, THEIRS = "http://127.0.0.1:8000", "http://127.0.0.1:3030/register/sparql"
"""The addresses that the stored queries name, as docs/federation.md has the servers run."""


@dataclass(frozen=True)
class Pair:
    """Our server and another's."""

    ours: Server
    other: Other

    def placed(self, text: str) -> str:
        """``text`` with the two servers' addresses of now."""
        return text.replace(THEIRS, self.other.endpoint).replace(OURS, self.ours.address)

    def ask(self, query: StoredQuery, accept: str = "text/csv") -> httpx.Response:
        """The response to a stored query at the endpoint that it names."""
        endpoint = self.placed(query.metadata["endpoint"])
        form = {"query": self.placed(query.body)}
        return httpx.post(endpoint, data=form, headers={"Accept": accept}, timeout=60)


@pytest.fixture(scope="session")
def own_build(making: Making, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's own graph."""
    folder = tmp_path_factory.mktemp("own-build")
    (folder / "kg.nq").write_text(to_nquads(making.quads), encoding="utf-8")
    return folder


@pytest.fixture(scope="session", params=sorted(OTHERS))
def other(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Other]:
    """A server of another make, with the register; tests leave it as it is."""
    with OTHERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def pair(own_build: Path, other: Other) -> Iterator[Pair]:
    """The two of them, up."""
    with serve(own_build, KG_SERVICE_ALLOW=other.endpoint) as ours:
        yield Pair(ours, other)
