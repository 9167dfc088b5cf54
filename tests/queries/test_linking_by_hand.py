"""The linking questions, answered by hand from the text and its sources before they were asked."""

from collections.abc import Iterator

from kg.asking.query import Asker
from kg.iris import local_name
from tests.queries.kept import rows_of

PLAN = "https://w3id.org/zhospar/eli/kz/resolution/2013/78/"
MRD, MNE = "ministry-of-regional-development", "ministry-of-national-economy"
MEBP, MIA = "ministry-of-economy-and-budget-planning", "ministry-of-internal-affairs"

FEBRUARY, QUARTER = "2013-02-01/2013-02-28", "2013-01-01/2013-03-31"
NOVEMBER_2014, JULY_2018 = "2014-11-01/2014-11-30", "2018-07-01/2018-07-31"
JULY_2019, MARCHES, YEARLY = "2019-07-01/2019-07-31", "P1Y --03", "P1Y"
AKIMS_OF_OBLASTS = {
    "1/1": FEBRUARY, **{f"1/2/{n}": FEBRUARY for n in range(1, 6)},
    "2/1": QUARTER, "2/3": QUARTER, "2/4": QUARTER, "2/5": "2013-07-01/2013-09-30",
    "4/1": "2015-01-01/2015-06-30", "4/2": MARCHES, **{f"4/2/{n}": MARCHES for n in (1, 2, 3)},
    "4/3": NOVEMBER_2014, "4/4": "2014-01-01/2016-12-31", "4/5": NOVEMBER_2014,
    **{f"4/5/{n}": NOVEMBER_2014 for n in (1, 2, 3, 4)},
    "4/6": "2015-03-01/2015-03-31", "4/7": "2015-09-01/2015-09-01",
    "4/8": "2015-11-01/2015-11-30", "4/9": "2016-02-01/2016-02-29",
    "4/10": "2017-01-01/2017-01-31", **{f"4/{n}": JULY_2018 for n in (11, 12, 13)},
    **{f"4/{n}": JULY_2019 for n in (14, 15, 16)}, **{f"5/{n}": YEARLY for n in range(1, 7)},
}  # fmt: skip
"""Each row that asks them, by section, measure and item, with its deadline: all but 1.2 itself,
1.3, 1.4 and 2.2. The items of 4.2 and 4.5 have nothing of their own.
"""


def short(iri: str) -> str:
    """A provision by its numbers: ``4/5/1`` is item 1 of measure 5 of section 4."""
    path = iri.removeprefix(PLAN).removeprefix("plan/section-")
    return path.replace("measure-", "").replace("item-", "")


def test_an_akim_has_the_duties_of_his_group_and_no_others(asker: Asker) -> None:
    rows = rows_of(asker, "duties-of-an-akim", "C")
    found = {}
    for row in rows:
        days = f"{row['dueFrom']}/{row['dueBy']}" if "dueBy" in row else row["yearly"]
        found[short(row["provision"])] = f"{days} {row['month']}" if "month" in row else days
    assert found == AKIMS_OF_OBLASTS
    assert len(rows) == 39
    inherited = {short(row["provision"]) for row in rows if row["through"] == "its measure"}
    assert inherited == {*(f"4/2/{n}" for n in (1, 2, 3)), *(f"4/5/{n}" for n in (1, 2, 3, 4))}
    assert {row["as"] for row in rows} == {"akims-of-oblasts"}


def test_nobody_known_answers_for_paragraphs_2_and_3_in_2015(asker: Asker) -> None:
    """The ministry is last told of in November 2013; no source lists who belongs to the groups,
    whose first heads are asked.
    """
    named = "Ministry of Regional Development"
    ministry = f"unknown, last known to be: {named}, as of 2013-11-01"
    group = "unknown: a group whose members no source held lists"
    groups = {
        ("Central executive bodies", "order"),
        ("Local executive bodies", "order"),
        ("State bodies directly subordinate and accountable to the President", "agreement"),
    }
    expected = {
        ("2.", "Coordinate the execution", named, "order", ministry, ""),
        ("3.", "Inform", named, "", ministry, ""),
    } | {
        ("3.", duty, name, by, group, "First heads")
        for duty in ("Ensure the implementation", "Inform")
        for name, by in groups
    }  # fmt: skip
    rows = rows_of(asker, "who-answers-for-paragraphs-2-and-3", "C")
    columns = ("number", "duty", "named", "by", "holds", "capacity")
    assert {tuple(row.get(column, "") for column in columns) for row in rows} == expected
    assert len(rows) == 8
    assert {local_name(row["told"]) for row in rows} == {"Stated"}
    assert {local_name(row["weakest"]) for row in rows} == {"Unknown"}


