"""A build that holds the tests' data: every file as the named graph of its own address.

A case then names its data set by the protocol's ``default-graph-uri`` and ``named-graph-uri``, so
one server answers all cases. Blank nodes of different files are kept apart.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from kg.iris import graph_iri
from kg.namespaces import BASE as PROJECT
from kg.namespaces import RDF, ZH
from tests.conformance.suite import BASE, Case

__all__ = [
    "EMPTY",
    "STATE_GRAPH",
    "path_of",
    "read_data",
    "read_graph",
    "state_statements",
    "write_build",
]

EMPTY = f"{BASE}empty"
"""The address of a graph that holds nothing."""

_STATE = f"{PROJECT}eli/kz/resolution/2013/78@2013-01-31"
STATE_GRAPH = f"{_STATE}/graph"
_SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".nt": RdfFormat.N_TRIPLES,
}


def path_of(folder: Path, address: str) -> Path:
    """The file that an address of the tests stands for."""
    return folder / address.removeprefix(BASE)


def read_graph(content: bytes, syntax: str, address: str) -> list[Triple]:
    """The triples of a document; ``syntax`` is the suffix of its name, ``address`` its base."""
    found = parse(content, _SYNTAXES[syntax], base_iri=address, rename_blank_nodes=True)
    return [quad.triple for quad in found]


def read_data(folder: Path, cases: Iterable[Case]) -> dict[str, list[Triple]]:
    """The graph of each file that ``cases`` name as data, by its address."""
    addresses = {
        address for case in cases for address in (*case.data, *case.graphs, *case.services.values())
    }
    graphs = {}
    for address in sorted(addresses):
        path = path_of(folder, address)
        graphs[address] = read_graph(path.read_bytes(), path.suffix, address)
    return graphs


def write_build(target: Path, graphs: Mapping[str, Iterable[Triple]]) -> Path:
    """Put ``graphs`` into a folder as a build, with the one state that a build must have."""
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(address))
        for address, triples in graphs.items()
        for triple in triples
    ]
    target.mkdir(parents=True, exist_ok=True)
    lines = [*(f"{quad} .\n" for quad in quads), *_state_lines()]
    (target / "kg.nq").write_text("".join(lines), encoding="utf-8")
    return target


def state_statements() -> list[Triple]:
    """What such a build says of its state, in ``graph/reference``."""
    return [quad.triple for quad in parse("".join(_state_lines()).encode(), RdfFormat.N_QUADS)]


def _state_lines() -> Iterable[str]:
    reference = graph_iri("reference")
    for predicate, value in (
        (RDF.type, f"<{ZH.State}>"),
        (ZH.validFrom, '"2013-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (ZH.stateGraph, f"<{STATE_GRAPH}>"),
        (ZH.possibleGraph, f"<{_STATE}/possible>"),
        (ZH.evidence, f"<{ZH.Stated}>"),
    ):
        yield f"<{_STATE}> <{predicate}> {value} <{reference}> .\n"
