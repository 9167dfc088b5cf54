"""Curated files that lead round in a circle are refused as they are read, by file, line and rule.

What follows a part to its whole would never end otherwise, long before a shape could find it.
"""

from pathlib import Path

import pytest
from rdflib import Graph

from kg.__main__ import main
from kg.build import CURATED, Reading
from kg.graph.turtle import CuratedError, read_turtle
from kg.history.known import Facts
from kg.history.references import resolve_references
from kg.namespaces import BASE
from tests.roots import ROOT, copy_project

DECREE, CONCEPT = "eli/kz/decree/2012/438", "eli/kz/decree/2012/438/concept"
CIRCULAR = "is part of itself; correct it (rule: whole-circular)"
TWICE = "correct it (rule: whole-once)"

CASES = {
    "a circle": (
        "data/acts.ttl",
        f"<{DECREE}> eli:is_part_of <{CONCEPT}> .",
        f"by this, {DECREE} {CIRCULAR}",
    ),
    "a circle of one": (
        "data/acts.ttl",
        "<eli/kz/law/2001/148> eli:is_part_of <eli/kz/law/2001/148> .",
        f"by this, eli/kz/law/2001/148 {CIRCULAR}",
    ),
    "a circle in whole addresses": (
        "data/acts.ttl",
        f"<{BASE}{DECREE}>\n    eli:is_part_of <{BASE}{CONCEPT}> .",
        f"by this, {DECREE} {CIRCULAR}",
    ),
    "a circle of three, over several files": (
        "data/facts.ttl",
        f"@prefix eli: <http://data.europa.eu/eli/ontology#> .\n"
        f"<{DECREE}> eli:is_part_of <{CONCEPT}/stage-1> .",
        f"by this, {DECREE} {CIRCULAR}",
    ),
    "a circle of places": (
        "data/places.ttl",
        "<place/KZ> dcterms:isPartOf <place/KZ-AKM> .",
        f"by this, place/KZ {CIRCULAR}",
    ),
    "a circle of concepts": (
        "ontology/concepts.ttl",
        "<concept/topic/a> skos:broader <concept/topic/b> .\n"
        "<concept/topic/b> skos:broader <concept/topic/a> .",
        f"by this, concept/topic/b {CIRCULAR}",
    ),
    "two wholes": (
        "data/acts.ttl",
        f"<{CONCEPT}> eli:is_part_of <eli/kz/decree/2013/555> .",
        f"{CONCEPT} is part of {DECREE} and of eli/kz/decree/2013/555; {TWICE}",
    ),
    "two wholes in one statement": (
        "data/places.ttl",
        "<place/x> dcterms:isPartOf <place/KZ-AKM> , <place/KZ> .",
        f"place/x is part of place/KZ and of place/KZ-AKM; {TWICE}",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_leads_round_in_a_circle_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the project's own files: exit code 1, the last line added named, and nothing written."""
    file, statements, problem = CASES[name]
    root = copy_project(tmp_path / "root")
    text = (root / file).read_text(encoding="utf-8") + statements + "\n"
    (root / file).write_text(text, encoding="utf-8")
    assert main(["build", "--root", str(root), "--build", str(tmp_path / "build")]) == 1
    assert f"{file}, line {text.count(chr(10))}: {problem}" in capsys.readouterr().err
    assert not (tmp_path / "build").exists()


def test_what_is_curated_has_wholes() -> None:
    """The project's own files have parts, of acts and of places, and none is refused."""
    graph = read_turtle((ROOT / name for name in CURATED), ROOT)
    wholes = graph.query("""
        PREFIX eli: <http://data.europa.eu/eli/ontology#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?part WHERE { ?part eli:is_part_of|dcterms:isPartOf ?whole }""")
    assert len(wholes) == 21


def test_references_end_where_facts_lead_round(reading: Reading, facts: Facts) -> None:
    """Facts that no file gave may still be circular: each reference is followed once around."""
    circle = {BASE + DECREE: BASE + CONCEPT, BASE + CONCEPT: BASE + DECREE}
    plain = resolve_references(reading.plan, facts)
    found = resolve_references(reading.plan, Facts(wholes=circle, act_days=facts.act_days))
    assert len(found) == len(plain)


def test_files_are_named_as_seen_from_the_root(tmp_path: Path) -> None:
    """A broken value and broken Turtle alike; without a root, by the whole path."""
    path = tmp_path / "data/facts.ttl"
    path.parent.mkdir()
    path.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(CuratedError, match=r"^data/facts\.ttl, line 1: not Turtle"):
        read_turtle([path], tmp_path)
    with pytest.raises(CuratedError, match=rf"^{path}, line 1: not Turtle"):
        read_turtle([path])
    with pytest.raises(CuratedError, match=r"^data/none\.ttl: it can't be read: No such file"):
        read_turtle([tmp_path / "data/none.ttl"], tmp_path)
    path.write_text('<a> <b> "x"^^<http://www.w3.org/2001/XMLSchema#date> .', encoding="utf-8")
    with pytest.raises(CuratedError, match=r"^data/facts\.ttl, line 1: «x» is no date; .*rule: "):
        read_turtle([path], tmp_path)
    path.write_text("", encoding="utf-8")
    assert isinstance(read_turtle([path], tmp_path), Graph)
