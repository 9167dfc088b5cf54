"""Questions to answers."""

from datetime import date

import pytest

from kg.asking.dataset import DatasetClause
from kg.asking.errors import DayBeforeFirst, MalformedQuery, NotAnAddress, NotOffered, RefusedQuery
from kg.asking.formats import format_named
from kg.asking.query import Asker, Question, preferred_formats
from kg.asking.rows import read_rows
from tests.serving import BASE, PREFIX, RESOLUTION

MEASURES = PREFIX + "SELECT (COUNT(?m) AS ?n) { ?m a zh:Measure }"
ALL = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"
B = date(2014, 11, 1)


def ask(asker: Asker, question: Question, form: str = "csv") -> str:
    return " ".join(asker.ask(question, preferred_formats(form)).as_bytes().decode().split())


def test_same_query_on_each_day(asker: Asker) -> None:
    days = [date(2013, 6, 1), B, date(2015, 1, 1)]
    assert [ask(asker, Question(MEASURES, day)) for day in days] == ["n 2", "n 1", "n 2"]


def test_what_is_possible_counts_when_asked(asker: Asker) -> None:
    assert ask(asker, Question(MEASURES, B, possible=True)) == "n 2"


def test_history_is_not_in_the_default_graph(asker: Asker) -> None:
    query = PREFIX + "ASK { ?v a zh:ProvisionVersion }"
    named = PREFIX + "ASK { GRAPH ?g { ?v a zh:ProvisionVersion } }"
    assert '"boolean":false' in ask(asker, Question(query, B), "json")
    assert '"boolean":true' in ask(asker, Question(named, B), "json")


@pytest.mark.parametrize("word", ["GRAPH", "graph", "gRaPh"])
def test_named_graphs_are_there_however_they_are_asked_for(asker: Asker, word: str) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . {word} ?g {{ ?s ?p ?o }} }}"
    graphs = f"SELECT (COUNT(*) AS ?n) {{ {word} ?g {{}} }}"
    assert int(ask(asker, Question(query, B)).split()[1]) > 0
    assert ask(asker, Question(graphs, B)) == f"n {len(asker.graph.graph_sizes)}"


def test_day_before_the_first(asker: Asker) -> None:
    with pytest.raises(DayBeforeFirst):
        ask(asker, Question(MEASURES, date(2000, 1, 1)))


def test_from_is_a_merge(asker: Asker) -> None:
    # The first stage has the same label in both states: one triple, though both graphs hold it.
    graphs = [f"{RESOLUTION}@{day}/graph" for day in ("2013-01-31", "2014-10-27")]
    label = f"{{ <{RESOLUTION}/plan/stage-1> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }}"
    clauses = " ".join(f"FROM <{graph}>" for graph in graphs)
    assert ask(asker, Question(f"SELECT (COUNT(*) AS ?n) {clauses} {label}")) == "n 1"
    by_protocol = Question(f"SELECT (COUNT(*) AS ?n) {label}", dataset=DatasetClause(tuple(graphs)))
    assert ask(asker, by_protocol) == "n 1"


def test_from_overrides_the_day(asker: Asker) -> None:
    clause = f"FROM <{RESOLUTION}@2014-12-30/graph>"
    before = Question(ALL % clause, date(1999, 1, 1))
    assert ask(asker, before) == ask(asker, Question(ALL % clause)) != "n 0"


def test_from_is_resolved_by_base_and_prefix(asker: Asker) -> None:
    full = ask(asker, Question(ALL % f"FROM <{BASE}graph/reference>"))
    prefixed = f"PREFIX g: <{BASE}graph/> " + ALL % "FROM g:reference"
    based = f"BASE <{BASE}graph/x> " + ALL % "FROM <reference>"
    assert ask(asker, Question(prefixed)) == ask(asker, Question(based)) == full != "n 0"


def test_from_named_leaves_the_default_graph_empty(asker: Asker) -> None:
    clause = f"FROM NAMED <{BASE}graph/source>"
    assert ask(asker, Question(ALL % clause)) == "n 0"
    graphs = f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert ask(asker, Question(graphs)) == f"g {BASE}graph/source"


