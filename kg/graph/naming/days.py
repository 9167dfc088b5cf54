"""Days, stretches of days and lengths of time as English and Russian write them.

Names of months and quarters, plural forms and their order come from the Unicode CLDR (by Babel).
"""

import calendar
import re
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.units import format_unit

__all__ = ["LOCALES", "name_day", "name_days", "name_every", "name_length", "name_month"]

LOCALES = {"kk": Locale("kk"), "en": Locale("en", "GB"), "ru": Locale("ru")}
"""The locale of each language of a label."""

_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_EVERY = {
    "en": {"Y": "every year", "M": "every month", "W": "every week", "D": "every day"},
    "ru": {"Y": "ежегодно", "M": "ежемесячно", "W": "еженедельно", "D": "ежедневно"},
}


def name_day(day: date, language: str) -> str:
    """A day: "1 September 2015", «1 сентября 2015 года», «2015 жылғы 1 қыркүйек»."""
    if language == "kk":
        return f"{day.year} жылғы {format_date(day, 'd MMMM', LOCALES['kk'])}"
    named = format_date(day, "d MMMM y", LOCALES[language])
    return f"{named} года" if language == "ru" else named


def name_month(month: int, language: str) -> str:
    """A month: "March", «март»."""
    return format_date(date(2000, month, 1), "LLLL", LOCALES[language])


def name_day_of_year(month: int, day: int, language: str) -> str:
    """A day of each year: "1 February", «1 февраля»."""
    return format_date(date(2000, month, day), "d MMMM", LOCALES[language])


def name_days(first: date | None, last: date | None, language: str) -> str:
    """Days from first to last, both included: a month, a quarter, a half-year or years by their
    names, others by their ends; empty where neither is given.
    """
    english = language == "en"
    if first is None or last is None:
        if last:
            return f"{'by' if english else 'не позднее'} {name_day(last, language)}"
        return f"{'from' if english else 'с'} {name_day(first, language)}" if first else ""
    if first == last:
        return name_day(first, language)
    if whole := _name_whole(first, last, language):
        return whole
    ends = name_day(first, language), name_day(last, language)
    return "{} to {}".format(*ends) if english else "с {} по {}".format(*ends)


def _name_whole(first: date, last: date, language: str) -> str:
    """Whole months that make a month, a quarter, a half-year or years; empty where they don't."""
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or not ends_month or first > last:
        return ""
    if (first.month, last.month) == (1, 12):
        return name_years(first.year, last.year, language)
    if first.year != last.year:
        return ""
    length = last.month - first.month + 1
    of_year = f"of {first.year}" if language == "en" else f"{first.year} года"
    if length == 1:
        month = name_month(first.month, language)
        return f"{month} {first.year}" if language == "en" else f"{month} {of_year}"
    if length == 3 and first.month % 3 == 1:
        return f"{format_date(first, 'QQQQ', LOCALES[language])} {of_year}"
    if length == 6 and first.month % 6 == 1:
        half = ("first half", "second half") if language == "en" else ("1-е", "2-е")
        named = half[first.month // 6]
        return f"{named} {of_year}" if language == "en" else f"{named} полугодие {of_year}"
    return ""


def name_years(first: int, last: int, language: str) -> str:
    """Years, both ends included: "2014-2016", «2014-2016 годы»."""
    years = str(first) if first == last else f"{first}-{last}"
    if language == "en":
        return years
    return f"{years} {'год' if first == last else 'годы'}"


def name_length(duration: str, language: str) -> str:
    """An ISO 8601 duration in years, months, weeks and days: "one month", «1 месяц»."""
    parts = _parts(duration)
    if language == "en" and len(parts) == 1 and parts[0][0] == 1:
        return f"one {_UNITS[parts[0][1]]}"
    return " ".join(
        format_unit(count, f"duration-{_UNITS[unit]}", locale=LOCALES[language])
        for count, unit in parts
    )


def name_every(duration: str, language: str) -> str:
    """How often: "every year", «ежегодно»; "every 2 years", «каждые 2 года»."""
    parts = _parts(duration)
    if len(parts) == 1 and parts[0][0] == 1:
        return _EVERY[language][parts[0][1]]
    return f"{'every' if language == 'en' else 'каждые'} {name_length(duration, language)}"


def _parts(duration: str) -> list[tuple[int, str]]:
    return [(int(count), unit) for count, unit in re.findall(r"(\d+)([YMWD])", duration)]
