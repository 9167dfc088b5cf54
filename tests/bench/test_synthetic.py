"""The larger graph of the benchmark: of the real shape, of the size asked for, always the same."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from bench.synthetic import write_synthetic
from kg.asking.asof import State
from kg.asking.store import KnowledgeGraph
from tests.serving import write_build

_MEASURES = """PREFIX zh: <https://w3id.org/zhospar/ontology#>
SELECT ?measure { ?measure a zh:Measure }"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_build(tmp_path_factory.mktemp("real")) / "kg.nq"


def _measures(graph: KnowledgeGraph, state: State) -> int:
    found = graph.dataset(state).query(_MEASURES)
    assert isinstance(found, QuerySolutions)
    return len(list(found))


def test_it_has_the_quads_asked_for_and_the_same_each_time(real: Path, tmp_path: Path) -> None:
    quads = 2 * len(real.read_text().splitlines())
    for name in ("one", "other"):
        write_synthetic(real, tmp_path / name, quads)
    made = (tmp_path / "one" / "kg.nq").read_bytes()
    assert made == (tmp_path / "other" / "kg.nq").read_bytes()
    store = Store()
    store.bulk_load(made, RdfFormat.N_QUADS)
    assert len(store) == quads


def test_each_state_has_more_measures_and_no_state_is_new(real: Path, tmp_path: Path) -> None:
    write_synthetic(real, tmp_path, 2 * len(real.read_text().splitlines()))
    before = KnowledgeGraph(real.read_bytes())
    after = KnowledgeGraph((tmp_path / "kg.nq").read_bytes())
    assert after.states == before.states
    for state in before.states:
        assert _measures(after, state) >= 2 * _measures(before, state) > 0


def test_a_graph_that_is_larger_already_is_refused(real: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more than 10"):
        write_synthetic(real, tmp_path, 10)
