"""The grammar of cells' names: whatever a cell can hold, in words of each language."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.graph.naming.cells import name_funding, name_output, name_responsibility
from kg.graph.naming.days import name_day, name_days, name_every, name_length
from kg.graph.naming.deadlines import name_deadline
from kg.graph.naming.names import Names
from kg.graph.turtle import read_turtle
from kg.model import Deadline, Funding, Mention, MonthDay, Output, Quote, Responsibility, Span
from kg.namespaces import BASE
from tests.roots import ROOT

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LAW = f"{BASE}planned-act/law-on-local-self-government"
WORDS = Quote(Span(0, 5), "2013  жылғы\n\nақпан")


@pytest.fixture(scope="module")
def names() -> Names:
    """The names that the project's own data gives."""
    files = ("data/agencies.ttl", "data/acts.ttl", "data/people.ttl", "ontology/concepts.ttl")
    return Names(read_turtle([ROOT / name for name in files]))


DURATIONS = st.builds(
    "P{}{}".format, st.integers(1, 40), st.sampled_from("YMWD")
) | st.just("P1Y6M")  # fmt: skip
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTH_DAYS = st.lists(
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: MonthDay(day.month, day.day)),
    max_size=3, unique=True,
).map(tuple)  # fmt: skip


@given(
    days=st.tuples(st.none() | DAYS, st.none() | DAYS),
    recurrence=st.none() | DURATIONS,
    month=st.none() | st.integers(1, 12),
    month_days=MONTH_DAYS,
    relative_to=st.sampled_from([None, LAW]),
    offset=st.none() | DURATIONS,
    bounds=st.none() | st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))),
)
def test_every_deadline_that_the_model_can_express_is_named(
    names: Names,
    days: tuple[date | None, date | None],
    recurrence: str | None,
    month: int | None,
    month_days: tuple[MonthDay, ...],
    relative_to: str | None,
    offset: str | None,
    bounds: tuple[date, date] | None,
) -> None:
    """Whatever is filled in, alone or with others: words in each language, and all numbers."""
    due = Deadline(WORDS, *days, recurrence, month, month_days, relative_to, offset)
    texts = name_deadline(due, bounds, names)
    assert texts["kk"] == "2013 жылғы ақпан"
    if not any((*days, recurrence, month, month_days, relative_to, offset)):
        return
    for language in ("en", "ru"):
        text = texts[language]
        assert text
        assert not re.search(r"None|[{}]|  |, ,|^[ ,]|[ ,:]$", text)
        assert all(str(day.year) in text for day in days if day)
        assert all(str(one.day) in text for one in month_days)
    assert not CYRILLIC.search(texts["en"] or "")
    assert not re.search(r"[A-Za-z]", texts["ru"] or "")


SAID = {
    "P1Y": ("every year", "ежегодно", "one year", "1 год"),
    "P2Y": ("every 2 years", "каждые 2 года", "2 years", "2 года"),
    "P1M": ("every month", "ежемесячно", "one month", "1 месяц"),
    "P5M": ("every 5 months", "каждые 5 месяцев", "5 months", "5 месяцев"),
    "P10D": ("every 10 days", "каждые 10 дней", "10 days", "10 дней"),
    "P1W": ("every week", "еженедельно", "one week", "1 неделя"),
}


@pytest.mark.parametrize("duration", SAID)
def test_lengths_of_time_agree_with_their_numbers(duration: str) -> None:
    """Plural forms are those of each language."""
    said = [name(duration, one) for name in (name_every, name_length) for one in ("en", "ru")]
    assert tuple(said) == SAID[duration]


STRETCHES = {
    (date(2013, 2, 1), date(2013, 2, 28)): ("February 2013", "февраль 2013 года"),
    (date(2016, 2, 1), date(2016, 2, 29)): ("February 2016", "февраль 2016 года"),
    (date(2016, 2, 1), date(2016, 2, 28)): (
        "1 February 2016 to 28 February 2016", "с 1 февраля 2016 года по 28 февраля 2016 года",
    ),
    (date(2013, 7, 1), date(2013, 9, 30)): ("3rd quarter of 2013", "3-й квартал 2013 года"),
    (date(2013, 2, 1), date(2013, 4, 30)): (
        "1 February 2013 to 30 April 2013", "с 1 февраля 2013 года по 30 апреля 2013 года",
    ),
    (date(2015, 1, 1), date(2015, 6, 30)): ("first half of 2015", "1-е полугодие 2015 года"),
    (date(2015, 7, 1), date(2015, 12, 31)): ("second half of 2015", "2-е полугодие 2015 года"),
    (date(2014, 1, 1), date(2016, 12, 31)): ("2014-2016", "2014-2016 годы"),
    (date(2016, 1, 1), date(2016, 12, 31)): ("2016", "2016 год"),
    (date(2015, 9, 1), date(2015, 9, 1)): ("1 September 2015", "1 сентября 2015 года"),
    (None, date(2015, 9, 1)): ("by 1 September 2015", "не позднее 1 сентября 2015 года"),
    (date(2015, 9, 1), None): ("from 1 September 2015", "с 1 сентября 2015 года"),
}  # fmt: skip


