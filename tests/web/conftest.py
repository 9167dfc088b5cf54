"""A server on the made-up plan, and one on the project's own."""

from collections.abc import Iterator

import pytest

from kg.build import Making
from kg.graph.quads import to_nquads
from tests.serving import Server, build, serve, server

__all__ = ["build", "server", "site"]


@pytest.fixture(scope="session")
def site(making: Making, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the project's own plan, for all tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "kg.nq").write_text(to_nquads(making.quads), encoding="utf-8")
    with serve(folder) as running:
        yield running
