"""Which state of the plan answers for a day.

States are half-open: a state holds from ``zh:validFrom`` up to, not including, ``zh:validUntil``.
Days are those of Kazakhstan (Asia/Almaty).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from time import time as now
from zoneinfo import ZoneInfo

from kg.asking.errors import DayBeforeFirst, NotADay

__all__ = [
    "NearBound",
    "State",
    "near_bounds",
    "parse_day",
    "start_of",
    "state_at",
    "today",
]

KAZAKHSTAN = ZoneInfo("Asia/Almaty")

NEAR = timedelta(days=31)
"""Who asks about a day this close to a bound, on either side, is told of the bound."""

_QUARTER = 15 * 60
"""Seconds in which a day doesn't change: clocks differ by quarters of an hour, at the finest."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class State:
    """A state of the plan: its days, its two graphs, and the grade of its start (an IRI).

    ``valid_from`` is the first day, ``valid_until`` the day after the last, ``None`` while no later
    state is known. ``latest`` is the last day on which it may have begun, where that is known.
    """

    valid_from: date
    valid_until: date | None
    iri: str
    graph: str
    possible: str
    evidence: str
    latest: date | None = None

    @property
    def starts_at_bound(self) -> bool:
        """Whether its first day is only the earliest possible, not a known one."""
        return self.latest is None or self.latest > self.valid_from

    def holds_on(self, day: date) -> bool:
        """Whether this state answers for ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class NearBound:
    """A day asked about, and near it the start of a state of which only bounds are known."""

    day: date
    state: State

    def __str__(self) -> str:
        """One sentence in ASCII, fit for a header."""
        start, latest = self.state.valid_from, self.state.latest
        days = (self.day - start).days
        count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
        place = f"{count} {'after' if days > 0 else 'before'} {start}, " if days else ""
        last = f"the latest is {latest}" if latest else "the latest is not known"
        stood = "the one before it" if days >= 0 else "the one that answers"
        return (
            f"{self.day} is {place}only the earliest day on which the state of {start} may have "
            f"begun ({last}); until it began, {stood} stood."
        )


def near_bounds(states: Sequence[State], day: date) -> tuple[NearBound, ...]:
    """The starts near ``day`` of which only bounds are known, by day; often there are none."""
    return tuple(
        NearBound(day, state)
        for state in states
        if state.starts_at_bound
        and state.valid_from - NEAR <= day <= (state.latest or state.valid_from) + NEAR
    )


def today() -> date:
    """Today's date in Kazakhstan."""
    return _day_of(int(now()) // _QUARTER)


@lru_cache(maxsize=2)
def _day_of(quarter: int) -> date:
    return datetime.fromtimestamp(quarter * _QUARTER, KAZAKHSTAN).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins in Kazakhstan, by the offset in force then."""
    return datetime.combine(day, time.min, KAZAKHSTAN)


def parse_day(text: str) -> date:
    """The day written ``YYYY-MM-DD``; raises ``NotADay`` for anything else."""
    if not _DAY.fullmatch(text):
        raise NotADay(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(text) from None


def state_at(states: Sequence[State], day: date) -> State:
    """The state that answers for ``day``; raises ``DayBeforeFirst`` where there is none yet."""
    for state in states:
        if state.holds_on(day):
            return state
    raise DayBeforeFirst(day, min(states).valid_from)
