"""The command line's making half: what build and validate write, say, and leave alone.

Exit codes: 0 done, 1 the data or the answer is at fault, 2 the command is.
"""

import shutil
from pathlib import Path

import pytest

from tests.commands import run
from tests.roots import copy_made_up, replace_once, rewrite_source


@pytest.fixture(scope="module")
def made_up_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The made-up root and its build, made by the command."""
    folder = tmp_path_factory.mktemp("made-up")
    root = copy_made_up(folder / "root")
    done = run("build", "--root", root, "--build", folder / "build")
    assert done.returncode == 0, done.stderr
    assert "quads in" in done.stdout
    assert done.stdout.endswith(f"quads in {folder / 'build/kg.nq'}; they conform to the shapes.\n")
    return root, folder / "build"


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder with their bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_build_makes_quads_store_and_report(made_up_build: tuple[Path, Path]) -> None:
    """Everything is in one folder, and nothing is left beside it; no progress goes into a pipe."""
    _, folder = made_up_build
    assert {path.name for path in folder.iterdir()} == {"kg.nq", "report.json", "dumps", "store"}
    assert {path.name for path in folder.parent.iterdir()} == {"root", "build"}


def test_a_build_that_cannot_read_leaves_the_old_one(
    made_up_build: tuple[Path, Path], tmp_path: Path
) -> None:
    """Exit 1 with file, line and words; what was built before is untouched, byte for byte."""
    _, folder = made_up_build
    before = files(folder)
    root = copy_made_up(tmp_path / "root")
    rewrite_source(root, lambda text: replace_once(text, "АМ, ҒАК", "АМ, ҒЛК"))
    failed = run("build", "--root", root, "--build", folder)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("build: data/source/made-up.kaz.txt, line ")
    assert "a body that isn't known: «ҒЛК». Add the words to data/agencies.ttl" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert files(folder) == before


def test_a_build_that_does_not_conform_leaves_the_old_one(
    made_up_build: tuple[Path, Path], tmp_path: Path
) -> None:
    """Exit 1 with the problems on standard error; the old build still answers."""
    _, folder = made_up_build
    before = files(folder)
    root = copy_made_up(tmp_path / "root")
    path = root / "data/agencies.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(replace_once(text, '"Milky Way JSC"@en , ', ""), encoding="utf-8")
    failed = run("build", "--root", root, "--build", folder)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "agency/milky-way" in failed.stderr
    assert files(folder) == before
    assert {path.name for path in folder.parent.iterdir()} == {"root", "build"}


def test_a_build_replaces_the_one_before(tmp_path: Path, made_up_build: tuple[Path, Path]) -> None:
    """An older folder gives way whole: no file of it stays."""
    root, folder = made_up_build
    target = tmp_path / "build"
    target.mkdir()
    (target / "kg.nq").write_text("old", encoding="utf-8")
    (target / "left-over").write_text("old", encoding="utf-8")
    done = run("build", "--root", root, "--build", target)
    assert done.returncode == 0
    assert {path.name for path in target.iterdir()} == {"kg.nq", "report.json", "dumps", "store"}
    assert (target / "kg.nq").read_bytes() == (folder / "kg.nq").read_bytes()


def test_a_root_without_a_text_is_named(tmp_path: Path) -> None:
    """Exit 1 and a sentence, no stack trace."""
    failed = run("build", "--root", tmp_path, "--build", tmp_path / "build")
    assert failed.returncode == 1
    assert "one manifest (*.json) is needed, 0 are there" in failed.stderr
    assert not (tmp_path / "build").exists()


def test_validate_passes_what_conforms(made_up_build: tuple[Path, Path]) -> None:
    """Exit 0 and a sentence on standard output."""
    done = run("validate", "--build", made_up_build[1])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "The graph conforms.\n"


def test_validate_reports_what_does_not(made_up_build: tuple[Path, Path], tmp_path: Path) -> None:
    """Exit 1 and a report that names the node, the rule, and the line of the text."""
    broken = (made_up_build[1] / "kg.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    deadline = "measure-1@2031-03-15/deadline> <https://w3id.org/zhospar/ontology#dueBy>"
    kept = [line for line in broken if deadline not in line]
    assert len(broken) - len(kept) == 5
    (tmp_path / "kg.nq").write_text("".join(kept), encoding="utf-8")
    failed = run("validate", "--build", tmp_path)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "doesn't conform" in failed.stderr
    assert "measure-1@2031-03-15/deadline" in failed.stderr
    assert "line 60 of the source" in failed.stderr or "of the source: «2031 жылғы" in failed.stderr


def test_validate_names_files_of_the_release_that_are_damaged(
    made_up_build: tuple[Path, Path], tmp_path: Path
) -> None:
    """Exit 1: a byte changed, one more, and a file gone; the others are passed over."""
    folder = tmp_path / "build"
    shutil.copytree(made_up_build[1], folder)
    changed, longer, gone = (
        folder / "dumps" / f"zhospar.{suffix}" for suffix in ("nq", "ttl", "rdf")
    )
    content = changed.read_bytes()
    changed.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
    longer.write_bytes(longer.read_bytes() + b"\n")
    gone.unlink()
    failed = run("validate", "--build", folder)
    assert (failed.returncode, failed.stdout) == (1, "The graph conforms.\n")
    remedy = "run python -m kg build again."
    assert set(failed.stderr.splitlines()) == {
        f"validate: {changed} isn't the file that the catalogue describes: {remedy}",
        f"validate: {longer} isn't the file that the catalogue describes: {remedy}",
        f"validate: {gone} is missing: {remedy}",
    }


def test_validate_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    """Exit 1, with the command that makes one."""
    failed = run("validate", "--build", tmp_path)
    assert failed.returncode == 1
    assert "run python -m kg build first" in failed.stderr


def test_validate_names_a_file_that_is_no_graph(tmp_path: Path) -> None:
    """Exit 1 and a sentence where kg.nq was damaged."""
    (tmp_path / "kg.nq").write_text("garbage\n", encoding="utf-8")
    failed = run("validate", "--build", tmp_path)
    assert failed.returncode == 1
    assert "kg.nq is no N-Quads" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["build", "nonsense"]])
def test_no_command_is_a_fault_of_the_command(arguments: list[str]) -> None:
    """Exit 2 with the usage."""
    failed = run(*arguments)
    assert failed.returncode == 2
    assert "usage: python -m kg" in failed.stderr


def test_help_names_every_command() -> None:
    """``--help`` lists what there is."""
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "validate", "query", "export"):
        assert f"    {command} " in done.stdout
