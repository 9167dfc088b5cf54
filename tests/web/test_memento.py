"""Memento (RFC 7089) on the project's own plan: each test is named for the section it holds to."""

import httpx
import pytest

from kg.web.problems import Problem
from kg.web.protocol.memento import read_datetime
from tests.serving import Server
from tests.web.links import parse_links, targets
from tests.web.mementos import (
    ACT,
    DAYS,
    FIRST,
    LATE_MEASURE,
    MEASURE,
    MIDNIGHT,
    OF_NO_STATE,
    REMOVED,
    SECOND,
    THIRD,
)


def ask_gate(site: Server, path: str, moment: str, **headers: str) -> httpx.Response:
    """What the TimeGate at a path answers for a moment; redirects are not followed."""
    return site.client.get(path, headers={"Accept-Datetime": moment, **headers})


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("Mon, 01 Jan 0001 00:00:00 GMT", FIRST),
        ("Sun, 01 Jan 2012 00:00:00 GMT", FIRST),
        ("Sat, 01 Jun 2013 12:00:00 GMT", FIRST),
        ("Sun, 26 Oct 2014 17:59:59 GMT", FIRST),
        ("Sun, 26 Oct 2014 18:00:00 GMT", SECOND),
        ("Mon, 27 Oct 2014 00:00:00 GMT", SECOND),
        ("Mon, 29 Dec 2014 17:59:59 GMT", SECOND),
        ("Mon, 29 Dec 2014 18:00:00 GMT", THIRD),
        ("Fri, 31 Dec 9999 23:59:59 GMT", THIRD),
    ],
)
def test_4_1_1_gate_sends_to_the_memento(site: Server, moment: str, day: str) -> None:
    response = ask_gate(site, MEASURE, moment)
    assert response.status_code == 302
    assert response.headers["location"] == f"{site.address}{MEASURE}?at={day}"
    assert "accept-datetime" in response.headers["vary"].lower()
    assert "memento-datetime" not in response.headers
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [MEASURE]


@pytest.mark.parametrize("path", [MEASURE, ACT, *OF_NO_STATE])
def test_4_1_1_without_accept_datetime_it_is_today(site: Server, path: str) -> None:
    response = site.client.get(path)
    assert response.status_code == 200
    assert "memento-datetime" not in response.headers
    named = set(response.headers["vary"].lower().split(", "))
    assert named == {"accept", "accept-datetime", "accept-encoding"}
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [path]
    assert targets(site, links, "timemap") == [f"/timemap{path}"]
    assert targets(site, links, "first") == [f"{path}?at={FIRST}"]
    assert targets(site, links, "last") == [f"{path}?at={THIRD}"]


@pytest.mark.parametrize("path", [MEASURE, ACT, *OF_NO_STATE])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_4_1_1_memento_says_its_datetime(site: Server, path: str, method: str) -> None:
    headers = {"Accept-Datetime": "Tue, 11 Nov 2014 00:00:00 GMT"}
    gate = site.client.request(method, path, headers=headers)
    assert (gate.status_code, gate.content) == (302, b"")
    # A client that follows sends the header again: a memento takes no notice of it.
    response = site.client.request(method, gate.headers["location"], headers=headers)
    assert response.status_code == 200
    assert bool(response.content) == (method == "GET")
    assert response.headers["memento-datetime"] == MIDNIGHT[SECOND]
    assert "accept-datetime" not in response.headers["vary"].lower()
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [path]
    assert targets(site, links, "memento") == [f"{path}?at={day}" for day in DAYS]
    assert targets(site, links, "prev") == targets(site, links, "first") == [f"{path}?at={FIRST}"]
    assert targets(site, links, "next") == targets(site, links, "last") == [f"{path}?at={THIRD}"]
    datetimes = [a["datetime"] for _, a in links if "memento" in a["rel"].split()]
    assert datetimes == list(MIDNIGHT.values())


