"""The command line's asking half: query and export on any day, into pipes, files and terminals.

Exit codes: 0 done, 1 the data or the answer is at fault, 2 the command is.
"""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.asking.store import create_store
from kg.build import Making
from kg.graph.quads import to_nquads
from tests.commands import run
from tests.roots import ROOT

COUNT = """PREFIX zh: <https://w3id.org/zhospar/ontology#>
SELECT (COUNT(?m) AS ?n) { ?m a zh:Measure }"""
TABLE_HEADS = (
    "provision,stage,section,measure,item,text,output_type,recipient,agencies,by_agreement,"
    "due_from,due_by,recurrence,month,relative_to,offset,funding,evidence"
)


@pytest.fixture(scope="module")
def built(making: Making, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own graph as a build's folder."""
    folder = tmp_path_factory.mktemp("build")
    (folder / "kg.nq").write_text(to_nquads(making.quads), encoding="utf-8")
    create_store(folder / "kg.nq", folder / "store")
    return folder


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--at", "2013-01-31"], 9),
        (["--at", "2013-06-01", "--include", "possible"], 9),
        (["--at", "2014-10-26"], 9),
        (["--at", "2014-11-15"], 11),
        (["--at", "2014-11-15", "--include", "possible"], 31),
        (["--at", "2014-12-30"], 31),
        (["--at", "2035-01-01"], 31),
        ([], 31),
    ],
)
def test_query_asks_a_day(built: Path, options: list[str], count: int) -> None:
    """One unchanged query from standard input, on either side of each change; today unless said."""
    done = run("query", "-", "--build", built, *options, stdin=COUNT)
    assert done.returncode == 0
    assert done.stdout.split() == ["n", str(count)]
    near = any(day in options for day in ("2014-10-26", "2014-11-15", "2014-12-30"))
    assert ("until it began" in done.stderr) == bool(done.stderr) == near


def test_query_reads_a_file_and_writes_every_format(built: Path, tmp_path: Path) -> None:
    """Data in the format asked for: each says the same number."""
    path = tmp_path / "count.rq"
    path.write_text(COUNT, encoding="utf-8")
    answers = {
        name: run("query", path, "--build", built, "--at", "2015-06-01", "--format", name)
        for name in ("csv", "tsv", "json", "xml", "table")
    }
    assert {done.returncode for done in answers.values()} == {0}
    assert answers["csv"].stdout.splitlines() == ["n", "31"]
    assert answers["tsv"].stdout.splitlines() == ["?n", "31"]
    assert json.loads(answers["json"].stdout)["results"]["bindings"][0]["n"]["value"] == "31"
    assert ">31</literal>" in answers["xml"].stdout
    assert "31" in answers["table"].stdout
    assert len(answers["table"].stdout.splitlines()) > 2


def test_a_terminal_gets_a_table(built: Path) -> None:
    """The same command gives data to a pipe and a table to a person."""
    ours, theirs = pty.openpty()
    asked = ["query", "-", "--build", str(built), "--at", "2015-06-01"]
    command = [sys.executable, "-m", "kg", *asked]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=theirs)
    process.communicate(COUNT.encode(), timeout=60)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode().splitlines()
    os.close(ours)
    piped = run(*asked, "--format", "table", stdin=COUNT)
    assert process.returncode == 0
    assert [line.strip() for line in shown] == [line.strip() for line in piped.stdout.splitlines()]


FAULTS = {
    "a day before the first": (
        ["query", "-", "--at", "2013-01-30"], COUNT, 1,
        "the first day for which there is one is 2013-01-31",
    ),
    "an export before the first day": (
        ["export", "--format", "csv", "--at", "1991-12-16"], "", 1, "2013-01-31",
    ),
    "no day": (["query", "-", "--at", "yesterday"], COUNT, 2, "'yesterday' is not a day"),
    "no day of the calendar": (
        ["export", "--format", "csv", "--at", "2014-02-30"], "", 2, "'2014-02-30' is not a day",
    ),
    "no format": (["query", "-", "--format", "xls"], COUNT, 2, "invalid choice: 'xls'"),
    "no export format": (["export", "--format", "xls"], "", 2, "invalid choice: 'xls'"),
    "an export without a format": (["export"], "", 2, "--format"),
    "no such inclusion": (["query", "-", "--include", "all"], COUNT, 2, "invalid choice: 'all'"),
    "no folder for the output": (
        ["export", "--format", "nq", "-o", "nowhere/all.nq"], "", 2, "nowhere/all.nq",
    ),
    "no such file": (["query", "nowhere.rq"], "", 2, "nowhere.rq can't be read"),
    "no query": (["query", "-"], "SELEKT", 1, "query: "),
    "an update": (["query", "-"], "DELETE WHERE { ?a ?b ?c }", 1, "query: "),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_faults_have_their_code(built: Path, name: str) -> None:
    """1 where the data or the answer is at fault, 2 where the command is; no stack trace."""
    arguments, stdin, code, message = FAULTS[name]
    failed = run(*arguments, "--build", built, stdin=stdin)
    assert (failed.returncode, failed.stdout) == (code, "")
    assert message in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("arguments", [["query", "-"], ["export", "--format", "csv"]])
def test_asking_without_a_build_says_so(tmp_path: Path, arguments: list[str]) -> None:
    """Exit 1 and a sentence that names the folder."""
    failed = run(*arguments, "--build", tmp_path / "none", stdin=COUNT)
    assert failed.returncode == 1
    assert str(tmp_path / "none") in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (["--at", "2015-06-01"], 42),
        (["--at", "2013-06-01"], 14),
        (["--at", "2014-11-15"], 16),
        (["--at", "2014-11-15", "--include", "possible"], 42),
        ([], 42),
    ],
)
def test_export_writes_the_rows_of_a_day(built: Path, options: list[str], rows: int) -> None:
    """The first stage's 9 measures and 5 items; then 4.3 and "5. 1)" besides; then all 42."""
    done = run("export", "--format", "csv", "--build", built, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == TABLE_HEADS
    assert len(list(csv.DictReader(io.StringIO(done.stdout, newline="")))) == rows


def test_export_writes_a_file(built: Path, tmp_path: Path) -> None:
    """Everything, byte for byte what was built; standard output stays empty."""
    target = tmp_path / "all.nq"
    done = run("export", "--format", "nq", "--build", built, "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_bytes() == (built / "kg.nq").read_bytes()


def test_a_reader_that_has_had_enough_is_no_error(built: Path) -> None:
    """``… | head -1``: the first line comes, and nothing is said of the closed pipe."""
    command = f"{sys.executable} -m kg export --format nq --build {built} | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_format_that_does_not_fit_the_answer_is_refused(built: Path) -> None:
    """A named format is the only one that will do: a table isn't had as Turtle, nor as JSON-LD."""
    done = run("query", "-", "--format", "ttl", "--build", str(built), stdin="SELECT * {}")
    assert done.returncode == 1
    assert "text/csv" in done.stderr


def test_a_damaged_graph_is_told_not_traced(tmp_path: Path) -> None:
    """A cut-off kg.nq says what to do, and shows no trace."""
    (tmp_path / "kg.nq").write_text("<https://example.org/a> <https://exa", encoding="utf-8")
    done = run("export", "--format", "csv", "--build", str(tmp_path))
    assert done.returncode == 1
    assert "make build" in done.stderr
    assert "Traceback" not in done.stderr
