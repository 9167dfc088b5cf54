"""TimeMaps (RFC 7089, section 5) over the project's own plan."""

import pytest

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


@pytest.mark.parametrize(
    ("path", "days"),
    [
        (MEASURE, DAYS),
        (f"{MEASURE}.ttl", DAYS),
        (REMOVED, (FIRST,)),
        (LATE_MEASURE, (THIRD,)),
        (f"{LATE_MEASURE}?include=possible", (SECOND, THIRD)),
        *((path, DAYS) for path in OF_NO_STATE),
    ],
)
def test_5_timemap_lists_the_mementos(site: Server, path: str, days: tuple[str, ...]) -> None:
    response = site.client.get(f"/timemap{path}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/link-format"
    links = parse_links(response.text.strip())
    assert targets(site, links, "original") == targets(site, links, "timegate") == [path]
    (own,) = (attributes for _, attributes in links if attributes["rel"] == "self")
    assert targets(site, links, "self") == [f"/timemap{path}"]
    assert (own["from"], own["until"]) == (MIDNIGHT[days[0]], MIDNIGHT[days[-1]])
    listed = [(a, t) for t, a in links if "memento" in a["rel"].split()]
    assert [a["datetime"] for a, _ in listed] == [MIDNIGHT[day] for day in days]
    assert listed[0][0]["rel"].startswith("first ")
    assert "last" in listed[-1][0]["rel"].split()
    for attributes, target in listed:
        memento = site.client.get(target)
        assert memento.status_code == 200
        assert memento.headers["memento-datetime"] == attributes["datetime"]


def test_5_timemap_of_the_resolution_lists_its_states_too(site: Server) -> None:
    links = parse_links(site.client.get(f"/timemap{ACT}").text.strip())
    mementos = targets(site, links, "memento")
    assert mementos == [address for day in DAYS for address in (f"{ACT}?at={day}", f"{ACT}@{day}")]
    assert targets(site, links, "first") == [f"{ACT}?at={FIRST}"]
    for target, attributes in links:
        if "memento" in attributes["rel"].split():
            headers = site.client.head(target).headers
            assert headers["memento-datetime"] == attributes["datetime"]


def test_5_timemap_in_other_forms(site: Server) -> None:
    timemap = f"/timemap{REMOVED}"
    document = site.client.get(timemap, headers={"Accept": "application/json"}).json()
    memento = {"datetime": "2013-01-30T18:00:00Z", "uri": f"{site.address}{REMOVED}?at={FIRST}"}
    assert document["mementos"] == {"first": memento, "last": memento, "list": [memento]}
    page = site.client.get(timemap, headers={"Accept": "text/html"})
    assert f'href="{REMOVED}?at={FIRST}"' in page.text
    assert site.client.get(timemap, headers={"Accept": "image/png"}).status_code == 406
    head = site.client.head(timemap)
    assert (head.status_code, head.content) == (200, b"")
    assert f'href="{timemap}"' in site.client.get(f"{REMOVED}.html?at={FIRST}").text
