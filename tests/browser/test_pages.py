"""What a person sees in a real browser, scripts off: the plan of a day, a question, a resource."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By

from tests.browser.chromium import Chrome, open_browser
from tests.serving import Server, wait_for


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser with a profile of its own."""
    with open_browser(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


def measures_shown(browser: Chrome) -> int:
    """How many rows of measures the page shows."""
    return len(browser.find_elements(By.CSS_SELECTOR, "table.plan tr.measure"))


@pytest.mark.parametrize(
    ("day", "include", "measures"),
    [
        ("2013-06-01", "", 9),
        ("2014-11-15", "", 11),
        ("2014-11-15", "&include=possible", 31),
        ("2015-06-01", "", 31),
    ],
)
def test_the_home_page_shows_the_plan_of_the_day(
    browser: Chrome, site: Server, day: str, include: str, measures: int
) -> None:
    """The same page for any day, with as many measures as are known then."""
    browser.get(f"{site.address}/?at={day}{include}")
    assert browser.find_element(By.TAG_NAME, "h1").text == f"The plan on {day}"
    assert measures_shown(browser) == measures


def test_the_day_is_chosen_in_a_form(browser: Chrome, site: Server) -> None:
    """Ticking the box and pressing the button asks for what may have stood, without a script."""
    browser.get(f"{site.address}/?at=2014-11-15")
    browser.find_element(By.NAME, "include").click()
    browser.find_element(By.CSS_SELECTOR, "form.day button").click()
    wait_for(lambda: "include=possible" in browser.current_url)
    assert measures_shown(browser) == 31


def test_a_question_is_asked_in_a_form(browser: Chrome, site: Server) -> None:
    """The question of the list fills the form; its answer stands below as a table with links."""
    browser.get(f"{site.address}/sparql")
    examples = browser.find_elements(By.CSS_SELECTOR, "ul.examples a")
    assert len(examples) > 3
    box = browser.find_element(By.NAME, "query")
    box.clear()
    box.send_keys(
        "PREFIX zh: <https://w3id.org/zhospar/ontology#> SELECT ?m WHERE { ?m a zh:Measure }"
    )
    browser.find_element(By.CSS_SELECTOR, "form.query button").click()
    wait_for(lambda: "query=" in browser.current_url)
    rows = browser.find_elements(By.CSS_SELECTOR, "section table tbody tr")
    assert len(rows) == 31
    rows[0].find_element(By.TAG_NAME, "a").click()
    wait_for(lambda: "/eli/kz/resolution/2013/78/plan/section-" in browser.current_url)


def test_a_malformed_question_is_shown_with_its_fault(browser: Chrome, site: Server) -> None:
    """The query stays in the form, and the page says where it is wrong."""
    browser.get(f"{site.address}/sparql?query=SELEC+*")
    assert browser.find_element(By.NAME, "query").get_attribute("value") == "SELEC *"
    assert "Line 1" in browser.find_element(By.CSS_SELECTOR, "[role=alert]").text


def test_a_resource_leads_to_the_words_it_rests_on(browser: Chrome, site: Server) -> None:
    """A measure's page quotes the text with its line, and links to its bodies."""
    browser.get(f"{site.address}/eli/kz/resolution/2013/78/plan/section-4/measure-7?at=2015-06-01")
    page = browser.find_element(By.TAG_NAME, "main").text
    assert "line 325 of the text" in page
    browser.find_element(By.CSS_SELECTOR, 'a[href^="/agency/ministry-of-finance"]').click()
    wait_for(lambda: "/agency/ministry-of-finance" in browser.current_url)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Ministry of Finance"


def test_the_address_of_a_term_leads_to_its_place(browser: Chrome, site: Server) -> None:
    """``…/ontology#Measure`` scrolls to the term, and its diagram has a size."""
    browser.get(f"{site.address}/ontology#Measure")
    term = browser.find_element(By.ID, "Measure")
    assert browser.find_element(By.CSS_SELECTOR, ".term:target h3").text.startswith("zh:Measure")
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", term)
    assert 0 <= top < 200
    assert term.find_element(By.CSS_SELECTOR, "svg").size["width"] > 100
