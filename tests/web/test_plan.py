"""The cells of the plan on its page, told in the language of the page."""

import re
from html import unescape

import pytest

from tests.serving import Server

COLUMNS = {"en": "Deadline", "ru": "Срок", "kk": "Мерзімі"}


def deadlines(site: Server, language: str) -> dict[str, str]:
    """What stands in the column of deadlines of the last state, by provision."""
    page = site.client.get(f"/?at=2015-06-01&lang={language}").text
    rows = re.findall(r"<tr class=.*?</tr>", page, re.DOTALL)
    cell = re.compile(rf'data-column="{COLUMNS[language]}">(.*?)</td>', re.DOTALL)
    told = {}
    for row in rows:
        path = re.search(r'href="/eli/kz/resolution/2013/78/([^"?]*)', row)
        found = cell.search(row)
        if path and found:
            told[path[1]] = unescape(" ".join(re.sub("<[^>]*>", " ", found[1]).split()))
    return told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1st quarter of 2013", "by 1 February and 1 August every year, 2014-2020")),
        ("ru", ("1-й квартал 2013 года", "ежегодно, к 1 февраля и 1 августа, 2014-2020 годы")),
    ],
)
def test_deadlines_are_told_by_their_labels(
    site: Server, language: str, said: tuple[str, str]
) -> None:
    """In the words of the page's language, with those of the text below, and in no code."""
    told = deadlines(site, language)
    assert len([text for text in told.values() if text]) == 37
    assert told["plan/section-1/measure-3"].casefold().startswith(said[0].casefold())
    assert told["paragraph-4"].casefold().startswith(said[1].casefold())
    assert [text for text in told.values() if re.search(r"\d{4}-\d\d-\d\d|P\d", text)] == []


def test_kazakh_deadlines_are_those_of_the_text(site: Server) -> None:
    """Once: a label that is the text's own words isn't set above them again."""
    assert deadlines(site, "kk")["paragraph-4"].count("жыл сайын") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "on the progress of"), ("ru", "о ходе"), ("kk", "")],
)
def test_paragraphs_are_translated_beside_their_words(
    site: Server, language: str, said: str
) -> None:
    """A paragraph has no title that says what its words do; on a Kazakh page there is no need."""
    page = site.client.get(f"/?at=2015-06-01&lang={language}").text
    translations = re.findall(r'<p class="words translation">(.*?)</p>', page, re.DOTALL)
    assert len(translations) == (0 if language == "kk" else 6)
    assert not said or any(said in unescape(words) for words in translations)
