"""``python -m kg diff`` and ``explain``: what they print, and how they end."""

import json
from pathlib import Path

import pytest

from kg.__main__ import main
from tests.asking.compared import load_changes

DAYS = ["2031-06-01", "2032-06-01"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a build with the graph of changes.trig."""
    target = tmp_path_factory.mktemp("changes")
    (target / "kg.nq").write_bytes(load_changes().nquads)
    return str(target)


def test_diff_prints_text_for_people(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Without a format, a person reads what changed."""
    assert main(["diff", *DAYS, "--build", folder]) == 0
    assert "[-Екі-]{+Үш+} аттың жолын салу" in capfd.readouterr().out


@pytest.mark.parametrize(("form", "begins"), [("json", "{"), ("ttl", "@prefix")])
def test_diff_prints_data(
    folder: str, capfd: pytest.CaptureFixture[str], form: str, begins: str
) -> None:
    """Standard output is the data and nothing else."""
    assert main(["diff", *DAYS, "--format", form, "--build", folder]) == 0
    found = capfd.readouterr()
    assert found.out.startswith(begins)
    assert found.err == ""
    if form == "json":
        assert json.loads(found.out)["counts"]["certain"] == 3


def test_explain_prints_the_chain(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A path below the act is enough to ask."""
    asked = ["explain", "plan/section-1/measure-5", "--at", "2031-06-01", "--build", folder]
    assert main(asked) == 0
    assert "existence: Inferred" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["explain", "plan/section-9"], 1, "explain: There is no 'plan/section-9' in the graph"),
        (["diff", "2030-01-01", DAYS[1]], 1, "diff: There is no state of the plan on 2030-01-01"),
        (["diff", "2031-1-1", DAYS[1]], 2, "diff: '2031-1-1' is not a day of the calendar"),
        (["explain", "plan", "--at", "soon"], 2, "explain: 'soon' is not a day of the calendar"),
        (
            ["explain", "plan/section-1/measure-5", "--at", "2031-06-01", "--lang", "kk"],
            2,
            "is explained in English only, not in 'kk'",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_exit_code(
    folder: str,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    """1 where the answer is at fault, 2 where the command is, and a sentence either way."""
    assert main([*arguments, "--build", folder]) == code
    found = capfd.readouterr()
    assert found.out == ""
    assert message in found.err


def test_a_build_that_is_not_there_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The reader is told what to run first."""
    assert main(["diff", *DAYS, "--build", str(tmp_path)]) == 1
    assert "run 'make build' first" in capfd.readouterr().err
