"""GROUP_CONCAT is put into STR, where it is GROUP_CONCAT and nowhere else."""

import pytest

from kg.asking.mending import mend_query
from kg.asking.tokens import tokenize


def mend(query: str) -> str:
    return mend_query(query, list(tokenize(query)))


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("(GROUP_CONCAT(?x)AS ?y)", "(STR(GROUP_CONCAT(?x))AS ?y)"),
        (
            'group_concat ( DISTINCT (?x) ; separator=")" )',
            'STR(group_concat ( DISTINCT (?x) ; separator=")" ))',
        ),
        (
            "HAVING(GROUP_CONCAT(?x)=GROUP_CONCAT(?y))",
            "HAVING(STR(GROUP_CONCAT(?x))=STR(GROUP_CONCAT(?y)))",
        ),
        ("GROUP_CONCAT(COUNT(?x))", "STR(GROUP_CONCAT(COUNT(?x)))"),
    ],
)
def test_is_put_into_str(query: str, mended: str) -> None:
    assert mend(query) == mended


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?GROUP_CONCAT (?x)",
        "'GROUP_CONCAT(?x)' # GROUP_CONCAT(?x)",
        "<x:GROUP_CONCAT(?x)>",
        "GROUP_CONCAT(?x",
        "GROUP_CONCAT",
        "x:GROUP_CONCAT (?x)",
    ],
)
def test_stays_as_it_is(query: str) -> None:
    assert mend(query) == query
