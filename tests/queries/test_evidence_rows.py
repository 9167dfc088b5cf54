"""The table of evidence, row by row: each row has its question, and the answers are the table's."""

import re
from collections import defaultdict

import pytest

from kg.asking.query import Asker
from kg.build import Making
from kg.iris import local_name
from tests.history.contract import STATES
from tests.queries.kept import QUERIES, rows_of
from tests.roots import ROOT

FACETS = {
    "existence": "ExistenceFacet",
    "number": "NumberFacet",
    "words": "WordsFacet",
    "parts": "PartsFacet",
    "start": "StartFacet",
    "term": "TermFacet",
}

ROWS_BEFORE = {
    "existence": {"I R8", "I R9"},
    "deadline": {"I R8"},
    "responsibility": {"I R6", "U R22"},
    "output": {"U R22"},
    "funding": {"U R22"},
    "words": {"U R22 AL"},
    "term": {"I R14"},
}

TABLE: dict[str, dict[str, dict[str, set[str]]]] = {
    "unmarked-text": {
        "A": {"existence": {"I R1"}, "words": {"I R1 AL"}},
        "B": {"existence": {"I R1"}, "words": {"I R1 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "reworded-paragraphs": {
        "A": {"existence": {"I R2 R4"}, "number": {"I R2 R4"}, "words": {"U R2 R4 NP"}},
        "B": {"existence": {"S R21"}, "words": {"S R21 V"}, "start": {"I R12"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "plan-and-frame": {
        "A": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "B": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "removed-section": {
        "A": {"existence": {"I R3 R4"}, "words": {"I R10 AL"}, "parts": {"U R3 R4 NP"}},
        "B": {"existence": {"not S R21"}, "start": {"not I R12"}},
        "C": {"existence": {"not S R21"}},
    },
    "first-stage": {
        "A": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "B": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "first-stage-rows": {
        "A": ROWS_BEFORE,
        "B": ROWS_BEFORE,
        "C": {"existence": {"S R21"}, "deadline": {"S R21"}, "words": {"S R21 V"}},
    },
    "second-stage": {
        "A": {"existence": {"I R11"}, "words": {"U R11 NP"}},
        "B": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "section-four": {
        "A": {},
        "B": {"existence": {"I R9"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "rows-proved-by-deadline": {
        "A": {},
        "B": {
            "existence": {"I R8"},
            "deadline": {"I R8"},
            "responsibility": {"U R22"},
            "output": {"U R22"},
            "funding": {"U R22"},
            "words": {"U R22 AL"},
        },
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "other-second-stage-rows": {
        "A": {"existence": set(), "words": {"not I R7"}, "responsibility": {"not I R5"}},
        "B": {"existence": {"U R22"}, "deadline": {"U R22"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "abbreviations": {
        "A": {"existence": {"U R20 R22"}, "words": {"U R22 AL"}},
        "B": {"existence": {"U R20 R22"}, "words": {"U R22 AL"}},
        "C": {"existence": {"S R21"}, "words": {"S R21 V"}},
    },
    "absence": {
        "A": {"existence": set(), "words": {"not I R7"}, "responsibility": {"not I R5"}},
        "B": {"existence": {"not S R21"}, "start": {"not I R12"}},
        "C": {"existence": {"not S R21"}},
    },
}
"""The table by row, state and facet or cell, by hand: S, I, U, the rules, the text status."""

SHORT = {"Verbatim": "V", "AttestedLater": "AL", "NotPreserved": "NP"}


def read_row(asker: Asker, name: str) -> dict[str, dict[str, set[str]]]:
    """A question's answer as the table is written; a state without a node has nothing."""
    days = {day.isoformat(): state for state, day in STATES.items()}
    names = {facet: short for short, facet in FACETS.items()}
    found: dict[str, dict[str, set[str]]] = {state: defaultdict(set) for state in STATES}
    for row in rows_of(asker, f"evidence-of-{name}", "C"):
        if row["part"] == "no node":
            assert row.keys() == {"from", "part", "attestations"}
            continue
        facet = local_name(row["facet"])
        own = names.get(facet, facet)
        key = own if row["part"] == "provision" else f"{row['part']} {own}"
        status = SHORT[local_name(row["textStatus"])] if "textStatus" in row else ""
        truth = "" if row["holds"] == "true" else "not"
        known = [truth, local_name(row["grade"])[0], row["rules"], status]
        found[days[row["from"]]][key].add(" ".join(filter(None, known)))
    return found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", TABLE)
def test_a_question_answers_as_its_row_says(asker: Asker, name: str, state: str) -> None:
    """Every entry of the table is in the answer, and the answer has no other grade for it."""
    answer = read_row(asker, name)[state]
    for facet, expected in TABLE[name][state].items():
        key = facet if facet in FACETS else f"{facet} existence"
        assert answer.get(key, set()) == expected, facet
    assert bool(answer) == bool(TABLE[name][state])


def test_each_row_of_the_table_has_its_question() -> None:
    """Eleven rows and the proofs of absence: the page on evidence leads to a question for each."""
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    table = page.partition("| | A | B | C |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| \[[^\]]+\]\(\.\./queries/evidence-of-([a-z-]+)\.rq\) \|", table, re.M)
    assert len(rows) == table.count("\n| ") == 11
    assert [*rows, "absence"] == list(TABLE)
    kept = {name.removeprefix("evidence-of-") for name in QUERIES if name.startswith("evidence-of")}
    assert kept == set(TABLE)


def test_the_rows_speak_of_all_that_is_attested(asker: Asker, making: Making) -> None:
    """Once of each; but of the publisher's notes, and the list of abbreviations as a whole."""
    counted = sum(
        int(row["attestations"])
        for name in TABLE
        if name != "absence"
        for row in rows_of(asker, f"evidence-of-{name}", "C")
    )
    paths = [key.subject.path for key in making.history.attestations]
    left = [path for path in paths if path == "abbreviations" or path.startswith("note-")]
    assert counted == len(paths) - len(left) == 1466
