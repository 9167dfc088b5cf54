"""The built graph, opened for reading: ``kg.nq`` in memory, with a data set for each state.

The engine answers fastest, and with a true RDF merge, from a store whose own default graph holds
what the question is about. So each state has a store of its own: its default graph is the merge,
its named graphs are all. And it has another without named graphs, since in memory the engine finds
a triple by walking all those that share a term with it, in whatever graph they are.
"""

import hashlib
import json
import secrets
from collections import Counter
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.asking.asof import State, state_at, today
from kg.asking.errors import NotAnAddress, UnusableBuild
from kg.asking.statistics import Statistics, count_store
from kg.dumps import DATA, Dump
from kg.iris import graph_iri
from kg.namespaces import BASE, DCAT, RDF, SPDX, ZH

__all__ = ["KnowledgeGraph", "create_store", "open_build"]

NQUADS_FILE = "kg.nq"
REPORT_FILE = "report.json"

_VERSION = NamedNode("http://www.w3.org/ns/dcat#version")  # of DCAT 3; rdflib has DCAT 2
_DOWNLOAD = NamedNode(DCAT.downloadURL)


class KnowledgeGraph:
    """Every named graph of a build, and the data sets of its states; nothing here writes.

    ``named`` holds the named graphs and an empty default graph.
    """

    def __init__(self, nquads: bytes) -> None:
        self.nquads = nquads
        self.named = _load(nquads)
        self._datasets: dict[tuple[str, bool], Store] = {}
        self._default_graphs: dict[tuple[str, bool], Store] = {}

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The states there are, by day, read from ``graph/reference``."""
        reference = NamedNode(graph_iri("reference"))
        found = self.named.quads_for_pattern(
            None, NamedNode(RDF.type), NamedNode(ZH.State), reference
        )
        return tuple(sorted(self._read_state(quad.subject) for quad in found))

    @cached_property
    def release(self) -> str:
        """The release, ``dcat:version`` in ``graph/catalogue``; else ``unreleased``."""
        catalogue = NamedNode(graph_iri("catalogue"))
        datasets = self.named.quads_for_pattern(
            None, NamedNode(RDF.type), NamedNode(DCAT.Dataset), catalogue
        )
        for dataset in datasets:
            for version in self.named.quads_for_pattern(dataset.subject, _VERSION, None, catalogue):
                return _lexical(version.object)
        return "unreleased"

    @cached_property
    def dumps(self) -> tuple[Dump, ...]:
        """The files of the release, as ``graph/catalogue`` describes them; none where it doesn't.

        A file whose size or checksum isn't said is left out.
        """
        catalogue = NamedNode(graph_iri("catalogue"))
        found = self.named.quads_for_pattern(None, _DOWNLOAD, None, catalogue)
        dumps = (self._read_dump(quad.subject, _lexical(quad.object)) for quad in found)
        return tuple(sorted(dump for dump in dumps if dump))

    @cached_property
    def fingerprint(self) -> str:
        """What is loaded, by its bytes: the same for the same, in hexadecimal.

        The engine names blank nodes anew each time it loads them: with any, each loading is
        another.
        """
        digest = hashlib.sha256(self.nquads)
        if b"_:" in self.nquads:
            digest.update(secrets.token_bytes(16))
        return digest.hexdigest()

    @cached_property
    def quad_count(self) -> int:
        """How many quads there are."""
        return len(self.named)

    @cached_property
    def graph_sizes(self) -> dict[str, int]:
        """How many triples each named graph has, by its IRI."""
        counts = Counter(
            quad.graph_name.value for quad in self.named if isinstance(quad.graph_name, NamedNode)
        )
        return dict(sorted(counts.items()))

    @cached_property
    def statistics(self) -> Statistics:
        """The counts of all graphs; made when first asked for."""
        return count_store(self.named)

    def state_on(self, day: date | None = None) -> State:
        """The state that answers for ``day`` (today, unless said); raises ``DayBeforeFirst``."""
        return state_at(self.states, day or today())

    def default_graphs(self, state: State, *, possible: bool = False) -> list[str]:
        """The named graphs whose merge is the default graph of questions to ``state``."""
        graphs = [state.graph, graph_iri("reference")]
        return [*graphs, state.possible] if possible else graphs

    def dataset(self, state: State, *, possible: bool = False) -> Store:
        """What answers for ``state``: the merge as default graph, and all named graphs."""
        key = (state.iri, possible and self._holds(state.possible))
        if key not in self._datasets:
            store = _load(self.nquads)
            self._copy_merge(state, possible, store)
            self._datasets[key] = store
        return self._datasets[key]

    def default_graph(self, state: State, *, possible: bool = False) -> Store:
        """What answers for ``state`` where no named graph is asked: the merge alone."""
        key = (state.iri, possible and self._holds(state.possible))
        if key not in self._default_graphs:
            store = Store()
            self._copy_merge(state, possible, store)
            self._default_graphs[key] = store
        return self._default_graphs[key]

    def load_datasets(self) -> None:
        """Make the data sets of all states now: processes forked from this one then share them."""
        for state in self.states:
            for possible in (False, True):
                self.dataset(state, possible=possible)
                self.default_graph(state, possible=possible)

    def _copy_merge(self, state: State, possible: bool, store: Store) -> None:
        for graph in self.default_graphs(state, possible=possible):
            copy_graph(self.named, graph, store, DefaultGraph())

    def _holds(self, graph: str) -> bool:
        """Whether a named graph has any triple: what is only possible often is nothing."""
        quads = self.named.quads_for_pattern(None, None, None, named_node(graph))
        return next(quads, None) is not None

    def _read_state(self, subject: NamedNode | BlankNode | Triple) -> State:
        """The state at ``subject``; raises ``UnusableBuild`` where it lacks what a state needs."""
        values = self._values(subject, "reference")
        start = values.get(str(ZH.effectDate))
        latest = self._values(NamedNode(start), "reference").get(str(ZH.latest)) if start else None
        until = values.get(str(ZH.validUntil))
        try:
            return State(
                valid_from=date.fromisoformat(values[str(ZH.validFrom)]),
                valid_until=date.fromisoformat(until) if until else None,
                iri=_lexical(subject),
                graph=values[str(ZH.stateGraph)],
                possible=values[str(ZH.possibleGraph)],
                evidence=values[str(ZH.evidence)],
                latest=date.fromisoformat(latest) if latest else None,
            )
        except KeyError as missing:
            state = _lexical(subject)
            raise UnusableBuild(f"The state {state} has no {missing.args[0]}.") from None

    def _read_dump(self, subject: NamedNode | BlankNode | Triple, address: str) -> Dump | None:
        """The file at ``address``, which the distribution ``subject`` describes."""
        values = self._values(subject, "catalogue")
        size, checksum = values.get(str(DCAT.byteSize)), values.get(str(SPDX.checksum))
        if size is None or checksum is None or not address.startswith(BASE + DATA):
            return None
        digest = self._values(NamedNode(checksum), "catalogue").get(str(SPDX.checksumValue), "")
        return Dump(address.removeprefix(BASE + DATA), int(size), digest)

    def _values(self, subject: NamedNode | BlankNode | Triple, name: str) -> dict[str, str]:
        """A value of each property that a graph, by its name, states of ``subject``."""
        graph = NamedNode(graph_iri(name))
        return {
            quad.predicate.value: _lexical(quad.object)
            for quad in self.named.quads_for_pattern(subject, None, None, graph)
        }


def create_store(nq: Path, directory: Path) -> int:
    """Write ``nq`` (N-Quads) into a new Oxigraph store on disk; returns how many quads.

    ``directory`` must not hold a store yet. Serving does not read it, since memory answers several
    times faster at this size; it is there for engines that open a store on disk.
    """
    store = Store(str(directory))
    store.bulk_load(path=str(nq), format=RdfFormat.N_QUADS)
    store.flush()
    store.optimize()
    return len(store)


def open_build(build: Path) -> KnowledgeGraph:
    """The graph in the folder ``build``; raises ``UnusableBuild`` where none is fit to ask."""
    report = build / REPORT_FILE
    if report.is_file() and json.loads(report.read_text(encoding="utf-8")).get("conforms") is False:
        raise UnusableBuild(
            f"The graph in {build}/ did not pass its checks ({report}): it can't be asked."
        )
    nquads = build / NQUADS_FILE
    if not nquads.is_file():
        raise UnusableBuild(f"There is no graph in {build}/: run 'make build' first.")
    try:
        graph = KnowledgeGraph(nquads.read_bytes())
    except SyntaxError as error:
        raise UnusableBuild(f"{nquads} is damaged ({error}): run 'make build' again.") from None
    if not graph.states:
        raise UnusableBuild(
            f"The graph in {nquads} holds no state (zh:State): run 'make build' again."
        )
    return graph


def copy_graph(source: Store, graph: str, target: Store, into: NamedNode | DefaultGraph) -> None:
    """Add the triples of a named graph of ``source`` to ``target``; an unknown one is empty."""
    quads = source.quads_for_pattern(None, None, None, named_node(graph))
    # Not bulk_extend: its threads take more memory than a worker may have.
    target.extend(Quad(quad.subject, quad.predicate, quad.object, into) for quad in quads)


def named_node(iri: str) -> NamedNode:
    """The engine's term for an address; raises ``NotAnAddress``."""
    try:
        return NamedNode(iri)
    except ValueError:
        raise NotAnAddress(iri) from None


def _load(nquads: bytes) -> Store:
    store = Store()
    store.bulk_load(nquads, RdfFormat.N_QUADS)
    return store


def _lexical(term: object) -> str:
    """The IRI or the lexical form of a term."""
    if isinstance(term, NamedNode | Literal):
        return term.value
    raise UnusableBuild(f"A name or a value was expected, not {term}.")
