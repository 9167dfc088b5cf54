"""What people curate wrongly stops the build, and is told with the file, the line and the rule."""

from pathlib import Path

import pytest

from kg.__main__ import main
from tests.roots import copy_made_up

FACT = """
<fact/{name}> a zh:SourcedFact , prov:Entity ; zh:onDate {day} ; zh:confidence zh:ConfidenceA ;
    dcterms:source "A register" ;
    dcterms:description "It began."@en , "Ол басталды."@kk , "Оно началось."@ru ;
    skos:prefLabel "құрылуы"@kk , "Founding"@en , "курылуы"@ru ; {more} .
"""
MEMBERSHIP = """
<membership/{name}> a zh:GroupMembership ; zh:group <agency/akims> ; zh:member <agency/milky-way> ;
    zh:validFrom "2031-03-15"^^xsd:date .
"""
DAY = '"2031-01-10"^^xsd:date'
CIRCLE = (
    "org:originalOrganization <agency/government> ; org:resultingOrganization <agency/government>"
)


def tell(name: str, more: str, day: str = DAY) -> str:
    """A fact in Turtle."""
    return FACT.format(name=name, day=day, more=more)


UNREADABLE = {
    "literal-well-formed": (
        tell("bad", CIRCLE, '"2031-02-30"^^xsd:date'),
        "«2031-02-30» is no date",
    ),
    "fact-day": (tell("bad", CIRCLE, '"June"'), "«June» is no xsd:date"),
    "act-date": ('<eli/kz/law/2033/9> eli:number "9" .', "eli/kz/law/2033/9 has no day"),
}
"""What can't be read, by the rule that it breaks, with what is said of it."""

WRONG = {
    "succession-circular": tell("a", CIRCLE),
    "fact-organization": tell("b", "org:originalOrganization <agency/nobody>"),
    "fact-decided-by": tell("c", "zh:decidedBy <eli/kz/decree/1999/1>"),
    "fact-before-its-act": tell(
        "d", "zh:decidedBy <eli/kz/decree/2030/3>", '"1990-01-01"^^xsd:date'
    ),
    "ended-before-founded": tell("g", "org:originalOrganization <agency/milky-way>"),
    "memberships-overlap": MEMBERSHIP.format(name="e") + MEMBERSHIP.format(name="f"),
}
"""What can be read but not believed: a cycle, a missing base, an effect or an end too early, an
overlap.
"""


def add_facts(root: Path, *facts: str) -> int:
    """Add ``facts`` to the curated facts; returns the number of the line before them."""
    path = root / "data/facts.ttl"
    eli = "@prefix eli: <http://data.europa.eu/eli/ontology#> .\n"
    text = path.read_text(encoding="utf-8") + eli
    path.write_text(text + "".join(facts), encoding="utf-8")
    return text.count("\n")


def build(root: Path) -> int:
    """Build below ``root``, by the command line; returns its exit code."""
    return main(["build", "--root", str(root), "--build", str(root / "build")])


@pytest.mark.parametrize("rule", UNREADABLE)
def test_what_cannot_be_read_is_refused(
    rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day that the calendar lacks, one that isn't typed, an act without one."""
    root = copy_made_up(tmp_path / "root")
    fact, problem = UNREADABLE[rule]
    before = add_facts(root, fact)
    assert build(root) == 1
    said = capsys.readouterr().err
    line = before + 1 + fact.startswith("\n")
    assert f"data/facts.ttl, line {line}: {problem}" in said
    assert f"(rule: {rule})" in said


def test_what_cannot_be_believed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each problem with the line of its own description, and the graph that was built stays."""
    root = copy_made_up(tmp_path / "root")
    assert build(root) == 0
    kept = (root / "build/kg.nq").read_bytes()
    line = add_facts(root, *WRONG.values())
    assert build(root) == 1
    problems = capsys.readouterr().err.split("\n\n")
    for rule, fact in WRONG.items():
        place = f"data/facts.ttl, line {line + 2}"
        told = [p for p in problems if p.endswith(f"rule: {rule}") or f"rule: {rule}\n" in p]
        assert any(place in problem for problem in told), (rule, place)
        line += fact.count("\n")
    assert (root / "build/kg.nq").read_bytes() == kept
