"""A name that no source held gives is marked where a page shows it; the mark says what it means."""

import re

import pytest

from kg.web.pages.messages import Text
from tests.serving import Server

PAGE = {"Accept": "text/html"}
MARK = re.compile(r'<abbr class="uncertain" title="([^"]+)">\(\?\)</abbr>')
MEANING = {
    "en": "No source held gives this name in this language: it is ours, and uncertain.",
    "ru": "Этого названия на данном языке не даёт ни один имеющийся источник: оно наше и "
    "предположительное.",
}
INSTITUTE = "/agency/institute-of-legislation"
"""Its Russian name is ours; sources give the English one."""
POLICY = "/agency/nur-otan-public-policy-institute"
"""Both names are ours."""
ENTRY = "/eli/kz/resolution/2013/78/abbreviation-"


def read_element(site: Server, path: str, pattern: str) -> str:
    page = site.client.get(path, headers=PAGE)
    assert page.status_code == 200
    found = re.search(pattern, page.text, re.DOTALL)
    assert found, path
    return found[1]


@pytest.mark.parametrize(
    ("path", "language", "marked"),
    [
        (INSTITUTE, "ru", True),
        (INSTITUTE, "en", False),
        (INSTITUTE, "kk", False),
        (POLICY, "en", True),
        ("/agency/ministry-of-finance", "ru", False),
        (f"{ENTRY}9", "ru", False),
    ],
)
def test_the_title_is_marked_where_its_name_is_uncertain(
    site: Server, path: str, language: str, marked: bool
) -> None:
    """An entry of the list is called by its number, which is certain."""
    title = read_element(site, f"{path}?lang={language}", "<h1>(.*?)</h1>")
    assert MARK.findall(title) == ([MEANING[language]] if marked else [])


def test_a_translation_is_marked_with_the_name_in_it(site: Server) -> None:
    translation = '<p class="words translation">(.*?)</p>'
    russian = read_element(site, f"{ENTRY}9?lang=ru", translation)
    assert "Институт законодательства" in russian
    assert MARK.findall(russian) == [MEANING["ru"]]
    assert not MARK.search(read_element(site, f"{ENTRY}9?lang=en", translation))


def test_the_plan_marks_the_bodies_that_answer(site: Server) -> None:
    """Each link to one with an uncertain name, and none to another."""
    page = site.client.get("/?at=2015-06-01&lang=ru", headers=PAGE).text
    links = dict(re.findall(r'<a href="(/agency/[^"?]+)[^"]*">(.*?)</a>', page))
    marked = {path for path, words in links.items() if MARK.search(words)}
    assert {INSTITUTE, POLICY} <= marked
    assert "/agency/ministry-of-finance" in links.keys() - marked


def test_a_text_says_nothing_of_its_mark_as_plain_words() -> None:
    assert str(Text("имя", "ru", uncertain=True)) == "имя"
