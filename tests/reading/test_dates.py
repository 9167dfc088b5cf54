"""Deadlines and days: whatever the grammar can write is read back, to the day."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import local_name
from kg.model import Deadline, MonthDay
from kg.reading.dates import read_citations, read_deadline, read_yearly_days
from kg.reading.source import ReadingError
from kg.reading.vocabulary import Vocabulary
from tests.reading.texts import quote_all

MONTHS = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
DATIVE = (
    "қаңтарға", "ақпанға", "наурызға", "сәуірге", "мамырға", "маусымға",
    "шілдеге", "тамызға", "қыркүйекке", "қазанға", "қарашаға", "желтоқсанға",
)  # fmt: skip
ATTRIBUTIVE = (
    "қаңтардағы", "ақпандағы", "наурыздағы", "сәуірдегі", "мамырдағы", "маусымдағы",
    "шілдедегі", "тамыздағы", "қыркүйектегі", "қазандағы", "қарашадағы", "желтоқсандағы",
)  # fmt: skip

years = st.integers(min_value=1991, max_value=2199)
months = st.integers(min_value=1, max_value=12)
blanks = st.text(alphabet=" \n\u00a0", min_size=1, max_size=4)
days = st.dates(min_value=date(1991, 12, 16), max_value=date(2199, 12, 31))


def read(vocabulary: Vocabulary, text: str) -> Deadline:
    """The deadline that a cell of these words states."""
    return read_deadline(*quote_all(text, vocabulary))


def spans(vocabulary: Vocabulary, text: str) -> tuple[date | None, date | None]:
    """The first and last day of the deadline."""
    deadline = read(vocabulary, text)
    assert deadline.quote.text == text
    assert (deadline.recurrence, deadline.offset, deadline.month_days) == (None, None, ())
    return deadline.due_from, deadline.due_by


@given(years, months, blanks)
def test_a_month_is_all_its_days(vocabulary: Vocabulary, year: int, month: int, blank: str) -> None:
    """From the 1st to the last, the 29th of February in leap years, over any white space."""
    first, last = spans(vocabulary, f"{year} жылғы{blank}{MONTHS[month - 1]}")
    assert first == date(year, month, 1)
    assert last is not None
    assert (last + timedelta(days=1)).day == 1
    assert last.month == month


@given(years, st.integers(min_value=1, max_value=4), blanks)
def test_a_quarter_is_three_months(
    vocabulary: Vocabulary, year: int, quarter: int, blank: str
) -> None:
    """The four quarters of a year follow on each other without a gap."""
    first, last = spans(vocabulary, f"{year} жылғы{blank}{quarter}-тоқсан")
    assert first == date(year, 3 * quarter - 2, 1)
    assert last is not None
    after = last + timedelta(days=1)
    assert after == (date(year, 3 * quarter + 1, 1) if quarter < 4 else date(year + 1, 1, 1))


@given(years, st.sampled_from([1, 2]), blanks)
def test_a_half_is_six_months(vocabulary: Vocabulary, year: int, half: int, blank: str) -> None:
    """The first ends with June, the second with the year."""
    read_back = spans(vocabulary, f"{year} жылғы {half}-жарты{blank}жылдық")
    halves = ((date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31)))
    assert read_back == halves[half - 1]


@given(days, blanks)
def test_a_single_day_is_both(vocabulary: Vocabulary, day: date, blank: str) -> None:
    """Any day of the calendar is read as first and last."""
    text = f"{day.year}{blank}жылғы {day.day}{blank}{MONTHS[day.month - 1]}"
    assert spans(vocabulary, text) == (day, day)


@given(years, st.integers(min_value=0, max_value=20), st.sampled_from("-–—"))
def test_years_are_whole(vocabulary: Vocabulary, year: int, more: int, dash: str) -> None:
    """From the first day of the first to the last of the last, with any dash."""
    text = f"{year}{dash}{year + more} жылдар"
    assert spans(vocabulary, text) == (date(year, 1, 1), date(year + more, 12, 31))


def test_one_year_is_whole(vocabulary: Vocabulary) -> None:
    """A year alone is a deadline too."""
    assert spans(vocabulary, "2016 жыл") == (date(2016, 1, 1), date(2016, 12, 31))


@given(st.one_of(st.none(), months), blanks)
def test_a_yearly_deadline_has_no_days(
    vocabulary: Vocabulary, month: int | None, blank: str
) -> None:
    """It recurs each year, in a month where one is named; its bounds are not the text's."""
    text = f"жыл{blank}сайын" + (f"{blank}{MONTHS[month - 1]}" if month else "")
    deadline = read(vocabulary, text)
    assert (deadline.recurrence, deadline.month) == ("P1Y", month)
    assert (deadline.due_from, deadline.due_by) == (None, None)


