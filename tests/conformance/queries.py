"""Cases of the query and result format manifests, run over HTTP."""

from pathlib import Path

import httpx
from pyoxigraph import Triple

from kg.asking.tokens import tokenize
from tests.conformance.holding import EMPTY, path_of, read_graph
from tests.conformance.outcomes import Outcome, Status
from tests.conformance.results import (
    Table,
    by_value,
    compare_graphs,
    compare_tables,
    read_answer,
    read_result_set,
)
from tests.conformance.suite import Case

__all__ = ["run_query_case"]

_MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".ttl": "text/turtle",
}


def run_query_case(
    client: httpx.Client, folder: Path, case: Case, text: str | None = None
) -> Outcome:
    """Ask the query of a case and compare the answer, or whether there is one.

    ``text`` is put in the place of the query, where it is given.
    """
    if text is None:
        text = path_of(folder, case.query).read_text(encoding="utf-8")
    if case.kind.endswith("SyntaxTest11"):
        status, found = _check_syntax(client, text, wanted=case.kind == "PositiveSyntaxTest11")
    else:
        status, found = _check_answer(client, folder, case, text)
    return Outcome(case.suite, case.name, status, found)


def _check_syntax(client: httpx.Client, text: str, *, wanted: bool) -> tuple[Status, str]:
    """Whether a query is taken for SPARQL where ``wanted``, and only then.

    A query whose syntax is right may still name a function that isn't known: that is told apart, as
    only what is malformed is answered with a line and a column.
    """
    response = _ask(client, text, "*/*", {"default-graph-uri": [EMPTY]})
    if response.status_code == 200:
        taken = True
    elif response.status_code == 400:
        taken = "line" not in response.json()
    else:
        return "failed", f"status {response.status_code}"
    if taken == wanted:
        return "passed", ""
    return "failed", "it is taken for SPARQL" if taken else _reason(response)


def _check_answer(client: httpx.Client, folder: Path, case: Case, text: str) -> tuple[Status, str]:
    """What became of the query of a case."""
    path = path_of(folder, case.result)
    expected = _read_expected(path, case.result)
    suffix = path.suffix if path.suffix != ".ttl" or not isinstance(expected, Table) else ".srj"
    # The base of a query is its own address; over HTTP that can only be said in the query.
    based = f"BASE <{case.query}>\n{text}"
    response = _ask(client, based, _MEDIA_TYPES[suffix], _name_dataset(case, text))
    if response.status_code != 200:
        return "failed", f"status {response.status_code}: {_reason(response)}"
    sent = response.headers["content-type"].partition(";")[0]
    if sent != _MEDIA_TYPES[suffix]:
        return "failed", f"it came as {sent}"
    if isinstance(expected, list):
        graph = read_graph(response.content, ".ttl", case.query)
        different = compare_graphs(graph, expected)
        return ("failed", different) if different else ("passed", "")
    found = read_answer(response.content, suffix)
    if isinstance(found, Table) and isinstance(expected, Table):
        return _compare(found, expected, ordered=_stands_outside(text, "ORDER"))
    return ("passed", "") if found == expected else ("failed", f"it is {found}, not {expected}")


def _compare(found: Table, expected: Table, *, ordered: bool) -> tuple[Status, str]:
    different = compare_tables(found, expected, ordered=ordered)
    if not different:
        return "passed", ""
    if not compare_tables(by_value(found), by_value(expected), ordered=ordered):
        return "equal", different
    return "failed", different


def _read_expected(path: Path, address: str) -> bool | Table | list[Triple]:
    """The answer in a file: solutions, a boolean, or a graph."""
    content = path.read_bytes()
    if path.suffix != ".ttl":
        return read_answer(content, path.suffix)
    graph = read_graph(content, ".ttl", address)
    return read_result_set(graph) or graph


def _name_dataset(case: Case, text: str) -> dict[str, list[str]]:
    """The protocol's parameters for the data set of a case, unless its query names it itself."""
    if _stands_outside(text, "FROM"):
        return {}
    if not case.data and not case.graphs:
        return {"default-graph-uri": [EMPTY]}
    return {"default-graph-uri": case.data, "named-graph-uri": case.graphs}


def _ask(
    client: httpx.Client, text: str, accept: str, named: dict[str, list[str]]
) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return client.post("/sparql", params=named, content=text.encode(), headers=headers)


def _stands_outside(text: str, keyword: str) -> bool:
    """Whether ``keyword`` stands outside all brackets of a query."""
    return any(token.depth == 0 and token.is_word(keyword) for token in tokenize(text))


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["detail"])
    except ValueError:
        return response.text[:200]
