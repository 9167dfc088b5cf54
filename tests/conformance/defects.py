"""What the engine is known to answer wrongly: minimal cases, and the W3C's cases that show it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

__all__ = ["Defect", "MinimalCase", "read_defects", "spell_rows"]

_FILE = Path(__file__).with_name("defects.toml")

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class MinimalCase:
    """Data (TriG) and a query, with the rows that are due and those that come."""

    data: str
    query: str
    due: Rows
    comes: Rows

    def ask_engine(self) -> list[tuple[str, ...]]:
        """The rows that the engine alone gives, sorted; terms in N-Triples."""
        store = Store()
        store.load(self.data.encode(), RdfFormat.TRIG)
        found = store.query(self.query)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        return sorted(tuple(str(row[name] or "UNDEF") for name in names) for row in found)


@dataclass(frozen=True, slots=True)
class Defect:
    """A departure from the specification: the clause, what to write instead, the cases of it."""

    title: str
    clause: str
    instead: str
    cases: list[MinimalCase]
    failed: list[str]
    equal: list[str]
    upstream: str


def read_defects() -> list[Defect]:
    """The known defects, in the order of their file."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [
        Defect(
            title=entry["title"],
            clause=entry["clause"],
            instead=entry["instead"],
            cases=[MinimalCase(**case) for case in entry["case"]],
            failed=entry.get("failed", []),
            equal=entry.get("equal", []),
            upstream=entry.get("upstream", ""),
        )
        for entry in content["defect"]
    ]


def spell_rows(rows: Rows) -> list[tuple[str, ...]]:
    """Rows written in Turtle's short forms as the engine's terms are spelled, sorted."""
    return sorted(tuple(map(_spell, row)) for row in rows)


def _spell(cell: str) -> str:
    if cell == "UNDEF":
        return cell
    (quad,) = parse(f"<x:> <x:> {cell} .", RdfFormat.TURTLE)
    return str(quad.object)