def test_4_1_1_any_day_of_a_state_is_its_memento(site: Server) -> None:
    within = site.client.get(f"{MEASURE}.nt?at=2014-12-29")
    canonical = site.client.get(f"{MEASURE}.nt?at={SECOND}")
    assert within.content == canonical.content
    for name in ("memento-datetime", "content-location", "link"):
        assert within.headers[name] == canonical.headers[name]
    assert canonical.headers["content-location"] == f"{site.address}{MEASURE}.nt?at={SECOND}"


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "text/html"])
def test_4_1_1_format_is_negotiated_at_the_memento(site: Server, accept: str) -> None:
    response = ask_gate(site, MEASURE, MIDNIGHT[SECOND], Accept=accept)
    followed = site.client.get(response.headers["location"], headers={"Accept": accept})
    assert followed.status_code == 200
    assert followed.headers["content-type"].startswith(accept)
    assert followed.headers["memento-datetime"] == MIDNIGHT[SECOND]


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf", "nt", "html"])
def test_4_1_1_suffix_survives(site: Server, suffix: str) -> None:
    path = f"{MEASURE}.{suffix}"
    response = ask_gate(site, path, MIDNIGHT[SECOND])
    assert response.headers["location"] == f"{site.address}{path}?at={SECOND}"
    assert targets(site, parse_links(response.headers["link"]), "timemap") == [f"/timemap{path}"]
    assert site.client.get(response.headers["location"]).status_code == 200


def test_4_1_1_what_may_have_stood_counts_where_asked_for(site: Server) -> None:
    moment = "Tue, 11 Nov 2014 00:00:00 GMT"
    sure = ask_gate(site, LATE_MEASURE, moment)
    assert sure.headers["location"] == f"{site.address}{LATE_MEASURE}?at={THIRD}"
    wider = ask_gate(site, f"{LATE_MEASURE}?include=possible", moment)
    expected = f"{site.address}{LATE_MEASURE}?at={SECOND}&include=possible"
    assert wider.headers["location"] == expected
    memento = site.client.get(expected)
    assert memento.headers["memento-datetime"] == MIDNIGHT[SECOND]
    original = targets(site, parse_links(memento.headers["link"]), "original")
    assert original == [f"{LATE_MEASURE}?include=possible"]


def test_4_3_a_language_version_is_fixed_like_its_state(site: Server) -> None:
    """The Kazakh text of the last state is no TimeGate: to ask for another time changes nothing."""
    fixed = f"{ACT}@{THIRD}/kaz"
    response = ask_gate(site, fixed, MIDNIGHT[SECOND])
    assert response.status_code == 200
    assert response.headers["memento-datetime"] == MIDNIGHT[THIRD]
    assert "accept-datetime" not in response.headers["vary"]
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [ACT]
    timemap = site.client.get(f"/timemap{fixed}")
    assert timemap.headers["location"] == f"{site.address}/timemap{ACT}"


@pytest.mark.parametrize("fixed", [f"{ACT}@{SECOND}", f"{ACT}@{SECOND}/graph"])
def test_4_3_state_is_a_memento_of_the_resolution(site: Server, fixed: str) -> None:
    response = ask_gate(site, fixed, MIDNIGHT[THIRD])
    assert response.status_code == 200
    assert response.headers["memento-datetime"] == MIDNIGHT[SECOND]
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [ACT]
    assert targets(site, links, "timemap") == [f"/timemap{ACT}"]
    timemap = site.client.get(f"/timemap{fixed}")
    assert timemap.headers["location"] == f"{site.address}/timemap{ACT}"


def test_4_3_version_is_a_memento_of_its_provision(site: Server) -> None:
    response = site.client.head(f"{ACT}/paragraph-4@{SECOND}.ttl")
    assert response.headers["memento-datetime"] == MIDNIGHT[SECOND]
    assert response.headers["x-zhospar-state"].endswith(f"78@{SECOND}")
    original = targets(site, parse_links(response.headers["link"]), "original")
    assert original == [f"{ACT}/paragraph-4.ttl"]


@pytest.mark.parametrize("cell", ["deadline", "funding", "output-1", "responsibility-2"])
def test_4_3_cell_is_fixed_like_its_version(site: Server, cell: str) -> None:
    """No other time is negotiated, and its original is its provision, not an undated cell."""
    path = f"{MEASURE}@{FIRST}/{cell}"
    response = ask_gate(site, path, MIDNIGHT[THIRD])
    assert response.status_code == 200
    assert response.headers["memento-datetime"] == MIDNIGHT[FIRST]
    assert "accept-datetime" not in response.headers["vary"]
    links = parse_links(response.headers["link"])
    assert targets(site, links, "original") == targets(site, links, "timegate") == [MEASURE]
    timemap = site.client.get(f"/timemap{path}")
    assert timemap.headers["location"] == f"{site.address}/timemap{MEASURE}"
    # What a later state says of it is there for the asking.
    later = site.client.get(f"{path}.ttl?at={THIRD}")
    assert later.headers["x-zhospar-state"].endswith(f"78@{THIRD}")