def test_protocol_overrides_the_query(asker: Asker) -> None:
    question = Question(
        ALL % f"FROM <{BASE}graph/reference>", dataset=DatasetClause((f"{BASE}graph/none",))
    )
    assert ask(asker, question) == "n 0"


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        (
            "SELECT * WHERE {\n  ?s zh:text ?o }",
            2,
            6,
            "PREFIX zh: <https://w3id.org/zhospar/ontology#>",
        ),
        ("SELECT * { ?s ?p 'open }", 1, 18, "not closed"),
        ("", 1, 1, "empty"),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "from here on"),
        ("SELECT * {?s ?p ?o} FROM <a:a>", 1, 27, "from here on"),
        ("SELECT * FROM <a:a>\nFROM <\\u0020> { ?s ?p ?o }", 2, 6, "address"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", 1, None, "grouped"),
    ],
)
def test_malformed_query_says_where_and_what(
    asker: Asker, query: str, line: int, column: int | None, said: str
) -> None:
    with pytest.raises(MalformedQuery) as caught:
        ask(asker, Question(query))
    assert said in str(caught.value)
    assert caught.value.line == line
    assert column is None or caught.value.column == column


def test_blanked_clauses_keep_positions(asker: Asker) -> None:
    with pytest.raises(MalformedQuery) as caught:
        ask(asker, Question("SELECT *\nFROM <a:a> FROM NAMED\n<a:b> { ?s ?p ?o } LIMIT x"))
    assert (caught.value.line, caught.value.column) == (3, 26)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1/> SELECT * { SERVICEx:y {} }",
        "PREFIX x: <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICEx:y {} }",
        "SELECT * { FILTER(1 < 2)SERVICE#>\n<http://127.0.0.1/>{} }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:> delete where { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "CLEAR ALL",
    ],
)
def test_requests_elsewhere_and_updates_are_refused(asker: Asker, query: str) -> None:
    with pytest.raises(RefusedQuery):
        ask(asker, Question(query))


@pytest.mark.parametrize(
    "hidden",
    [
        "SELECT * { FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1/>{} }",
        'SELECT * { FILTER(?a<?b)#>"""\nSERVICE <http://127.0.0.1/> {}\n#"""\n }',
        "SELECT * { FILTER(?a<'x>')SERVICE <http://127.0.0.1/> {} #' }",
    ],
)
def test_service_can_not_hide_behind_less_than(asker: Asker, hidden: str) -> None:
    with pytest.raises((RefusedQuery, MalformedQuery)):
        ask(asker, Question(hidden))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/>' }",
        "SELECT * { ?s ?p ?SERVICE } # SERVICE <x>",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "PREFIX s: <http://example.org/> SELECT * { ?s a s:Service }",
        "SELECT * { VALUES (?a ?b) { (<http://e.org/a> <http://e.org/b#c>) } ?a ?p ?b }",
    ],
)
def test_the_word_alone_is_no_service(asker: Asker, query: str) -> None:
    assert ask(asker, Question(query))


def test_strings_joined_have_no_language(asker: Asker) -> None:
    """SPARQL 1.1 Query, section 18.5.1.7: GROUP_CONCAT gives a simple literal."""
    query = 'SELECT (GROUP_CONCAT(?x; separator="|") AS ?all) { VALUES ?x { "a"@kk "b"@kk } }'
    assert ask(asker, Question(query), "tsv") == '?all "a|b"'


def test_place_of_an_error_is_that_in_the_query_as_written(asker: Asker) -> None:
    with pytest.raises(MalformedQuery) as caught:
        ask(asker, Question("SELECT (GROUP_CONCAT(?x) AS ?y) { ?x ?p }"))
    assert (caught.value.line, caught.value.column) == (1, 42)


def test_function_that_is_not_known_is_named(asker: Asker) -> None:
    query = "PREFIX f: <http://example.org/f#> SELECT (f:near(?s) AS ?n) { ?s ?p ?o }"
    with pytest.raises(RefusedQuery, match="f#near> is not known"):
        ask(asker, Question(query))


def test_answer_of_a_kind_that_is_not_wanted(asker: Asker) -> None:
    with pytest.raises(NotOffered, match="true or false"):
        asker.ask(Question("ASK {}"), {"graph": format_named("ttl")})


def test_bindings_are_terms_and_not_text(asker: Asker) -> None:
    question = Question("SELECT ?x ?p { ?x ?p ?o }", bindings={"x": "a:b> ?p ?o } #"})
    with pytest.raises(NotAnAddress):
        ask(asker, question)


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdfxml", "trig", "nq"])
def test_graph_formats(asker: Asker, name: str) -> None:
    assert RESOLUTION in ask(asker, Question("CONSTRUCT WHERE { ?s ?p ?o }"), name)


def test_first_rows_say_that_there_are_more(asker: Asker) -> None:
    answer = asker.ask(Question("SELECT ?s ?o { ?s ?p ?o }"), preferred_formats())
    found = read_rows(answer, 3)
    assert (found.variables, len(found.rows), found.more) == (["s", "o"], 3, True)
