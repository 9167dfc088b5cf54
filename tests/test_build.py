"""The whole making: same inputs, same bytes; what is wrong is named, what is right conforms."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.asking.dumps import write_dumps
from kg.build import Making, build, make, read
from kg.graph.quads import to_nquads
from kg.graph.turtle import CuratedError
from kg.reading.source import ReadingError
from tests.conftest import Compare
from tests.roots import ROOT, copy_made_up, copy_project, replace_once, rewrite_source

HASH = """
import hashlib, pathlib, sys
from kg.asking.dumps import write_dumps
from kg.build import make
from kg.graph.quads import to_nquads
folder = pathlib.Path(sys.argv[1])
quads = make(pathlib.Path(), lambda step: None, lambda nquads: write_dumps(nquads, folder)).quads
print(hashlib.sha256(to_nquads(quads).encode()).hexdigest())
"""


def digest(making: Making) -> str:
    """The SHA-256 of a making's N-Quads."""
    return hashlib.sha256(to_nquads(making.quads).encode()).hexdigest()


def test_the_release_is_the_golden_one(making: Making, golden: Compare) -> None:
    """No byte of the whole build changes unnoticed: ``sha256sum kg.nq`` gives this line."""
    golden("kg.nq.sha256", f"{digest(making)}  kg.nq\n")


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_same_inputs_give_the_same_bytes(making: Making, seed: str, tmp_path: Path) -> None:
    """Whatever order Python's sets and dictionaries happen to have.

    The catalogue has the checksums of the files of the release, so these are the same too.
    """
    made = subprocess.run(
        [sys.executable, "-c", HASH, str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert made.stdout.strip() == digest(making)


def test_the_place_of_the_root_is_no_part_of_the_graph(making: Making, tmp_path: Path) -> None:
    """A copy elsewhere gives the same bytes, and no path of this machine stands in them."""
    copied = make(
        copy_project(tmp_path / "elsewhere"),
        lambda step: None,
        lambda nquads: write_dumps(nquads, tmp_path / "dumps"),
    )
    assert digest(copied) == digest(making)
    text = to_nquads(making.quads)
    assert str(ROOT) not in text
    assert str(tmp_path) not in to_nquads(copied.quads)


def test_the_projects_own_graph_conforms(tmp_path: Path, making: Making) -> None:
    """It passes every shape and check; what is written is what was made, and is summed up."""
    steps: list[str] = []
    report = build(
        ROOT,
        tmp_path / "build",
        steps.append,
        publish=lambda nquads: write_dumps(nquads, tmp_path / "dumps"),
    )
    assert report.problems == ()
    assert (tmp_path / "build/kg.nq").read_text(encoding="utf-8") == to_nquads(making.quads)
    summary = json.loads((tmp_path / "build/report.json").read_text(encoding="utf-8"))
    assert (summary["conforms"], summary["problems"]) == (True, [])
    assert summary["release"] == making.release
    assert summary["states"] == ["2013-01-31", "2014-10-27", "2014-12-30"]
    assert summary["quads"] == len(making.quads) == sum(summary["graphs"].values())
    assert steps[0] == "reading the text"
    assert len(steps) == 5


def test_the_made_up_graph_conforms(tmp_path: Path, made_up_root: Path) -> None:
    """Another plan passes the same checks: none of them knows the project's own."""
    report = build(made_up_root, tmp_path / "build", lambda step: None)
    assert report.problems == ()
    summary = json.loads((tmp_path / "build/report.json").read_text(encoding="utf-8"))
    assert summary["states"] == ["2031-03-15", "2032-07-01", "2034-02-15", "2035-11-20"]


def test_what_does_not_conform_is_reported(tmp_path: Path) -> None:
    """A body without an English name: the report says so with its node; both files are there."""
    root = copy_made_up(tmp_path / "root")
    path = root / "data/agencies.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(replace_once(text, '"Milky Way JSC"@en , ', ""), encoding="utf-8")
    report = build(root, tmp_path / "build", lambda step: None)
    assert not report.conforms
    summary = json.loads((tmp_path / "build/report.json").read_text(encoding="utf-8"))
    assert summary["conforms"] is False
    assert "agency/milky-way" in {
        p["focus_node"].partition("zhospar/")[2] for p in summary["problems"]
    }
    assert (tmp_path / "build/kg.nq").exists()


def test_a_row_whose_only_body_is_proved_absent_conforms(tmp_path: Path) -> None:
    """A founding date that takes an item's one body away leaves the measure's, and builds."""
    root = copy_made_up(tmp_path / "root")
    rewrite_source(
        root, lambda text: replace_once(text, "АМ, «Құс жолы» АҚ (к", "«Құс жолы» АҚ (к")
    )
    report = build(root, tmp_path / "build", lambda step: None)
    assert report.problems == ()


@pytest.mark.parametrize("manifests", [0, 2])
def test_one_manifest_is_needed(tmp_path: Path, manifests: int) -> None:
    """With none, or two, nobody knows which text is meant."""
    root = copy_made_up(tmp_path / "root")
    manifest = root / "data/source/made-up.kaz.json"
    if manifests:
        shutil.copyfile(manifest, manifest.with_name("other.json"))
    else:
        manifest.unlink()
    with pytest.raises(CuratedError, match=rf"one manifest \(\*.json\) is needed, {manifests} are"):
        read(root)


INPUTS = (
    "data/agencies.ttl",
    "data/people.ttl",
    "data/places.ttl",
    "data/acts.ttl",
    "data/act-relations.ttl",
    "data/identifiers.ttl",
    "data/outcomes.ttl",
    "data/facts.ttl",
    "data/labels.ttl",
    "data/translations.ttl",
    "data/glossary.ttl",
    "data/anomalies.ttl",
    "data/institutions.ttl",
    "data/bodies.ttl",
    "data/other-bodies.ttl",
    "data/memberships.ttl",
    "data/wikidata.ttl",
    "data/questions.ttl",
    "data/catalogue.ttl",
    "data/origins.ttl",
    "ontology/concepts.ttl",
    "ontology/questions.ttl",
    "ontology/links.ttl",
    "ontology/rules.ttl",
    "ontology/detectors.ttl",
    "ontology/zhospar.ttl",
    "ontology/alignments.ttl",
)


@pytest.mark.parametrize("name", INPUTS)
def test_a_broken_input_is_named(tmp_path: Path, name: str) -> None:
    """Turtle that can't be read stops the build with the file's name."""
    root = copy_made_up(tmp_path / "root")
    (root / name).write_text("<a> <b> <c>", encoding="utf-8")
    with pytest.raises(CuratedError, match=name):
        make(root, lambda step: None)


def test_inputs_are_counted() -> None:
    """Every Turtle file that a build reads is broken once above."""
    files = {
        str(p.relative_to(ROOT)) for d in ("data", "ontology") for p in (ROOT / d).glob("*.ttl")
    }
    assert files == set(INPUTS)


def test_an_amendment_older_than_the_act_stops_the_build(tmp_path: Path) -> None:
    """A slip in a note's year is named by its line, its words and the rule that it breaks."""
    root = copy_made_up(tmp_path / "root")
    rewrite_source(root, lambda text: replace_once(text, "20.11.2035", "20.11.2025"))
    with pytest.raises(ReadingError, match=r"line 80: .*«20\.11\.2025 № 77»\. .*\(rule: R12\)"):
        make(root, lambda step: None)


def test_a_fact_added_changes_the_graph_by_itself(tmp_path: Path, making: Making) -> None:
    """Without the fact that the law was passed, 1.4 moves from the state's graph to possible."""
    root = copy_project(tmp_path / "root")
    path = root / "data/facts.ttl"
    kept = path.read_text(encoding="utf-8").replace("zh:plannedAct", "dcterms:relation")
    path.write_text(kept, encoding="utf-8")
    row = "<https://w3id.org/zhospar/eli/kz/resolution/2013/78/plan/section-1/measure-4> "
    places = []
    for made in (making, make(root, lambda step: None)):
        lines = [line for line in to_nquads(made.quads).splitlines() if line.startswith(row)]
        states = [
            line.rpartition("@2013-01-31/")[2] for line in lines if "@2013-01-31/" in line[-30:]
        ]
        places.append({state.rstrip("> .") for state in states})
    assert places == [{"graph"}, {"possible"}]


DEADLINE_LINES = (104, 185, 194, 203, 212, 243, 342, 391)
"""Lines with a deadline whose words are also those of an anomaly that people wrote down."""


@pytest.mark.parametrize("line", DEADLINE_LINES)
def test_another_month_changes_its_cell_whatever_is_said_of_the_old_one(
    tmp_path: Path, line: int
) -> None:
    """Another month or quarter is read as it stands; what was odd in the old one is told."""
    root = copy_project(tmp_path / "root")
    changes = {"тоқсан": ("1-", "2-"), "ақпан": ("ақпан", "сәуір"), "наурыз": ("наурыз", "мамыр")}
    changes |= {"қараша": ("қараша", "желтоқсан"), "шілде": ("шілде", "тамыз")}

    def later(text: str) -> str:
        lines = text.split("\n")
        near = next(i for i in (line - 1, line, line + 1) if any(w in lines[i] for w in changes))
        word = next(word for word in reversed(changes) if word in lines[near])
        lines[near] = lines[near].replace(*changes[word])
        return "\n".join(lines)

    rewrite_source(root, later)
    made = make(root, lambda step: None)
    assert all("left out" in sentence for sentence in made.left_out)


def test_one_act_with_two_days_of_effect_is_built(tmp_path: Path) -> None:
    """A clause on one note's effect makes a state of its own between those of the other notes."""
    root = copy_project(tmp_path / "root")
    old = "4-тармақ жаңа редакцияда - ҚР Үкіметінің 27.10.2014 № 1139 қаулысымен"
    new = old.replace("№ 1139", "№ 1139 (01.12.2014 бастап қолданысқа енгізіледі)")
    rewrite_source(root, lambda text: replace_once(text, old, new))
    target = tmp_path / "build"
    report = build(root, target, lambda step: None)
    assert report.conforms, str(report)
    told = json.loads((target / "report.json").read_text(encoding="utf-8"))
    assert told["states"] == ["2013-01-31", "2014-10-27", "2014-12-01", "2014-12-30"]
