"""The data set that a question names for itself, in the query or by the protocol.

SPARQL 1.1 Query, section 13.2: the default graph is the RDF merge of the graphs named by ``FROM``,
and the named graphs are those of ``FROM NAMED`` and no others. The protocol's ``default-graph-uri``
and ``named-graph-uri`` override both (SPARQL 1.1 Protocol, section 2.1.4). A graph that isn't held
is empty.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from kg.asking.store import KnowledgeGraph, copy_graph, named_node
from kg.asking.tokens import DatasetToken, Prologue, Token, dataset_tokens, malformed, prologue_of
from kg.namespaces import BASE

__all__ = ["DatasetClause", "MergedStores", "blank_clauses", "read_clauses"]


@dataclass(frozen=True, slots=True)
class DatasetClause:
    """Graphs (IRIs): those whose merge is the default graph, and those there are for ``GRAPH``."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any graph is named at all."""
        return bool(self.default or self.named)


def read_clauses(query: str, tokens: Sequence[Token]) -> DatasetClause:
    """The data set clauses of ``query``, resolved against its ``BASE`` and ``PREFIX`` lines.

    Raises ``MalformedQuery`` where an address can't be resolved.
    """
    clauses = dataset_tokens(query, tokens)
    prologue = prologue_of(query, tokens)
    default = tuple(_resolve(query, prologue, clause) for clause in clauses if not clause.named)
    named = tuple(_resolve(query, prologue, clause) for clause in clauses if clause.named)
    return DatasetClause(default, named)


def blank_clauses(query: str, tokens: Sequence[Token]) -> str:
    """``query`` with blanks for its data set clauses: every other position stays true."""
    for clause in dataset_tokens(query, tokens):
        blanked = re.sub(r"[^\r\n]", " ", query[clause.start : clause.end])
        query = query[: clause.start] + blanked + query[clause.end :]
    return query


def _resolve(query: str, prologue: Prologue, clause: DatasetToken) -> str:
    """The IRI of a clause, by the engine's own rules: prologues of SPARQL are Turtle too."""
    turtle = f"{prologue.text}\n<urn:x> <urn:x> {clause.address.text} ."
    try:
        (triple,) = parse(turtle, RdfFormat.TURTLE, base_iri=BASE)
    except (SyntaxError, ValueError):
        address = clause.address
        raise malformed(
            query, address.start, f"{address.text} is not the address of a graph."
        ) from None
    return str(getattr(triple.object, "value", ""))


class MergedStores:
    """Stores made for the data sets that questions name, the last few of them kept.

    The engine takes a list of default graphs, but doesn't merge them: a triple in two of them
    counts twice.
    """

    def __init__(self, graph: KnowledgeGraph, keep: int = 4) -> None:
        self._graph = graph
        self._keep = keep
        self._stores: OrderedDict[DatasetClause, Store] = OrderedDict()

    def store_for(self, clause: DatasetClause) -> Store:
        """A store whose default graph is the merge ``clause`` asks for, with its named graphs."""
        store = self._stores.pop(clause, None) or self._merge(clause)
        self._stores[clause] = store
        if len(self._stores) > self._keep:
            self._stores.popitem(last=False)
        return store

    def _merge(self, clause: DatasetClause) -> Store:
        store = Store()
        for graph in dict.fromkeys(clause.default):
            copy_graph(self._graph.named, graph, store, DefaultGraph())
        for graph in dict.fromkeys(clause.named):
            store.add_graph(named_node(graph))
            copy_graph(self._graph.named, graph, store, named_node(graph))
        return store
