"""The questions of ``queries/`` and how tests ask them: by name, in one of the three states."""

from datetime import date

from kg.asking.formats import FORMATS
from kg.asking.library import read_queries
from kg.asking.query import Answer, Asker, Question
from kg.asking.rows import read_rows
from tests.roots import ROOT

QUERIES = {query.name: query for query in read_queries(ROOT / "queries")}
DAYS = {"A": date(2013, 6, 1), "B": date(2014, 11, 15), "C": date(2015, 6, 1)}
"""A day in each state: as adopted, after the first amendment, after the second."""

ALL_FORMATS = {kind: form for form in reversed(FORMATS) for kind in form.kinds}


def ask(asker: Asker, name: str, state: str, *, possible: bool = False) -> Answer:
    """The answer to a question of ``queries/`` in a state."""
    question = Question(QUERIES[name].text, DAYS[state], possible=possible)
    return asker.ask(question, ALL_FORMATS).in_order()


def rows_of(asker: Asker, name: str, state: str, *, possible: bool = False) -> list[dict[str, str]]:
    """The rows of an answer, each by its columns; values are IRIs and lexical forms."""
    found = read_rows(ask(asker, name, state, possible=possible), 10_000)
    return [
        {column: cell["value"] for column, cell in zip(found.variables, row, strict=True) if cell}
        for row in found.rows
    ]
