"""Lengths of time and bounds in words, in the language of the request."""

from kg.asking.asof import NearBound
from kg.web.pages.messages import say, say_many

__all__ = ["tell_duration", "tell_near"]


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
