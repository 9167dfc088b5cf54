"""The comparing of answers: what is different is found, and what only looks so isn't."""

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from tests.conformance.results import (
    Table,
    by_value,
    compare_graphs,
    compare_tables,
    read_answer,
    read_csv,
    read_result_set,
)


def table(text: str) -> Table:
    """Solutions written in TSV."""
    found = read_answer(text.encode(), ".tsv")
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ("?a\n1\n2\n", "?a\n2\n1\n", True),
        ("?a\n1\n1\n", "?a\n1\n", False),
        ("?a\n1\n", "?b\n1\n", False),
        ("?a\t?b\n1\t2\n", "?b\t?a\n2\t1\n", True),
        ("?a\t?b\n_:x\t_:x\n", "?a\t?b\n_:y\t_:y\n", True),
        ("?a\t?b\n_:x\t_:x\n", "?a\t?b\n_:x\t_:y\n", False),
        ("?a\t?b\n_:x\t_:y\n", "?a\t?b\n_:z\t_:z\n", False),
        ("?a\n_:x\n_:x\n", "?a\n_:y\n_:z\n", False),
        ("?a\t?b\n_:x\t1\n_:y\t2\n", "?a\t?b\n_:y\t1\n_:x\t2\n", True),
        ("?a\t?b\n1\t\n", "?a\t?b\n1\t2\n", False),
        ('?a\n"x"@en\n', '?a\n"x"\n', False),
    ],
)
def test_tables(found: str, expected: str, same: bool) -> None:
    assert (compare_tables(table(found), table(expected), ordered=False) == "") is same


def test_order_counts_where_it_is_asked_for() -> None:
    found, expected = table("?a\n1\n2\n"), table("?a\n2\n1\n")
    assert "order" in compare_tables(found, expected, ordered=True)
    assert not compare_tables(found, found, ordered=True)


def test_values_in_other_lexical_forms_are_told_from_other_values() -> None:
    found, expected = table("?a\n1.0\n"), table("?a\n1.00\n")
    assert compare_tables(found, expected, ordered=False)
    assert not compare_tables(by_value(found), by_value(expected), ordered=False)
    for other in ("?a\n1.01\n", "?a\n1\n", "?a\n1.0e0\n"):
        assert compare_tables(by_value(found), by_value(table(other)), ordered=False)


def test_csv_has_text_and_blank_nodes() -> None:
    found = read_csv(b'a,b\r\n"x, y",_:n\r\n,1\r\n')
    assert not compare_tables(found, read_csv(b'b,a\r\n1,\r\n_:m,"x, y"\r\n'), ordered=False)


def test_graphs() -> None:
    def graph(text: str) -> list[Triple]:
        return [quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)]

    first = graph("<x:a> <x:p> [ <x:q> 1 ] .")
    assert not compare_graphs(first, graph("_:b <x:q> 1 . <x:a> <x:p> _:b ."))
    assert compare_graphs(first, graph("<x:a> <x:p> [] . [] <x:q> 1 ."))


def test_solutions_described_as_a_graph() -> None:
    text = """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
    [] a rs:ResultSet ; rs:resultVariable "a", "b" ;
       rs:solution [ rs:binding [ rs:variable "a" ; rs:value "x"@en ] ] ."""
    triples = [quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)]
    found = read_result_set(triples)
    assert found is not None
    assert not compare_tables(found, table('?a\t?b\n"x"@en\t\n'), ordered=False)
    assert read_result_set([]) is None
