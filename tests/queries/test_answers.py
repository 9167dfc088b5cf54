"""Answers counted by hand in the official text, whatever the graph says."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.asking.query import Asker, Question
from kg.asking.rows import read_rows
from kg.asking.store import KnowledgeGraph
from kg.build import make
from kg.graph.quads import to_nquads
from kg.iris import local_name
from tests.queries.kept import ALL_FORMATS, DAYS, QUERIES, ask, rows_of
from tests.roots import copy_project

SECTION = "https://w3id.org/zhospar/eli/kz/resolution/2013/78/plan/section-"


def count_measures(asker: Asker, state: str, *, possible: bool) -> dict[str, int]:
    rows = rows_of(asker, "how-many-measures", state, possible=possible)
    return {local_name(row["existence"]): int(row["measures"]) for row in rows}


@pytest.mark.parametrize(
    ("state", "possible", "expected"),
    [
        ("A", False, {"Inferred": 9}),
        ("A", True, {"Inferred": 9}),
        ("B", False, {"Inferred": 11}),
        ("B", True, {"Inferred": 11, "Unknown": 20}),
        ("C", False, {"Stated": 31}),
        ("C", True, {"Stated": 31}),
    ],
)
def test_measures_are_counted_by_grade(
    asker: Asker, state: str, possible: bool, expected: dict[str, int]
) -> None:
    assert count_measures(asker, state, possible=possible) == expected


def test_the_two_measures_of_the_second_stage_that_are_proved_in_the_second_state(
    asker: Asker,
) -> None:
    measures = {row["measure"] for row in rows_of(asker, "measures-and-grades", "B")}
    second = {measure for measure in measures if measure.startswith(f"{SECTION}4/")}
    assert second == {f"{SECTION}4/measure-3", f"{SECTION}4/measure-5"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("A", {2013: 12}),
        ("B", {2013: 12, 2014: 2}),
        ("C", {2013: 12, 2014: 2, 2015: 4, 2016: 2, 2017: 1, 2018: 3, 2019: 3}),
    ],
)
def test_deadlines_are_counted_by_year(asker: Asker, state: str, expected: dict[int, int]) -> None:
    rows = rows_of(asker, "deadlines-by-year", state)
    assert {int(row["year"]): int(row["rows"]) for row in rows} == expected


def test_expenditure_is_counted_by_kind(asker: Asker) -> None:
    rows = rows_of(asker, "funding-by-type", "C")
    assert {local_name(row["type"]): int(row["rows"]) for row in rows} == {
        "not-required": 29,
        "local-budget": 3,
        "budget-per-provision": 1,
        "non-governmental-funds": 1,
        "state-information-order": 1,
    }


def test_results_are_counted_by_kind(asker: Asker) -> None:
    rows = rows_of(asker, "outputs-by-type", "C")
    counts = {local_name(row["type"]): int(row["outputs"]) for row in rows}
    assert sum(counts.values()) == 34  # one for each measure, three for 5.1, two for 5.2
    assert (counts["analytical-note"], counts["information"], counts["seminars"]) == (9, 7, 3)
    assert len(counts) == 14


def test_bodies_are_counted_by_rows(asker: Asker) -> None:
    rows = rows_of(asker, "responsibilities-by-agency", "C")
    counts = {local_name(row["agency"]): int(row["rows"]) for row in rows}
    assert counts["ministry-of-national-economy"] == 22  # all of sections 4 and 5
    assert counts["ministry-of-finance"] == 17
    assert counts["agency-of-statistics"] == 1
    agreed = {local_name(row["agency"]): int(row["byAgreement"]) for row in rows}
    assert agreed["central-election-commission"] == counts["central-election-commission"] == 6
    assert agreed["ministry-of-finance"] == 0


def test_the_national_economy_is_responsible_from_the_second_state_on(asker: Asker) -> None:
    answers = {state: ask(asker, "is-a-body-responsible", state).as_bytes() for state in DAYS}
    assert b"false" in answers["A"]
    assert b"true" in answers["B"]
    assert b"true" in answers["C"]


def test_items_have_their_measures_bodies_where_they_state_none(asker: Asker) -> None:
    rows = rows_of(asker, "responsibilities-of-items", "C")
    counts = [(local_name(row["measure"]), int(row["responsibilities"])) for row in rows]
    assert [count for _, count in counts] == [8, 5, 4, 2, 3, 5, 5, 5, 8, 8, 8, 8]
    assert Counter(row["own"] for row in rows) == {"true": 5, "false": 7}


def test_what_is_lost_is_lost_in_the_first_state_only(asker: Asker) -> None:
    lost = {
        (row["provision"].partition("/78/")[2], row["what"])
        for row in rows_of(asker, "what-is-lost", "A")
    }
    assert lost == {
        ("paragraph-4", "words"),
        ("paragraph-5", "words"),
        ("plan/section-3", "parts"),
        ("plan/stage-2", "words"),
        ("plan/stage-2", "parts"),
    }
    assert rows_of(asker, "what-is-lost", "B") == []
    assert rows_of(asker, "what-is-lost", "C") == []


def test_the_reworded_paragraphs_start_by_inference(asker: Asker) -> None:
    starts = {
        local_name(row["version"]): (row["from"], local_name(row["grade"]), local_name(row["rule"]))
        for row in rows_of(asker, "starts-of-versions", "C")
    }
    expected = ("2014-10-27", "Inferred", "R12")
    assert starts["paragraph-4@2014-10-27"] == starts["paragraph-5@2014-10-27"] == expected


def test_absence_is_proved_where_facts_prove_it(asker: Asker) -> None:
    proved = {
        (row["subject"].partition("/78/plan/")[2], local_name(row["facet"]))
        for row in rows_of(asker, "absent-by-proof", "C")
    }
    assert proved == {
        ("section-4/measure-2@2014-10-27", "WordsFacet"),
        ("section-4/measure-11@2014-10-27/responsibility-2", "ExistenceFacet"),
        ("section-4/measure-11@2014-10-27/responsibility-3", "ExistenceFacet"),
        ("section-5/measure-1@2014-10-27/responsibility-2", "ExistenceFacet"),
        ("section-5/measure-2@2014-10-27/responsibility-2", "ExistenceFacet"),
        ("section-5/measure-4@2014-10-27/responsibility-2", "ExistenceFacet"),
        ("section-5/measure-6@2014-10-27/responsibility-2", "ExistenceFacet"),
    }


def test_a_measure_leads_to_its_words(asker: Asker) -> None:
    rows = rows_of(asker, "cite-a-measure", "C")
    quotes = {(int(row["line"]), row["quote"]) for row in rows}
    assert (76, "1.") in quotes
    assert (78, "ӨДМ-нің бұйрығы") in quotes
    text = (
        "Қазақстан Республикасында жергілікті өзін-өзі басқаруды дамыту тұжырымдамасын "
        "іске асыру жөніндегі жұмыс тобын құру"
    )
    assert (77, text) in quotes


def test_the_history_and_the_state_agree_on_a_day(asker: Asker) -> None:
    history = {row["measure"] for row in rows_of(asker, "versions-on-a-day", "C")}
    state = {row["measure"] for row in rows_of(asker, "measures-and-grades", "B", possible=True)}
    assert history == state


@pytest.mark.parametrize("day", [date(2020, 12, 31), date(2021, 1, 1), date(2040, 1, 1)])
def test_after_the_plans_last_year_the_last_known_text_answers(asker: Asker, day: date) -> None:
    """R13: the text of the last state, its force unknown; the state names the rule."""
    text = QUERIES["states-and-their-bounds"].text
    answer = asker.ask(Question(text, day), ALL_FORMATS)
    assert answer.state is not None
    assert (answer.state.valid_from, answer.state.valid_until) == (date(2014, 12, 30), None)
    counted = asker.ask(Question(QUERIES["how-many-measures"].text, day), ALL_FORMATS)
    assert read_rows(counted, 9).rows == read_rows(ask(asker, "how-many-measures", "C"), 9).rows
    rules = [row.get("openBy", "") for row in rows_of(asker, "states-and-their-bounds", "C")]
    assert list(map(local_name, rules)) == ["", "", "R13"]


FOUNDED = """
<fact/ministry-of-national-economy-founded> a zh:SourcedFact , org:ChangeEvent ;
    skos:prefLabel "құрылуы"@kk , "Founding"@en , "Образование"@ru ;
    dcterms:description "The Ministry of National Economy was founded."@en ,
        "Ұлттық экономика министрлігі құрылды."@kk ,
        "Образовано Министерство национальной экономики."@ru ;
    zh:onDate "2014-08-06"^^xsd:date ;
    org:resultingOrganization <agency/ministry-of-national-economy> ;
    zh:confidence zh:ConfidenceB ;
    dcterms:source "A source, for trial" .