LAST_SHOWN = {
    "Ministry of Regional Development": "2013-11-01",  # the minister changed in that month
    "Ministry of Economy and Budget Planning": "2013-01-31",  # nothing after the plan of 2013
    "Ministry of Internal Affairs": "2013-01-31",
    "Ministry of Finance": "2013-01-31",
    "Ministry of Culture and Information": "2014-03-06",  # ended the day after
    "Ministry of Justice": "2014-12-30",  # the act on it was amended
    "Ministry of National Economy": "2015-03-18",  # its committee's order
    "Ministry of Culture and Sports": "2014-10-27",  # in words of that day or later
    "Central Election Commission": "2013-08-09",  # told of the elections
}
"""What no source shows on 1 June 2015, with the last day for which one does."""
SHOWN = {
    "Ministry of Healthcare and Social Development": "B",  # 6 August 2014 to 25 January 2017
    "Ministry of Education and Science": "B",  # in the plan of 2014; divided on 11 June 2022
    "Ministry for Investment and Development": "A",  # named by a resolution of 16 July 2015
    "Association of Maslikhat Deputies of Kazakhstan": "B",  # in the plan of 2014; there in 2022
    "Secretariat of the Assembly of the People of Kazakhstan": "A",  # the same; a law in 2022
    "First Deputy Prime Minister of the Republic of Kazakhstan": "B",  # 2013 to 7 September 2016
    "Akim of the city of Astana": "B",
    "Akim of the city of Almaty": "B",
}
"""What was there on that day, with what the weakest source of that is worth."""


def test_bodies_hold_their_duties_on_the_days_that_sources_show(asker: Asker) -> None:
    rows = rows_of(asker, "who-holds-a-duty", "C")
    found = {row["named"]: row for row in rows}
    for name, day in LAST_SHOWN.items():
        assert found[name]["holds"] == f"unknown, last known to be: {name}, as of {day}"
        assert local_name(found[name]["weakest"]) == "Unknown"
    for name, letter in SHOWN.items():
        assert found[name]["holds"] == name
        assert local_name(found[name]["weakest"]) == "Inferred"
        assert local_name(found[name]["confidence"]) == f"Confidence{letter}"
    committee = "Statistics Committee of the Ministry of National Economy, as of 2015-03-18"
    assert found["Agency of Statistics"]["holds"] == f"unknown, last known to be: {committee}"
    between = "a day from 2013-01-31 to 2014-12-30"
    known_by_the_plan_alone = {name for name, row in found.items() if between in row["holds"]}
    assert {name.partition(" of ")[0] for name in known_by_the_plan_alone} == {
        "Economic Research Institute JSC",
        "Institute",  # of Legislation, of Parliamentarism
        "Public Policy Institute",
    }
    groups = {name for name, row in found.items() if row["holds"] == "unknown"}
    assert len(groups) == 6
    assert len(found) == len(LAST_SHOWN) + len(SHOWN) + 1 + 4 + len(groups) + 1


PAIRS = {
    "1/2/1": ["4/2/2"],  # gatherings and meetings
    "1/2/2": ["4/2/3"],  # monitoring of the budget
    "1/2/3": ["4/2/1"],  # sources of revenue
    "1/3": ["4/2/1", "4/2/2", "4/2/3", "4/3", "4/5/1"],  # these three, and public structures
}
"""Rows of the first stage with those of the second on the same matter."""


def replaced() -> Iterator[tuple[str, str, str, str, str, str]]:
    """Older words, what they ask and of whom, younger words, whom these name, in which place.

    Of the bodies that the second stage no longer names, the Ministry of Culture and Information
    isn't here: others are known to have followed it.
    """
    yield "paragraph-2", "answers first", MRD, "paragraph-4", MNE, "the same"
    yield "paragraph-3", "receives", MRD, "paragraph-4", MNE, "another"
    for older, (younger,) in [(row, PAIRS[row]) for row in ("1/2/1", "1/2/2", "1/2/3")]:
        yield older, "receives", MRD, younger, MNE, "the same"
        yield older, "answers", MEBP, younger, MNE, "another"
        third = MIA if older == "1/2/3" else MRD
        yield older, "answers", third, younger, MNE, "another"
    for younger in PAIRS["1/3"]:
        yield "1/3", "answers first", MRD, younger, MNE, "the same"
        yield "1/3", "answers", MEBP, younger, MNE, "another"
        yield "1/3", "answers", MIA, younger, MNE, "another"
    institutes = ("nur-otan-institute-of-parliamentarism", "nur-otan-public-policy-institute")
    yield "1/3", "by agreement", institutes[0], "4/5/1", institutes[1], "the same"


