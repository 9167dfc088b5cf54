"""Curated Turtle becomes plain objects: words, facts, acts; what is broken is named."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from kg.build import Reading
from kg.graph.curated import read_facts, read_vocabulary
from kg.graph.turtle import CuratedError, read_turtle
from kg.history.known import Fact, Facts
from kg.iris import local_name
from kg.namespaces import BASE, RDF
from kg.reading.vocabulary import Vocabulary
from tests.roots import ROOT

NAMED = (ROOT / "data/agencies.ttl").read_text(encoding="utf-8")
PREFIXES = f"""
@base <{BASE}> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix zh: <https://w3id.org/zhospar/ontology#> .
"""


def turtle(statements: str) -> Graph:
    """A graph of some curated statements."""
    return Graph().parse(data=PREFIXES + statements, format="turtle")


def test_forms_are_those_of_the_data(vocabulary: Vocabulary) -> None:
    """Nominatives, genitives, datives and coordinations all come from the curated files."""
    assert len(vocabulary.agencies) >= 50
    assert len(vocabulary.agencies_genitive) >= 9
    assert len(vocabulary.agencies_dative) >= 10
    assert len(vocabulary.agencies_inferred) == 1
    assert set(vocabulary.heads) == {"әкімдері", "қалаларының әкімдері", "атқарушы органдардың"}
    assert len(vocabulary.topics) >= 17
    assert len(vocabulary.acts) >= 13
    assert vocabulary.agencies.file == "data/agencies.ttl"


def test_the_made_up_words_are_its_own(made_up: Reading) -> None:
    """Nothing of the project's own vocabulary is read into another plan."""
    words = read_vocabulary(made_up.curated)
    assert words.agencies.match("АМ") is not None
    assert words.agencies.match("ӨДМ") is None
    assert len(words.months) == 5


def test_one_form_of_two_bodies_is_refused() -> None:
    """An abbreviation that means two things can't be read; the message names both."""
    graph = turtle(
        '<agency/a> a org:Post ; skos:altLabel "ҚМ"@kk . '
        '<agency/b> a org:Post ; skos:altLabel "ҚМ"@kk .'
    )
    with pytest.raises(CuratedError, match=r"data/agencies.ttl: «ҚМ» names both .*/a and .*/b"):
        read_vocabulary(graph)


def test_only_kazakh_forms_are_words_of_the_text() -> None:
    """English and Russian labels are ours, and found in no text."""
    graph = turtle('<agency/a> a org:Post ; skos:prefLabel "ҚМ"@kk , "QM"@en , "КМ"@ru .')
    words = read_vocabulary(graph).agencies
    assert len(words) == 1
    assert words.match("QM") is None


def test_broken_turtle_is_named(tmp_path: Path) -> None:
    """The message begins with the file and the line."""
    path = tmp_path / "agencies.ttl"
    path.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(CuratedError, match=r"agencies\.ttl, line 1: not Turtle \(objectList"):
        read_turtle([path])


def test_a_day_that_the_calendar_lacks_is_named_by_file_and_line(tmp_path: Path) -> None:
    """30 February is no day, and the message says where it stands."""
    path = tmp_path / "facts.ttl"
    day = '"2014-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    path.write_text(f"<a> <b> <c> .\n<a> <d> {day} .\n", encoding="utf-8")
    with pytest.raises(CuratedError, match=r"facts\.ttl, line 2: «2014-02-30» is no date"):
        read_turtle([path])


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    """So is one that isn't there."""
    with pytest.raises(CuratedError, match=r"facts\.ttl: "):
        read_turtle([tmp_path / "facts.ttl"])


@pytest.mark.parametrize("day", ['"2013-02-30"^^xsd:date', '"June"', None])
def test_a_fact_without_a_day_is_refused(day: str | None) -> None:
    """Rules compare days; a fact that has none, or one that no calendar has, is named."""
    dated = f"zh:onDate {day} ; " if day else ""
    graph = Graph()
    graph.parse(
        data=f"{PREFIXES}<fact/x> a zh:SourcedFact ; {dated} "
        "org:resultingOrganization <agency/a> .",
        format="turtle",
    )
    with pytest.raises(CuratedError, match="fact/x: not a day"):
        read_facts(graph)


