"""The made-up plan, loaded once."""

from pathlib import Path

import pytest

from kg.asking.query import Asker
from kg.asking.store import KnowledgeGraph, open_build
from tests.serving import build

__all__ = ["asker", "build", "graph"]


@pytest.fixture(scope="session")
def graph(build: Path) -> KnowledgeGraph:
    """The graph in it."""
    return open_build(build)


@pytest.fixture(scope="session")
def asker(graph: KnowledgeGraph) -> Asker:
    """Someone to ask."""
    return Asker(graph)
