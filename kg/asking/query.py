"""A query and a day to an answer.

SPARQL 1.1 Query Language. The default graph is that of the state in force on the day asked for,
unless the query or the protocol names a data set; all named graphs are there on any day.
"""

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from kg.asking.asof import State
from kg.asking.dataset import DatasetClause, MergedStores, blank_clauses, read_clauses
from kg.asking.endpoints import Call, check_services, find_calls
from kg.asking.errors import NeedsNetwork, NotOffered, RefusedQuery
from kg.asking.formats import FORMATS, Format, Kind
from kg.asking.glance import asks_named_graphs, needs_cutting
from kg.asking.mending import mend_query
from kg.asking.mistakes import tell_mistake
from kg.asking.stability import is_stable
from kg.asking.store import KnowledgeGraph, named_node
from kg.asking.tokens import Token, malformed, prologue_of, tokenize
from kg.namespaces import BASE, PREFIXES

__all__ = ["Answer", "Asker", "Question", "check_query", "preferred_formats", "serialize_graph"]

_UNKNOWN_FUNCTION = re.compile(r"custom function (?P<function><[^<>]*>) is not supported")
_JOINED = re.compile(r"(?:PREFIX|BASE)[^:]*:", re.IGNORECASE)
"""A keyword that is joined to a name, and so part of it: of tokens the longest counts."""
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_QUERY_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_KINDS = {"solutions": "a table of solutions", "boolean": "true or false", "graph": "a graph"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the query, the day (``None`` is today), whether what is only possible counts.

    ``dataset`` is what the protocol names; it overrides the query's own clauses, and both override
    the day. ``bindings`` gives variables of the query an IRI each; a SELECT must project such a
    variable.
    """

    text: str
    day: date | None = None
    possible: bool = False
    dataset: DatasetClause = field(default_factory=DatasetClause)
    bindings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its kind and format, and the state it is from, ``None`` for a named data set.

    ``stable`` is whether asking again would give the same bytes.
    """

    kind: Kind
    format: Format
    state: State | None
    result: QuerySolutions | QueryBoolean | QueryTriples | list[Triple] | Iterator[Triple]
    stable: bool = False

    def bounded(self, most: int, error: Exception) -> "Answer":
        """This answer, a graph of which raises ``error`` after ``most`` triples."""
        if not isinstance(self.result, QueryTriples):
            return self
        return replace(self, result=_at_most(self.result, most, error))

    def in_order(self) -> "Answer":
        """This answer with the triples of a graph sorted, each once; others as they are."""
        if self.kind != "graph":
            return self
        return replace(self, result=sorted(set(cast(Iterable[Triple], self.result)), key=str))

    def write(self, sink: IO[bytes]) -> None:
        """Write the whole answer to ``sink``; must run in the thread that asked."""
        if isinstance(self.result, QueryTriples) and not self.format.has_prefixes:
            # Without prefixes to declare, the engine needs no Python for each triple.
            self.result.serialize(sink, cast(RdfFormat, self.format.engine))
        elif not isinstance(self.result, QuerySolutions | QueryBoolean):
            serialize_graph(self.result, self.format, sink)
        else:
            self.result.serialize(sink, cast(QueryResultsFormat, self.format.engine))

    def as_bytes(self) -> bytes:
        """The whole answer in memory."""
        sink = io.BytesIO()
        self.write(sink)
        return sink.getvalue()


class Asker:
    """Answers questions from one graph; keeps the data sets that questions named.

    ``services`` are the endpoints (IRIs) that ``SERVICE`` may name.
    """

    def __init__(self, graph: KnowledgeGraph, services: Collection[str] = ()) -> None:
        self.graph = graph
        self._services = services
        self._merged = MergedStores(graph)

    def calls_in(self, text: str) -> list[Call]:
        """The calls to other endpoints in a query; raises what ``check_query`` raises."""
        return find_calls(check_query(text, self._services), self._services)

    def allowing(self, services: Collection[str]) -> "Asker":
        """One who answers from the same graph, with other endpoints allowed beside its own."""
        return Asker(self.graph, {*self._services, *services})

    def ask(
        self, question: Question, formats: Mapping[Kind, Format], *, remote: bool = False
    ) -> Answer:
        """Evaluate ``question``; ``formats`` has the format for each kind of answer that will do.

        Raises ``MalformedQuery``, ``RefusedQuery``, ``DayBeforeFirst``, ``NotOffered`` where
        the answer turns out to be of a kind that ``formats`` lacks, and ``NeedsNetwork`` where it
        asks another endpoint and this process isn't one that may (``remote``).
        """
        # Cutting takes as long as a look-up, and most queries have nothing in them to be found.
        tokens = check_query(question.text, self._services) if needs_cutting(question.text) else []
        if not remote and self._services and check_services(tokens, self._services):
            raise NeedsNetwork
        dataset = question.dataset
        if tokens and not dataset:
            dataset = read_clauses(question.text, tokens)
        state = None if dataset else self.graph.state_on(question.day)
        store = self._store_for(question, state, dataset)
        result = _evaluate(store, question, tokens)
        kind = _kind_of(result)
        if kind not in formats:
            offered = ", ".join(f.media_type for f in FORMATS if kind in f.kinds)
            raise NotOffered(
                f"The answer to this query is {_KINDS[kind]}, which can be had as {offered}."
            )
        stable = is_stable(question.text, tokens, own_dataset=bool(dataset))
        return Answer(kind, formats[kind], state, result, stable)

    def _store_for(self, question: Question, state: State | None, dataset: DatasetClause) -> Store:
        if state is None:
            return self._merged.store_for(dataset)
        if asks_named_graphs(question.text):
            return self.graph.dataset(state, possible=question.possible)
        return self.graph.default_graph(state, possible=question.possible)


def preferred_formats(*names: str) -> dict[Kind, Format]:
    """The first of ``names`` that fits each kind of answer, then JSON and Turtle.

    Raises ``KeyError`` for a name that isn't a format's.
    """
    table = {f.name: f for f in FORMATS}
    chosen: dict[Kind, Format] = {}
    for name in (*names, "json", "ttl"):
        for kind in table[name].kinds:
            chosen.setdefault(kind, table[name])
    return chosen


def check_query(text: str, services: Collection[str] = ()) -> list[Token]:
    """The tokens of a query that may be given to the engine.

    Raises ``RefusedQuery`` for an update and for a ``SERVICE`` that isn't among ``services``, and
    ``MalformedQuery`` for what can't be cut into tokens, and where a keyword of the prologue is
    joined to a name.
    """
    tokens = list(tokenize(text))
    prologue = prologue_of(text, tokens)
    opening = next((token for token in tokens if token.start >= len(prologue.text)), None)
    if opening is not None and opening.is_word(*_UPDATES):
        raise RefusedQuery(
            f"{opening.text.upper()} is a SPARQL update: Zhospar answers questions "
            "and can't be changed through them."
        )
    if opening is not None and opening.kind == "name" and _JOINED.match(opening.text):
        raise malformed(text, opening.start, "put a blank after PREFIX and after BASE.")
    check_services(tokens, services)
    return tokens


def _at_most(triples: Iterable[Triple], most: int, error: Exception) -> Iterator[Triple]:
    """``triples``, and ``error`` raised where there are more than ``most``."""
    rest = iter(triples)
    return chain(islice(rest, most), _nothing_in(rest, error))


def _nothing_in(rest: Iterator[Triple], error: Exception) -> Iterator[Triple]:
    """Nothing; raises ``error`` where there is something."""
    for _ in rest:
        raise error
    yield from ()


def _evaluate(
    store: Store, question: Question, tokens: list[Token]
) -> QuerySolutions | QueryBoolean | QueryTriples:
    text = mended = question.text
    if tokens:
        text = blank_clauses(text, tokens)
        mended = mend_query(text, tokens, lambda: [str(g.value) for g in store.named_graphs()])
    bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): named_node(iri) for name, iri in question.bindings.items()
    }
    try:
        with suppress(SyntaxError):  # what is wrong is told by its place in the query as written
            return store.query(mended, base_iri=BASE, substitutions=bound or None)
        return store.query(text, base_iri=BASE, substitutions=bound or None)
    except SyntaxError as error:
        tokens = tokens or check_query(question.text)  # which may know what is wrong
        raise tell_mistake(str(error), question.text, tokens) from None
    except RuntimeError as error:
        unknown = _UNKNOWN_FUNCTION.search(str(error))
        if unknown is None:
            raise
        raise RefusedQuery(
            f"The function {unknown['function']} is not known here: there are those of SPARQL 1.1."
        ) from None


def _kind_of(result: QuerySolutions | QueryBoolean | QueryTriples) -> Kind:
    if isinstance(result, QuerySolutions):
        return "solutions"
    return "boolean" if isinstance(result, QueryBoolean) else "graph"


def serialize_graph(
    triples: Iterable[Triple] | Iterable[Quad], form: Format, sink: IO[bytes]
) -> None:
    """Write triples or quads in an RDF format with the project's prefixes, in their order."""
    serialize(triples, sink, cast(RdfFormat, form.engine), prefixes=PREFIXES)
