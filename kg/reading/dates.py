"""Days, months and periods as Kazakh acts write them.

Each pattern quotes a line of a source above it; blanks are any white space.
"""

import calendar
import re
from datetime import date

from kg.model import Deadline, Mention, MonthDay, Quote
from kg.reading.asked import Asked
from kg.reading.reader import Reader
from kg.reading.vocabulary import Lexicon

# "2013 жылғы 1-тоқсан"
QUARTER = re.compile(r"(?P<year>\d{4})\s+жылғы\s+(?P<part>[1-4])-тоқсан")
# "2015 жылғы 1-жарты жылдық"
HALF = re.compile(r"(?P<year>\d{4})\s+жылғы\s+(?P<part>[12])-жарты\s+жылдық")
# "2015 жылғы 1 қыркүйек", "2013 жылғы ақпан"
DAY_OR_MONTH = re.compile(r"(?P<year>\d{4})\s+жылғы\s+(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d]+)")
# "2014-2016 жылдар", "2016 жыл"
YEARS = re.compile(r"(?P<first>\d{4})(?:\s*[-–—]\s*(?P<last>\d{4}))?\s+жыл(?:дар)?(?:ға|ы)?")
# "жыл сайын наурыз", "жыл сайын"
YEARLY = re.compile(r"жыл\s+сайын(?:\s+(?P<month>[^\W\d]+))?")
# "жыл сайын 15 қаңтарға және 15 шілдеге қарай"
YEARLY_DAYS = re.compile(
    r"жыл\s+сайын\s+(?P<days>\d{1,2}\s+[^\W\d]+(?:(?:,|\s+және)\s+\d{1,2}\s+[^\W\d]+)*)\s+қарай"
)
# "«…» Қазақстан Республикасының Заңы қабылданғаннан кейін бір ай мерзімде"
AFTER_ACT = re.compile(
    r"«(?P<title>[^«»]+)»\s+(?:Қазақстан\s+Республикасының\s+)?Заңы\s+"
    r"қабылданғаннан\s+кейін\s+(?P<count>\w+)\s+(?P<unit>ай|күн|апта|жыл)\s+мерзімде"
)
UNITS = {"жыл": "Y", "ай": "M", "апта": "W", "күн": "D"}
NUMERALS = {
    numeral: count
    for count, numeral in enumerate(
        ("бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"), start=1
    )
}


def read_deadline(reader: Reader, cell: Quote) -> Deadline:
    """The deadline that a whole cell states.

    Raises ``ReadingError`` where no pattern fits, a month isn't known, or a day doesn't exist.
    """
    text = cell.text
    if found := QUARTER.fullmatch(text):
        return _months(cell, int(found["year"]), 3 * int(found["part"]) - 2, 3)
    if found := HALF.fullmatch(text):
        return _months(cell, int(found["year"]), 6 * int(found["part"]) - 5, 6)
    if found := YEARLY.fullmatch(text):
        month = _month(reader, cell, found, reader.vocabulary.months) if found["month"] else None
        return Deadline(cell, recurrence="P1Y", month=month)
    if found := DAY_OR_MONTH.fullmatch(text):
        month = _month(reader, cell, found, reader.vocabulary.months)
        if found["day"] is None:
            return _months(cell, int(found["year"]), month, 1)
        day = read_day(reader, cell, int(found["year"]), month, int(found["day"]))
        return Deadline(cell, due_from=day, due_by=day)
    if found := YEARS.fullmatch(text):
        first, last = int(found["first"]), int(found["last"] or found["first"])
        if last < first:
            reader.refuse(cell, "years that end before they begin", Asked.YEARS_IN_ORDER)
        return Deadline(cell, due_from=date(first, 1, 1), due_by=date(last, 12, 31))
    if found := AFTER_ACT.fullmatch(text):
        return _after_act(reader, cell, found)
    return reader.refuse(
        cell, "a deadline of no known form", Asked.KNOWN_FORM, "the patterns of kg/reading/dates.py"
    )


