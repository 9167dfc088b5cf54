"""The W3C's SPARQL 1.1 test cases, as their manifests list them.

The tests are those of the public repository w3c/rdf-tests, folder sparql/sparql11. They are not
part of this project: they are read from ``../shared/w3c`` beside it, or from where ``KG_W3C`` says.
Addresses are resolved against the tests' own published base, so they are the same on all machines.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, Node, URIRef

from tests.roots import ROOT

__all__ = ["BASE", "MF", "SOURCE", "SUITES", "Case", "Suite", "collect", "find_tests", "need_tests"]

SOURCE = "w3c/rdf-tests, commit ad541a5, folder sparql/sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


@dataclass(frozen=True, slots=True)
class Suite:
    """A manifest, how many cases it has, and what it is about."""

    name: str
    manifest: str
    cases: int
    title: str


SUITES = {
    suite.name: suite
    for suite in (
        Suite("query", "manifest-sparql11-query.ttl", 328, "Query language"),
        Suite("csv-tsv", "csv-tsv-res/manifest.ttl", 6, "Results in CSV and TSV"),
        Suite("json", "json-res/manifest.ttl", 4, "Results in JSON"),
        Suite("protocol", "protocol/manifest.ttl", 34, "Protocol"),
        Suite("service-description", "service-description/manifest.ttl", 3, "Service description"),
        Suite("graph-store", "graph-store-protocol/manifest.ttl", 13, "Graph store protocol"),
        Suite("service", "service/manifest.ttl", 7, "Federated query"),
        Suite("syntax-fed", "syntax-fed/manifest.ttl", 3, "Federated query, syntax"),
    )
}


@dataclass(frozen=True, slots=True)
class Case:
    """A test case: the manifest it stands in, its node there, and its kind (a local name)."""

    suite: str
    manifest: Graph
    node: URIRef
    kind: str

    @property
    def name(self) -> str:
        """Its folder and its local name, like ``exists/exists01``."""
        return str(self.node).removeprefix(BASE).replace("/manifest#", "/")

    @property
    def title(self) -> str:
        """What it is about, in the manifest's words."""
        return str(self.manifest.value(self.node, MF.name))

    @property
    def action(self) -> Node:
        """What is done in it."""
        action = self.manifest.value(self.node, MF.action)
        assert action is not None, self.name
        return action

    @property
    def query(self) -> str:
        """The address of its query."""
        return str(self.manifest.value(self.action, QT.query) or self.action)

    @property
    def data(self) -> list[str]:
        """The addresses of the files that make up its default graph."""
        return sorted(map(str, self.manifest.objects(self.action, QT.data)))

    @property
    def graphs(self) -> list[str]:
        """The addresses of the files that are its named graphs."""
        return sorted(map(str, self.manifest.objects(self.action, QT.graphData)))

    @property
    def services(self) -> dict[str, str]:
        """The file that each other endpoint of it holds, by the endpoint's address."""
        return {
            str(self.manifest.value(service, QT.endpoint)): str(
                self.manifest.value(service, QT.data)
            )
            for service in self.manifest.objects(self.action, QT.serviceData)
        }

    @property
    def result(self) -> str:
        """The address of the file with the answer that is expected."""
        return str(self.manifest.value(self.node, MF.result))


def find_tests() -> Path | None:
    """The folder ``sparql11`` of the tests, where this machine has it."""
    named = os.environ.get("KG_W3C")
    folder = (Path(named) if named else ROOT.parent / "shared" / "w3c") / "sparql11"
    return folder if folder.is_dir() else None


def need_tests() -> Path:
    """The same folder; skips the test that asks where there is none, under CI too.

    The tests are not ours to hand on, so no machine must have them.
    """
    folder = find_tests()
    if folder is None:
        pytest.skip(
            "the W3C's SPARQL 1.1 tests are not here: put them into ../shared/w3c/sparql11, "
            "or say with KG_W3C which folder holds sparql11",
            allow_module_level=True,
        )
    return folder


def collect(folder: Path, suite: Suite) -> list[Case]:
    """All cases of a suite in their order; raises ``AssertionError`` for a wrong count."""
    cases = list(_read(folder, suite.name, suite.manifest))
    assert len(cases) == suite.cases, f"{suite.name}: {len(cases)} cases, not {suite.cases}"
    assert len({case.name for case in cases}) == len(cases)
    return cases


def _read(folder: Path, suite: str, manifest: str) -> Iterator[Case]:
    graph = Graph().parse(folder / manifest, format="turtle", publicID=BASE + manifest)
    for included in graph.objects(None, MF.include):
        for other in graph.items(included):
            yield from _read(folder, suite, str(other).removeprefix(BASE))
    for entries in graph.objects(None, MF.entries):
        for node in graph.items(entries):
            assert isinstance(node, URIRef)
            kind = str(graph.value(node, RDF.type)).removeprefix(str(MF))
            yield Case(suite, graph, node, kind)
