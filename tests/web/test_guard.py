"""What is refused before the engine sees it."""

import pytest

from kg.asking.errors import MalformedQuery
from kg.web.guard import DEEPEST, check_depth


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
