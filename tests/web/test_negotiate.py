"""Content negotiation: the header, and what it chooses."""

import pytest

from kg.web.protocol.negotiate import Offer, choose, prefers_page, result_formats

OFFERS = [
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("text/csv", "csv"),
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "ttl"),
        ("*/*", "ttl"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/*", "ttl"),
        ("text/turtle;q=0.5, text/csv", "csv"),
        ("text/turtle;q=0, text/*", "csv"),
        ("text/*;q=0.1, application/n-triples;q=0.2", "nt"),
        ("*/*;q=0.1, text/turtle;q=0", "nt"),
        ("text/turtle;q=0.000", None),
        ("image/png", None),
        ("nonsense, text/csv", "csv"),
        ("text/csv;q=x", "csv"),
        (", ,text/csv,", "csv"),
    ],
)
def test_most_wanted_is_chosen(accept: str, chosen: str | None) -> None:
    offer = choose(accept, OFFERS)
    assert (offer.what if offer else None) == chosen


def test_browsers_get_pages_and_programs_data() -> None:
    assert prefers_page(BROWSER)
    assert prefers_page("text/html")
    assert not prefers_page("*/*")
    assert not prefers_page("")
    assert not prefers_page("text/html;q=0.5, text/turtle")


def test_each_kind_has_its_format() -> None:
    chosen = result_formats("text/turtle, text/csv")
    assert {kind: offer.what.name for kind, offer in chosen.items()} == {
        "solutions": "csv",
        "graph": "ttl",
    }


def test_alias_is_answered_under_its_own_name() -> None:
    chosen = result_formats("application/json")
    assert {offer.media_type for offer in chosen.values()} == {"application/json"}
