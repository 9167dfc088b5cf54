"""Answers and expected answers, read from the result formats and compared.

Two answers are the same if they have the same variables and the same rows, as many times each, with
blank nodes renamed one to one (SPARQL 1.1 Query, section 18.2; RDF 1.1 Concepts, section 3.6). Rows
are compared in order only where the query asks for one.

Terms are compared by their lexical forms; where that fails, numbers and booleans of one datatype by
their values (RDF 1.1 Concepts, section 3.3: two literals may have one value and not be one term).
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from rdflib import RDF, XSD, Graph, Namespace, Node

__all__ = [
    "Table",
    "by_value",
    "compare_graphs",
    "compare_tables",
    "read_answer",
    "read_csv",
    "read_result_set",
]

Cell = NamedNode | BlankNode | Literal | Triple | None
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_VALUES: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": lambda text: Decimal(text).normalize() + 0,
    "double": float,
    "float": float,
    "boolean": lambda text: {"1": True, "true": True, "0": False, "false": False}.get(text, text),
}
_FORMATS = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
}


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions: the variables in their order, and rows of one cell for each."""

    variables: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def read_answer(content: bytes, suffix: str) -> bool | Table:
    """Solutions or a boolean in the format of files named ``suffix``."""
    if suffix == ".csv":
        return read_csv(content)
    found: Any = parse_query_results(content, _FORMATS[suffix])
    if isinstance(found, QueryBoolean):
        return bool(found)
    variables = tuple(variable.value for variable in found.variables)
    return Table(variables, [tuple(solution[name] for name in variables) for solution in found])


def read_csv(content: bytes) -> Table:
    """Solutions in CSV, whose cells are plain text: all literals here, but for blank nodes."""
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return Table(tuple(head), [tuple(map(_read_cell, row)) for row in rows])


def _read_cell(text: str) -> Cell:
    if not text:
        return None
    return BlankNode(text[2:]) if text.startswith("_:") else Literal(text)


def by_value(table: Table) -> Table:
    """The same table, each number and boolean in one form for all that are equal to it."""
    return Table(table.variables, [tuple(map(_unify, row)) for row in table.rows])


def _unify(cell: Cell) -> Cell:
    if not isinstance(cell, Literal):
        return cell
    read = _VALUES.get(cell.datatype.value.removeprefix(str(XSD)))
    try:
        return Literal(repr(read(cell.value)), datatype=cell.datatype) if read else cell
    except (ValueError, ArithmeticError):
        return cell  # not a value of its datatype


def read_result_set(triples: Iterable[Triple]) -> Table | None:
    """The solutions that a graph describes in the tests' own terms; ``None`` for other graphs."""
    graph = Graph()
    graph.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    table = graph.value(None, RDF.type, RS.ResultSet)
    if table is None:
        return None
    variables = tuple(sorted(map(str, graph.objects(table, RS.resultVariable))))
    rows = []
    for solution in graph.objects(table, RS.solution):
        bindings = {
            str(graph.value(binding, RS.variable)): graph.value(binding, RS.value)
            for binding in graph.objects(solution, RS.binding)
        }
        rows.append(tuple(_cell_of(bindings.get(name)) for name in variables))
    return Table(variables, rows)


def _cell_of(node: Node | None) -> Cell:
    if node is None:
        return None
    (found,) = parse(f"<x:> <x:> {node.n3()} .", RdfFormat.N_TRIPLES)
    cell: Cell = found.object
    return cell


def compare_tables(found: Table, expected: Table, *, ordered: bool) -> str:
    """What differs between two tables, in a clause; nothing where they are the same."""
    if set(found.variables) != set(expected.variables):
        return f"its variables are {_names(found)}, not {_names(expected)}"
    columns = [found.variables.index(name) for name in expected.variables]
    rows = [tuple(row[column] for column in columns) for row in found.rows]
    if len(rows) != len(expected.rows):
        return f"it has {len(rows)} rows, not {len(expected.rows)}"
    pair = _pair_in_order if ordered else _pair_rows
    if pair(rows, expected.rows, {}):
        return ""
    theirs = [row for row in rows if not _has_blank(row) and row not in expected.rows]
    missing = [row for row in expected.rows if not _has_blank(row) and row not in rows]
    if theirs and missing:
        return f"it has the row {_show(theirs[0])} and lacks {_show(missing[0])}"
    return "its rows are in another order" if ordered else "its blank nodes are joined otherwise"


def compare_graphs(found: Iterable[Triple], expected: Iterable[Triple]) -> str:
    """What differs between two graphs, in a clause; nothing where they are isomorphic."""
    ours, theirs = _canonical(found), _canonical(expected)
    if ours == theirs:
        return ""
    return f"it has {len(ours - theirs)} triples too many, and lacks {len(theirs - ours)}"


def _canonical(triples: Iterable[Triple]) -> set[str]:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def _pair_in_order(
    found: Sequence[tuple[Cell, ...]],
    expected: Sequence[tuple[Cell, ...]],
    names: dict[str, str],
) -> bool:
    for row, other in zip(found, expected, strict=True):
        renamed = _pair_cells(row, other, names)
        if renamed is None:
            return False
        names = renamed
    return True


def _pair_rows(
    found: Sequence[tuple[Cell, ...]],
    expected: Sequence[tuple[Cell, ...]],
    names: dict[str, str],
) -> bool:
    """Whether each row found can be paired with one expected, blank nodes renamed one to one."""
    if not found:
        return True
    first, *rest = found
    tried = []
    for index, row in enumerate(expected):
        renamed = None if row in tried else _pair_cells(first, row, names)
        tried.append(row)
        if renamed is not None and _pair_rows(
            rest, [*expected[:index], *expected[index + 1 :]], renamed
        ):
            return True
    return False


def _pair_cells(
    row: tuple[Cell, ...], other: tuple[Cell, ...], names: dict[str, str]
) -> dict[str, str] | None:
    """``names`` with what must join it for two rows to be the same; ``None`` where they can't."""
    names = dict(names)
    for cell, counterpart in zip(row, other, strict=True):
        if isinstance(cell, BlankNode) and isinstance(counterpart, BlankNode):
            fresh = cell.value not in names and counterpart.value not in names.values()
            if not fresh and names.get(cell.value) != counterpart.value:
                return None
            names[cell.value] = counterpart.value
        elif cell != counterpart:
            return None
    return names


def _has_blank(row: tuple[Cell, ...]) -> bool:
    return any(isinstance(cell, BlankNode) for cell in row)


def _names(table: Table) -> str:
    return " ".join(f"?{name}" for name in sorted(table.variables)) or "none"


def _show(row: tuple[Cell, ...]) -> str:
    return f"({', '.join('unbound' if cell is None else str(cell) for cell in row)})"
