"""Rows counted in what the engine writes, against the rows it gives one by one."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, QuerySolutions, Store

from kg.asking.formats import SOLUTION_FORMATS, format_named
from kg.web.worker.rowcount import row_counter

_STORE = Store()
_TEXTS = st.one_of(
    st.sampled_from(
        ['},{"', '},{"a', '"},{",', "<result>", '"', "\\", '\\"', "a\nb", "\r\n", ",", ""]
    ),
    st.text(max_size=12),
)
_CELLS = st.one_of(st.none(), _TEXTS)


def test_all_formats_of_solutions_are_counted() -> None:
    assert {form.name for form in SOLUTION_FORMATS} == {"json", "xml", "csv", "tsv"}
    for form in SOLUTION_FORMATS:
        assert row_counter(form.name) is not None
    assert row_counter("ttl") is None


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=8), piece=st.integers(1, 40))
def test_count(name: str, rows: list[tuple[str | None, str | None]], piece: int) -> None:
    written = _write(name, rows)
    count = row_counter(name)
    assert count is not None
    counted = 0
    for start in range(0, len(written), piece):
        counted = count(written[start : start + piece])
    extra = sum((cell or "").count(",{}") for row in rows for cell in row) if name == "json" else 0
    assert counted == len(rows) + extra


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_without_a_value_count(name: str) -> None:
    count = row_counter(name)
    assert count is not None
    assert count(_write(name, [(None, None)] * 7)) == 7


def _write(name: str, rows: list[tuple[str | None, str | None]]) -> bytes:
    lines = " ".join(f"({' '.join(map(_term, row))})" for row in rows)
    result = _STORE.query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}")
    assert isinstance(result, QuerySolutions)
    sink = io.BytesIO()
    result.serialize(sink, format_named(name).engine)  # type: ignore[arg-type]
    return sink.getvalue()


def _term(cell: str | None) -> str:
    return "UNDEF" if cell is None else str(Literal(cell))