def test_younger_words_name_the_bodies_that_the_text_puts_in_their_place(asker: Asker) -> None:
    rows = rows_of(asker, "bodies-that-younger-words-replace", "C")
    found = [
        (
            short(row["older"]), row["role"], local_name(row["body"]), short(row["younger"]),
            local_name(row["named"]), row["place"],
        )
        for row in rows
    ]  # fmt: skip
    assert sorted(found) == sorted(replaced())
    assert [place for *_, place in found].count("the same") == 10
    surely = {short(row["older"]) for row in rows if local_name(row["laterBy"]) == "Inferred"}
    assert surely == {"paragraph-2", "paragraph-3"}, "no note tells which rows are younger"


ITEMS = {
    "cabinet-of-akhmetov": "Q96419330", "second-cabinet-of-massimov": "Q16632326",
    "government": "Q21686038", "prime-minister": "Q2416315",
    "first-deputy-prime-minister": "Q96377974", "minister-of-finance": "Q107752295",
    "minister-of-justice": "Q107752344", "minister-of-internal-affairs": "Q107752298",
    "minister-of-national-economy": "Q107752575",
    "minister-of-education-and-science": "Q107752572",
    "minister-of-culture-and-sport": "Q107752585",
    "minister-of-investments-and-development": "Q107752563",
    "head-of-the-presidential-administration": "Q109497247",
    "member-of-the-mazhilis": "Q21328574", "member-of-the-senate": "Q21295141",
}  # fmt: skip
"""All that the sources give: none of a ministry, an institute, a maslikhat or an akim."""


def test_each_body_has_an_item_or_it_is_said_that_none_is_known(asker: Asker) -> None:
    rows = rows_of(asker, "bodies-in-wikidata", "C")
    items = {local_name(row["body"]): row["item"] for row in rows if "item" in row}
    assert items == ITEMS
    said = {local_name(row["body"]): row["status"] for row in rows}
    assert {body for body, status in said.items() if status == "Seen"} == set(ITEMS)
    assert {said[body] for body in said.keys() - ITEMS} == {"Not found"}
    assert {local_name(row["grade"]) for row in rows if row["status"] == "Not found"} == {"Unknown"}
    # An item used of another thing too, or not verified to be the same one, makes no sameness.
    unlike = {local_name(row["body"]) for row in rows if "item" in row and "same" not in row}
    assert unlike == {"government", "minister-of-investments-and-development"}


CHANGES = {
    ("Ministry of Culture and Information", "Ministry of Culture (until 2012)", "2012-01-20", "A"),
    ("Ministry of Regional Development", "Agency for Land Resources Management", "2013-01-16", "A"),
    (
        "Ministry of Regional Development",
        "Agency for Construction, Housing and Utilities",
        "2013-01-16",
        "A",
    ),
    (
        "Ministry of Economy and Budget Planning",
        "Ministry of Economic Development and Trade",
        "2013-01-16",
        "A",
    ),
    (
        "Agency for Communication and Information",
        "Ministry of Culture and Information",
        "2014-03-07",
        "A",
    ),
    ("Ministry of Culture (from 2014)", "Ministry of Culture and Information", "2014-03-07", "A"),
    ("Ministry of Culture and Sports", "", "2014-08-06", "B"),
    (
        "Ministry for Investment and Development",
        "Ministry of Industry and New Technologies",
        "2014-08-06",
        "B",
    ),
}
"""Foundings of ministries and agencies of 2012 to 2014, with what came before, the day and the
confidence, but for the one of two ministries below. None of the Ministry of National Economy.
"""


def test_ministries_came_of_those_that_decrees_and_data_sets_tell(asker: Asker) -> None:
    rows = rows_of(asker, "predecessors-and-successors", "C")
    founded = {
        (row["body"], row.get("other", ""), row["day"], row["confidence"])
        for row in rows
        if row["what"] == "founded; before it" and "2012" <= row.get("day", "") < "2015"
    }
    founded = {row for row in founded if "abinet" not in row[0] and "Healthcare" not in row[0]}
    assert founded == CHANGES
    follow = {(row["body"], row.get("other")) for row in rows if row["what"].startswith("ended")}
    before = {
        body for body, other in follow if other == "Ministry of Healthcare and Social Development"
    }
    assert before == {
        "Ministry of Healthcare (until 2014)",
        "Ministry of Labour and Social Protection (until 2014)",
    }
    bodies = {body for body, _ in follow} | {other for _, other in follow}
    assert not bodies & {"Ministry of National Economy"}
    assert ("Ministry of Regional Development" in {body for body, _ in follow}) is False


def test_places_with_a_code_and_no_akim_are_asked_about(asker: Asker) -> None:
    """Shymkent since 2018, and Baikonur from 2016 to 2020; no source tells of their akims."""
    rows = rows_of(asker, "open-questions", "C")
    found = {local_name(row["about"]) for row in rows if row["kind"] == "Akim of a place"}
    assert found == {"KZ-SHY", "KZ-BAY"}
