"""Checks a built data set: SHACL shapes, the division into graphs, states by history and by replay.

In goes an ``rdflib.Dataset``, out comes a ``Report``. The shapes are those of ``shapes/``, by the
W3C's Shapes Constraint Language. Each is asked of the graphs it speaks of (a view) and of no
others, since several states together would seem to say everything twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.graph.agreement import find_disagreements
from kg.graph.alignments import find_entailed, find_missing, withdraw
from kg.graph.partition import (
    Graphs,
    StateGraphs,
    find_partition_problems,
    find_states,
    named_graphs,
)
from kg.graph.renderings import find_rendering_problems
from kg.graph.replay import find_replay_differences
from kg.graph.report import SHAPES, Problem, Report
from kg.graph.trace import Trace
from kg.iris import graph_iri

__all__ = ["SHAPES_FOLDER", "VIEWS", "check_dataset", "find_shape_problems", "validate"]

SHAPES_FOLDER = Path(__file__).resolve().parents[2] / "shapes"

VIEWS = {
    "state": ("plan.ttl", "cells.ttl"),
    "history": (
        "history.ttl",
        "temporal.ttl",
        "reference.ttl",
        "vocabulary.ttl",
        "references.ttl",
        "quality.ttl",
        "tenures.ttl",
        "outcomes.ttl",
        "links.ttl",
    ),
    "ontology": ("ontology.ttl", "alignments.ttl"),
    "queries": ("queries.ttl",),
    "catalogue": ("catalogue.ttl",),
    "labels": ("labels.ttl",),
    "letters": ("letters.ttl",),
    "prose": ("prose.ttl",),
}
"""The files of ``shapes/`` by what they are asked of."""


@dataclass(frozen=True, slots=True)
class View:
    """Graphs that are checked together, and the shapes asked of them."""

    graphs: tuple[URIRef, ...]
    shapes: tuple[str, ...]


def check_dataset(dataset: Dataset) -> Report:
    """All that is wrong with the data set, one problem for each node and rule.

    Raises ``RuntimeError`` where a shape can't be evaluated: then nothing is known of the data.
    """
    graphs = named_graphs(dataset)
    states = find_states(graphs)
    problems = {problem for view in _views(states) for problem in _check_view(graphs, view)}
    shaped = {(problem.focus_node, problem.value) for problem in problems}
    for problem in find_partition_problems(graphs, states):
        # Where a shape has named a malformed value, it has said what it should be.
        malformed = problem.constraint == f"{SHAPES}literal-well-formed"
        if not (malformed and (problem.focus_node, problem.value) in shaped):
            problems.add(problem)
    problems.update(find_rendering_problems(graphs))
    entailed = find_entailed(graphs)
    problems.update(find_missing(graphs, entailed))
    written = withdraw(graphs, entailed)
    disagreements = set(find_disagreements(written, states))
    # Replay tells of amendments; a state that differs from the history would be named twice over.
    problems.update(disagreements or find_replay_differences(written, states))
    return Report(tuple(sorted(_locate(graphs, problems), key=_order)))


def _views(states: Iterable[StateGraphs]) -> Iterator[View]:
    names = ("history", "reference", "source", "quality", "ontology", "queries", "catalogue")
    history, reference, source, quality, ontology, queries, catalogue = (
        URIRef(graph_iri(name)) for name in names
    )
    words = VIEWS["labels"] + VIEWS["letters"]
    for state in states:
        yield View((state.graph, state.possible, reference, source), VIEWS["state"])
        yield View((state.graph, state.possible), words)
    yield View((history, reference, source, quality), VIEWS["history"] + words + VIEWS["prose"])
    yield View((ontology,), VIEWS["ontology"] + words + VIEWS["prose"])
    yield View((queries,), VIEWS["queries"] + words)
    yield View((catalogue,), VIEWS["catalogue"] + words)


def _check_view(graphs: Graphs, view: View) -> Iterator[Problem]:
    merged = Graph()
    homes: dict[str, URIRef] = {}
    for name in view.graphs:
        for triple in graphs.get(name, ()):
            merged.add(triple)
            homes.setdefault(str(triple[0]), name)
    for problem in find_shape_problems(merged, view.shapes):
        yield replace(problem, graph=str(homes.get(problem.focus_node, view.graphs[0])))


def find_shape_problems(graph: Graph, shapes: tuple[str, ...]) -> Iterator[Problem]:
    """What these files of ``shapes/`` find wrong with ``graph``; the problems name no graph.

    Raises ``RuntimeError`` where a shape can't be evaluated.
    """
    report = validate(graph, shapes)
    for result in report.objects(None, SH.result):
        yield _read_result(report, result)


def validate(graph: Graph, shapes: tuple[str, ...]) -> Graph:
    """The validation report, as SHACL has it, on ``graph`` by these files of ``shapes/``.

    Raises ``RuntimeError`` where a shape can't be evaluated.
    """
    asked = _AskedAgain(graph.store, graph.identifier)
    _, report, text = pyshacl.validate(asked, shacl_graph=_load_shapes(shapes), inplace=True)
    if not isinstance(report, Graph):
        raise RuntimeError(f"a shape of {', '.join(shapes)} can't be evaluated: {text}")
    return report


class _AskedAgain(Graph):
    """A graph that parses each query once: most of the shapes' take longer to parse than to ask."""

    def query(self, query_object: str | Query, *arguments: Any, **named: Any) -> Result:
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *arguments, **named)


@cache
def _prepare(query: str) -> Query:
    return prepareQuery(query)


@cache
def _load_shapes(names: tuple[str, ...]) -> Graph:
    shapes = Graph()
    for name in names:
        shapes.parse(SHAPES_FOLDER / name, format="turtle")
    return shapes


def _read_result(report: Graph, result: Node) -> Problem:
    """A result as a problem; what a SPARQL constraint is asked of is no node of the data."""
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    constraint = report.value(result, SH.sourceConstraint)
    if constraint is not None:
        focus, value = value, None
    else:
        constraint = report.value(result, SH.sourceShape)
    message = " ".join(sorted(str(words) for words in report.objects(result, SH.resultMessage)))
    other = None if value in (None, focus) else str(value)
    return Problem("", str(focus), str(constraint), message, other)


def _locate(graphs: Graphs, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems with the line of the source that each leads back to, where it leads to one."""
    trace: Trace | None = None
    for problem in problems:
        trace = trace or Trace.of(graphs)
        node = URIRef(problem.focus_node)
        place = trace.find_place(node)
        label = trace.find_label(node)
        if place is None:
            yield replace(problem, label=label)
        else:
            yield replace(problem, label=label, source_line=place.line, quote=place.quote)


def _order(problem: Problem) -> tuple[str, str, str, str]:
    return problem.graph, problem.focus_node, problem.constraint, problem.value or ""
