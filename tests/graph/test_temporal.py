"""The shapes of time hold for any history that the notes can tell."""

from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from rdflib import Graph, URIRef, Variable
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from kg.graph.check import SHAPES_FOLDER
from kg.graph.report import SHAPES
from kg.history.events import HistoryError
from kg.iris import graph_iri
from kg.namespaces import RDF, ZH
from tests.graph.ways import write
from tests.histories import MadeUp, made_up_plans

# Not those on labels, spans and acts: made-up histories have no curated statements and no source.
FILES = {
    "temporal.ttl": ("amendment-", "version", "last-day", "attestation-on-later", "start-graded"),
    "history.ttl": (
        "version",
        "attestation-of-known",
        "attestations-agree",
        "attestation-circular",
    ),
    "reference.ttl": ("state", "effect-date-order"),
}


@cache
def load_constraints() -> dict[str, Query]:
    """The queries of the constraints across time, by the name of each."""
    constraints = {}
    for file, beginnings in FILES.items():
        shapes = Graph().parse(SHAPES_FOLDER / file)
        prefixes = {
            str(shapes.value(one, SH.prefix)): str(shapes.value(one, SH.namespace))
            for one in shapes.objects(None, SH.declare)
        }
        for constraint, query in shapes.subject_objects(SH.select):
            name = str(constraint).removeprefix(SHAPES)
            if name.startswith(beginnings):
                constraints[name] = prepareQuery(str(query), initNs=prefixes)
    return constraints


def find_offenders(history: Graph) -> set[tuple[str, str]]:
    """Each constraint that is broken, with the node that breaks it."""
    return {
        (name, str(binding[Variable("value")]))
        for name, query in load_constraints().items()
        for binding in history.query(query).bindings
    }


def test_the_constraints_are_all_there() -> None:
    """Those across time, and those on intervals, states and attestations."""
    assert len(load_constraints()) == 25


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up_plans())
def test_any_history_conforms(made_up: MadeUp) -> None:
    """No overlap or gap, no change without an amendment, nothing that rests on what is later."""
    try:
        graphs = write(made_up)
    except HistoryError:
        assume(False)
    history = Graph()
    for name in ("history", "reference"):
        for triple in graphs[URIRef(graph_iri(name))]:
            history.add(triple)
    assert find_offenders(history) == set()
    attested = set(history.subjects(RDF.type, ZH.Attestation))
    assert attested
    assert attested - set(history.subjects(ZH.premise)) == set(), "each rests on something"


@pytest.mark.parametrize(
    "example", ["version-end-unexplained", "attestation-on-later", "versions-gap"]
)
def test_the_constraints_find_what_is_wrong(example: str) -> None:
    """As they do where they are asked as shapes."""
    history = Graph().parse(SHAPES_FOLDER.parent / f"tests/shapes/{example}.ttl")
    assert example in {name for name, _ in find_offenders(history)}
