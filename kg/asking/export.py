"""A state, or everything, as a file: RDF in six syntaxes, and a flat CSV of the plan's rows.

What comes out is sorted, so the same graph gives the same bytes.
"""

import csv
import io
from collections.abc import Iterable
from typing import IO

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.asking.asof import State
from kg.asking.formats import GRAPH_FORMATS, Format
from kg.asking.query import serialize_graph
from kg.asking.store import KnowledgeGraph
from kg.iris import local_name, parse_provision
from kg.namespaces import ELI, RDF, ZH

__all__ = ["CSV_COLUMNS", "EXPORT_FORMATS", "export_csv", "export_rdf"]

CSV_COLUMNS = (
    "provision",
    "stage",
    "section",
    "measure",
    "item",
    "text",
    "output_type",
    "recipient",
    "agencies",
    "by_agreement",
    "due_from",
    "due_by",
    "recurrence",
    "month",
    "relative_to",
    "offset",
    "funding",
    "evidence",
)
"""The columns of the CSV, in order; see ``docs/model.md``."""

EXPORT_FORMATS = ("csv", *(f.name for f in GRAPH_FORMATS))


def export_rdf(
    graph: KnowledgeGraph, form: Format, state: State | None, sink: IO[bytes], *, possible: bool
) -> None:
    """Write a state, if asked with what is possible in it; without a state, everything.

    Formats that keep graphs name them; the others get the union of the triples.
    """
    if state is None and form.name == "nq":
        sink.write(graph.nquads)
        return
    wanted = None if state is None else graph.default_graphs(state, possible=possible)
    quads = _quads(graph.named, wanted)
    if form.keeps_graphs:
        serialize_graph(
            sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple))), form, sink
        )
    else:
        serialize_graph(_merge(quads), form, sink)


def export_csv(graph: KnowledgeGraph, state: State, sink: IO[bytes], *, possible: bool) -> None:
    """Write the numbered rows of ``state`` by position, with ``CSV_COLUMNS`` (RFC 4180, UTF-8)."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(_read_rows(_Reader(graph.default_graph(state, possible=possible))))
    sink.write(text.getvalue().encode())


def _quads(store: Store, graphs: list[str] | None) -> list[Quad]:
    if graphs is None:
        return list(store)
    return [
        quad
        for name in graphs
        for quad in store.quads_for_pattern(None, None, None, NamedNode(name))
    ]


def _merge(quads: Iterable[Quad]) -> list[Triple]:
    return sorted({quad.triple for quad in quads}, key=str)


class _Reader:
    """Reads values from the default graph of a data set, as IRIs and lexical forms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def values(self, subject: str | None, predicate: str) -> list[str]:
        """All values of a property, sorted; none for no subject."""
        if subject is None:
            return []
        quads = self._store.quads_for_pattern(
            NamedNode(subject), NamedNode(predicate), None, DefaultGraph()
        )
        return sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal))

    def value(self, subject: str | None, predicate: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.values(subject, predicate)), "")

    def instances(self, kind: str) -> list[str]:
        """The things of a class."""
        quads = self._store.quads_for_pattern(
            None, NamedNode(RDF.type), NamedNode(kind), DefaultGraph()
        )
        return [q.subject.value for q in quads if isinstance(q.subject, NamedNode)]

    def in_order(self, subject: str, predicate: str) -> list[str]:
        """The nodes a property leads to, by their position in the text."""
        return sorted(self.values(subject, predicate), key=self.position)

    def position(self, subject: str) -> int:
        """Where a node stands in the order of the text."""
        return int(self.value(subject, ZH.position) or 0)


def _read_rows(reader: _Reader) -> list[dict[str, str]]:
    """The rows of the plan by position; a measure printed with its item has none of its own."""
    items = reader.instances(ZH.SubMeasure)
    shared = {item: measure for item in items if (measure := reader.value(item, ZH.printedWith))}
    rows = {*reader.instances(ZH.Measure), *items} - set(shared.values())
    ordered = sorted(rows, key=lambda row: (reader.position(row), row))
    return [_read_row(reader, row, shared.get(row, row)) for row in ordered]


def _read_row(reader: _Reader, provision: str, cells: str) -> dict[str, str]:
    """One row: words and number are those of ``provision``, other columns those of ``cells``."""
    numbers = {name: str(number) for name, number in parse_provision(provision).numbers().items()}
    return {
        "provision": provision,
        "stage": _stage_number(reader, provision),
        "section": numbers.get("section", ""),
        "measure": numbers.get("measure", ""),
        "item": numbers.get("item", ""),
        "text": reader.value(provision, ZH.text).strip(),
        **_read_output(reader, cells),
        **_read_agencies(reader, cells),
        **_read_deadline(reader, cells),
        "funding": _names(reader, reader.in_order(cells, ZH.funding), ZH.fundingType),
        "evidence": local_name(reader.value(provision, ZH.evidence)),
    }


def _read_output(reader: _Reader, cells: str) -> dict[str, str]:
    outputs = reader.in_order(cells, ZH.output)
    return {
        "output_type": _names(reader, outputs, ZH.outputType),
        "recipient": _names(reader, outputs, ZH.recipient),
    }


def _read_agencies(reader: _Reader, cells: str) -> dict[str, str]:
    responsibilities = reader.in_order(cells, ZH.responsibility)
    agreeing = [r for r in responsibilities if reader.value(r, ZH.byAgreement) == "true"]
    return {
        "agencies": _names(reader, responsibilities, ZH.agency),
        "by_agreement": _names(reader, agreeing, ZH.agency),
    }


def _read_deadline(reader: _Reader, cells: str) -> dict[str, str]:
    deadline = reader.value(cells, ZH.deadline) or None
    return {
        "due_from": reader.value(deadline, ZH.dueFrom),
        "due_by": reader.value(deadline, ZH.dueBy),
        "recurrence": reader.value(deadline, ZH.recurrence),
        "month": reader.value(deadline, ZH.month),
        "relative_to": reader.value(deadline, ZH.relativeTo),
        "offset": reader.value(deadline, ZH.offset),
    }


def _names(reader: _Reader, nodes: Iterable[str], predicate: str) -> str:
    """The local names of what each node has for ``predicate``, joined by ``|``."""
    return "|".join(local_name(value) for node in nodes for value in reader.values(node, predicate))


def _stage_number(reader: _Reader, provision: str) -> str:
    """The number of the stage that ``provision`` is part of, or nothing."""
    part = provision
    while part:
        stage = parse_provision(part).numbers().get("stage")
        if stage is not None:
            return str(stage)
        part = reader.value(part, ELI.is_part_of)
    return ""
