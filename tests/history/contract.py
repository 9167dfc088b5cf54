"""The contract of evidence as data: what is to be known of each part of the plan in each state.

``evidence_contract.csv`` has a row for each group of cells: ``provisions`` and ``cell`` are regular
expressions that match whole paths; ``where`` is the graph a provision stands in (``removed``: a
tombstone in the history; ``absent``: no node at all).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

STATES = {"A": date(2013, 1, 31), "B": date(2014, 10, 27), "C": date(2014, 12, 30)}


@dataclass(frozen=True)
class Expectation:
    """One row of the contract; an empty ``grade`` says that nothing at all is attested."""

    provisions: str
    cell: str
    facet: str
    states: str
    where: str
    grade: str
    rules: str
    text_status: str
    holds: str

    def speaks_of(self, path: str, cell: str, facet: str, state: str) -> bool:
        """Whether the row is about that facet of that provision or cell in that state."""
        return (
            state in self.states
            and facet == self.facet
            and re.fullmatch(self.cell, cell) is not None
            and re.fullmatch(self.provisions, path) is not None
        )


def read_contract() -> tuple[Expectation, ...]:
    """All rows of the contract, in their order."""
    path = Path(__file__).with_name("evidence_contract.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(Expectation(**row) for row in csv.DictReader(lines))


def existences(contract: tuple[Expectation, ...], path: str) -> Iterator[tuple[str, Expectation]]:
    """What the contract says of a provision's existence, by state."""
    for state in STATES:
        for row in contract:
            if row.speaks_of(path, "", "existence", state):
                yield state, row
