"""The data set described: release, files, licences, sources, links (DCAT-AP 3 and VoID); queries.

A release is named by its content: the first twelve digits of the SHA-256 of all quads but these.
What people say of the data set is curated (``data/catalogue.ttl``, ``data/origins.ttl``); what can
be counted is added here. Each state is a data set of its own, in a series: a state is no version of
another, since what it says holds for its own days. A release replaces the one before, and is said
as ``dcat:version``.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from kg.dumps import DATA, Dump
from kg.graph.distributions import Words, write_distribution
from kg.graph.linksets import write_linksets
from kg.graph.quads import Quads, language, typed
from kg.iris import graph_iri, possible_graph_iri, state_graph_iri, state_iri
from kg.namespaces import BASE, DCAT, DCTERMS, FOAF, RDF, SH, SKOS, VOID, XSD

CATALOGUE = graph_iri("catalogue")
QUERIES = graph_iri("queries")
DATASET = f"{BASE}dataset"
SERIES = f"{BASE}dataset/states"
DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3; rdflib lists the terms of DCAT 2
DCAT_IN_SERIES = URIRef(f"{DCAT}inSeries")
DCAT_PREV = URIRef(f"{DCAT}prev")
INHERITED = (
    DCTERMS.publisher,
    DCAT.contactPoint,
    DCTERMS.language,
    DCTERMS.license,
    DCTERMS.rights,
    DCTERMS.accessRights,
    DCTERMS.spatial,
    DCAT.theme,
    DCAT.keyword,
    DCAT.landingPage,
)
"""What is said of the whole data set and holds for each state."""
EVERYTHING: Words = {"kk": "Барлық деректер", "en": "All of Zhospar", "ru": "Все данные"}
STATE_DESCRIPTION: Words = {
    "kk": "Қаулы мен жоспар {day} күнінен бастап қандай болды: осы күйдің ережелері мен "
    "ұяшықтары, әрқайсысы өз дәрежесімен.",
    "en": "The resolution and its plan as they stood from {day}: the provisions and cells of this "
    "state, each with its grade.",
    "ru": "Постановление и план с {day}: положения и ячейки этого состояния, у каждого своя "
    "степень.",
}
STATE_TITLE: Words = {
    "kk": "{day} күнінен бастап күй",
    "en": "The state from {day}",
    "ru": "Состояние с {day}",
}
HEADER = re.compile(r"^#\+\s*(?P<name>[\w@]+):\s*(?P<value>.*?)\s*$", re.MULTILINE)
FORM = re.compile(r"\b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b")


class QueryError(Exception):
    """A query file without a summary, or of no known form."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The days of a state: its first, and the first after its last, ``None`` where it is open."""

    day: date
    until: date | None


@dataclass(frozen=True)
class Contents:
    """What there is to be catalogued: what people say of it, its act's states, and its files."""

    curated: Graph = field(default_factory=Graph)
    act: str = ""
    states: Sequence[Interval] = ()
    dumps: Sequence[Dump] = ()


def name_release(nquads: str) -> str:
    """The name of the release that ``nquads`` are: canonical, and without the catalogue."""
    return hashlib.sha256(nquads.encode()).hexdigest()[:12]


def write_catalogue(quads: Quads, release: str, contents: Contents) -> None:
    """Add the description of all that was added before."""
    counts = Counter(str(graph) for *_, graph in quads)
    write_linksets(quads, CATALOGUE, DATASET, contents.curated)
    quads.add_graph(CATALOGUE, contents.curated)
    quads.add(CATALOGUE, DATASET, RDF.type, DCAT.Dataset, VOID.Dataset)
    quads.add(CATALOGUE, DATASET, DCAT_VERSION, Literal(release))
    quads.add(CATALOGUE, DATASET, VOID.triples, typed(sum(counts.values()), XSD.integer))
    for graph, count in counts.items():
        quads.add(CATALOGUE, DATASET, VOID.subset, URIRef(graph))
        quads.add(CATALOGUE, graph, RDF.type, VOID.Dataset)
        quads.add(CATALOGUE, graph, VOID.triples, typed(count, XSD.integer))
    _write_period(quads, DATASET, contents.states)
    _write_period(quads, SERIES, contents.states)
    for dump in contents.dumps:
        if dump.day is None:
            write_distribution(quads, CATALOGUE, DATASET, EVERYTHING, dump, contents.curated)
            quads.add(CATALOGUE, DATASET, VOID.dataDump, URIRef(f"{BASE}{DATA}{dump.name}"))
    before: str | None = None
    for state in contents.states:
        before = _write_state(quads, release, contents, state, before)


