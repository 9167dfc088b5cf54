"""Pages in Kazakh, Russian and English: which is chosen, what it says of itself, what is kept."""

import re
from html import unescape

import httpx
import pytest
from markupsafe import escape
from rdflib import Graph, Literal

from kg.asking.library import read_queries
from kg.web.pages.messages import TRANSLATIONS, choose_text
from kg.web.protocol.languages import FALLBACKS, LANGUAGES, Wanted, wanted
from tests.roots import ROOT
from tests.serving import Server
from tests.web.links import parse_links, targets
from tests.web.messages import TRANSLATED, gather, is_said, read_catalogue

PAGE = {"Accept": "text/html"}
PLAN = "/?at=2015-06-01"
MEASURE = "/eli/kz/resolution/2013/78/plan/section-4/measure-7"
PAGES = {
    PLAN: "h1",
    f"{MEASURE}?at=2015-06-01": "h1",
    "/diff?from=2013-06-01&to=2015-06-01": "h1",
    "/sparql": "h1",
    "/sparql?query=ASK%7B%7D&at=2015-06-01": "h1",
    "/sparql?query=SELEC": "h1",
    "/docs": "h1",
    "/catalogue": "nav",
    "/unknown": "h1",
    f"/timemap{MEASURE}": "h1",
    "/ontology": "nav",
    "/nothing-of-the-kind": "h1",
}
"""A page of each sort, and where its own words must differ between languages."""

DATA = (
    f"{MEASURE}.ttl?at=2015-06-01",
    "/data?graph=https://w3id.org/zhospar/graph/reference",
    "/diff?format=json&to=2015-06-01",
)


def ask(site: Server, path: str, language: str = "", **headers: str) -> httpx.Response:
    accepted = {"Accept-Language": language} if language else {}
    return site.client.get(path, headers={**PAGE, **accepted, **headers})