"""
ENDED = FOUNDED.replace("resulting", "original").replace("-founded", "-ended")


def _ask_with_facts(
    root: Path, change: Callable[[str], str], file: str = "data/facts.ttl"
) -> Asker:
    """One who answers from the project's own files below ``root``, with other facts."""
    copy_project(root)
    facts = root / file
    text = facts.read_text(encoding="utf-8")
    assert change(text) != text
    facts.write_text(change(text), encoding="utf-8")
    return Asker(KnowledgeGraph(to_nquads(make(root, lambda step: None).quads).encode()))


def _count_proved_absent(asker: Asker) -> Counter[str]:
    """How many things are inferred not to have been there in the first state, by rule."""
    first = "eli/kz/resolution/2013/78@2013-01-31"
    rows = rows_of(asker, "absent-by-proof", "A")
    return Counter(row["rule"] for row in rows if row["state"].endswith(first))


def test_grades_rise_when_a_founding_is_added(asker: Asker, tmp_path: Path) -> None:
    """By a file, with no code touched: 22 cells name the Ministry of National Economy (R5)."""
    richer = _ask_with_facts(tmp_path / "root", lambda facts: facts + FOUNDED)
    r5, r7 = "Body not before its founding", "Cited act not before its day"
    assert _count_proved_absent(asker) == {r5: 6, r7: 1}
    assert _count_proved_absent(richer) == {r5: 28, r7: 1}