def _write_state(
    quads: Quads, release: str, contents: Contents, state: Interval, before: str | None
) -> str:
    """Add a state as a data set of its own; returns its address."""
    iri = f"{DATASET}/state-{state.day.isoformat()}"
    title = _tell(STATE_TITLE, state)
    curated = contents.curated
    quads.add(CATALOGUE, f"{BASE}catalogue", DCAT.dataset, URIRef(iri))
    quads.add(CATALOGUE, iri, RDF.type, DCAT.Dataset, VOID.Dataset)
    quads.add(CATALOGUE, iri, DCTERMS.title, *_in_languages(title))
    quads.add(CATALOGUE, iri, DCTERMS.description, *_in_languages(_tell(STATE_DESCRIPTION, state)))
    quads.add(CATALOGUE, iri, DCAT_VERSION, Literal(release))
    quads.add(CATALOGUE, iri, DCAT_IN_SERIES, URIRef(SERIES))
    quads.add(CATALOGUE, iri, DCAT_PREV, URIRef(before) if before else None)
    quads.add(CATALOGUE, iri, DCTERMS.isPartOf, URIRef(DATASET))
    quads.add(CATALOGUE, iri, FOAF.primaryTopic, URIRef(state_iri(contents.act, state.day)))
    for predicate in INHERITED:
        quads.add(CATALOGUE, iri, predicate, *curated.objects(URIRef(DATASET), predicate))
    graphs = state_graph_iri(contents.act, state.day), possible_graph_iri(contents.act, state.day)
    quads.add(CATALOGUE, iri, VOID.subset, *map(URIRef, [*graphs, graph_iri("reference")]))
    _write_period(quads, iri, [state])
    for dump in contents.dumps:
        if dump.day == state.day:
            write_distribution(quads, CATALOGUE, iri, title, dump, curated)
    return iri


def _write_period(quads: Quads, dataset: str, states: Sequence[Interval]) -> None:
    """Add the days a data set speaks of; the last one is left out where it is open."""
    if not states:
        return
    period, until = f"{dataset}/period", states[-1].until
    last = typed((until - timedelta(days=1)).isoformat(), XSD.date) if until else None
    quads.add(CATALOGUE, dataset, DCTERMS.temporal, URIRef(period))
    quads.add(CATALOGUE, period, RDF.type, DCTERMS.PeriodOfTime)
    quads.add(CATALOGUE, period, DCAT.startDate, typed(states[0].day.isoformat(), XSD.date))
    quads.add(CATALOGUE, period, DCAT.endDate, last)


def _tell(words: Words, state: Interval) -> Words:
    return {tag: text.format(day=state.day.isoformat()) for tag, text in words.items()}


def _in_languages(words: Words) -> Iterable[Literal]:
    return [language(text, tag) for tag, text in words.items()]


def write_queries(quads: Quads, directory: Path) -> None:
    """Add each query of a directory, by the ``#+`` lines on its top, named in each language.

    Raises ``QueryError`` at a file without a summary or a query form.
    """
    for path in sorted(directory.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        headers = {found["name"]: found["value"] for found in HEADER.finditer(text)}
        body = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
        form = FORM.search(re.sub(r"<[^>]*>", "", body))
        if "summary" not in headers or form is None:
            raise QueryError(f"{path}: no «#+ summary:» line on its top, or no query form")
        iri = f"{BASE}query/{path.stem}"
        quads.add(QUERIES, iri, RDF.type, SH.SPARQLExecutable, FORMS[form["form"]])
        quads.add(QUERIES, iri, SKOS.prefLabel, *_summaries(headers))
        quads.add(QUERIES, iri, TEXTS[form["form"]], Literal(text))
        for keyword in filter(None, map(str.strip, headers.get("keywords", "").split(","))):
            quads.add(QUERIES, iri, DCAT.keyword, language(keyword, "en"))


def _summaries(headers: Mapping[str, str]) -> Iterator[Literal]:
    """What a query asks, in each language that has a line for it: ``summary``, ``summary@kk``."""
    for name, words in headers.items():
        key, _, tag = name.partition("@")
        if key == "summary":
            yield language(words, tag or "en")


FORMS = {
    "SELECT": SH.SPARQLSelectExecutable,
    "ASK": SH.SPARQLAskExecutable,
    "CONSTRUCT": SH.SPARQLConstructExecutable,
    "DESCRIBE": SH.SPARQLExecutable,
}
TEXTS = {"SELECT": SH.select, "ASK": SH.ask, "CONSTRUCT": SH.construct, "DESCRIBE": SH.select}
