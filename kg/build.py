"""The whole making, on one page: text, plan, history, quads, checks, release.

Inputs are the folders ``data/``, ``ontology/``, ``queries/`` and ``shapes/`` below a root; the same
inputs give the same bytes of ``kg.nq``.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rdflib import Graph

from kg.dumps import Dump
from kg.graph.alignments import write_alignments
from kg.graph.amendments import write_amendments
from kg.graph.catalogue import (
    Contents,
    Interval,
    name_release,
    write_catalogue,
    write_queries,
)
from kg.graph.check import check_dataset
from kg.graph.curated import read_facts, read_vocabulary
from kg.graph.history import write_history
from kg.graph.naming.graphs import write_graph_names
from kg.graph.naming.names import Names
from kg.graph.origin import find_subjects, name_origins
from kg.graph.provisions import TRANSLATED, Writer
from kg.graph.quads import Quads, to_nquads
from kg.graph.quality import write_anomalies
from kg.graph.questions import write_questions
from kg.graph.reference import REFERENCE, write_ontology, write_reference, write_source
from kg.graph.references import write_references
from kg.graph.report import Report
from kg.graph.states import write_states
from kg.graph.tenures import write_tenures
from kg.graph.turtle import CuratedError, read_turtle
from kg.history.amendments import amendments_of
from kg.history.anomalies.finding import Text
from kg.history.events import HistoryError
from kg.history.known import Facts, History
from kg.history.references import resolve_references
from kg.history.tenure import tenures_of
from kg.history.versions import infer_history
from kg.iris import act_iri
from kg.model import Plan
from kg.reading.plan import read_plan
from kg.reading.source import ReadingError, Source, read_source

CURATED = (
    "data/agencies.ttl",
    "data/people.ttl",
    "data/places.ttl",
    "data/acts.ttl",
    "data/act-relations.ttl",
    "data/identifiers.ttl",
    "data/outcomes.ttl",
    "data/facts.ttl",
    "ontology/concepts.ttl",
    "ontology/links.ttl",
    "ontology/rules.ttl",
)
"""What people curate; ``data/labels.ttl`` and ``data/translations.ttl`` stand apart: what they say
of provisions belongs to states.
"""

GLOSSARY = "data/glossary.ttl"

BESIDES = (
    "data/institutions.ttl",
    "data/bodies.ttl",
    "data/other-bodies.ttl",
    "data/memberships.ttl",
    "data/wikidata.ttl",
    "ontology/questions.ttl",
)
"""What they curate where there is something to tell: a plan can do without these files."""

CATALOGUED = ("data/catalogue.ttl", "data/origins.ttl")
"""What they say of the data set itself."""

LABELLED = (
    *TRANSLATED,
    GLOSSARY,
    "data/anomalies.ttl",
    "ontology/detectors.ttl",
    "ontology/zhospar.ttl",
    "ontology/alignments.ttl",
    *CATALOGUED,
)
"""What they curate besides, in graphs of its own."""

Progress = Callable[[str], None]

Publish = Callable[[bytes], Sequence[Dump]]
"""Writes the files of a release, given its canonical N-Quads without the catalogue."""


@dataclass(frozen=True)
class Reading:
    """A plan read from its text, with the curated statements it was read by."""

    source: Source
    plan: Plan
    curated: Graph


@dataclass(frozen=True)
class Making:
    """What a build makes: the quads, the name of their release, and the history behind them."""

    quads: Quads
    release: str
    history: History
    source: str  # the file of the text, as seen from the root
    left_out: tuple[str, ...] = ()  # what people curate that this text doesn't show


def read(root: Path) -> Reading:
    """Read the one text below ``root/data/source``, by the vocabulary below ``root``.

    Raises ``SourceError``, ``ReadingError`` or ``CuratedError``, each naming file, place and
    remedy.
    """
    manifests = sorted((root / "data/source").glob("*.json"))
    if len(manifests) != 1:
        raise CuratedError(
            f"data/source: one manifest (*.json) is needed, {len(manifests)} are there"
        )
    besides = [name for name in BESIDES if (root / name).is_file()]
    curated = read_turtle((root / name for name in (*CURATED, *besides)), root)
    source = read_source(manifests[0], root)
    return Reading(source, read_plan(source, read_vocabulary(curated)), curated)


def make(root: Path, progress: Progress, publish: Publish | None = None) -> Making:
    """Make all quads from the inputs below ``root``.

    ``publish`` writes the files that the catalogue describes; without it there are none. Raises
    what ``read`` does.
    """
    progress("reading the text")
    reading = read(root)
    progress("inferring the history")
    facts = read_facts(reading.curated)
    history = _infer_history(reading, facts)
    progress("writing the graph")
    labels = read_turtle([root / name for name in TRANSLATED if (root / name).exists()], root)
    identified = reading.plan.act
    act = act_iri(identified.kind, identified.day.year, identified.number)
    ontology = read_turtle([root / "ontology/zhospar.ttl"], root)
    writer = Writer(act, reading.plan, labels, Names(reading.curated + ontology))
    writer.check_labels()
    quads = Quads()
    _write_plan(quads, writer, history, reading, facts)
    write_ontology(quads, ontology)
    left_out = write_anomalies(
        quads, writer, Text(reading.source, reading.plan, facts), reading.curated, root
    )
    write_source(quads, writer, reading.source, history.states[-1])  # with all spans so far
    _write_companions(quads, reading, root)
    content = to_nquads(quads)
    if publish:
        progress("writing the files of the release")
    contents = Contents(
        read_turtle((root / name for name in CATALOGUED), root),
        act,
        [Interval(state.day, state.until) for state in history.states],
        publish(content.encode()) if publish else (),
    )
    release = name_release(content)
    write_catalogue(quads, release, contents)
    write_graph_names(quads, act, (state.day for state in history.states))
    return Making(quads, release, history, reading.source.name, left_out)


def _infer_history(reading: Reading, facts: Facts) -> History:
    """The history of the plan; raises ``ReadingError`` at the note that contradicts another."""
    try:
        return infer_history(reading.plan, facts)
    except HistoryError as error:
        remedy = "Correct the note."
        raise ReadingError(
            reading.source, error.quote.span, error.problem, error.rule, remedy
        ) from error


def _write_plan(
    quads: Quads, writer: Writer, history: History, reading: Reading, facts: Facts
) -> None:
    """Write what the text, the facts and the rules say: of bodies, changes, references, states."""
    write_reference(quads, writer, history, reading.curated)
    tenures = tenures_of(reading.plan, history, facts)
    write_tenures(quads, writer, tenures, reading.curated, facts.groups)
    write_history(quads, writer, history)
    write_amendments(quads, writer, amendments_of(reading.plan, history))
    write_references(quads, writer, resolve_references(reading.plan, facts))
    write_states(quads, writer, history)


def _write_companions(quads: Quads, reading: Reading, root: Path) -> None:
    """Write what stands beside the plan: glossary, queries, alignments, open questions."""
    if (root / GLOSSARY).exists():
        quads.add_graph(REFERENCE, read_turtle([root / GLOSSARY], root))
    write_queries(quads, root / "queries")
    write_alignments(quads, read_turtle([root / "ontology/alignments.ttl"], root))
    write_questions(quads, reading.curated, root)


def build(
    root: Path,
    target: Path,
    progress: Progress,
    warn: Progress = lambda sentence: None,
    publish: Publish | None = None,
) -> Report:
    """Make the graph, check it, and write ``kg.nq`` and ``report.json`` into the folder ``target``.

    The files are written whether or not the graph conforms; the caller decides by the report. What
    is left out of the graph is told to ``warn``, a sentence each, and kept in the report. Raises
    what ``make`` does.
    """
    making = make(root, progress, publish)
    for sentence in making.left_out:
        warn(sentence)
    progress("checking the graph")
    subjects = find_subjects((root / name for name in (*CURATED, *BESIDES, *LABELLED)), root)
    report = name_origins(check_dataset(making.quads.to_dataset()), subjects, making.source)
    target.mkdir(parents=True, exist_ok=True)
    (target / "kg.nq").write_text(to_nquads(making.quads), encoding="utf-8")
    summary = json.dumps(dict(_summary(making, report)), ensure_ascii=False, indent=2)
    (target / "report.json").write_text(summary + "\n", encoding="utf-8")
    return report


def _summary(making: Making, report: Report) -> Iterator[tuple[str, object]]:
    counts = Counter(str(graph) for *_, graph in making.quads)
    yield "release", making.release
    yield "conforms", report.conforms
    yield "quads", sum(counts.values())
    yield "graphs", dict(sorted(counts.items()))
    yield "states", [state.day.isoformat() for state in making.history.states]
    yield "left_out", list(making.left_out)
    yield "problems", [asdict(problem) for problem in report.problems]
