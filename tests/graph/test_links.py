"""What people curate of the world outside the text: what the build adds to it, by which rules."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from kg.__main__ import main
from kg.build import Making
from kg.iris import graph_iri, local_name
from kg.namespaces import BASE, ELI, OWL, RDF, SKOS, ZH
from tests.graph.making import Triple, triples, values
from tests.roots import ROOT, copy_made_up, replace_once

ACT = f"{BASE}eli/kz/resolution/2013/78"
RULE = f"{BASE}rule/"


@pytest.fixture(scope="module")
def reference(making: Making) -> set[Triple]:
    """The reference graph."""
    return triples(making, graph_iri("reference"))


def by_rule(reference: set[Triple], rule: str, kind: URIRef) -> set[str]:
    """The things of a class that a rule is named for."""
    typed = {s for s, p, o in reference if p == RDF.type and o == kind}
    named = {s for s, p, o in reference if p == ZH.byRule and str(o) == RULE + rule}
    return {str(s) for s in typed & named}


@pytest.mark.rule("R36", "holds", "silent")
def test_r36_links_what_no_source_links(reference: set[Triple]) -> None:
    """It is named where no source names the measure, and never where one does."""
    inferred = by_rule(reference, "R36", ZH.ReportedOutcome)
    assert {local_name(iri) for iri in inferred} == {
        "model-list-of-property-approved",
        "elections-held-as-told-on-2013-08-12",
        "elections-held-as-told-on-2013-09-26",
        "direct-elections-of-rural-akims",
        "pilot-elections-of-akims-of-districts",
        "draft-concept-until-2025-presented",
    }
    for told in ("working-group-set-up", "law-101-V-adopted"):
        assert values(reference, f"{BASE}outcome/{told}", ZH.byRule) == []
        assert values(reference, f"{BASE}outcome/{told}", ZH.grade) == []


@pytest.mark.rule("R29", "collides", "R36")
def test_r29_is_named_where_the_text_foresees_the_act(reference: set[Triple]) -> None:
    """An outcome that is the candidate of a planned act names R29, and not R36."""
    candidates = {o for s, p, o in reference if p == ZH.mayHaveBecome}
    outcomes = [s for s, p, o in reference if p == ZH.reportedAct and o in candidates]
    assert len(outcomes) == 3
    assert {rule for s in outcomes for rule in values(reference, str(s), ZH.byRule)} == {"R29"}


@pytest.mark.rule("R37", "holds", "silent")
def test_r37_is_named_where_an_identifier_was_built(reference: set[Triple]) -> None:
    """Nine were built by the pattern; one that was seen is no inference."""
    built = by_rule(reference, "R37", ZH.Identifier)
    notations = {value for iri in built for value in values(reference, iri, SKOS.notation)}
    assert notations == {
        *("P1300000078", "Z1300000101", "P1400000148", "P1400001139", "P1400001401"),
        *("Z1700000090", "U1200000226", "U1300000466", "U1400000761"),
    }
    seen = f"{BASE}identifier/eli/kz/decree/2013/555/adilet"
    assert values(reference, seen, ZH.byRule) == []
    assert values(reference, seen, ZH.identifierStatus) == ["seen"]


@pytest.mark.rule("R23", "collides", "R37")
def test_r23_knows_an_act_whatever_its_identifier(reference: set[Triple]) -> None:
    """An act whose identifier was only built is cited by its day and number all the same."""
    law = f"{BASE}eli/kz/law/2013/101-V"
    built = f"{BASE}identifier/eli/kz/law/2013/101-V/adilet"
    assert values(reference, built, ZH.identifierStatus) == ["built-by-pattern"]
    assert values(reference, law, ELI.number) == ["101-V"]
    assert (URIRef(law), OWL.sameAs) not in {(s, p) for s, p, _ in reference}


def test_the_status_of_an_identifier_is_data(reference: set[Triple]) -> None:
    """Seen, built or not found: each has its count, and no note says it instead."""
    counts = Counter(local_name(str(o)) for _, p, o in reference if p == ZH.identifierStatus)
    assert counts == {"seen": 127, "built-by-pattern": 9, "not-found": 79}
    notes = [str(o) for _, p, o in reference if p == SKOS.note]
    assert [note for note in notes if "adilet identifier" in note] == []


def test_things_are_the_same_as_their_items_and_codes_as_codes(reference: set[Triple]) -> None:
    """A place leads to its item and its region; its code, and not the place, to the code."""
    place = f"{BASE}place/KZ-KUS"
    assert values(reference, place, OWL.sameAs) == ["KostanayskayaOblast", "Q485605"]
    code = f"{BASE}identifier/place/KZ-KUS/iso-3166-2/KZ-KUS"
    assert values(reference, code, OWL.sameAs) == ["KZ-KUS"]


def test_only_what_a_source_tells_is_stated_in_short(reference: set[Triple]) -> None:
    """A repeal that is sourced is an eli:repeals; an inferred execution is not stated."""
    short = {(p, local_name(str(s)), local_name(str(o))) for s, p, o in reference}
    eli = "http://data.europa.eu/eli/ontology#"
    assert {(s, o) for p, s, o in short if str(p) == f"{eli}repeals"} == {
        ("559", "555"),
        ("550", "148"),
    }
    assert {(s, o) for p, s, o in short if str(p) == f"{eli}ensures_implementation_of"} == {
        ("338", "measure-1"),
        ("101-V", "measure-2"),
        ("101-V", "measure-3"),
    }


def test_links_have_names_in_three_languages(reference: set[Triple]) -> None:
    """Those that people gave none are named by what they speak of."""
    kinds = (ZH.Identifier, ZH.ActRelation, ZH.CandidateAct, ZH.ReportedFigure, ZH.ReportedOutcome)
    links = {s for s, p, o in reference if p == RDF.type and o in kinds}
    assert len(links) > 180
    for link in links:
        labels = [o for s, p, o in reference if s == link and p == SKOS.prefLabel]
        assert sorted(str(getattr(label, "language", "")) for label in labels) == ["en", "kk", "ru"]
        assert all(str(label).strip(": ") for label in labels)


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("outcomes", "section-1/measure-1>", "section-9/measure-1>", "outcome-of"),
        ("act-relations", "zh:relatedTo <eli/kz/decree/2030/3>",
         "zh:relatedTo <eli/kz/decree/2030/4>", "relation-target-known"),
        ("identifiers", "zh:identifies <place/moon>", "zh:identifies <place/mars>",
         "identifier-of-known"),
    ],
)  # fmt: skip
def test_a_link_into_nothing_stops_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, rule: str
) -> None:
    """It is told with the file, the line of the description and the rule."""
    root = copy_made_up(tmp_path / "root")
    path = root / f"data/{file}.ttl"
    text = replace_once(path.read_text(encoding="utf-8"), old, new)
    path.write_text(text, encoding="utf-8")
    assert main(["build", "--root", str(root), "--build", str(root / "build")]) == 1
    said = capsys.readouterr().err
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("<"))
    assert f"data/{file}.ttl, line {line}" in said
    assert f"rule: {rule}" in said


def test_every_curated_outcome_is_in_the_graph(reference: set[Triple]) -> None:
    """Nothing of data/outcomes.ttl is left out."""
    curated = Graph().parse(ROOT / "data/outcomes.ttl")
    outcomes = set(curated.subjects(RDF.type, ZH.ReportedOutcome))
    assert len(outcomes) == 11
    assert {s for s, p, o in reference if p == RDF.type and o == ZH.ReportedOutcome} == outcomes
