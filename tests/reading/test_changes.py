"""The reading follows the text: what is changed in a copy changes in its rows, and nowhere else."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.build import Making, make, read
from kg.graph.quads import to_nquads
from kg.model import Provision
from kg.reading.source import SourceError
from tests.reading.describe import describe_provision
from tests.roots import ROOT, copy_project, replace_once, rewrite_source

BODIES = ("ҰЭМ, БҒМ, облыстардың", "БҒМ, ҰЭМ, облыстардың")
MONTH = ("2017 жылғы қаңтар", "2017 жылғы қыркүйек")
ROW = "plan/section-4/measure-10"


def swap(text: str) -> str:
    """Two bodies of 4.10 in the other order, and another month as its deadline."""
    return replace_once(replace_once(text, *BODIES), *MONTH)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's inputs with the changed text and its new SHA-256."""
    root = copy_project(tmp_path_factory.mktemp("changed") / "root")
    rewrite_source(root, swap)
    # No words of a provision change, so that translations still hold.
    shutil.copy(ROOT / "data/translations.ttl", root / "data/translations.ttl")
    return root


def rows(provisions: tuple[Provision, ...]) -> dict[str, list[str]]:
    """Each provision's lines by its path."""
    return {provision.path: list(describe_provision(provision)) for provision in provisions}


def test_a_change_moves_its_own_lines_only(changed: Path, making: Making) -> None:
    """Two lines of bodies change places, one deadline is another: all other lines stay."""
    before, after = rows(read_rows(None)), rows(read_rows(changed))
    different = {path for path in before if before[path] != after[path]}
    assert different == {ROW}
    old, new = before[ROW], after[ROW]
    assert [line for line in old if line not in new] == [
        "  deadline 2017-01-01 to 2017-01-31 «2017 жылғы қаңтар»"
    ]
    assert [line for line in new if line not in old] == [
        "  deadline 2017-09-01 to 2017-09-30 «2017 жылғы қыркүйек»"
    ]
    assert [old.index(line) for line in new if "body" in line][:3] == [3, 2, 4]


def read_rows(root: Path | None) -> tuple[Provision, ...]:
    """The provisions below a root, the project's own where none is given."""
    return read(root or Path(__file__).resolve().parents[2]).plan.provisions


def test_the_graph_changes_in_those_cells_only(changed: Path, making: Making) -> None:
    """But for spans, which move with the longer month, what differs is said of the row's cells.

    The Ministry of Education and Science is shown to have stood by the cell that names it.
    """
    before = said(to_nquads(making.quads))
    after = said(to_nquads(make(changed, lambda step: None).quads))
    different = {line.split(" ", 1)[0] for line in (before - after) + (after - before)}
    version = (
        "https://w3id.org/zhospar/eli/kz/resolution/2013/78/plan/section-4/measure-10@2014-10-27"
    )
    tenure = "https://w3id.org/zhospar/tenure/ministry-of-education-and-science"
    assert different == {
        f"<{version}/responsibility-1>",
        f"<{version}/responsibility-2>",
        f"<{version}/deadline>",
        f"<{tenure}/2013-01-31>",
        f"<{tenure}/2014-12-30>",
    }
    assert len(before - after) == len(after - before) == 53


def said(nquads: str) -> Counter[str]:
    """The lines but those that speak of spans or of the release."""
    moving = ("/span/", "graph/source>", "graph/catalogue>", "zhospar/graph/ontology")
    return Counter(line for line in nquads.splitlines() if not any(word in line for word in moving))


def test_a_change_without_its_sha_256_is_refused(tmp_path: Path) -> None:
    """The text is never read on trust."""
    root = copy_project(tmp_path / "root")
    text = root / "data/source/P1300000078.kaz.txt"
    text.write_text(swap(text.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(SourceError, match="its SHA-256 is"):
        make(root, lambda step: None)
