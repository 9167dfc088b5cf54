"""What the engine misreads is said otherwise, and all else stays as it was written."""

from collections import Counter

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.asking.errors import RefusedQuery
from kg.asking.mending import mend_query
from kg.asking.tokens import tokenize

DATA = "<x:g1> { <x:a> <x:p> <x:o> } <x:g2> { <x:a> <x:p> <x:o> . <x:b> <x:p> <x:o> }"
GRAPHS = ("x:g1", "x:g2")


def mend(query: str, graphs: tuple[str, ...] = GRAPHS) -> str:
    return mend_query(query, list(tokenize(query)), lambda: graphs)


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("(GROUP_CONCAT(?x)AS ?y)", "(STR(GROUP_CONCAT(?x))AS ?y)"),
        (
            'group_concat ( DISTINCT (?x) ; separator=")" )',
            'STR(group_concat ( DISTINCT (?x) ; separator=")" ))',
        ),
        (
            "HAVING(GROUP_CONCAT(?x)=GROUP_CONCAT(?y))",
            "HAVING(STR(GROUP_CONCAT(?x))=STR(GROUP_CONCAT(?y)))",
        ),
        ("GROUP_CONCAT(COUNT(?x))", "STR(GROUP_CONCAT(COUNT(?x)))"),
    ],
)
def test_strings_joined_are_put_into_str(query: str, mended: str) -> None:
    assert mend(query) == mended


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?GROUP_CONCAT (?x)",
        "'GROUP_CONCAT(?x)' # GROUP_CONCAT(?x)",
        "<x:GROUP_CONCAT(?x)>",
        "GROUP_CONCAT(?x",
        "GROUP_CONCAT",
        "x:GROUP_CONCAT (?x)",
        "{ GRAPH ?g { ?s ?p ?o } VALUES ?x { 1 } }",
        "{ GRAPH ?g { ?s ?p ?o FILTER NOT EXISTS { ?s ?p 'MINUS' } } }",
        "{ GRAPH <x:g> { ?s ?p ?o MINUS { ?s ?p 1 } } }",
        "{ GRAPH ?g { ?s ?p ?o MINUS { ?s ?p $g } } }",
        "{ GRAPH ?g { _:b ?p ?o MINUS { ?s ?p 1 } } }",
        "{ GRAPH ?g { GRAPH ?h { ?s ?p ?o } MINUS { ?s ?p 1 } } }",
        "{ GRAPH ?g { VALUES ?x { 1 } } UNION { ?s ?p ?o } }",
        "{ GRAPH ?g { VALUES ?x { 1 }",
    ],
)
def test_stays_as_it_is(query: str) -> None:
    assert mend(query) == query


def answer(query: str) -> Counter[tuple[str, ...]]:
    """The rows the engine gives to ``query``, mended, on the small data above."""
    store = Store()
    store.load(DATA.encode(), RdfFormat.TRIG)
    found = store.query(mend(query))
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(tuple(str(getattr(row[name], "value", None)) for name in names) for row in found)


@pytest.mark.parametrize(
    ("pattern", "rows"),
    [
        ("SELECT (COUNT(*) AS ?x) { ?s ?p ?o }", ["x:g1 1", "x:g2 2"]),
        ("SELECT ?x { ?x ?p ?o } ORDER BY DESC(?x) LIMIT 1", ["x:g1 x:a", "x:g2 x:b"]),
        ("{ SELECT ?x { ?x ?p ?o } } ?x <x:p> ?o", ["x:g1 x:a", "x:g2 x:a", "x:g2 x:b"]),
        ("VALUES ?x { 1 1 }", ["x:g1 1", "x:g1 1", "x:g2 1", "x:g2 1"]),
        ("?x ?p ?o MINUS { ?z <x:p> <x:o> }", ["x:g1 x:a", "x:g2 x:a", "x:g2 x:b"]),
        ("?x ?p ?o MINUS { ?x <x:p> <x:o> }", []),
        ("SELECT (GROUP_CONCAT(?s) AS ?x) { ?s ?p <x:none> }", ["x:g1 ", "x:g2 "]),
    ],
)
def test_pattern_is_evaluated_graph_by_graph(pattern: str, rows: list[str]) -> None:
    """SPARQL 1.1 Query, section 18.6: the union over the named graphs."""
    found = answer(f"SELECT ?g ?x {{ GRAPH ?g {{ {pattern} }} }}")
    assert found == Counter(tuple(row.split(" ")) for row in rows)


def test_variable_that_is_bound_outside_is_joined() -> None:
    query = (
        "SELECT ?g ?n { VALUES ?g { <x:g2> } GRAPH $g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"
    )
    assert answer(query) == Counter([("x:g2", "2")])
    exists = "SELECT ?g { GRAPH ?g {} FILTER EXISTS { GRAPH ?g { VALUES ?x { <x:b> } ?x ?p ?o } } }"
    assert answer(exists) == Counter([("x:g2",)])


def test_variable_that_values_bind_too_is_joined() -> None:
    query = "SELECT ?g ?x { GRAPH ?g { VALUES (?g ?x) { (UNDEF 1) (<x:g1> 2) } } }"
    assert answer(query) == Counter([("x:g1", "1"), ("x:g1", "2"), ("x:g2", "1")])


def test_several_patterns_and_no_graphs() -> None:
    query = "{ GRAPH ?g { VALUES ?x { 1 } } GRAPH ?h { VALUES ?y { 1 } } }"
    assert mend(query, ()) == "{ {VALUES ?g {}} {VALUES ?h {}} }"
    assert mend(query).count("UNION") == 2


def test_too_many_graphs_are_refused() -> None:
    graphs = tuple(f"x:g{number}" for number in range(20_000))
    with pytest.raises(RefusedQuery, match="all 20000 graphs"):
        mend("{ GRAPH ?g { VALUES ?x { 1 } } }", graphs)
    assert "UNION" not in mend("{ GRAPH ?g { ?s ?p ?o } }", graphs)
