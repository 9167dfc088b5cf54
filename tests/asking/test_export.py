"""Exports: the flat CSV, and RDF in every syntax."""

import csv
import io
from datetime import date

import pytest
from pyoxigraph import RdfFormat, parse

from kg.asking.export import CSV_COLUMNS, export_csv, export_rdf
from kg.asking.formats import format_named
from kg.asking.store import KnowledgeGraph
from tests.serving import RESOLUTION

FIRST, SECOND, THIRD = date(2013, 6, 1), date(2014, 11, 1), date(2015, 6, 1)
SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def rows(graph: KnowledgeGraph, day: date, *, possible: bool = False) -> list[dict[str, str]]:
    sink = io.BytesIO()
    export_csv(graph, graph.state_on(day), sink, possible=possible)
    reader = csv.DictReader(io.StringIO(sink.getvalue().decode(), newline=""))
    assert reader.fieldnames == list(CSV_COLUMNS)
    return list(reader)


def export(graph: KnowledgeGraph, name: str, day: date | None, *, possible: bool = False) -> bytes:
    sink = io.BytesIO()
    state = graph.state_on(day) if day else None
    export_rdf(graph, format_named(name), state, sink, possible=possible)
    return sink.getvalue()


def test_row_of_a_measure(graph: KnowledgeGraph) -> None:
    first, second = rows(graph, FIRST)
    assert {name: value for name, value in first.items() if value} == {
        "provision": f"{RESOLUTION}/plan/section-1/measure-1",
        "stage": "1",
        "section": "1",
        "measure": "1",
        "text": "Жұмыс тобын\n\n\u00a0құру",
        "output_type": "order",
        "agencies": "ministry-of-finance|akim-of-astana|central-election-commission",
        "by_agreement": "akim-of-astana|central-election-commission",
        "due_from": "2013-02-01",
        "due_by": "2013-02-28",
        "funding": "not-required",
        "evidence": "Inferred",
    }
    assert (second["relative_to"], second["offset"], second["text"]) == (
        "https://w3id.org/zhospar/planned-act/law-on-local-self-government",
        "P1M",
        "",
    )


def test_measure_printed_with_its_first_item_is_one_row(graph: KnowledgeGraph) -> None:
    first, second, _ = rows(graph, THIRD)
    assert (first["provision"], first["measure"], first["item"]) == (
        f"{RESOLUTION}/plan/section-4/measure-5/item-1",
        "5",
        "1",
    )
    assert (first["agencies"], first["funding"]) == ("ministry-of-finance", "not-required")
    assert first["text"] == "Мыналарды: бірінші;"
    assert (second["item"], second["agencies"], second["funding"]) == ("2", "", "")


def test_several_outputs_and_a_recurrence(graph: KnowledgeGraph) -> None:
    last = rows(graph, THIRD)[-1]
    assert last["output_type"] == "seminars|information"
    assert last["recipient"] == "government"
    assert (last["recurrence"], last["month"], last["due_from"]) == ("P1Y", "--03", "")


def test_possible_rows_come_when_asked(graph: KnowledgeGraph) -> None:
    assert len(rows(graph, SECOND)) == 1
    assert [row["evidence"] for row in rows(graph, SECOND, possible=True)] == [
        "Inferred",
        "Unknown",
    ]


@pytest.mark.parametrize("name", sorted(SYNTAXES))
def test_everything_in_every_syntax(graph: KnowledgeGraph, name: str) -> None:
    found = set(parse(export(graph, name, None), SYNTAXES[name]))
    everything = set(graph.named)
    if name in ("trig", "nq"):
        assert found == everything
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in everything}


def test_everything_as_n_quads_is_the_build_itself(graph: KnowledgeGraph) -> None:
    assert export(graph, "nq", None) == graph.nquads


def test_state_keeps_to_its_graphs(graph: KnowledgeGraph) -> None:
    state = graph.state_on(SECOND)
    quads = parse(export(graph, "trig", SECOND, possible=True), RdfFormat.TRIG)
    names = {getattr(quad.graph_name, "value", "") for quad in quads}
    assert names == {state.graph, state.possible, "https://w3id.org/zhospar/graph/reference"}


@pytest.mark.parametrize("name", sorted(SYNTAXES))
def test_same_graph_same_bytes(graph: KnowledgeGraph, name: str) -> None:
    assert export(graph, name, THIRD) == export(KnowledgeGraph(graph.nquads), name, THIRD)
