"""The catalogue held against the EU's own shapes of DCAT-AP 3.0.1.

They are those of the public repository SEMICeu/DCAT-AP, folder releases/3.0.1/html/shacl (CC BY
4.0, European Union). They are not part of this project: they are read from ``../shared/dcat-ap``
beside it, or from the folder that ``KG_DCAT_AP`` names. ``shapes/catalogue.ttl`` asks on every
build for what of them we use.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph

from kg.build import Making
from kg.iris import graph_iri
from tests.graph.making import triples
from tests.roots import ROOT

CHECKSUM = "http://spdx.org/rdf/terms#algorithm"
"""The shapes want its address to begin with https, and be of a class that begins with http: SPDX
itself has http for both.
"""

ADVICE = {
    "shapes_recommended.ttl": {
        "http://data.europa.eu/r5r/availability",  # how long files stay is for who runs a server
        "http://purl.org/dc/terms/issued",  # a build has no day: same inputs, same bytes
        "http://purl.org/dc/terms/modified",
        "http://purl.org/dc/terms/type",  # of the publisher, and of the ODbL
        "http://www.w3.org/ns/dcat#bbox",  # of Kazakhstan
        "http://www.w3.org/ns/dcat#centroid",
        "http://www.w3.org/ns/dcat#endDate",  # of the last state, which is open
    },
    "mdr-vocabularies.shape.ttl": {
        "http://purl.org/dc/terms/publisher",  # no institution of the EU
    },
}
"""What is recommended and not followed, with the reason."""


def find_shapes() -> Path | None:
    named = os.environ.get("KG_DCAT_AP")
    folder = Path(named) if named else ROOT.parent / "shared" / "dcat-ap"
    return folder if (folder / "shapes.ttl").is_file() else None


@pytest.fixture(scope="module")
def shapes() -> Path:
    """The folder of the shapes; they are not ours to hand on, so no machine must have them."""
    folder = find_shapes()
    if folder is None:
        pytest.skip(
            "the EU's shapes of DCAT-AP 3.0.1 are not here: put them into ../shared/dcat-ap, "
            "or say with KG_DCAT_AP which folder holds shapes.ttl"
        )
    return folder


@pytest.fixture(scope="module")
def catalogue(making: Making) -> Graph:
    """The graph of the catalogue, alone."""
    graph = Graph()
    for statement in triples(making, graph_iri("catalogue")):
        graph.add(statement)
    return graph


def results(catalogue: Graph, file: Path) -> Iterator[tuple[str, str, str]]:
    """Severity, property and node of each result."""
    shapes = Graph().parse(file, format="turtle")
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        severity, path, node = (
            str(report.value(result, term))
            for term in (SH.resultSeverity, SH.resultPath, SH.focusNode)
        )
        yield severity.removeprefix(str(SH)), path, node


@pytest.mark.parametrize("name", ["shapes.ttl", "range.ttl", "deprecateduris.ttl"])
def test_what_is_asked_for_is_there(catalogue: Graph, shapes: Path, name: str) -> None:
    """Each class, property and number of values, and the class of each value."""
    assert list(results(catalogue, shapes / name)) == []


@pytest.mark.parametrize("name", sorted(ADVICE))
def test_what_is_advised_and_not_done_is_known(catalogue: Graph, shapes: Path, name: str) -> None:
    found = set(results(catalogue, shapes / name))
    assert {path for severity, path, _ in found if severity == "Warning"} == ADVICE[name]
    assert {path for severity, path, _ in found if severity == "Violation"} <= {CHECKSUM}


def test_what_is_missing_is_found(catalogue: Graph, shapes: Path) -> None:
    """A catalogue without its publisher and its titles doesn't pass."""
    broken = Graph()
    for subject, predicate, value in catalogue:
        if not str(predicate).endswith(("/publisher", "/title")):
            broken.add((subject, predicate, value))
    missing = {path for _, path, _ in results(broken, shapes / "shapes.ttl")}
    assert missing == {"http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/title"}
