"""The first rows of an answer as plain values, for pages and for tables on a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, TypedDict

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.asking.query import Answer
from kg.namespaces import BASE, PREFIXES, XSD

__all__ = ["Cell", "Rows", "read_rows", "write_table"]

Cell = TypedDict("Cell", {"type": str, "value": str, "xml:lang": str, "datatype": str}, total=False)
"""A term as in SPARQL 1.1 JSON results: ``type`` is ``uri``, ``literal``, ``bnode`` or ``triple``.
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns and rows of terms, ``None`` where unbound; ``more`` where rows were left off."""

    variables: list[str]
    rows: list[list[Cell | None]]
    more: bool


def read_rows(answer: Answer, limit: int) -> Rows:
    """At most ``limit`` rows of ``answer``: its solutions, its triples, or its one truth value."""
    result = answer.result
    if isinstance(result, QueryBoolean):
        truth: Cell = {"type": "literal", "value": "true" if result else "false"}
        return Rows(["answer"], [[truth]], more=False)
    found: Iterator[Sequence[object]]
    if isinstance(result, QuerySolutions):
        variables = [variable.value for variable in result.variables]
        found = ([solution[name] for name in variables] for solution in result)
    else:
        variables = ["subject", "predicate", "object"]
        found = ((triple.subject, triple.predicate, triple.object) for triple in result)
    rows = [[_to_cell(term) for term in row] for row in islice(found, limit)]
    return Rows(variables, rows, more=next(found, None) is not None)


def write_table(answer: Answer, sink: IO[bytes], limit: int = 10_000) -> None:
    """Write ``answer`` as a table of aligned columns, with short names for known addresses."""
    found = read_rows(answer, limit)
    lines = [found.variables, *([_short(cell) for cell in row] for row in found.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(found.variables))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        sink.write(("  ".join(cells).rstrip() + "\n").encode())
    if found.more:
        sink.write(f"(the first {limit} rows)\n".encode())


def _to_cell(term: object) -> Cell | None:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        return {"type": "triple", "value": str(term)}
    if not isinstance(term, Literal):
        return None
    cell: Cell = {"type": "literal", "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype.value != str(XSD.string):
        cell["datatype"] = term.datatype.value
    return cell


def _short(cell: Cell | None) -> str:
    """A term in a table: blanks and line breaks drawn together, addresses with their prefix."""
    if cell is None:
        return ""
    if cell["type"] != "uri":
        return " ".join(cell["value"].split())
    for prefix, namespace in PREFIXES.items():
        if cell["value"].startswith(namespace):
            return f"{prefix}:{cell['value'].removeprefix(namespace)}"
    return cell["value"].removeprefix(BASE)
