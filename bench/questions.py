"""The questions asked under load, and whether two servers give the same answer to one."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.graphs import AskedGraph, agencies, measures

__all__ = ["HEAVY", "Answer", "Question", "ask", "read_questions", "variants"]

Answer = frozenset[tuple[str, ...]]
"""What an answer says, however it is written: a set of rows, or of triples."""

HEAVY = frozenset({"history", "together"})
"""The questions that cost an engine most."""

_NAMES = ("lookup", "by-agency", "group-by", "at-a-day", "construct", "history", "together")
_AT = re.compile(r"^#\+ at: (?P<day>\d{4}-\d\d-\d\d)$", re.MULTILINE)
_MEASURE = re.compile(r"<https://w3id\.org/zhospar/eli/[^>]*/measure-\d+>")
_AGENCY = re.compile(r"<https://w3id\.org/zhospar/agency/[^>]*>")
_VARIABLE = re.compile(r"\?(\w+)")
_NUMBER = "XNX"  # what stands for a request's number; the load generator puts it in


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the day it is asked about (none: today), and the media type wanted of its answer."""

    name: str
    query: str
    day: date | None
    media_type: str

    @property
    def asks_named_graphs(self) -> bool:
        """Whether it asks named graphs alone, and no default graph."""
        return "GRAPH" in self.query

    def address(self, endpoint: str) -> str:
        """The address that asks this question of ``endpoint``, which may have a query string."""
        join = "&" if "?" in endpoint else "?"
        return f"{endpoint}{join}{urllib.parse.urlencode({'query': self.query})}"


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


def variants(question: Question, graph: AskedGraph) -> list[Question]:
    """The question of each measure or body it can be asked of, in words that a number makes new.

    Each variable's name ends with ``XNX``: another number there is a query never seen before.
    """
    default = graph.defaults[question.day]
    constant, values = (
        (_AGENCY, agencies(default))
        if _AGENCY.search(question.query)
        else (_MEASURE, measures(default))
    )
    query = _VARIABLE.sub(rf"?\1_{_NUMBER}", question.query)
    asked = [constant.sub(value, query) for value in values] if constant.search(query) else [query]
    return [Question(question.name, text, question.day, question.media_type) for text in asked]


def ask(question: Question, endpoint: str, patience: float = 60.0) -> Answer:
    """What the endpoint answers, within ``patience`` seconds.

    Raises ``OSError`` where it doesn't, ``ValueError`` where its answer can't be read.
    """
    request = urllib.request.Request(
        question.address(endpoint), headers={"Accept": question.media_type}
    )
    with urllib.request.urlopen(request, timeout=patience) as response:
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
    # A string may or may not be given its datatype: both are the same term. Virtuoso speaks of a
    # "typed-literal", as the format did before SPARQL 1.1.
    datatype = term.get("datatype", "").removesuffix("http://www.w3.org/2001/XMLSchema#string")
    kind = term["type"].removeprefix("typed-")
    return f"{kind} {term['value']} {datatype} {term.get('xml:lang', '').lower()}"


def _read_triples(body: bytes) -> Answer:
    # rdflib is large: it is loaded when the making has been measured (see measure_step).
    from rdflib import Graph

    graph = Graph().parse(data=body, format="nt")
    return frozenset(tuple(term.n3() for term in triple) for triple in graph)
