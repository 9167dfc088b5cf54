"""The engine's known defects, asked of the engine alone; they need nothing of the W3C's."""

from typing import cast

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.build import Making
from kg.graph.quads import to_nquads
from kg.namespaces import DCAT
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
    """The engine rewrites some numbers and booleans; the graph has none that it would, but sizes.

    DCAT asks for sizes in bytes as ``xsd:nonNegativeInteger``; the engine tells the same number as
    an ``xsd:integer``.
    """
    nquads = to_nquads(making.quads).encode()
    store = Store()
    store.bulk_load(nquads, RdfFormat.N_QUADS)
    told, held = set(store), set(parse(nquads, RdfFormat.N_QUADS))
    rewritten, originals = told - held, held - told
    assert {quad.predicate for quad in rewritten | originals} <= {NamedNode(str(DCAT.byteSize))}
    assert _sizes(rewritten) == _sizes(originals)


def _sizes(quads: set[Quad]) -> set[tuple[str, int]]:
    return {(str(quad.subject), int(cast(Literal, quad.object).value)) for quad in quads}
