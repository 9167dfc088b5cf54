"""Every constraint of ``shapes/`` has an example here, and finds in it what it should and no more.

An example is a Turtle file named after its constraint: nodes that conform, nodes that don't, and
the validation report that is expected of them. All the shapes that are asked together with the
constraint are asked of it, so that the report is the whole of what they find.
"""

import logging
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.graph.check import SHAPES_FOLDER, VIEWS, validate
from kg.graph.report import SHAPES

EXAMPLES = sorted(Path(__file__).parent.glob("*.ttl"))
EXAMPLE_COUNT = 355

# What stands on a constraint and asks nothing by itself.
_SILENT = {SH.path, SH.message, SH.severity, SH.qualifiedValueShape, SH.flags} | {
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
}
_SPARQL = "SPARQLConstraintComponent"

Result = tuple[str, str, str]
"""The offending node, the constraint, and its component."""


@cache
def load_constraints() -> dict[str, tuple[str, frozenset[str]]]:
    """Each constraint's view and components, by its name: what has a message."""
    constraints = {}
    for view, files in VIEWS.items():
        for file in files:
            shapes = Graph().parse(SHAPES_FOLDER / file)
            for constraint in set(shapes.subjects(SH.message)):
                name = str(constraint).removeprefix(SHAPES)
                constraints[name] = (view, list_components(shapes, constraint))
    return constraints


def list_components(shapes: Graph, constraint: Node) -> frozenset[str]:
    """The names of the components that a constraint's parameters call for."""
    if (constraint, RDF.type, SH.SPARQLConstraint) in shapes:
        return frozenset({_SPARQL})
    parameters = set(shapes.predicates(constraint)) - _SILENT - {RDF.type}
    names = (str(parameter).removeprefix(str(SH)) for parameter in parameters)
    return frozenset(f"{name[0].upper()}{name[1:]}ConstraintComponent" for name in names)


def read_results(report: Graph) -> set[Result]:
    """The results of a validation report; a SPARQL constraint's node is the result's value."""
    results = set()
    for result in report.objects(None, SH.result):
        constraint = report.value(result, SH.sourceConstraint)
        if constraint is None:
            node, constraint = (report.value(result, p) for p in (SH.focusNode, SH.sourceShape))
            component = str(report.value(result, SH.sourceConstraintComponent))
        else:
            node, component = report.value(result, SH.value), _SPARQL
        name = str(constraint).removeprefix(SHAPES)
        results.add((str(node), name, component.removeprefix(str(SH))))
    return results


def test_all_examples_are_collected() -> None:
    assert len(EXAMPLES) == EXAMPLE_COUNT


def test_every_constraint_has_an_example() -> None:
    assert {example.stem for example in EXAMPLES} == set(load_constraints())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_shapes_find_what_the_example_says(
    example: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # rdflib says on its log, with a trace, that 2013-02-30 is no day.
    caplog.set_level(logging.ERROR, logger="rdflib.term")
    data = Graph().parse(example)
    expected = read_results(data)
    view, components = load_constraints()[example.stem]
    assert read_results(validate(data, VIEWS[view])) == expected
    found = {component for _, name, component in expected if name == example.stem}
    assert found == components, "each component of the constraint is broken by some node"
    offending = {URIRef(node) for node, *_ in expected}
    properties = {key for node in offending for key in data.predicates(node)} - {RDF.type}
    alike = {node for key in properties for node in data.subjects(key)}
    assert alike - offending, "some node like those that don't conform does"


@pytest.mark.parametrize("file", sorted(SHAPES_FOLDER.glob("*.ttl")), ids=lambda path: path.name)
def test_every_constraint_has_one_sentence_and_a_severity(file: Path) -> None:
    shapes = Graph().parse(file)
    constraints = set(shapes.subjects(SH.message))
    assert constraints
    for constraint in constraints:
        messages = [str(message) for message in shapes.objects(constraint, SH.message)]
        assert len(messages) == 1
        assert messages[0].rstrip(")").endswith(".")
        holder = shapes.value(None, SH.sparql, constraint) or constraint
        assert shapes.value(holder, SH.severity) == SH.Violation


def test_every_file_of_shapes_is_asked_of_some_view() -> None:
    asked = [file for files in VIEWS.values() for file in files]
    assert sorted(asked) == sorted(path.name for path in SHAPES_FOLDER.glob("*.ttl"))