LAW = "law-on-local-self-government"
UNITS = {"күн": "D", "апта": "W", "ай": "M", "жыл": "Y"}
NUMERALS = ["бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"]


@given(st.sampled_from(list(UNITS)), st.integers(min_value=1, max_value=120), blanks)
def test_a_time_after_an_act_is_an_offset(
    vocabulary: Vocabulary, unit: str, count: int, blank: str
) -> None:
    """Days, weeks, months, years, in words up to ten and in digits."""
    written = NUMERALS[count - 1] if count <= 10 else str(count)
    (title,) = [t for t, act in vocabulary.planned.items() if local_name(act) == LAW]
    text = f"«{title}» Қазақстан{blank}Республикасының Заңы қабылданғаннан{blank}кейін {written} "
    deadline = read(vocabulary, f"{text}{unit} мерзімде")
    assert deadline.offset == f"P{count}{UNITS[unit]}"
    assert local_name(deadline.relative_to or "") == LAW


@given(st.lists(days, min_size=1, max_size=4), blanks)
def test_days_of_each_year_are_read_in_their_order(
    vocabulary: Vocabulary, due: list[date], blank: str
) -> None:
    """Any number of them, joined by commas and "және"; the 29th of February is one."""
    named = [f"{day.day}{blank}{DATIVE[day.month - 1]}" for day in due]
    text = f"жыл сайын {', '.join(named[:-1])}{' және ' if named[1:] else ''}{named[-1]} қарай"
    reader, words = quote_all(text, vocabulary)
    deadline = read_yearly_days(reader, words, 0, len(words.text))
    assert deadline is not None
    assert deadline.month_days == tuple(MonthDay(day.month, day.day) for day in due)


@given(years, months, st.integers(min_value=29, max_value=99))
def test_days_that_no_calendar_has_are_refused(
    vocabulary: Vocabulary, year: int, month: int, day: int
) -> None:
    """Nothing is rounded to the last of the month."""
    last = calendar.monthrange(year, month)[1]
    text = f"{year} жылғы {max(day, last + 1)} {MONTHS[month - 1]}"
    with pytest.raises(ReadingError, match="a day that the calendar doesn't have"):
        read(vocabulary, text)


@pytest.mark.parametrize(
    "text",
    [
        "2013 жылғы 5-тоқсан",
        "2013 жылғы 3-жарты жылдық",
        "13 жылғы ақпан",
        "2013 жылғы ақпан мен наурыз",
        "2013 жылғы 0 ақпан",
        "2013 жылғы",
        "тұрақты",
        "жыл сайын 15 қаңтарға",
        "«Басқа заң туралы» Қазақстан Республикасының Заңы қабылданғаннан кейін бір ай мерзімде",
    ],
)
def test_other_deadlines_are_refused(vocabulary: Vocabulary, text: str) -> None:
    """What no pattern fits to the end is an error, not half a deadline."""
    with pytest.raises(ReadingError):
        read(vocabulary, text)


@given(blanks)
def test_a_citation_is_found_over_any_blanks(vocabulary: Vocabulary, blank: str) -> None:
    """By kind, day and number; each known act of the data once."""
    cited = 0
    for act in vocabulary.acts:
        kind = {"decree": "Жарлығына", "law": "Заңының", "resolution": "қаулысымен"}.get(act.kind)
        if kind is None:
            continue
        day = f"{act.day.day}{blank}{ATTRIBUTIVE[act.day.month - 1]}"
        text = f"бұл {act.day.year} жылғы{blank}{day} №{blank}{act.number} {kind} сәйкес"
        (found,) = read_citations(*quote_all(text, vocabulary))
        assert found.key == act.key
        cited += 1
    assert cited >= 11


def test_months_have_all_their_forms(vocabulary: Vocabulary) -> None:
    """Twelve months in each of the three forms, numbered as the calendar does."""
    lexicons = (vocabulary.months, vocabulary.months_dative, vocabulary.months_attributive)
    for lexicon, forms in zip(lexicons, (MONTHS, DATIVE, ATTRIBUTIVE), strict=True):
        assert len(lexicon) == 12
        named = [lexicon.match(form) for form in forms]
        assert named == [(str(n), len(form)) for n, form in enumerate(forms, start=1)]
