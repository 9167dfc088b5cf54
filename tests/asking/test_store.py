"""Opening a build."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store

from kg.asking.errors import UnusableBuild
from kg.asking.store import KnowledgeGraph, create_store, open_build


def test_release_and_counts_are_read_from_the_data(graph: KnowledgeGraph) -> None:
    assert graph.release == "2026.11-example"
    assert sum(graph.graph_sizes.values()) == graph.quad_count == len(graph.named)


def test_default_graph_of_a_state_is_a_merge(graph: KnowledgeGraph) -> None:
    for state in graph.states:
        merged = graph.dataset(state, possible=True)
        names = graph.default_graphs(state, possible=True)
        expected = {
            quad.triple
            for name in names
            for quad in graph.named
            if getattr(quad.graph_name, "value", "") == name
        }
        found = [quad.triple for quad in merged.quads_for_pattern(None, None, None, DefaultGraph())]
        assert set(found) == expected
        assert len(found) == len(expected) > 0


@pytest.mark.parametrize("possible", [False, True])
def test_default_graph_alone_is_that_of_the_data_set(graph: KnowledgeGraph, possible: bool) -> None:
    for state in graph.states:
        alone = graph.default_graph(state, possible=possible)
        dataset = graph.dataset(state, possible=possible)
        expected = dataset.quads_for_pattern(None, None, None, DefaultGraph())
        assert set(alone) == set(expected)
        assert len(alone) > 0


def test_no_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnusableBuild, match="make build"):
        open_build(tmp_path)


def test_build_that_failed_its_checks_is_refused(build: Path, tmp_path: Path) -> None:
    (tmp_path / "kg.nq").write_bytes((build / "kg.nq").read_bytes())
    (tmp_path / "report.json").write_text('{"conforms": false}')
    with pytest.raises(UnusableBuild, match="did not pass"):
        open_build(tmp_path)


def test_build_without_states_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kg.nq").write_text("<a:a> <a:b> <a:c> <a:g> .\n")
    with pytest.raises(UnusableBuild, match="no state"):
        open_build(tmp_path)


def test_store_on_disk_holds_every_quad(build: Path, tmp_path: Path) -> None:
    count = create_store(build / "kg.nq", tmp_path / "store")
    assert count == len((build / "kg.nq").read_text().splitlines())
    assert len(Store.read_only(str(tmp_path / "store"))) == count
