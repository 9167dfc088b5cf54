"""Two wordings, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.asking.diff_text import tell_runs
from kg.asking.words import compare_words


def test_words_that_differ_are_marked_and_others_stand_once() -> None:
    """A reader sees which words went and which came, not two whole texts."""
    runs = compare_words("Екі аттың жолын салу", "Үш аттың жолын кеңінен салу")
    assert tell_runs(runs) == "[-Екі-]{+Үш+} аттың жолын {+кеңінен +}салу"


@pytest.mark.parametrize("text", ["", "жол", "жол  салу;\n\n1-тармақ"])
def test_one_and_the_same_wording_has_no_change(text: str) -> None:
    """What did not change is never marked."""
    assert all(run.kind == "same" for run in compare_words(text, text))


@given(st.text(), st.text())
def test_the_runs_make_up_both_wordings(before: str, after: str) -> None:
    """Nothing of either wording is lost on the way, whatever stands in it."""
    runs = compare_words(before, after)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
