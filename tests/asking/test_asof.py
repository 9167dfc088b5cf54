"""Which state answers for a day."""

from datetime import UTC, date

import pytest

from kg.asking.asof import State, near_bounds, parse_day, start_of, state_at, today
from kg.asking.errors import DayBeforeFirst, NotADay
from kg.asking.store import KnowledgeGraph


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2013-01-31", "2013-01-31"),
        ("2014-10-26", "2013-01-31"),
        ("2014-10-27", "2014-10-27"),
        ("2014-12-29", "2014-10-27"),
        ("2014-12-30", "2014-12-30"),
        ("2099-01-01", "2014-12-30"),
    ],
)
def test_states_are_half_open(graph: KnowledgeGraph, day: str, first: str) -> None:
    assert state_at(graph.states, parse_day(day)).valid_from.isoformat() == first


def test_day_before_the_first_names_the_first(graph: KnowledgeGraph) -> None:
    with pytest.raises(DayBeforeFirst, match="2013-01-31") as caught:
        state_at(graph.states, date(2013, 1, 30))
    assert caught.value.first == date(2013, 1, 31)


@pytest.mark.parametrize(
    "text", ["", "2014", "2014-02-30", "20140227", "2014-1-1", "٢٠١٤-01-01", "x"]
)
def test_not_a_day(text: str) -> None:
    with pytest.raises(NotADay):
        parse_day(text)


def test_without_a_day_it_is_today(graph: KnowledgeGraph) -> None:
    assert graph.state_on() == state_at(graph.states, today())


def test_a_start_without_a_latest_day_is_a_bound(graph: KnowledgeGraph) -> None:
    assert [state.starts_at_bound for state in graph.states] == [False, True, True]


def state_of(start: date, latest: date | None) -> State:
    """A state that began on ``start`` at the earliest."""
    return State(start, None, "urn:s", "urn:g", "urn:p", "urn:e", latest)


@pytest.mark.parametrize(
    ("latest", "day", "told"),
    [
        (None, "2031-02-28", False),
        (None, "2031-03-01", True),
        (None, "2031-04-01", True),
        (None, "2031-05-02", True),
        (None, "2031-05-03", False),
        # Between the bounds, and a month beyond the latest.
        ("2031-12-31", "2031-08-01", True),
        ("2031-12-31", "2032-01-31", True),
        ("2031-12-31", "2032-02-01", False),
        # A known day is no bound.
        ("2031-04-01", "2031-04-01", False),
    ],
)
def test_a_day_within_a_month_of_a_bound_is_near_it(
    latest: str | None, day: str, told: bool
) -> None:
    state = state_of(date(2031, 4, 1), date.fromisoformat(latest) if latest else None)
    assert bool(near_bounds([state], date.fromisoformat(day))) is told


def test_what_is_told_of_a_bound() -> None:
    """One sentence, in ASCII since it goes into a header, with both bounds."""
    unknown, known = state_of(date(2031, 4, 1), None), state_of(date(2031, 4, 1), date(2031, 6, 1))
    (before,) = near_bounds([unknown], date(2031, 3, 31))
    assert str(before) == (
        "2031-03-31 is 1 day before 2031-04-01, only the earliest day on which the state of "
        "2031-04-01 may have begun (the latest is not known); until it began, the one that "
        "answers stood."
    )
    (after,) = near_bounds([known], date(2031, 4, 3))
    assert "2 days after 2031-04-01" in str(after)
    assert "(the latest is 2031-06-01); until it began, the one before it stood." in str(after)
    assert str(after).isascii()


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2013-01-31", "2013-01-30T18:00:00+00:00"),
        ("2014-10-27", "2014-10-26T18:00:00+00:00"),
        # Since 1 March 2024 Almaty is five hours ahead.
        ("2024-02-29", "2024-02-28T18:00:00+00:00"),
        ("2024-03-02", "2024-03-01T19:00:00+00:00"),
    ],
)
def test_days_begin_in_kazakhstan(day: str, moment: str) -> None:
    assert start_of(parse_day(day)).astimezone(UTC).isoformat() == moment
