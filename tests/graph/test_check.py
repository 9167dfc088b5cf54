"""The check as a whole: what conforms passes, what doesn't is named with its rule and its line."""

import logging
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from kg.build import Making
from kg.graph import check
from kg.graph.check import check_dataset, validate
from kg.graph.report import SHAPES, Problem, Report
from kg.namespaces import BASE
from tests.graph.small import ACT, FIRST, SECOND, change, load_small


def test_the_small_data_set_conforms() -> None:
    report = check_dataset(load_small())
    assert report.problems == ()
    assert report.conforms
    assert str(report) == "The graph conforms."


def test_the_plan_conforms(making: Making) -> None:
    assert str(check_dataset(making.quads.to_dataset())) == "The graph conforms."


def test_a_problem_names_node_rule_and_line() -> None:
    dataset = load_small()
    cell = f"{ACT}/paragraph-1@2020-01-01/responsibility-1"
    change(
        dataset, f"{BASE}graph/reference", without="<agency/ministry> a org:FormalOrganization ."
    )
    problems = [p for p in check_dataset(dataset).problems if p.focus_node == cell]
    assert {problem.graph for problem in problems} == {f"{FIRST}/graph", f"{SECOND}/graph"}
    problem = problems[0]
    assert problem.constraint == f"{SHAPES}responsibility-agency"
    assert problem.value == f"{BASE}agency/ministry"
    assert (problem.source_line, problem.quote) == (1, "Министрлік")
    assert problem.label == "Responsibility"
    assert "data/agencies.ttl" in problem.message


def test_a_node_without_evidence_leads_to_the_source_by_what_it_belongs_to() -> None:
    dataset = load_small()
    cell = f"<{ACT}/paragraph-1@2020-01-01/deadline>"
    for graph in (f"{FIRST}/graph", f"{SECOND}/graph", f"{BASE}graph/history"):
        change(dataset, graph, without=f"{cell} zh:evidencedBy <span/7/14-33> .")
    report = check_dataset(dataset)
    assert {problem.constraint for problem in report.problems} == {f"{SHAPES}cell-evidenced-by"}
    assert {problem.source_line for problem in report.problems} == {1}
    assert {problem.quote for problem in report.problems} == {
        "1. Министрлік 2020 жылғы наурызда есеп берсін."
    }


def test_a_day_that_is_none_is_named_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="rdflib.term")
    dataset = load_small()
    cell = f"<{ACT}/paragraph-1@2020-01-01/deadline>"
    for graph in (f"{FIRST}/graph", f"{SECOND}/graph", f"{BASE}graph/history"):
        change(
            dataset,
            graph,
            without=f'{cell} zh:dueBy "2020-03-31"^^xsd:date .',
            plus=f'{cell} zh:dueBy "2020-03-32"^^xsd:date .',
        )
    report = check_dataset(dataset)
    rules = {(p.graph, p.constraint.removeprefix(SHAPES), p.value) for p in report.problems}
    assert rules == {
        (f"{FIRST}/graph", "deadline-due-by", "2020-03-32"),
        (f"{SECOND}/graph", "deadline-due-by", "2020-03-32"),
    }


def test_a_lost_statement_of_a_state_is_named() -> None:
    dataset = load_small()
    lost = f'<{ACT}/paragraph-2> zh:text "2. Бұл қаулы қолданысқа енгізіледі."@kk .'
    change(dataset, f"{SECOND}/graph", without=lost)
    report = check_dataset(dataset)
    assert {problem.focus_node for problem in report.problems} == {f"{ACT}/paragraph-2"}
    rules = {problem.constraint.removeprefix(SHAPES) for problem in report.problems}
    assert rules == {"text-kept", "state-lost"}


def test_what_spans_graphs_is_reported_too() -> None:
    dataset = load_small()
    change(dataset, f"{BASE}graph/catalogue", plus="<dataset> zh:unheardOf 1 .")
    (problem,) = check_dataset(dataset).problems
    assert problem.constraint == f"{SHAPES}term-defined"
    assert problem.graph == f"{BASE}graph/catalogue"
    assert problem.source_line is None


def test_the_report_is_for_people() -> None:
    rule = f"{SHAPES}deadline-form"
    quote = "2013  жылғы\nақпан"
    problem = Problem("graph", "node", rule, "Say when.", "soon", 3, quote, "Paragraph 1")
    bare = Problem("graph", "other", rule, "Say when.")
    assert str(Report((problem, bare))) == (
        "The graph doesn't conform: 2 problems (deadline-form 2).\n\n"
        "1. Paragraph 1: node\n"
        "    in graph\n"
        "    Say when.\n"
        "    value: soon\n"
        "    line 3 of the source: «2013 жылғы ақпан»\n"
        "    rule: deadline-form\n\n"
        "2. other\n    in graph\n    Say when.\n    rule: deadline-form"
    )


def test_a_shape_that_cannot_be_asked_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetNode <urn:node> ;
            sh:sparql [ sh:select "SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }" ] .""",
        encoding="utf-8",
    )
    monkeypatch.setattr(check, "SHAPES_FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match=r"broken\.ttl can't be evaluated"):
        validate(Graph(identifier=URIRef("urn:graph")), ("broken.ttl",))
