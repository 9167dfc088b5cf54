"""Deadlines in words, whatever shape the model gives them."""

from datetime import date

from kg.graph.naming.days import (
    name_day_of_year,
    name_days,
    name_every,
    name_length,
    name_month,
    name_years,
)
from kg.graph.naming.names import Names, Texts
from kg.model import Deadline

__all__ = ["name_deadline"]


def name_deadline(due: Deadline, bounds: tuple[date, date] | None, names: Names) -> Texts:
    """A deadline's own words in Kazakh, and what they say in English and Russian.

    ``bounds`` are the first and the last day on which it may recur. A language
    is missing where the act from which the time runs has no name in it.
    """
    texts: dict[str, str | None] = {"kk": " ".join(due.quote.text.split())}
    for language in ("en", "ru"):
        after = _after(due, names, language)
        if after is None:
            continue
        yearly = _recurring(due, bounds, language)
        days = name_days(due.due_from, due.due_by, language)
        texts[language] = ", ".join(part for part in (after, yearly, days) if part)
    return texts


def _after(due: Deadline, names: Names, language: str) -> str | None:
    """Some time after an act: empty where it doesn't run from one, ``None`` where that act has no
    name.
    """
    length = name_length(due.offset, language) if due.offset else ""
    if due.relative_to is None:
        if not length:
            return ""
        return f"within {length}" if language == "en" else f"срок: {length}"
    if language == "en":
        act = names.within(due.relative_to)
        start = f"within {length} of" if length else "on"
        return f"{start} the adoption of {act}" if act else None
    # What follows the colon stands in the nominative: names aren't declined.
    act = names.of(due.relative_to, language)
    start = f"{length} со дня принятия акта" if length else "по принятии акта"
    return f"{start}: {act}" if act else None


def _recurring(due: Deadline, bounds: tuple[date, date] | None, language: str) -> str:
    """Each year, with its month or days and its bounds; empty where it doesn't recur."""
    every = name_every(due.recurrence, language) if due.recurrence else ""
    month = name_month(due.month, language) if due.month else ""
    days = [name_day_of_year(one.month, one.day, language) for one in due.month_days]
    years = name_years(bounds[0].year, bounds[1].year, language) if bounds and every else ""
    if language == "en":
        by = f"by {_list(days, 'and')}" if days else ""
        said = " ".join(part for part in (month and f"in {month}", by, every) if part)
        return ", ".join(part for part in (said, years) if part)
    by = f"к {_list(days, 'и')}" if days else ""
    return ", ".join(part for part in (every, month, by, years) if part)


def _list(items: list[str], last: str) -> str:
    *others, final = items
    return f"{', '.join(others)} {last} {final}" if others else final
