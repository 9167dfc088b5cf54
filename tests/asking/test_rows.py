"""Answers as tables on a terminal."""

import io

from kg.asking.query import Asker, Question, preferred_formats
from kg.asking.rows import write_table
from tests.serving import PREFIX


def table(asker: Asker, query: str, limit: int = 10) -> list[str]:
    sink = io.BytesIO()
    write_table(asker.ask(Question(query), preferred_formats()), sink, limit)
    return sink.getvalue().decode().splitlines()


def test_columns_are_aligned_and_addresses_short(asker: Asker) -> None:
    query = PREFIX + "SELECT ?m ?t { ?m a zh:Measure OPTIONAL { ?m zh:text ?t } } ORDER BY DESC(?m)"
    head, rule, *rows = table(asker, query)
    assert head.split() == ["m", "t"]
    assert rule.split()[1] == "-" * len("Мыналарды:")
    assert rows == [
        "eli/kz/resolution/2013/78/plan/section-5/measure-1  Іс-шаралар",
        "eli/kz/resolution/2013/78/plan/section-4/measure-5  Мыналарды:",
    ]


def test_truth_and_graphs_are_tables_too(asker: Asker) -> None:
    assert table(asker, "ASK {}") == ["answer", "------", "true"]
    assert table(asker, "CONSTRUCT { <a:a> a <a:b> } WHERE {}")[0].split() == [
        "subject",
        "predicate",
        "object",
    ]


def test_rows_left_off_are_told(asker: Asker) -> None:
    assert table(asker, "SELECT ?s { ?s ?p ?o }", limit=2)[-1] == "(the first 2 rows)"
