"""The project's own graph, made once and asked as the command line and the web ask it."""

from pathlib import Path

import pytest

from kg.asking.query import Asker
from kg.asking.store import KnowledgeGraph, open_build
from kg.build import Making
from kg.graph.quads import to_nquads


@pytest.fixture(scope="session")
def build_folder(making: Making, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's own graph, as ``python -m kg build`` leaves it."""
    folder = tmp_path_factory.mktemp("build")
    (folder / "kg.nq").write_text(to_nquads(making.quads), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(build_folder: Path) -> KnowledgeGraph:
    """The project's own graph, opened."""
    return open_build(build_folder)


@pytest.fixture(scope="session")
def asker(graph: KnowledgeGraph) -> Asker:
    """One who answers questions from the project's own graph."""
    return Asker(graph)
