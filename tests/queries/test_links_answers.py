"""What was done, and what elsewhere is linked: answers checked against the text and the sources by
hand, whatever the graph says.
"""

import re
from datetime import date

import pytest

from kg.asking.query import Asker, Question
from kg.asking.rows import read_rows
from kg.iris import local_name
from tests.queries.kept import ALL_FORMATS, QUERIES, rows_of

DONE = {
    ("section-1/measure-1", "working-group"): (date(2012, 12, 14), date(2013, 2, 28)),
    ("section-1/measure-2", "101-V"): (date(2013, 6, 13), date(2013, 2, 28)),
    ("section-1/measure-3", "101-V"): (date(2013, 6, 13), date(2013, 3, 31)),
    ("section-2/measure-2", "decree"): (date(2013, 4, 24), date(2013, 3, 31)),
    ("section-2/measure-5", "12 August"): (date(2013, 8, 9), date(2013, 9, 30)),
    ("section-2/measure-5", "26 September"): (date(2013, 8, 9), date(2013, 9, 30)),
    ("section-4/measure-7", "90-VI"): (date(2017, 7, 11), date(2015, 9, 1)),
    ("section-4/measure-8", "90-VI"): (date(2017, 7, 11), date(2015, 11, 30)),
}
"""The deed's last day, by the source, and the deadline's, by the text: what bears lateness."""
LATE = [-76, 105, 74, 24, -52, -52, 679, 589]
"""The days between them, counted on a calendar."""
NAMES = {
    "working-group": "Working group set up",
    "101-V": "Law No. 101-V adopted",
    "decree": "Decree on the elections signed",
    "12 August": "Elections held, as told on 12 August 2013",
    "26 September": "Elections held, as told on 26 September 2013",
    "90-VI": "Law No. 90-VI adopted",
}


def days(late: str) -> int:
    """The days of a duration such as ``-P52D``."""
    found = re.fullmatch(r"(-?)P(\d+)D", late)
    assert found, late
    return int(found[1] + found[2])


def ask_with(asker: Asker, name: str, old: str, new: str) -> list[dict[str, str]]:
    """The rows of a question with another value in it."""
    text = QUERIES[name].text
    assert old in text
    answer = asker.ask(Question(text.replace(old, new), date(2015, 6, 1)), ALL_FORMATS).in_order()
    found = read_rows(answer, 999)
    return [
        {column: cell["value"] for column, cell in zip(found.variables, row, strict=True) if cell}
        for row in found.rows
    ]


def test_lateness_is_counted_in_days() -> None:
    """The two ways of counting by hand agree."""
    assert [(done - due).days for done, due in DONE.values()] == LATE


@pytest.mark.parametrize(("state", "stages"), [("A", 6), ("B", 6), ("C", 8)])
def test_lateness_is_that_of_the_text_and_the_source(asker: Asker, state: str, stages: int) -> None:
    """Of what stands on the day: the second stage's draft laws only in the last state."""
    rows = rows_of(asker, "outcomes-and-lateness", state)
    late = {
        (row["provision"].partition("/plan/")[2], row["outcome"]): days(row["late"])
        for row in rows
        if "late" in row
    }
    expected = {
        (place, NAMES[what]): n for ((place, what), _), n in zip(DONE.items(), LATE, strict=True)
    }
    assert late == dict(list(expected.items())[:stages])


def test_what_only_follows_or_comes_later_has_no_lateness(asker: Asker) -> None:
    """A follow-up, or a later event, doesn't tell when the measure was completed."""
    rows = rows_of(asker, "outcomes-and-lateness", "C")
    assert len(rows) == 14
    bare = {row["completion"] for row in rows if "late" not in row}
    assert bare == {"Follow-up", "Later context"}


def test_one_outcome_came_before_the_plan(asker: Asker) -> None:
    rows = rows_of(asker, "outcomes-and-lateness", "C")
    before = [row["outcome"] for row in rows if row["beforeThePlan"] == "true"]
    assert before == ["Working group set up"]


def test_one_act_is_of_another_ministry_than_planned(asker: Asker) -> None:
    """The plan expects an order of the Ministry of Regional Development, founded a month later."""
    (row,) = rows_of(asker, "acts-by-another-body", "C")
    assert local_name(row["act"]) == "338"
    assert row["passedByName"] == "Ministry of Economic Development and Trade"
    assert row["expectedName"] == "Ministry of Regional Development"


def test_links_that_no_source_tells_are_inferred(asker: Asker) -> None:
    """A page on the plan's execution names measures 1.1 to 1.3, and none other."""
    told = {
        row["provision"].partition("/plan/")[2]
        for row in rows_of(asker, "outcomes-and-lateness", "C")
        if "link" not in row
    }
    assert told == {f"section-1/measure-{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("state", "unknown"),
    [
        ("A", {"1/measure-4", "2/measure-1", "2/measure-3", "2/measure-4"}),
        ("C", {"1/measure-4", *(f"2/measure-{n}" for n in (1, 3, 4)),
               *(f"4/measure-{n}" for n in (*range(1, 7), *range(9, 17))),
               *(f"5/measure-{n}" for n in range(1, 7))}),
    ],
)  # fmt: skip
def test_of_all_others_nothing_is_known(asker: Asker, state: str, unknown: set[str]) -> None:
    rows = rows_of(asker, "measures-without-outcome", state)
    found = {
        row["provision"].partition("/section-")[2]: row
        for row in rows
        if row["known"] == "nothing known"
    }
    assert {place for place in found if "/item-" not in place} == unknown
    assert found["1/measure-4"]["dueBy"] == "2013-07-13", "a month after the law of 13 June"


