"""Languages in a real browser, scripts off: what it accepts decides, and the switch changes it."""

import re
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of

from tests.browser.chromium import Chrome, open_browser
from tests.serving import Server, wait_for

MEASURE = "/eli/kz/resolution/2013/78/plan/section-4/measure-7?at=2015-06-01"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser of somebody in Kazakhstan who reads Russian, and then English."""
    with open_browser(tmp_path_factory.mktemp("profile"), "ru-KZ,ru,en") as driver:
        yield driver


def language_of(browser: Chrome) -> str:
    return browser.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""


def texts(browser: Chrome, selector: str) -> list[str]:
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, selector)]


def test_the_page_is_in_the_language_of_the_browser(browser: Chrome, site: Server) -> None:
    """Its words, labels and marks are Russian; the words of the act are Kazakh, and say so."""
    browser.get(f"{site.address}/?at=2015-06-01")
    assert language_of(browser) == "ru"
    assert browser.find_element(By.TAG_NAME, "h1").text == "План на 2015-06-01"
    assert "31 мероприятие" in browser.find_element(By.TAG_NAME, "main").text
    official = browser.find_elements(By.CSS_SELECTOR, ".official")
    assert {one.get_attribute("lang") for one in official} == {"kk"}
    assert "Қазақстан Республикасы" in official[0].text
    assert set(texts(browser, ".unofficial")) == {"неофициальный перевод"}


def test_the_words_of_the_act_stand_beside_their_translation(browser: Chrome, site: Server) -> None:
    browser.get(site.address + MEASURE)
    assert texts(browser, ".wording h2") == ["Слова акта, на казахском", "Неофициальный перевод"]
    official, translation = texts(browser, ".wording p")
    assert official.startswith("Жергілікті өзін-өзі басқару")
    assert translation.startswith("Разработка проекта Закона")


def test_the_switch_changes_the_language_and_keeps_the_rest(browser: Chrome, site: Server) -> None:
    """By a link; the pages that follow stay in the language, forms too."""
    browser.get(f"{site.address}/?at=2014-11-15&include=possible")
    shown = len(browser.find_elements(By.CSS_SELECTOR, "table.plan tr.measure"))
    browser.find_element(By.CSS_SELECTOR, "nav.languages a[lang=kk]").click()
    wait_for(lambda: "lang=kk" in browser.current_url)
    assert "at=2014-11-15&include=possible" in browser.current_url
    assert language_of(browser) == "kk"
    assert len(browser.find_elements(By.CSS_SELECTOR, "table.plan tr.measure")) == shown == 31
    assert texts(browser, "nav.languages [aria-current]") == ["Қазақша"]
    assert not browser.find_elements(By.CSS_SELECTOR, ".unofficial")
    before = browser.find_element(By.TAG_NAME, "html")
    browser.find_element(By.CSS_SELECTOR, "form.day button").click()
    wait_for(lambda: staleness_of(before)(browser))
    assert language_of(browser) == "kk"
    browser.find_element(By.CSS_SELECTOR, 'table.plan a[href^="/agency/"]').click()
    wait_for(lambda: "/agency/" in browser.current_url)
    assert language_of(browser) == "kk"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_terms_are_told_whole_in_the_language_asked_for(
    browser: Chrome, site: Server, language: str
) -> None:
    """No English is left but code: terms, and their names in other languages, which say so."""
    browser.get(f"{site.address}/ontology?lang={language}")
    assert len(browser.find_elements(By.CSS_SELECTOR, "article.term > p")) > 200
    foreign = f"main [lang]:not([lang={language}])"
    names = browser.find_elements(By.CSS_SELECTOR, f"article.term h3 [lang]:not([lang={language}])")
    assert len(browser.find_elements(By.CSS_SELECTOR, foreign)) == len(names) > 400
    lines = [line for part in texts(browser, "main > section") for line in part.splitlines()]
    told = [line for line in lines if not line.startswith("zh:")]
    assert sum(" " in line for line in told) > 300
    assert [line for line in told if re.search(r"(?:\b[a-z]{2,} ){2}", line)] == []
