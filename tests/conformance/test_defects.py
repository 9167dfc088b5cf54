"""The engine's known defects, asked of the engine alone; they need nothing of the W3C's."""

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg.build import Making
from kg.graph.quads import to_nquads
from tests.conformance.defects import MinimalCase, read_defects, spell_rows

CASES = [case for defect in read_defects() for case in defect.cases]


def test_all_are_here() -> None:
    assert len(CASES) == 11


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
def test_the_engine_answers_as_is_written_down(case: MinimalCase) -> None:
    """Where this fails an engine has come that answers otherwise: right, or wrong in a new way."""
    assert case.ask_engine() == spell_rows(case.comes)
    assert spell_rows(case.comes) != spell_rows(case.due)


def test_our_own_data_comes_out_of_the_engine_as_it_went_in(making: Making) -> None:
    """The engine rewrites some numbers and booleans; the graph has none that it would."""
    nquads = to_nquads(making.quads).encode()
    store = Store()
    store.bulk_load(nquads, RdfFormat.N_QUADS)
    assert set(store) == set(parse(nquads, RdfFormat.N_QUADS))