def with_lang(path: str, code: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={code}"


def language_of(page: str) -> str:
    found = re.search(r'<html lang="([a-z]+)">', page)
    assert found, page[:200]
    return found[1]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_the_language_asked_for(site: Server, path: str, code: str) -> None:
    """By the address or by the header; the page, its header and its element all say which."""
    named = ask(site, with_lang(path, code), "de")
    negotiated = ask(site, path, f"{code}-KZ, de;q=0.9")
    for response in (named, negotiated):
        assert response.headers["content-type"].startswith("text/html")
        assert response.headers["content-language"] == code
        assert language_of(response.text) == code
    assert len(PAGES) == 12


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_their_own_words_in_each_language(site: Server, path: str) -> None:
    said = set()
    for code in LANGUAGES:
        page = ask(site, with_lang(path, code)).text
        element = PAGES[path]
        found = re.search(rf"<{element}[^>]*>(.*?)</{element}>", page, re.DOTALL)
        assert found
        said.add(re.sub(r"<[^>]*>|lang=\w\w", "", found[1]))
    assert len(said) == len(LANGUAGES)


def test_address_goes_before_the_header(site: Server) -> None:
    response = ask(site, with_lang(PLAN, "kk"), "ru")
    assert response.headers["content-language"] == "kk"
    assert ask(site, PLAN + "&lang=", "ru").headers["content-language"] == "ru"
    assert ask(site, PLAN).headers["content-language"] == "en"


@pytest.mark.parametrize("path", [*PAGES, *DATA])
@pytest.mark.parametrize("bad", ["lang=de", "lang=RU", "lang=ru-KZ", "lang=ru&lang=kk"])
def test_language_that_there_is_not_is_refused(site: Server, path: str, bad: str) -> None:
    """With a sentence that names those there are."""
    response = site.client.get(f"{path}{'&' if '?' in path else '?'}{bad}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    detail = response.json()["detail"]
    assert "en, kk, ru" in detail or "there 2 times" in detail


@pytest.mark.parametrize("path", DATA)
def test_data_is_in_all_languages_whatever_is_asked(site: Server, path: str) -> None:
    plain = site.client.get(path)
    assert plain.status_code == 200
    for code in LANGUAGES:
        named = site.client.get(with_lang(path, code))
        assert named.content == plain.content
        (canonical,) = targets(site, parse_links(named.headers["link"]), "canonical")
        address, asked = httpx.URL(canonical), httpx.URL(path)
        assert (address.path, address.params) == (asked.path, asked.params)
        assert "canonical" not in plain.headers.get("link", "")
        negotiated = site.client.get(path, headers={"Accept-Language": code})
        assert negotiated.headers["etag"] == plain.headers["etag"]
        assert negotiated.content == plain.content


def test_an_answer_to_a_query_is_the_same_whatever_language_is_asked(site: Server) -> None:
    """``lang`` is of the page: it filters nothing, and the answer keeps its tag."""
    query = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?l WHERE { "
        "<https://w3id.org/zhospar/agency/ministry-of-finance> skos:prefLabel ?l }"
    )
    plain = site.ask(query)
    assert len(plain.text.splitlines()) == 4
    for code in LANGUAGES:
        named = site.ask(query, lang=code)
        assert (named.text, named.headers["etag"]) == (plain.text, plain.headers["etag"])
    page = site.ask(query, "text/html", lang="ru").text
    assert language_of(page) == "ru"
    assert page.count('<span lang="en" class="words">Ministry of Finance</span>') == 1
    assert page.count('<span lang="ru" class="words">') == 1


def test_words_of_the_act_stand_verbatim_beside_a_translation_marked_as_ours(site: Server) -> None:
    """On every page the Kazakh words are Kazakh; what isn't official says so in its language."""
    marks = {"en": "unofficial translation", "ru": "неофициальный перевод"}
    words = '<p class="words official" lang="kk">'
    texts = set()
    for code in LANGUAGES:
        page = ask(site, with_lang(f"{MEASURE}?at=2015-06-01", code)).text
        texts.add(page.partition(words)[2].partition("</p>")[0])
        assert (code == "kk") == ('class="words translation"' not in page)
        plan = ask(site, with_lang(PLAN, code)).text
        assert plan.count(words) > 40
        if code in marks:
            assert marks[code] in page.lower()
            assert plan.count(marks[code]) > 30
    (text,) = texts
    assert text.strip()


def test_comparison_names_things_in_all_languages(site: Server) -> None:
    """In JSON for each provision and act; its page takes from that what it shows."""
    path = "/diff?from=2013-06-01&to=2015-06-01"
    found = site.client.get(f"{path}&format=json").json()
    for change in found["changes"]:
        names = found["names"][change["provision"]]
        assert set(names.get("short") or names["label"]) == set(LANGUAGES)
        assert (names.get("short") or names["label"])["en"] == change["label"]
        for amendment in change["amendments"]:
            assert set(found["names"][amendment["act"]["iri"]]["label"]) == set(LANGUAGES)
    heading = {"en": "Section 3", "kk": "3-бөлім", "ru": "Раздел 3"}
    for code, words in heading.items():
        assert f">{words}: " in ask(site, with_lang(path, code)).text


def test_what_has_no_words_in_the_page_language_names_its_own() -> None:
    """The next best words stand in an element with their language."""
    assert FALLBACKS["ru"] == ("ru", "en", "kk")
    words = {"en": "a <plan>", "kk": "жоспар"}
    shown = {}
    for code in LANGUAGES:
        token = wanted.set(Wanted(code))
        shown[code] = escape(choose_text(words))
        wanted.reset(token)
    marked = '<span lang="en">a &lt;plan&gt;</span>'
    assert shown == {"en": "a &lt;plan&gt;", "kk": "жоспар", "ru": marked}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_thing_is_told_in_the_page_language_first(site: Server, code: str) -> None:
    """What is said in all languages: in the page's own; the others are a fold away."""
    page = ask(site, with_lang("/agency/ministry-of-finance", code)).text
    names = {
        "en": "Ministry of Finance",
        "kk": "Қазақстан Республикасы Қаржы министрлігі",
        "ru": "Министерство финансов",
    }
    folded = page.partition("<details>")[2].partition("</details>")[0]
    for language, name in names.items():
        words = f'<span lang="{language}" class="words">{name}'
        assert (words in folded) == (language != code)
        assert words in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_rules_and_concepts_are_explained_in_the_page_language(site: Server, code: str) -> None:
    """All that a rule says, a concept's definition and note, and what a query asks."""
    said = {
        "/rule/R5": ("premiseText", "conclusion", "limit", "note", "definition"),
        "/concept/topic/gatherings-and-meetings": ("note", "definition"),
        "/concept/question/founding": ("definition", "questionPattern", "settledBy"),
        "/detector/bookmark": ("definition",),
        "/query/rules": ("prefLabel",),
    }
    for path, terms in said.items():
        graph = Graph().parse(data=site.client.get(f"{path}.ttl").text)
        page = ask(site, with_lang(path, code)).text
        shown = unescape(re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL))
        for term in terms:
            words = [o for _, p, o in graph if re.search(rf"[#/]{term}$", str(p))]
            assert {w.language for w in words if isinstance(w, Literal)} == set(LANGUAGES), term
            for word in words:
                assert isinstance(word, Literal)
                here = f'<span lang="{word.language}" class="words">{word}' in shown
                assert here == (word.language == code), (path, term)


@pytest.mark.parametrize("code", LANGUAGES)
def test_questions_are_offered_in_the_page_language(site: Server, code: str) -> None:
    """All that the query page lists; what has no such words would name its own language."""
    page = ask(site, with_lang("/sparql", code)).text
    offered = page.partition('<ul class="examples">')[2].partition("</ul>")[0]
    queries = read_queries(ROOT / "queries")
    assert offered.count("<li>") == len(queries) > 100
    assert "<span lang" not in offered
    for query in queries:
        assert f">{escape(query.summaries[code])}</a>" in offered


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/nothing-of-the-kind"])
def test_switch_keeps_the_page_and_its_other_parameters(site: Server, path: str) -> None:
    """On each page, also as links for programs; without a language there is the negotiated one."""
    page = ask(site, with_lang(path, "ru"))
    for code in LANGUAGES:
        alternate = re.search(
            rf'<link rel="alternate" hreflang="{code}" href="([^"]*)">', page.text
        )
        switch = re.search(rf'<a href="([^"]*)" lang="{code}" hreflang="{code}"', page.text)
        assert alternate
        assert switch
        assert alternate[1] == switch[1]
        address = page.url.join(switch[1].replace("&amp;", "&"))
        assert address.path == page.url.path
        kept = {k: v for k, v in page.url.params.multi_items() if k != "lang"}
        assert dict(address.params.multi_items()) == {**kept, "lang": code}
        assert site.client.get(address, headers=PAGE).headers["content-language"] == code
    assert 'hreflang="x-default"' in page.text
    assert page.text.count('aria-current="true"') == 1


def test_language_that_is_named_stays_on_links_and_forms(site: Server) -> None:
    page = ask(site, with_lang(PLAN, "kk")).text
    links = re.findall(r'<a (?:class="\w+" )?href="(/[^"]*)"', page)
    assert len(links) > 100
    without = {link for link in links if "lang=kk" not in link}
    assert without == {"/eli/kz/resolution/2013/78@2014-12-30/graph.ttl"}
    assert '<input type="hidden" name="lang" value="kk">' in page
    assert "lang=" not in re.sub(r' (href)?lang="|\?at[^"]*lang=', "", ask(site, PLAN, "kk").text)


def test_rfc_7089_time_gate_keeps_the_language(site: Server) -> None:
    """A redirect, the memento it leads to, and their links ask for the language that was named."""
    moment = {"Accept-Datetime": "Sat, 01 Jun 2013 00:00:00 GMT"}
    path = f"{MEASURE.replace('section-4/measure-7', 'section-1/measure-1')}?include=possible"
    redirect = ask(site, with_lang(path, "ru"), "kk", **moment)
    assert redirect.status_code == 302
    location = httpx.URL(redirect.headers["location"])
    assert dict(location.params) == {"at": "2013-01-31", "include": "possible", "lang": "ru"}
    memento = site.client.get(location, headers=PAGE)
    assert memento.headers["content-language"] == "ru"
    assert memento.headers["memento-datetime"]
    assert httpx.URL(memento.headers["content-location"]) == location
    assert memento.headers["link"].count("lang=ru") == memento.headers["link"].count("<http")
    plain = ask(site, path, "kk", **moment)
    assert "lang" not in httpx.URL(plain.headers["location"]).params
    assert "Accept-Language" not in plain.headers["vary"]


def test_problems_are_told_in_the_language_of_the_page(site: Server) -> None:
    """And in English where a program asks, whatever it accepts."""
    path = "/agency/nobody"
    assert "ничего не известно" in ask(site, path, "ru").text
    assert "ештеңе белгісіз" in ask(site, path, "kk").text
    program = site.client.get(path, headers={"Accept-Language": "ru"})
    assert program.json()["detail"] == (
        "Nothing is known of https://w3id.org/zhospar/agency/nobody."
    )
    day = ask(site, "/?at=2013-02-30&lang=ru")
    assert (day.status_code, language_of(day.text)) == (400, "ru")
    assert "не день календаря" in day.text


def test_every_message_is_there_in_every_language() -> None:
    """`make messages` brings new ones into the catalogues; people then translate them."""
    said = {message.id for message in gather() if message.id}
    assert len(said) > 150
    assert sorted(TRANSLATED) == sorted(path.stem for path in TRANSLATIONS.glob("*.po"))
    for code in TRANSLATED:
        catalogue = read_catalogue(code)
        kept = {message.id for message in catalogue if message.id}
        assert kept == said
        assert not [m.id for m in catalogue if m.id and (m.fuzzy or not is_said(m))]
        assert not catalogue.obsolete
        assert not [(m.id, str(e)) for m, errors in catalogue.check() for e in errors]
