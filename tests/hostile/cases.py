"""A hostile query: its family and name, and the statuses that are honest for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

ANSWERED = frozenset({200})
REFUSED = frozenset({400})
STOPPED = frozenset({504, 507})
SURVIVED = ANSWERED | STOPPED
"""For what is let pass: whether it is done in time is the machine's affair."""
BROKEN = 0
"""Stands among the statuses for a connection that breaks after the status line."""


@dataclass(frozen=True, slots=True)
class Case:
    """A query, and the statuses that may come of it."""

    family: str
    name: str
    query: str
    statuses: frozenset[int]


def parameters(cases: Iterable[Case]) -> list[object]:
    """The cases as ``pytest`` takes them, named by family and name."""
    return [pytest.param(case, id=f"{case.family}-{case.name}") for case in cases]


def count(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases each family has; a name used twice in a family fails."""
    listed = list(cases)
    assert len({(case.family, case.name) for case in listed}) == len(listed)
    return dict(Counter(case.family for case in listed))
