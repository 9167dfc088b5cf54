"""Questions over two servers, asked at either; answers counted by hand in the text and register.

The lines of the text are those of ``data/source``.
"""

import csv
import io
import re

import pytest

from kg.asking.library import StoredQuery
from tests.federation.conftest import OURS, QUERIES, THEIRS, Pair
from tests.queries.kept import QUERIES as OWN_QUERIES

WIKIDATA = "http://www.wikidata.org/entity/"
PLAN = "https://w3id.org/zhospar/eli/kz/resolution/2013/78/plan"

Rows = list[dict[str, str]]


def rows_of(pair: Pair, name: str) -> Rows:
    response = pair.ask(QUERIES[name])
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def test_queries_are_kept_with_what_they_need() -> None:
    here = {name for name, query in QUERIES.items() if query.metadata["endpoint"].startswith(OURS)}
    there = {name for name, query in QUERIES.items() if query.metadata["endpoint"] == THEIRS}
    assert (len(here), len(there)) == (2, 3)
    assert here | there == set(QUERIES)
    assert not set(QUERIES) & set(OWN_QUERIES)
    for name, query in QUERIES.items():
        assert set(query.summaries) == {"en", "kk", "ru"}, name
        assert all(re.match(r"[A-ZА-Я0-9].*\?$", told) for told in query.summaries.values()), name
        assert {"linking", "federation"} <= set(query.metadata["keywords"].split(", ")), name
        called = set(re.findall(r"SERVICE <([^>]*)>", query.body))
        assert called, name
        if name in here:
            assert called == {THEIRS}
        else:  # the past is asked from a foreign engine
            assert all(re.match(rf"{OURS}/at/201\d-\d\d-\d\d/sparql$", it) for it in called), name


def test_places_are_known_by_other_codes_elsewhere(pair: Pair) -> None:
    """Asked here. 1.1, 2.1, 2.3, 2.4 and 2.5 name the oblasts' akims, 1.1 the two cities'."""
    rows = rows_of(pair, "places-under-their-codes")
    assert len(rows) == 16
    counted = {row["code"]: (row["today"], int(row["rows"])) for row in rows}
    assert counted.pop("KZ-AST") == ("KZ-71", 1)
    assert counted.pop("KZ-ALA") == ("KZ-75", 1)
    assert {rows for _, rows in counted.values()} == {5}
    by_code = {row["code"]: row for row in rows}
    assert by_code["KZ-KUS"]["item"] == f"{WIKIDATA}Q485605"
    assert (by_code["KZ-YUZ"]["name"], by_code["KZ-YUZ"]["today"]) == ("Turkistan Region", "KZ-61")


def test_deadlines_fall_under_cabinets_known_elsewhere(pair: Pair) -> None:
    """Asked here. 12 rows are due in 2013, 2 in 2014, 4 in 2015, 1 in February 2016, 8 later."""
    rows = rows_of(pair, "cabinets-when-deadlines-fall")
    found = [(row["item"].removeprefix(WIKIDATA), int(row["rows"])) for row in rows]
    assert found == [("Q96419330", 12), ("Q16632326", 7), ("", 8)]
    assert [row["first"] for row in rows] == ["2013-02-28", "2014-11-30", "2016-12-31"]


def test_bodies_of_ministers_are_asked_for_on_two_days(pair: Pair) -> None:
    """Asked there. Қаржымині, Әділетмині, ІІМ and ҰЭМ in the rows and paragraphs of each day."""
    rows = rows_of(pair, "ministers-on-two-days")
    found = {row["title"]: (int(row["in2013"]), int(row["in2015"])) for row in rows}
    assert found == {
        "Minister of Culture and Sports": (0, 1),
        "Minister of Education and Science": (0, 1),
        "Minister of Finance": (8, 17),
        "Minister of Internal Affairs": (3, 3),
        "Minister of Justice": (5, 7),
        "Minister of National Economy": (0, 23),
    }


def test_tasks_of_an_oblast_are_asked_for_by_its_item(pair: Pair) -> None:
    """Asked there. 1.1, the five items of 1.2, 2.1, 2.3, 2.4 and 2.5 name the oblasts' akims."""
    rows = rows_of(pair, "tasks-of-a-place")
    assert {(row["name"], row["code"]) for row in rows} == {("Kostanay Region", "KZ-KUS")}
    items = [f"section-1/measure-2/item-{number}" for number in range(1, 6)]
    later = [f"section-2/measure-{number}" for number in (1, 3, 4, 5)]
    expected = ["section-1/measure-1", *items, *later]
    assert [row["row"] for row in rows] == [f"{PLAN}/{name}" for name in expected]
    assert {row["existence"].rpartition("#")[2] for row in rows} == {"Inferred"}


def test_people_are_known_elsewhere_with_their_posts(pair: Pair) -> None:
    """Asked there. Paragraph 5 names Б.Ә. Сағынтаев, who became Prime Minister only in 2016."""
    (row,) = rows_of(pair, "people-of-the-plan")
    assert row["person"] == f"{WIKIDATA}Q4404442"
    assert row["title"] == "First Deputy Prime Minister"
    assert row["provision"].endswith("/78/paragraph-5")
    assert row["grade"].endswith("#Stated")


@pytest.mark.parametrize("day", ["2013-06-01", "2014-11-15", "2015-06-01"])
def test_each_day_is_asked_for_by_its_address(pair: Pair, day: str) -> None:
    """The very same words, asked there of three days: 9, 11 and 31 measures are proved to stand."""
    measures = {"2013-06-01": 9, "2014-11-15": 11, "2015-06-01": 31}
    query = (
        "SELECT (COUNT(*) AS ?n) { SERVICE "
        f"<{OURS}/at/{day}/sparql> {{ ?m a <https://w3id.org/zhospar/ontology#Measure> }} }}"
    )
    response = pair.ask(StoredQuery("measures", {"endpoint": THEIRS}, query))
    assert response.text.replace('"', "").split() == ["n", str(measures[day])]
