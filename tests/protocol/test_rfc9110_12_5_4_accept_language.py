"""RFC 9110, section 12.5.4: a page is in the language that the client likes best.

And what follows from that: sections 8.5 (Content-Language), 12.5.5 (Vary), 13.1.2 (If-None-Match).
"""

import re

import httpx
import pytest

from kg.web.protocol.languages import LANGUAGES, choose_language
from tests.serving import Server

PAGE = {"Accept": "text/html"}
PLAN = "/?at=2015-06-01"
AGENCY = "/agency/ministry-of-finance"


def ask(server: Server, path: str, language: str = "", **headers: str) -> httpx.Response:
    """A page in a language."""
    accepted = {"Accept-Language": language} if language else {}
    return server.client.get(path, headers={**PAGE, **accepted, **headers})


def language_of(response: httpx.Response) -> str:
    """That of the page's root element."""
    found = re.search(r'<html lang="([a-z]+)">', response.text)
    assert found, response.text[:200]
    return found[1]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("RU", "ru"),
        ("kk, ru;q=0.9", "kk"),
        ("ru;q=0.4, kk;q=0.5", "kk"),
        ("de, ru;q=0.1", "ru"),
        ("de", "en"),
        ("ru;q=0", "en"),
        ("en;q=0", "en"),
        ("ru;q=1.5", "ru"),
        (", ,ru,", "ru"),
        ("ru," * 400, "en"),
    ],
)
def test_the_most_wanted_language_is_chosen(accepted: str, chosen: str) -> None:
    """Qualities order the languages; one that isn't there, or not wanted, is passed over."""
    assert choose_language(accepted) == chosen


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("ru-KZ", "ru"),
        ("ru-KZ, en;q=0.5", "ru"),
        ("kk-Cyrl-KZ", "kk"),
        ("de-DE, kk-KZ;q=0.2, en;q=0.1", "kk"),
        ("ru-KZ;q=0.3, en-GB;q=0.4", "en"),
        ("r, k", "en"),
    ],
)
def test_rfc_4647_3_4_a_range_is_shortened_until_it_is_found(accepted: str, chosen: str) -> None:
    assert choose_language(accepted) == chosen


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("*", "en"),
        ("de, *", "en"),
        ("en;q=0, *", "kk"),
        ("en;q=0, kk;q=0, *;q=0.1", "ru"),
        ("en;q=0.2, *", "kk"),
        ("*;q=0.5, ru;q=0.3", "en"),
        ("ru, *;q=0.1", "ru"),
    ],
)
def test_rfc_4647_3_3_1_a_star_is_any_language_not_named(accepted: str, chosen: str) -> None:
    assert choose_language(accepted) == chosen


def test_8_5_a_page_says_its_language(server: Server) -> None:
    """In the header and in its root element; a page without a header asked for is in English."""
    for code in LANGUAGES:
        page = ask(server, AGENCY, f"{code}, de;q=0.1")
        assert (page.headers["content-language"], language_of(page)) == (code, code)
    assert ask(server, AGENCY).headers["content-language"] == "en"


def test_5_3_two_headers_count_as_one(server: Server) -> None:
    headers = [("Accept", "text/html"), ("Accept-Language", "de"), ("Accept-Language", "kk;q=0.5")]
    for _ in range(2):  # the second time from what is kept
        assert server.client.get(AGENCY, headers=headers).headers["content-language"] == "kk"


def test_12_5_5_pages_vary_by_language_and_data_does_not(server: Server) -> None:
    page = ask(server, AGENCY, "ru").headers["vary"]
    data = server.client.get(f"{AGENCY}.ttl", headers={"Accept-Language": "ru"})
    assert "Accept-Language" in page.split(", ")
    assert "Accept-Language" not in data.headers["vary"]
    assert "content-language" not in data.headers


def test_13_1_2_two_languages_never_mix(server: Server) -> None:
    """Each has its entity tags; what one page is known by is news in another language."""
    asked = {code: ask(server, PLAN, code) for code in LANGUAGES}
    asked |= {f"?{code}": ask(server, f"{PLAN}&lang={code}", "de") for code in LANGUAGES}
    tags = {name: response.headers["etag"] for name, response in asked.items()}
    assert len(set(tags.values())) == 6
    for _ in range(2):  # the second time from what is kept
        for one in LANGUAGES:
            for other in LANGUAGES:
                response = ask(server, PLAN, one, **{"If-None-Match": tags[other]})
                assert response.status_code == (304 if one == other else 200)
                if one != other:
                    assert language_of(response) == one
                    assert response.headers["etag"] == tags[one]
            assert language_of(ask(server, PLAN, one)) == one


def test_ways_to_ask_for_one_language_share_its_page(server: Server) -> None:
    tags = {
        ask(server, PLAN, accepted).headers["etag"]
        for accepted in ("ru", "ru-KZ, en;q=0.5", "de, ru;q=0.2")
    }
    assert len(tags) == 1
