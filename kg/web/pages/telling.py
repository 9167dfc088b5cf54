"""Deadlines and bounds in words, in the language of the request."""

from collections.abc import Mapping
from typing import Any

from babel.dates import get_month_names
from markupsafe import escape

from kg.asking.asof import NearBound
from kg.web.pages.messages import say, say_many
from kg.web.protocol.languages import wanted

__all__ = ["tell_deadline", "tell_duration", "tell_near"]


def tell_deadline(cell: Mapping[str, Any]) -> str:
    """A deadline in words: a day, a span of days, a recurrence, or a time after an act."""
    first, last = cell.get("dueFrom", ""), cell.get("dueBy", "")
    if cell.get("recurrence"):
        return _tell_recurrence(cell)
    if cell.get("offset"):
        time = tell_duration(cell["offset"])
        act = cell.get("relativeTo") or say("the adoption of an act")
        return escape(say("within %(time)s of: %(act)s")) % {"time": time, "act": act}
    if first and last and first != last:
        return say("%(first)s to %(last)s") % {"first": first, "last": last}
    return str(last or first)


def _tell_recurrence(cell: Mapping[str, Any]) -> str:
    every = _tell_period(cell["recurrence"])
    days = [_tell_month_day(day) for day in sorted(cell.get("monthDays", "").split())]
    month = cell.get("month", "").strip("-")
    if days:
        return say("%(every)s, by %(days)s") % {"every": every, "days": say(" and ").join(days)}
    if not month:
        return every
    name = get_month_names("wide", "stand-alone", _locale())[int(month)]
    return say("%(every)s, in %(month)s") % {"every": every, "month": name}


def _tell_period(duration: str) -> str:
    """How often: ``P1Y`` is "every year", ``P2M`` "every 2 months"."""
    single = {"P1Y": say("every year"), "P1M": say("every month"), "P1D": say("every day")}
    return single.get(duration) or say("every %(time)s") % {"time": tell_duration(duration)}


def tell_duration(duration: str) -> str:
    """A simple ``xsd:duration`` in words: ``P2M`` is "2 months"; as it is where it isn't one."""
    amount, unit = duration[1:-1], duration[-1:]
    if unit not in ("Y", "M", "D") or not amount.isdecimal():
        return duration
    number = int(amount)
    words = {
        "Y": say_many("%(num)d year", "%(num)d years", number),
        "M": say_many("%(num)d month", "%(num)d months", number),
        "D": say_many("%(num)d day", "%(num)d days", number),
    }
    return words[unit] % {"num": number}


def tell_near(bound: NearBound) -> str:
    """That a day asked about is near a bound, as ``str(bound)`` says it in English."""
    start, latest = bound.state.valid_from, bound.state.latest
    days = (bound.day - start).days
    stood = say("the one before it") if days >= 0 else say("the one that answers")
    told = {
        "day": bound.day,
        "start": start,
        "count": tell_duration(f"P{abs(days)}D"),
        "last": say("the latest is %(day)s") % {"day": latest}
        if latest
        else say("the latest is not known"),
        "stood": stood,
    }
    if days > 0:
        return (
            say(
                "%(day)s is %(count)s after %(start)s, only the earliest day on which the state of "
                "%(start)s may have begun (%(last)s); until it began, %(stood)s stood."
            )
            % told
        )
    if days < 0:
        return (
            say(
                "%(day)s is %(count)s before %(start)s, only the earliest day on which the state "
                "of %(start)s may have begun (%(last)s); until it began, %(stood)s stood."
            )
            % told
        )
    return (
        say(
            "%(day)s is only the earliest day on which the state of %(start)s may have begun "
            "(%(last)s); until it began, %(stood)s stood."
        )
        % told
    )


def _tell_month_day(month_day: str) -> str:
    """``--01-15`` as "15 January"."""
    month, _, day = month_day.removeprefix("--").partition("-")
    return f"{int(day)} {get_month_names('wide', 'format', _locale())[int(month)]}"


def _locale() -> str:
    return wanted.get().code
