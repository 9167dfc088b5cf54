"""The checks before the engine, fuzzed: what they let pass holds for the engine too.

The engine is the judge (``oracle.py``): of whether a text is SPARQL, of whether it read a call of
``SERVICE`` in it, of which graphs a query names; and it must live through what is let pass.
"""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.asking.dataset import blank_clauses, read_clauses
from kg.asking.errors import AskingError
from kg.asking.query import check_query
from kg.asking.tokens import _ROW, _TERMINALS, tokenize
from kg.web.problems import Problem
from kg.web.protocol.memento import read_datetime
from kg.web.protocol.negotiate import choose, describable_formats, prefers_page, result_formats
from kg.web.protocol.operation import read_operation
from kg.web.worker.guard import DEEPEST, LONGEST, check_depth
from tests.hostile.disguises import CALLS, MENTIONS, fill
from tests.hostile.grammar import PIECES, damaged, dataset_queries, queries
from tests.hostile.oracle import Oracle, without_service

CHECKED = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GRAPHS = ("x:1", "x:2", "x:3", "x:4", "http://e.org/1")


@pytest.fixture(scope="module")
def engine() -> Iterator[Oracle]:
    """The engine, on a store with a triple in each of ``GRAPHS``."""
    with Oracle(*GRAPHS) as judge:
        yield judge


@given(st.one_of(queries(), damaged()))
@CHECKED
def test_no_service_passes(engine: Oracle, text: str) -> None:
    """What passes is SPARQL still when the word is another: so it was no keyword."""
    if _passes(text) and "service" in text.lower() and engine.is_sparql(text):
        assert engine.is_sparql(without_service(text)), text


@pytest.mark.parametrize("name", CALLS)
def test_judge_tells_calls_from_mentions(engine: Oracle, name: str) -> None:
    """The judge itself: a call is no SPARQL without its keyword."""
    text = fill(CALLS[name], 9)
    assert not _passes(text) or not engine.is_sparql(text)
    assert not engine.is_sparql(without_service(text))


@pytest.mark.parametrize("name", MENTIONS)
def test_mentions_pass(engine: Oracle, name: str) -> None:
    text = fill(MENTIONS[name], 9)
    assert _passes(text)
    assert engine.is_sparql(without_service(text))


@given(dataset_queries())
@CHECKED
def test_data_sets_are_those_the_engine_reads(engine: Oracle, text: str) -> None:
    """The engine, given the query whole, finds what our reading of its clauses says it should."""
    try:
        tokens = check_query(text)
        clause = read_clauses(text, tokens)
    except AskingError:
        # What is joined can be read in two ways, and is refused though the engine takes it.
        joined = re.search(r"(from|named)[p:]", text, re.IGNORECASE)
        assert joined or not engine.is_sparql(text), text
        return
    found = engine.rows(text)
    assert found == "no SPARQL" or engine.is_sparql(blank_clauses(text, tokens)), text
    if isinstance(found, list) and clause and "GRAPH" in text:
        held = [graph for graph in dict.fromkeys(clause.default) if graph in GRAPHS]
        named = [graph for graph in dict.fromkeys(clause.named) if graph in GRAPHS]
        assert len({row for row in found if "None" in row}) == len(held), text
        assert len({row for row in found if "None" not in row}) == len(named), text


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=60).map("".join))
@example("a-" * 2000)
@example("'" * 2001)
@CHECKED
def test_checks_raise_only_what_they_say(text: str) -> None:
    for check in (check_query, check_depth, lambda query: list(tokenize(query))):
        try:
            check(text)
        except AskingError as error:
            assert str(error)


