"""docs/federation.md: the answers that it quotes are what the two servers say.

``pytest --update-golden`` writes them anew.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from tests.federation.conftest import QUERIES, Pair
from tests.roots import ROOT

PAGE = ROOT / "docs" / "federation.md"
BLOCK = re.compile(
    r"<!-- answer to: queries/federated/(?P<name>[a-z0-9-]+)\.rq -->\n```csv\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
NAMES = [found["name"] for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def test_every_question_is_shown() -> None:
    assert sorted(NAMES) == sorted(QUERIES)
    assert len(NAMES) == 5


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_what_it_says(pair: Pair, name: str, request: pytest.FixtureRequest) -> None:
    response = pair.ask(QUERIES[name])
    assert response.status_code == 200, response.text
    said = io.StringIO()  # one way to put quotation marks, whoever answers
    csv.writer(said, lineterminator="\n").writerows(csv.reader(io.StringIO(response.text)))
    text = Path(PAGE).read_text(encoding="utf-8")
    (block,) = [found for found in BLOCK.finditer(text) if found["name"] == name]
    if request.config.getoption("--update-golden"):
        start, end = block.span("body")
        PAGE.write_text(text[:start] + said.getvalue() + text[end:], encoding="utf-8")
        return
    assert block["body"].splitlines() == said.getvalue().splitlines()