def test_grades_fall_when_a_founding_is_taken_away(asker: Asker, tmp_path: Path) -> None:
    """Four cells name the Ministry for Investment and Development, founded after the plan."""

    def without(facts: str) -> str:
        before, _, rest = facts.partition("<fact/ministry-of-investments-and-development-founded>")
        return before + rest[rest.index("\n<") + 1 :]

    poorer = _ask_with_facts(tmp_path / "root", without, "data/bodies.ttl")
    difference = _count_proved_absent(asker) - _count_proved_absent(poorer)
    assert difference == {"Body not before its founding": 4}


def test_no_rule_uses_a_body_that_ended_before_it_was_founded(asker: Asker, tmp_path: Path) -> None:
    """Two facts that can't both be so prove nothing: neither absence (R5) nor age (R6)."""
    early = ENDED.replace("2014-08-06", "2010-01-01")
    confused = _ask_with_facts(tmp_path / "root", lambda facts: facts + FOUNDED + early)
    assert _count_proved_absent(confused) == _count_proved_absent(asker)
    assert _count_inferred_bodies(confused) == _count_inferred_bodies(asker)


def test_grades_fall_when_a_fact_is_taken_away(asker: Asker, tmp_path: Path) -> None:
    """That the Ministry of Culture and Information had ended proves two responsibilities (R6)."""

    def without(facts: str) -> str:
        before, _, rest = facts.partition("<fact/ministry-of-culture-and-information-ended>")
        return before + rest[rest.index("\n<") + 1 :]

    poorer = _ask_with_facts(tmp_path / "root", without, "data/bodies.ttl")
    assert _count_inferred_bodies(asker) - _count_inferred_bodies(poorer) == 2


def _count_inferred_bodies(asker: Asker) -> int:
    rows = rows_of(asker, "certainty-of-cells", "A")
    kind = ("Responsibility", "Inferred")
    found = [row for row in rows if (local_name(row["cell"]), local_name(row["grade"])) == kind]
    return sum(int(row["cells"]) for row in found)