def read_yearly_days(reader: Reader, words: Quote, start: int, end: int) -> Deadline | None:
    """The days of each year by which something is due, from ``start`` to ``end`` of the words.

    Raises ``ReadingError`` at a day that no year has, and at "жыл сайын" without days behind it.
    """
    found = YEARLY_DAYS.search(words.text, start, end)
    if found is None:
        if yearly := YEARLY.search(words.text, start, end):
            quote = reader.source.within(words, yearly.start(), end)
            patterns = "YEARLY_DAYS of kg/reading/dates.py"
            reader.refuse(quote, "days of each year of no known form", Asked.KNOWN_FORM, patterns)
        return None
    days = []
    for day in re.finditer(r"(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+)", found["days"]):
        at = found.start("days")
        quote = reader.source.within(words, at + day.start(), at + day.end())
        named = reader.vocabulary.months_dative.match(day["month"])
        if named is None:
            month = "a day of the year in a month that isn't known"
            reader.refuse(quote, month, Asked.KNOWN_WORD, _file(reader))
        if int(day["day"]) > calendar.monthrange(2000, int(named[0]))[1]:
            reader.refuse(quote, "a day that the calendar doesn't have", Asked.CALENDAR_DAY)
        days.append(MonthDay(int(named[0]), int(day["day"])))
    quote = reader.source.within(words, *found.span())
    return Deadline(quote, recurrence="P1Y", month_days=tuple(days))


def read_day(reader: Reader, words: Quote, year: int, month: int, day: int) -> date:
    """The day; raises ``ReadingError`` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        reader.refuse(words, "a day that the calendar doesn't have", Asked.CALENDAR_DAY)


def _month(reader: Reader, cell: Quote, found: re.Match[str], forms: Lexicon) -> int:
    named = forms.match(found["month"])
    if named is None:
        quote = reader.source.within(cell, *found.span("month"))
        reader.refuse(quote, "a month that isn't known", Asked.KNOWN_WORD, _file(reader))
    return int(named[0])


def _months(cell: Quote, year: int, first: int, count: int) -> Deadline:
    last = first + count - 1
    return Deadline(
        cell,
        due_from=date(year, first, 1),
        due_by=date(year, last, calendar.monthrange(year, last)[1]),
    )


def _after_act(reader: Reader, cell: Quote, found: re.Match[str]) -> Deadline:
    act = reader.vocabulary.act_titled(found["title"])
    if act is None:
        quote = reader.source.within(cell, *found.span("title"))
        reader.refuse(
            quote, "an act that isn't known", Asked.KNOWN_WORD, reader.vocabulary.acts_file
        )
    count = NUMERALS.get(found["count"]) or (int(found["count"]) if found["count"].isdigit() else 0)
    if not count:
        quote = reader.source.within(cell, *found.span("count"))
        reader.refuse(
            quote, "a number that isn't known", Asked.KNOWN_WORD, "NUMERALS of kg/reading/dates.py"
        )
    return Deadline(cell, relative_to=act, offset=f"P{count}{UNITS[found['unit']]}")


def _file(reader: Reader) -> str:
    return reader.vocabulary.months.file


# "2012 жылғы 28 қарашадағы № 438 Жарлығына", "2013 жылғы 13 маусымдағы … Заңының",
# "Қазақстан Республикасы Үкіметінің 2013 жылғы 31 қаңтардағы № 78 қаулысы"
CITATION = re.compile(
    r"(?:«(?P<title>[^«»]+)»\s+)?"
    r"(?:Қазақстан\s+Республикасы(?:ның)?\s+(?:(?:Президентінің|Үкіметінің)\s+)?)?"
    r"(?P<year>\d{4})\s+жылғы\s+(?P<day>\d{1,2})\s+(?P<month>[^\W\d]+)"
    r"(?:\s+№\s*(?P<number>\S+))?"
    r"\s+(?:Қазақстан\s+Республикасы(?:ның)?\s+)?(?P<kind>Жарлы|Заң|қаулы)\w*"
)
ACT_KINDS = {"Жарлы": "decree", "Заң": "law", "қаулы": "resolution"}


def read_citations(reader: Reader, words: Quote) -> tuple[Mention, ...]:
    """The acts that words cite by their day; raises ``ReadingError`` where one isn't known."""
    return tuple(
        reader.mention(words, _cited_act(reader, words, found), *found.span())
        for found in CITATION.finditer(words.text)
    )


def citation_day(reader: Reader, words: Quote, found: re.Match[str]) -> date:
    """The day of a citation; its month stands in the attributive form.

    Raises ``ReadingError`` where the month isn't known, or the calendar has no such day.
    """
    month = _month(reader, words, found, reader.vocabulary.months_attributive)
    quote = reader.source.within(words, *found.span())
    return read_day(reader, quote, int(found["year"]), month, int(found["day"]))


def _cited_act(reader: Reader, words: Quote, found: re.Match[str]) -> str:
    day = citation_day(reader, words, found)
    kind = ACT_KINDS[found["kind"]]
    act = reader.vocabulary.act(kind, day, found["number"], found["title"])
    if act is None:
        quote = reader.source.within(words, *found.span())
        reader.refuse(
            quote, "an act that isn't known", Asked.KNOWN_WORD, reader.vocabulary.acts_file
        )
    return act
