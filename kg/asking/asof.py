"""Which state of the plan answers for a day.

States are half-open: a state holds from ``zh:validFrom`` up to, not including, ``zh:validUntil``.
Days are those of Kazakhstan (Asia/Almaty).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kg.asking.errors import DayBeforeFirst, NotADay

__all__ = ["State", "parse_day", "start_of", "state_at", "today"]

KAZAKHSTAN = ZoneInfo("Asia/Almaty")

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


def today() -> date:
    """Today's date in Kazakhstan."""
    return datetime.now(KAZAKHSTAN).date()


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
