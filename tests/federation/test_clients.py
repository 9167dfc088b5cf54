"""Apache Jena's command line as a client of ours, and as one that joins two servers itself."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.federation.conftest import QUERIES, Pair
from tests.federation.others import FUSEKI
from tests.needs import need
from tests.roots import ROOT


def run_jena(program: str, *arguments: str) -> str:
    """What one of Jena's programs prints."""
    need(shutil.which("java"), "Java")
    need(FUSEKI.is_file(), "Apache Jena Fuseki (make jena fetches it)")
    command = ["java", "-cp", str(FUSEKI), program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("day", "expected"), [("2013-06-01", "Inferred,9"), ("2015-06-01", "Stated,31")]
)
def test_rsparql_asks_for_a_day(pair: Pair, day: str, expected: str) -> None:
    query = ROOT / "queries" / "how-many-measures.rq"
    service = f"{pair.ours.address}/at/{day}/sparql"
    printed = run_jena(
        "arq.rsparql", "--service", service, "--query", str(query), "--results", "csv"
    )
    assert printed.split()[1].endswith(expected)


def test_arq_joins_both_with_no_data_of_its_own(pair: Pair, tmp_path: Path) -> None:
    """What is asked there is put between the same calls: the answer is the same."""
    body = pair.placed(QUERIES["people-of-the-plan"].body)
    before, _, after = body.partition("WHERE {\n")
    theirs, _, ours = after.partition("  SERVICE ")
    query = f"{before}WHERE {{ SERVICE <{pair.other.endpoint}> {{\n{theirs} }} SERVICE {ours}"
    (tmp_path / "joined.rq").write_text(query, encoding="utf-8")
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    files = ["--data", str(tmp_path / "empty.ttl"), "--query", str(tmp_path / "joined.rq")]
    printed = run_jena("arq.arq", *files, "--results", "csv")
    asked = pair.ask(QUERIES["people-of-the-plan"]).text.replace('"', "")
    assert printed.split() == asked.split()
