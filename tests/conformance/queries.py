"""Cases of the query and result format manifests, run over HTTP."""

from pathlib import Path

import httpx

from kg.asking.tokens import tokenize
from tests.conformance.holding import EMPTY, path_of, read_graph
from tests.conformance.outcomes import Outcome
from tests.conformance.results import Table, compare_graphs, compare_tables, read_answer
from tests.conformance.suite import Case

__all__ = ["run_query_case"]

_MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".ttl": "text/turtle",
}


def run_query_case(client: httpx.Client, folder: Path, case: Case) -> Outcome:
    """Ask the query of a case and compare the answer, or whether there is one."""
    text = path_of(folder, case.query).read_text(encoding="utf-8")
    if case.kind == "PositiveSyntaxTest11":
        found = _check_status(client, text, 200)
    elif case.kind == "NegativeSyntaxTest11":
        found = _check_status(client, text, 400)
    else:
        found = _check_answer(client, folder, case, text)
    return Outcome(case.suite, case.name, "failed" if found else "passed", found)


def _check_status(client: httpx.Client, text: str, status: int) -> str:
    """What is wrong where a query isn't answered with ``status``."""
    response = _ask(client, text, "*/*", {"default-graph-uri": [EMPTY]})
    if response.status_code == status:
        return ""
    return f"status {response.status_code}, not {status}"


def _check_answer(client: httpx.Client, folder: Path, case: Case, text: str) -> str:
    """What is wrong with the answer to the query of a case."""
    path = path_of(folder, case.result)
    named = {"default-graph-uri": case.data, "named-graph-uri": case.graphs}
    if _is_asked_by(text, "FROM"):
        named = {}
    elif not any(named.values()):
        named = {"default-graph-uri": [EMPTY]}
    # The base of a query is its own address; over HTTP that can only be said in the query.
    response = _ask(client, f"BASE <{case.query}>\n{text}", _MEDIA_TYPES[path.suffix], named)
    if response.status_code != 200:
        return f"status {response.status_code}: {_reason(response)}"
    sent = response.headers["content-type"].partition(";")[0]
    if sent != _MEDIA_TYPES[path.suffix]:
        return f"it came as {sent}"
    if path.suffix == ".ttl":
        graph = read_graph(response.content, ".ttl", case.query)
        return compare_graphs(graph, read_graph(path.read_bytes(), ".ttl", case.result))
    found = read_answer(response.content, path.suffix)
    expected = read_answer(path.read_bytes(), path.suffix)
    if isinstance(found, Table) and isinstance(expected, Table):
        return compare_tables(found, expected, ordered=_is_asked_by(text, "ORDER"))
    return "" if found == expected else f"it is {found}, not {expected}"


def _ask(
    client: httpx.Client, text: str, accept: str, named: dict[str, list[str]]
) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return client.post("/sparql", params=named, content=text.encode(), headers=headers)


def _is_asked_by(text: str, keyword: str) -> bool:
    """Whether ``keyword`` stands outside all brackets of a query."""
    return any(token.depth == 0 and token.is_word(keyword) for token in tokenize(text))


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["detail"])
    except ValueError:
        return response.text[:200]