@pytest.mark.parametrize("days", STRETCHES)
def test_stretches_of_days_have_their_names(days: tuple[date | None, date | None]) -> None:
    """Only whole months, quarters, half-years and years are called so."""
    assert (name_days(*days, "en"), name_days(*days, "ru")) == STRETCHES[days]


def test_days_are_named_in_kazakh_as_acts_name_them() -> None:
    assert name_day(date(2015, 9, 1), "kk") == "2015 жылғы 1 қыркүйек"


def test_a_deadline_runs_from_an_act_or_comes_each_year(names: Names) -> None:
    """What the text has, and the years between which it recurs."""
    after = name_deadline(Deadline(WORDS, relative_to=LAW, offset="P1M"), None, names)
    assert after["en"] == (
        "within one month of the adoption of the planned law on the development of local "
        "self-government"
    )
    assert str(after["ru"]).startswith("1 месяц со дня принятия акта: ")
    days = (MonthDay(2, 1), MonthDay(8, 1))
    yearly = name_deadline(Deadline(WORDS, recurrence="P1Y", month_days=days), None, names)
    assert yearly["en"] == "by 1 February and 1 August every year"
    assert yearly["ru"] == "ежегодно, к 1 февраля и 1 августа"
    bounds = (date(2015, 1, 1), date(2020, 12, 31))
    in_march = name_deadline(Deadline(WORDS, recurrence="P1Y", month=3), bounds, names)
    assert in_march["en"] == "in March every year, 2015-2020"
    assert in_march["ru"] == "ежегодно, март, 2015-2020 годы"


def test_an_output_says_what_about_what_by_whom_and_for_whom(names: Names) -> None:
    """English names take the article and case of a sentence; Russian ones are never declined."""

    def of(agency: str) -> Mention:
        return Mention(f"{BASE}agency/{agency}", WORDS)

    output = Output(
        f"{BASE}concept/output/information", WORDS, of("local-self-government-bodies"),
        of("ministry-of-finance"), Mention(f"{BASE}concept/output/draft-law", WORDS),
    )  # fmt: skip
    said = name_output(output, names)
    assert said["en"] == (
        "Information on the draft law by the Ministry of Finance to local self-government bodies"
    )
    assert said["ru"] == (
        "информация; о чём: проект закона; от кого: Министерство финансов Республики Казахстан; "
        "кому: органы местного самоуправления"
    )


def test_a_body_goes_by_the_words_of_the_text_where_they_are_a_name(names: Names) -> None:
    """An abbreviation is kept; a form in another case, or shared by several, gives way."""
    ministry = f"{BASE}agency/ministry-of-finance"
    named = Responsibility(ministry, (Quote(Span(0, 9), "Қаржымині"),), by_agreement=True)
    assert name_responsibility(named, names) == {
        "kk": "Қаржымині (келісім бойынша)",
        "en": "Ministry of Finance (by agreement)",
        "ru": "Министерство финансов Республики Казахстан (по согласованию)",
    }
    declined = Responsibility(ministry, (Quote(Span(0, 12), "Қаржыминінің"),))
    assert name_responsibility(declined, names)["kk"] == "Қазақстан Республикасы Қаржы министрлігі"


def test_a_name_that_is_not_known_makes_no_label() -> None:
    """Where a body, an act or a concept has no name, the language is left out and not filled up."""
    nobody = Names(Graph())
    body, kind = f"{BASE}agency/nobody", f"{BASE}concept/output/nothing"
    texts = [
        name_responsibility(Responsibility(body, (WORDS,)), nobody),
        name_output(Output(kind, WORDS, Mention(body, WORDS)), nobody),
        name_deadline(Deadline(WORDS, relative_to=LAW, offset="P1M"), None, nobody),
        name_funding(Funding(kind, WORDS), None, nobody),
    ]
    for said in texts:
        assert said["kk"] == "2013 жылғы ақпан"
        assert not said.get("en")
        assert not said.get("ru")
