"""Cases of the federated query manifests: the endpoints that they call are servers of ours.

A case names its endpoints by addresses of the example.org kind. In its query each is replaced by
one of a running server that holds the case's data for it, by the protocol's ``default-graph-uri``;
an endpoint that must not be there is one where nobody listens. A call within a call is made by the
server that the outer one asks, which is another than the one that it asks.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx

from bench.processes import free_port
from tests.conformance.holding import EMPTY, path_of, read_data, write_build
from tests.conformance.outcomes import Outcome
from tests.conformance.queries import run_query_case
from tests.conformance.suite import Case
from tests.serving import Server, serve

__all__ = ["run_federated"]

_INVALID = "http://invalid.endpoint.org/sparql"
_BY_VARIABLE = re.compile(r"\bSERVICE\s+[?$]")
_ANY = "g"
"""What the syntax cases call: no data are given for it."""


@dataclass(frozen=True)
class _Servers:
    """The one that is asked, and the two that it may ask; the inner one asks nobody."""

    asked: Server
    outer: Server
    inner: Server
    nobody: str

    def place(self, case: Case, text: str) -> str:
        """A case's query with the addresses of now."""
        for number, (endpoint, data) in enumerate(sorted(case.services.items())):
            server = self.inner if number else self.outer
            text = text.replace(f"<{endpoint}>", f"<{_address(server, data)}>")
        text = text.replace(f"<{_INVALID}>", f"<{self.nobody}>")
        return text.replace(f"<{_ANY}>", f"<{_address(self.inner, EMPTY)}>")


def run_federated(folder: Path, target: Path, cases: list[Case]) -> list[Outcome]:
    """What became of each case; ``target`` is a folder for the servers' build."""
    build = write_build(target, read_data(folder, cases))
    data = {file for case in cases for file in case.services.values()} | {EMPTY}
    with _serve_three(build, sorted(data)) as servers:
        return [_run_case(servers, folder, case) for case in cases]


@contextmanager
def _serve_three(build: Path, data: list[str]) -> Iterator[_Servers]:
    nobody = f"http://127.0.0.1:{free_port()}/sparql"
    with serve(build) as inner:
        further = [nobody, *(_address(inner, file) for file in data)]
        with serve(build, KG_SERVICE_ALLOW=",".join(further)) as outer:
            allowed = [*further, *(_address(outer, file) for file in data)]
            with serve(build, KG_SERVICE_ALLOW=",".join(allowed)) as asked:
                yield _Servers(asked, outer, inner, nobody)


def _run_case(servers: _Servers, folder: Path, case: Case) -> Outcome:
    text = servers.place(case, path_of(folder, case.query).read_text(encoding="utf-8"))
    if _BY_VARIABLE.search(text):
        return _check_refusal(servers.asked.client, case, text)
    return run_query_case(servers.asked.client, folder, case, text)


def _check_refusal(client: httpx.Client, case: Case, text: str) -> Outcome:
    """An endpoint that only an answer would tell is not asked, whatever else is allowed."""
    headers = {"Content-Type": "application/sparql-query"}
    response = client.post("/sparql", content=text.encode(), headers=headers)
    if response.status_code == 400 and "name the endpoint by its address" in response.text:
        return Outcome(case.suite, case.name, "refused")
    return Outcome(case.suite, case.name, "failed", f"status {response.status_code}")


def _address(server: Server, data: str) -> str:
    """Where the file called ``data`` is the default graph."""
    return f"{server.address}/sparql?default-graph-uri={quote(data, safe='')}"
