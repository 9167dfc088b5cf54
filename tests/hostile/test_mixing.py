"""Answers of several kinds, asked for one after another and at once, are never another's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.serving import COUNT_MEASURES, Server

ASKED: dict[str, tuple[str, dict[str, str], Callable[[str], bool]]] = {
    "count": ("/sparql", {"query": COUNT_MEASURES}, lambda text: text.split() == ["n", "2"]),
    "word": (
        "/sparql",
        {"query": "SELECT ('word' AS ?w) {}"},
        lambda text: text.split() == ["w", "word"],
    ),
    "rows": (
        "/sparql",
        {"query": "SELECT ('row' AS ?row) { ?a ?b ?c . ?d ?e ?f } LIMIT 9000"},
        lambda text: set(text.split()) == {"row"} and len(text.split()) == 9001,
    ),
    "malformed": ("/sparql", {"query": "ASK {"}, lambda text: "too soon" in text),
    "undone": (
        "/sparql",
        {"query": "SELECT (IF(?n > 5000, 1/0, 'x') AS ?x) { ?n ?b ?c . ?d ?e ?f } LIMIT 6000"},
        lambda text: set(text.split()) <= {"x", '""'},
    ),
    "graph": (
        "/sparql",
        {"query": "CONSTRUCT WHERE { ?s a ?o }", "as": "nt"},
        lambda text: all("#type>" in line for line in text.splitlines()),
    ),
    "difference": ("/diff", {"format": "json"}, lambda text: "diff.schema.json" in text),
    "difference-as-text": ("/diff", {"format": "text"}, lambda text: not text.startswith("{")),
}


@pytest.mark.parametrize("second", ASKED)
@pytest.mark.parametrize("first", ASKED)
def test_one_after_another(hostile: Server, first: str, second: str) -> None:
    for _ in range(5):
        for name in (first, second):
            _ask(hostile.client, name)


def test_at_once(hostile: Server) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: _ask(hostile.client, name), list(ASKED) * 25))


def _ask(client: httpx.Client, name: str) -> None:
    path, parameters, is_right = ASKED[name]
    response = client.get(path, params=parameters, headers={"Accept": "text/csv"})
    assert is_right(response.text), (name, response.status_code, response.text[:300])