def test_sources_disagree_on_one_number(asker: Asker) -> None:
    (row,) = rows_of(asker, "sources-that-disagree", "A")
    assert (row["lower"], row["higher"], row["difference"]) == ("2454", "2457", "3")
    assert row["lowerSource"].startswith("kazakhstanun.org")
    assert row["higherSource"].startswith("pbn-hkstrategies.com")


def test_the_second_sources_parts_make_its_sum(asker: Asker) -> None:
    """47 towns, 119 settlements, 190 villages and 2,101 rural districts."""
    rows = rows_of(asker, "figures-of-outcomes", "A")
    parts = [
        int(row["count"])
        for row in rows
        if row["source"].startswith("pbn") and row.get("ofWhich") == "Akims elected"
    ]
    assert sorted(parts) == [47, 119, 190, 2101]
    assert sum(parts) == 2457


CODES = {
    "AKM": 11, "AKT": 15, "ALM": 19, "ATY": 23, "ZAP": 27, "ZHA": 31, "KAR": 35, "KUS": 39,
    "KZY": 43, "MAN": 47, "PAV": 55, "SEV": 59, "YUZ": 61, "VOS": 63, "AST": 71, "ALA": 75,
}  # fmt: skip
"""The code of 2013 and the number that replaced it, by ISO 3166-2."""


@pytest.mark.parametrize(
    ("day", "count", "letters"),
    [
        ("2013-06-01", 16, True), ("2016-11-14", 16, True), ("2016-11-15", 17, True),
        ("2018-11-25", 17, True), ("2018-11-26", 18, True), ("2020-11-23", 18, True),
        ("2020-11-24", 17, True), ("2022-11-28", 17, True), ("2022-11-29", 16, False),
    ],
)  # fmt: skip
def test_places_have_the_codes_of_the_day(
    asker: Asker, day: str, count: int, letters: bool
) -> None:
    """Fourteen oblasts and two cities; Baikonur from 2016 to 2020, and from 2018 on Shymkent,
    whose code of 2022 isn't held.
    """
    rows = ask_with(asker, "places-and-codes", "2013-06-01", day)
    assert len(rows) == count
    found = {row["iso"].removeprefix("KZ-") for row in rows} - {"BAY", "SHY"}
    assert found == (set(CODES) if letters else {str(number) for number in CODES.values()})


def test_codes_of_2013_lead_to_those_since(asker: Asker) -> None:
    """The number is that of the classifier, but for South Kazakhstan, whose code isn't held."""
    for row in rows_of(asker, "places-and-codes", "A"):
        number = CODES[row["iso"].removeprefix("KZ-")]
        assert (row["isoSince"], row["since"]) == (f"KZ-{number}", "2022-11-29")
        assert row["kato"] == ("Not found" if number == 61 else f"{number}0000000")
        assert row["wikidata"].startswith("http://www.wikidata.org/entity/Q")


@pytest.mark.parametrize(
    ("day", "minister", "first_deputy"),
    [
        ("2013-01-31", "Serik Akhmetov", "Bakytzhan Sagintayev"),
        ("2014-04-01", "Serik Akhmetov", "Bakytzhan Sagintayev"),
        ("2014-04-02", None, "Bakytzhan Sagintayev"),
        ("2014-10-27", None, "Bakytzhan Sagintayev"),
        ("2016-09-08", "Bakytzhan Sagintayev", None),
        ("2019-02-21", None, None),
    ],
)
def test_posts_have_their_holders_of_the_day(
    asker: Asker, day: str, minister: str | None, first_deputy: str | None
) -> None:
    """No holder is named where the data hold none; then the cabinet may tell."""
    found = ask_with(asker, "holders-of-posts", "2014-10-27", day)
    rows = {local_name(row["post"]): row for row in found}
    assert rows["prime-minister"].get("personName") == minister
    assert rows["first-deputy-prime-minister"].get("personName") == first_deputy
    assert rows["prime-minister"]["postItem"] == "Q2416315"
    if day == "2014-10-27":
        assert rows["prime-minister"]["cabinet"] == "Second cabinet of Massimov"


def test_planned_acts_say_how_sure_it_is(asker: Asker) -> None:
    """One by a source, three by R29; and one matter without an act foreseen, by R36."""
    rows = rows_of(asker, "what-became-of-planned-acts", "C")
    sure = {
        (local_name(row["foreseen"]), local_name(row["act"])): local_name(row.get("rule", "told"))
        for row in rows
    }
    assert sure == {
        ("law-on-local-self-government", "101-V"): "told",
        ("decree-on-elections-of-akims", "555"): "R29",
        ("law-on-the-second-stage", "90-VI"): "R29",
        ("model-regulation-of-maslikhats", "704"): "R29",
        ("item-5", "148"): "R36",
        ("measure-3", "148"): "R36",
    }


def test_linking_questions_say_so() -> None:
    linking = {q.name for q in QUERIES.values() if "linking" in q.metadata["keywords"].split(", ")}
    assert linking >= {
        "outcomes-and-lateness", "places-and-codes", "acts-and-identifiers",
        "what-became-of-planned-acts", "holders-of-posts", "sources-that-disagree",
    }  # fmt: skip