def test_4_3_effect_date_is_fixed_like_its_state(site: Server) -> None:
    response = ask_gate(site, f"{ACT}@{SECOND}/effect-date", MIDNIGHT[FIRST])
    assert response.status_code == 200
    assert response.headers["memento-datetime"] == MIDNIGHT[SECOND]
    assert targets(site, parse_links(response.headers["link"]), "original") == [ACT]


def test_4_5_2_removed_thing_still_has_its_gate(site: Server) -> None:
    today = site.client.get(REMOVED)
    assert today.status_code == 404
    assert "?at=2013-01-31" in today.json()["detail"]
    assert "accept-datetime" in today.headers["vary"].lower()
    assert targets(site, parse_links(today.headers["link"]), "timegate") == [REMOVED]
    # The closest memento that there is: the state of 2013, for a day after the removal too.
    sent = ask_gate(site, REMOVED, "Fri, 01 Jan 2016 00:00:00 GMT")
    assert sent.headers["location"] == f"{site.address}{REMOVED}?at={FIRST}"
    assert site.client.get(sent.headers["location"]).status_code == 200


def test_4_5_3_before_the_first_memento_goes_to_the_first(site: Server) -> None:
    sent = ask_gate(site, LATE_MEASURE, "Sat, 01 Jun 2013 00:00:00 GMT")
    assert sent.headers["location"] == f"{site.address}{LATE_MEASURE}?at={THIRD}"
    dated = site.client.get(f"{LATE_MEASURE}?at=2013-06-01")
    assert dated.status_code == 404
    assert "memento-datetime" not in dated.headers
    assert targets(site, parse_links(dated.headers["link"]), "first") == [
        f"{LATE_MEASURE}?at={THIRD}"
    ]


@pytest.mark.parametrize(
    ("moment", "wrong"),
    [
        ("yesterday", "RFC 1123"),
        ("2014-10-27", "RFC 1123"),
        ("Mon, 27 Oct 2014 00:00:00 +0600", "in GMT"),
        ("Monday, 27-Oct-14 00:00:00 GMT", "RFC 1123"),
        ("Mon, 27 Oct 2014 00:00:00 GMT, Mon, 27 Oct 2014 00:00:00 GMT", "RFC 1123"),
        ("Mon, 31 Feb 2014 00:00:00 GMT", "no such moment: day"),
        ("Mon, 27 Oct 2014 24:00:00 GMT", "no such moment: hour"),
    ],
)
def test_4_5_3_malformed_datetime_is_named(site: Server, moment: str, wrong: str) -> None:
    response = ask_gate(site, MEASURE, moment)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert wrong in response.json()["detail"]
    assert moment in response.json()["detail"]
    assert "accept-datetime" in response.headers["vary"].lower()
    assert targets(site, parse_links(response.headers["link"]), "timemap")


def test_2_1_1_datetime_has_the_form_of_rfc_1123() -> None:
    assert read_datetime(MIDNIGHT[SECOND]).isoformat() == "2014-10-26T18:00:00+00:00"
    # The weekday says nothing that the date doesn't: a wrong one leaves no doubt about the moment.
    assert read_datetime("Tue, 26 Oct 2014 18:00:00 GMT") == read_datetime(MIDNIGHT[SECOND])
    with pytest.raises(Problem, match="RFC 1123"):
        read_datetime("Sun, 26 Oct 2014 18:00:00 gmt")


@pytest.mark.parametrize("path", ["/nothing", "/nothing.ttl", f"{ACT}@2014-10-28", "/timemap/no"])
def test_unknown_is_unknown_at_any_time(site: Server, path: str) -> None:
    for headers in ({}, {"Accept-Datetime": MIDNIGHT[SECOND]}):
        response = site.client.get(path, headers=headers)
        assert response.status_code == 404
        assert "link" not in response.headers


def test_browsers_may_ask_from_other_sites(site: Server) -> None:
    headers = site.client.options(MEASURE).headers
    assert "Accept-Datetime" in headers["access-control-allow-headers"]
    assert "Memento-Datetime" in headers["access-control-expose-headers"]


def test_answers_to_queries_are_no_mementos(site: Server) -> None:
    response = site.ask("SELECT (1 AS ?x) {}", at=FIRST)
    assert response.status_code == 200
    assert response.headers["x-zhospar-state"].endswith(f"78@{FIRST}")
    assert "memento-datetime" not in response.headers
