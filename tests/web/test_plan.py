"""Cells in words."""

import pytest

from kg.web.pages.telling import tell_deadline


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"dueFrom": "2013-02-01", "dueBy": "2013-02-28"}, "2013-02-01 to 2013-02-28"),
        ({"dueFrom": "2015-09-01", "dueBy": "2015-09-01"}, "2015-09-01"),
        ({"recurrence": "P1Y"}, "every year"),
        ({"recurrence": "P1Y", "month": "--03"}, "every year, in March"),
        (
            {"recurrence": "P1Y", "monthDays": "--07-15 --01-15"},
            "every year, by 15 January and 15 July",
        ),
        ({"offset": "P1M", "relativeTo": "the law"}, "within 1 month of: the law"),
        ({"offset": "P2M", "relativeTo": "the law"}, "within 2 months of: the law"),
        ({}, ""),
    ],
)
def test_deadline_in_words(cell: dict[str, str], words: str) -> None:
    assert tell_deadline(cell) == words
