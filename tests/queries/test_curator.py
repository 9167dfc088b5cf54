"""A curator finds the act that nobody holds and adds it: what changes then, and what doesn't."""

import re
from collections import Counter
from datetime import date

import pytest

from kg.asking.query import Asker, Question
from kg.asking.rows import read_rows
from kg.asking.store import KnowledgeGraph
from kg.build import make
from kg.graph.quads import to_nquads
from kg.iris import local_name
from tests.queries.kept import ALL_FORMATS, QUERIES, rows_of
from tests.roots import copy_project

FOUND = """
<fact/ministry-of-regional-development-ended> a zh:SourcedFact , org:ChangeEvent ;
    skos:prefLabel "аяқталуы"@kk , "End of a ministry"@en , "Упразднение"@ru ;
    dcterms:description "The Ministry of National Economy took that ministry's place."@en ,
        "Ол министрліктің орнына Ұлттық экономика министрлігі келді."@kk ,
        "На смену этому министерству пришло Министерство национальной экономики."@ru ;
    zh:onDate "2014-08-20"^^xsd:date ;
    org:originalOrganization <agency/ministry-of-regional-development> ;
    org:resultingOrganization <agency/ministry-of-national-economy> ;
    zh:confidence zh:ConfidenceA ;
    dcterms:source "A source, for trial" .
"""


@pytest.fixture(scope="module")
def richer(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """One who answers from the project's own files with the fact in data/facts.ttl."""
    root = copy_project(tmp_path_factory.mktemp("curator") / "root")
    facts = root / "data/facts.ttl"
    facts.write_text(facts.read_text(encoding="utf-8") + FOUND, encoding="utf-8")
    return Asker(KnowledgeGraph(to_nquads(make(root, lambda step: None).quads).encode()))


def ask_on(asker: Asker, name: str, day: date) -> Counter[tuple[str, ...]]:
    """The rows of a question whose day is a constant, for another day."""
    text, changed = re.subn(r'"\d{4}-\d\d-\d\d"\^\^', f'"{day}"^^', QUERIES[name].text)
    assert changed == 1
    found = read_rows(asker.ask(Question(text, day), ALL_FORMATS), 10_000)
    assert found.rows
    return Counter(tuple(local_name(c["value"]) if c else "" for c in row) for row in found.rows)


def test_paragraph_2_is_answered_by_the_successor(asker: Asker, richer: Asker) -> None:
    """Unknown before, Inferred now; paragraph 3's groups are as they were."""
    name, day = "who-answers-for-paragraphs-2-and-3", date(2015, 1, 1)
    before, after = ask_on(asker, name, day), ask_on(richer, name, day)
    gone, come = before - after, after - before
    assert {(row[2], row[7], row[9]) for row in gone} == {
        ("answers", "Unknown", "Unknown"),
        ("is informed", "Unknown", "Unknown"),
    }
    assert {(row[2], row[5], row[7], row[8], row[9]) for row in come} == {
        ("answers", "Ministry of National Economy", "Inferred", "ConfidenceB", "Inferred"),
        ("is informed", "Ministry of National Economy", "Inferred", "ConfidenceB", "Inferred"),
    }
    assert sum(gone.values()) == sum(come.values()) == 2


def test_a_better_source_of_the_end_makes_the_days_before_it_surer(
    asker: Asker, richer: Asker
) -> None:
    """In the summer of 2013 a page told of the ministry; now an act does, and B is A."""
    name, day = "who-answers-for-paragraphs-2-and-3", date(2013, 6, 1)
    before, after = ask_on(asker, name, day), ask_on(richer, name, day)
    gone, come = before - after, after - before
    assert {row[8] for row in gone} == {"ConfidenceB"}
    assert Counter((*row[:8], "ConfidenceA", *row[9:]) for row in gone) == come


def test_answers_stop_where_the_successor_is_last_shown(richer: Asker) -> None:
    """The chain is no longer than its sources: an order of 18 March 2015 is the last."""
    rows = ask_on(richer, "who-answers-for-paragraphs-2-and-3", date(2015, 6, 1))
    told = "unknown, last known to be: Ministry of National Economy, as of 2015-03-18"
    assert {row[5] for row in rows if row[0] == "2."} == {told}


def test_cells_of_the_first_state_are_proved_absent_or_old(asker: Asker, richer: Asker) -> None:
    """R5 on the 22 cells that name the younger body, R6 on the 7 that name the older one."""
    rule = "Body not before its founding"
    absent = [
        Counter(row["rule"] for row in rows_of(one, "absent-by-proof", "A"))
        for one in (asker, richer)
    ]
    assert absent[1] - absent[0] == {rule: 22}
    assert absent[0] - absent[1] == {}

    def inferred(one: Asker, state: str) -> int:
        rows = rows_of(one, "certainty-of-cells", state)
        kind = ("Responsibility", "Inferred")
        found = [r for r in rows if (local_name(r["cell"]), local_name(r["grade"])) == kind]
        return sum(int(row["cells"]) for row in found)

    assert inferred(richer, "A") - inferred(asker, "A") == 7
    assert inferred(richer, "B") - inferred(asker, "B") == 7
    assert inferred(richer, "C") == inferred(asker, "C") == 0


def test_the_questions_that_it_settles_are_asked_no_more(asker: Asker, richer: Asker) -> None:
    """When the one was founded and what became of the other; no other question goes or comes."""
    asked = [
        {(row["kind"], local_name(row["about"])) for row in rows_of(one, "open-questions", "A")}
        for one in (asker, richer)
    ]
    assert asked[0] - asked[1] == {
        ("Founding of a body", "ministry-of-national-economy"),
        ("Later fate of a body", "ministry-of-regional-development"),
    }
    assert asked[1] - asked[0] == set()


@pytest.mark.parametrize("day", [date(2013, 1, 31), date(2014, 10, 26), date(2014, 10, 27)])
def test_the_state_of_the_day_asks(asker: Asker, day: date) -> None:
    """One constant picks the state and the holders: paragraph 4 asks from its rewording on."""
    rows = ask_on(asker, "who-holds-a-duty", day)
    asks = {row[0] for row in rows}
    assert ("paragraph-4" in asks) == (day >= date(2014, 10, 27))
    holds = {row[2]: (row[4], row[6]) for row in rows if row[0] == "paragraph-2"}
    if day == date(2013, 1, 31):
        assert holds == {"Ministry of Regional Development": ("Inferred", "Inferred")}
    else:
        told = "unknown, last known to be: Ministry of Regional Development, as of 2013-11-01"
        assert holds == {told: ("Unknown", "Unknown")}