@pytest.mark.parametrize(
    "part",
    ["a-", "a.", "_-", ":a.", "<a", "'\\''", '"""', "?", "1.", "@a-", "%41", "\\", "#\n", "é"],
)
def test_cutting_takes_steps_in_proportion(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """The tokens are the text's, and no row that a name may begin with is read again and again.

    Counted is how far the trials of names may read.
    """
    trials = _Trials()
    monkeypatch.setattr("kg.asking.tokens._TERMINALS", trials)
    text = part * 20_000
    try:
        tokens = list(tokenize(text))
    except AskingError:
        tokens = []
    else:
        assert len(tokens) <= len(text)
        assert "".join(t.text for t in tokens) == re.sub(r"#[^\n]*|\n", "", text)
    assert trials.count > 0
    assert trials.read <= 2 * len(text)


class _Trials:
    """The expression that tries names; ``read`` is how many letters its trials may have read."""

    def __init__(self) -> None:
        self.count = self.read = 0

    def match(self, text: str, position: int) -> re.Match[str] | None:
        self.count += 1
        row = _ROW.match(text, position)
        self.read += row.end() - position if row else 1
        return _TERMINALS.match(text, position)


_NESTED = st.lists(
    st.sampled_from(
        [
            *(
                ("{", "}"),
                ("(", ")"),
                ("[ ?p ", "]"),
                ("{ OPTIONAL {", "}}"),
                ("<<( ?s ?p ", ")>>"),
            ),
            *(("FILTER(", ")"), ("{ FILTER EXISTS {", "}}"), ("{ SELECT * {", "}}"), ("!(", ")")),
            *(("?s ?p (", ")"), ("STR(", ")"), ("1 + (", ")"), ("{} UNION {", "}"), ("^(", ")*")),
            *(("BIND(1 AS ?x) {", "}"), ("IF(1, 1, ", ")"), ("-", ""), ("1 IN (", ")"), ("", "")),
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(_NESTED, st.integers(1, 400), st.sampled_from(["ASK {", "ASK { FILTER(", "ASK { ?s "]))
@settings(CHECKED, max_examples=60)
def test_engine_lives_through_what_is_let_pass(
    engine: Oracle, around: list[tuple[str, str]], depth: int, start: str
) -> None:
    opens = "".join(opening for opening, _ in around) * depth
    closes = "".join(closing for _, closing in reversed(around)) * depth
    text = f"{start}{opens} 1 {closes}{')' if '(' in start else ''} }}"
    try:
        check_depth(text)
    except AskingError:
        return
    engine.is_sparql(text)


@pytest.mark.parametrize("opening", [")", "}", "]", ")}]" * 50])
def test_brackets_closed_before_do_not_count(opening: str) -> None:
    with pytest.raises(AskingError, match="nested"):
        check_depth(opening * 5 + "{" * (DEEPEST + 1))


@pytest.mark.parametrize(
    "between", ["+1", "||?a", "/<x:p>", " BIND(1 AS ?x)", " ?s ?p ?o .", " (1)"]
)
def test_chains_are_bounded_at_every_depth(between: str) -> None:
    short = f"ASK {{ FILTER(1{between * 100}) }}"
    check_depth(short)
    for text in (
        f"ASK {{ FILTER(1{between * LONGEST}) }}",
        "ASK {" + "".join("{" + between * (LONGEST // 50) for _ in range(60)),
        "ASK {" + "{" * 60 + "".join(between * (LONGEST // 50) + "}" for _ in range(60)),
    ):
        with pytest.raises(AskingError, match="build on one another"):
            check_depth(text)


ENCODED = st.one_of(
    st.binary(max_size=80),
    st.lists(
        st.sampled_from(
            [
                *(b"query=", b"&", b"=", b"%", b"%41", b"%FF", b"+", b";", b"at=", b"2014-01-01"),
                *(b"include=possible", b"as=", b"update=", b"default-graph-uri=", b"\xff", b"\x00"),
                b"named-graph-uri=x:y", b"\xef\xbb\xbf", "é".encode(), b"ASK {}",
            ]
        ),
        max_size=20,
    ).map(b"".join),
)  # fmt: skip
TYPES = st.sampled_from(
    [
        *("", "application/x-www-form-urlencoded", "application/sparql-query", ";", "a/b; charset"),
        *("application/sparql-query; charset=utf-16", "APPLICATION/SPARQL-QUERY;charset='UTF-8'"),
        "application/sparql-update", "\xff", "application/x-www-form-urlencoded;;charset==",
    ]
)  # fmt: skip


@given(st.sampled_from(["GET", "POST", "HEAD"]), TYPES, ENCODED, ENCODED, st.none() | st.text())
@CHECKED
def test_requests_are_read_or_refused(
    method: str, content_type: str, query_string: bytes, body: bytes, day: str | None
) -> None:
    try:
        operation = read_operation(method, content_type, query_string, body, day)
    except Problem as problem:
        assert problem.status in (400, 415)
        assert problem.detail
    else:
        assert operation.query is None or operation.query.encode() is not None


@given(
    st.text(st.sampled_from('*/;,=q.0159 texhmlajsonrdf+-\t"²ÿ'), max_size=60)
    | st.text(st.characters(max_codepoint=255), max_size=60)
)
@CHECKED
def test_any_accept_header_is_read(accept: str) -> None:
    prefers_page(accept)
    chosen = choose(accept, describable_formats())
    assert chosen is None or "/" in chosen.media_type
    assert all("/" in offer.media_type for offer in result_formats(accept).values())


@given(
    st.text(max_size=40)
    | st.from_regex(r"(Mon|Fri), \d\d (Jan|Feb|Dec) \d{4} \d\d:\d\d:\d\d GMT", fullmatch=True)
)
@CHECKED
def test_any_accept_datetime_is_read_or_refused(text: str) -> None:
    try:
        moment = read_datetime(text)
    except Problem as problem:
        assert problem.status == 400
    else:
        assert moment.tzinfo is not None


def _passes(text: str) -> bool:
    """Whether the checks let ``text`` on to the engine."""
    try:
        check_depth(text)
        check_query(text)
    except AskingError:
        return False
    return True