def test_rules_get_what_holds_of_all_lives_of_a_body() -> None:
    """The first founding with no end before it, and the last end with no founding after it."""
    days = {
        "founded-2010": ("a", "resulting"), "ended-2012": ("a", "original"),
        "founded-2014": ("a", "resulting"), "ended-2011": ("b", "original"),
        "founded-2013": ("b", "resulting"), "founded-2015": ("c", "resulting"),
        "ended-2015": ("c", "original"),
    }  # fmt: skip
    graph = turtle(
        "\n".join(
            f'<fact/{name}> a zh:SourcedFact ; zh:onDate "{name[-4:]}-01-01"^^xsd:date ; '
            f"org:{kind}Organization <agency/{body}> ."
            for name, (body, kind) in days.items()
        )
    )
    facts = read_facts(graph)
    lives = [{b[-1]: fact.day.year for b, fact in f.items()} for f in (facts.founded, facts.ended)]
    assert lives == [{"a": 2010, "c": 2015}, {"c": 2015}]


def test_facts_are_those_of_the_data(facts: Facts) -> None:
    """By what each is about, with its day."""
    assert facts.founded[f"{BASE}agency/ministry-of-culture-and-sport"] == Fact(
        f"{BASE}fact/ministry-of-culture-and-sport-founded", date(2014, 8, 6)
    )
    # Of those that the text names; others ended too, into these or before them.
    ended = {local_name(body) for body in facts.ended if f"<agency/{local_name(body)}>" in NAMED}
    assert ended == {
        "ministry-of-culture-and-information",
        "ministry-of-health-and-social-development",
        "ministry-of-education-and-science",
        "ministry-of-investments-and-development",
        "agency-of-statistics",
    }
    assert len(facts.ended) == 17
    assert set(facts.became) == {f"{BASE}planned-act/law-on-local-self-government"}
    assert set(facts.replaced) == {f"{BASE}term/selo"}
    assert facts.act_days[f"{BASE}eli/kz/law/2013/101-V"] == date(2013, 6, 13)


def test_bounds_of_a_day_stand_for_it() -> None:
    """A fact whose day isn't held has the earliest and the latest; one bound leaves the other open,
    and both together must be days."""
    graph = turtle(
        '<fact/both> a zh:SourcedFact ; zh:earliest "2018-12-01"^^xsd:date ; '
        'zh:latest "2018-12-31"^^xsd:date ; org:originalOrganization <agency/a> . '
        '<fact/late> a zh:SourcedFact ; zh:latest "2018-11-26"^^xsd:date ; '
        "org:originalOrganization <agency/b> ."
    )
    ended = read_facts(graph).ended
    both, late = (ended[f"{BASE}agency/{slug}"] for slug in "ab")
    assert (both.day, both.latest) == (date(2018, 12, 1), date(2018, 12, 31))
    assert (late.day, late.latest) == (date.min, date(2018, 11, 26))


def test_what_facts_tell_of_bodies(facts: Facts) -> None:
    """Who ended, began, gave, took, was renamed or was there, with the confidence of the source."""
    told = {local_name(one.fact.key): one for one in facts.bodies}
    moved = told["budget-planning-transferred"]
    assert set(map(local_name, moved.present)) == {
        "ministry-of-finance",
        "ministry-of-economy-and-budget-planning",
    }
    assert (moved.confidence, moved.ended, moved.founded) == ("A", (), ())
    assert set(map(local_name, told["amanat-renamed"].present)) == {"nur-otan"}
    assert len(facts.memberships) == 15
    assert {one.until for one in facts.memberships} == {date(2018, 11, 26), date(2021, 1, 1)}


def test_nothing_is_claimed_of_bodies_whose_days_nobody_holds(facts: Facts) -> None:
    """No source held says when ҰЭМ was founded, nor when ӨДМ or ЭБЖМ ended."""
    assert f"{BASE}agency/ministry-of-national-economy" not in facts.founded
    assert f"{BASE}agency/ministry-of-regional-development" not in facts.ended
    assert f"{BASE}agency/ministry-of-economy-and-budget-planning" not in facts.ended


def test_nothing_is_described_in_two_files() -> None:
    """What a thing is stands once; another file may add to it, and calls it nothing again."""
    homes: dict[str, list[str]] = {}
    files = sorted((ROOT / "data").glob("*.ttl"))
    assert len(files) == 20
    for file in files:
        for subject in set(read_turtle([file], ROOT).subjects(RDF.type)):
            homes.setdefault(str(subject), []).append(file.name)
    assert {subject: names for subject, names in homes.items() if len(names) > 1} == {}
