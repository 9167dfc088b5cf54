"""What is refused before the engine sees it."""

import pytest

from kg.asking.errors import MalformedQuery
from kg.web.worker.guard import DEEPEST, QueryTooLong, check_depth, check_length


@pytest.mark.parametrize("opening", ["{", "(", "["])
def test_nesting_is_bounded(opening: str) -> None:
    check_depth("SELECT * " + opening * DEEPEST)
    with pytest.raises(MalformedQuery, match="nested"):
        check_depth("SELECT * " + opening * (DEEPEST + 1))


@pytest.mark.parametrize("signs", ["!", "-", "! ", "+-", "^"])
def test_rows_of_signs_are_bounded(signs: str) -> None:
    with pytest.raises(MalformedQuery, match="nested"):
        check_depth("ASK { FILTER(" + signs * DEEPEST + "1) }")


def test_brackets_in_strings_do_not_nest() -> None:
    check_depth("ASK { ?s ?p '" + "{" * 1000 + "' } # " + "(" * 1000)


def test_depth_is_a_setting_and_named() -> None:
    check_depth("ASK {{ }}", 2)
    with pytest.raises(MalformedQuery, match=r"more than 2 deep \(KG_QUERY_MAX_DEPTH\)"):
        check_depth("ASK {{{ }}}", 2)


def test_length_is_that_of_the_bytes() -> None:
    check_length("ASK {} #" + "x" * 1016, 1024)
    for query in ("ASK {} #" + "x" * 1017, "ASK {} #" + "ж" * 509):
        with pytest.raises(QueryTooLong, match=r"1 KiB .*KG_QUERY_MAX_KB"):
            check_length(query, 1024)


def test_first_look_lets_nothing_deep_pass() -> None:
    """A text may be short, or have few brackets: neither alone keeps it from being cut."""
    for text in ("(" * (DEEPEST + 1), " " * 5000 + "(" * (DEEPEST + 1), "([{" * DEEPEST):
        with pytest.raises(MalformedQuery, match="nested"):
            check_depth(text)
