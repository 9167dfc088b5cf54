"""The questions asked under load, and whether two servers give the same answer to one."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import date
from pathlib import Path

__all__ = ["Answer", "Question", "ask", "read_questions"]

Answer = frozenset[tuple[str, ...]]
"""What an answer says, however it is written: a set of rows, or of triples."""

_NAMES = ("lookup", "by-agency", "group-by", "at-a-day", "construct")
_AT = re.compile(r"^#\+ at: (?P<day>\d{4}-\d\d-\d\d)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the day it is asked about (none: today), and the media type wanted of its answer."""

    name: str
    query: str
    day: date | None
    media_type: str

    def address(self, endpoint: str) -> str:
        """The address that asks this question of the SPARQL endpoint at ``endpoint``."""
        return f"{endpoint}?{urllib.parse.urlencode({'query': self.query})}"


def read_questions(folder: Path) -> list[Question]:
    """The questions of ``folder``, in the order of the report."""
    return [_read_question(folder / f"{name}.rq") for name in _NAMES]


def _read_question(path: Path) -> Question:
    query = path.read_text(encoding="utf-8")
    at = _AT.search(query)
    makes_graph = re.search(r"^CONSTRUCT\b", query, re.MULTILINE)
    return Question(
        path.stem,
        query,
        date.fromisoformat(at["day"]) if at else None,
        "application/n-triples" if makes_graph else "application/sparql-results+json",
    )


def ask(question: Question, endpoint: str) -> Answer:
    """What the endpoint answers.

    Raises ``OSError`` where it doesn't, ``ValueError`` where its answer can't be read.
    """
    request = urllib.request.Request(
        question.address(endpoint), headers={"Accept": question.media_type}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        body = response.read()
    if question.media_type == "application/n-triples":
        return _read_triples(body)
    return _read_rows(body)


def _read_rows(body: bytes) -> Answer:
    bindings = json.loads(body)["results"]["bindings"]
    return frozenset(
        tuple(f"{name} {_read_term(row[name])}" for name in sorted(row)) for row in bindings
    )


def _read_term(term: dict[str, str]) -> str:
    # A string may or may not be given its datatype: both are the same term.
    datatype = term.get("datatype", "").removesuffix("http://www.w3.org/2001/XMLSchema#string")
    return f"{term['type']} {term['value']} {datatype} {term.get('xml:lang', '').lower()}"


def _read_triples(body: bytes) -> Answer:
    # rdflib is large: it is loaded when the making has been measured (see measure_step).
    from rdflib import Graph

    graph = Graph().parse(data=body, format="nt")
    return frozenset(tuple(term.n3() for term in triple) for triple in graph)
