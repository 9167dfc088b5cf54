"""A state turned into another, triple by triple: an RDF patch in Turtle, and its application.

Changeset vocabulary (http://purl.org/vocab/changeset/schema): one ``cs:ChangeSet`` for the state's
graph and one for its possible graph, each with the statements to be taken out and to be put in as
``rdf:Statement``. Grades and labels are part of a graph, so they are part of its patch, unlike of
the comparison in ``kg.asking.diff``. Where one state answers for both days there is nothing.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from kg.asking.changes import Difference
from kg.asking.store import KnowledgeGraph, named_node
from kg.namespaces import BASE, CS, DCTERMS, PREFIXES, PROV, RDF, RDFS

__all__ = ["GraphPatch", "apply_patch", "make_patch", "write_patch"]


@dataclass(frozen=True, slots=True)
class GraphPatch:
    """What to take out of the graph ``source`` (IRI), and what to put in, to get ``target``."""

    iri: str
    source: str
    target: str
    removals: tuple[Triple, ...]
    additions: tuple[Triple, ...]


def make_patch(graph: KnowledgeGraph, difference: Difference) -> tuple[GraphPatch, ...]:
    """The patches of the state's graph and of its possible graph; none where one state
    answers for both days.
    """
    before, after = difference.before.state, difference.after.state
    if before == after:
        return ()
    document = _document(difference)
    return (
        _compare(graph, f"{document}graph", before.graph, after.graph),
        _compare(graph, f"{document}possible", before.possible, after.possible),
    )


def write_patch(graph: KnowledgeGraph, difference: Difference) -> bytes:
    """The patch in Turtle: the same graph gives the same bytes, and empty days no triple."""
    patches = make_patch(graph, difference)
    if not patches:
        return b""
    triples = [triple for patch in patches for triple in _describe(patch, difference)]
    # What moves from one graph to the other is one statement, taken out here and put in there.
    stated = {triple for patch in patches for triple in (*patch.removals, *patch.additions)}
    for triple in sorted(stated, key=str):
        triples += _spell(_statement(triple, difference), triple)
    sink = io.BytesIO()
    prefixes = {**PREFIXES, "cs": str(CS._NS), "patch": _document(difference)}
    serialize(triples, sink, RdfFormat.TURTLE, prefixes=prefixes)
    return sink.getvalue()


def apply_patch(turtle: bytes, graphs: Mapping[str, Iterable[Triple]]) -> dict[str, set[Triple]]:
    """The graphs (by IRI) that the patch makes of the graphs given.

    Raises ``ValueError`` where a statement to be taken out isn't there, or one to be put in is.
    """
    store = Store()
    store.extend(quad for quad in parse(turtle, RdfFormat.TURTLE))
    made: dict[str, set[Triple]] = {}
    for quad in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(CS.ChangeSet)):
        changes = quad.subject
        source, target = (_iri(_one(store, changes, term)) for term in (PROV.used, PROV.generated))
        triples = set(graphs[source])
        removals = set(_read_statements(store, changes, CS.removal))
        additions = set(_read_statements(store, changes, CS.addition))
        if removals - triples:
            raise ValueError(f"{len(removals - triples)} statements to remove aren't in {source}")
        if additions & triples:
            raise ValueError(f"{len(additions & triples)} statements to add are in {source}")
        made[target] = (triples - removals) | additions
    return made


def _document(difference: Difference) -> str:
    """The address of the comparison of the two states, up to the fragment."""
    days = (difference.before.state.valid_from, difference.after.state.valid_from)
    return f"{BASE}diff?from={days[0].isoformat()}&to={days[1].isoformat()}#"


def _compare(graph: KnowledgeGraph, iri: str, source: str, target: str) -> GraphPatch:
    before, after = _triples(graph, source), _triples(graph, target)
    removals, additions = sorted(before - after, key=str), sorted(after - before, key=str)
    return GraphPatch(iri, source, target, tuple(removals), tuple(additions))


def _triples(graph: KnowledgeGraph, name: str) -> set[Triple]:
    quads = graph.named.quads_for_pattern(None, None, None, named_node(name))
    return {quad.triple for quad in quads}


def _describe(patch: GraphPatch, difference: Difference) -> Iterator[Triple]:
    """The change set, with the nodes of its statements."""
    node = NamedNode(patch.iri)
    reason = f"What turns {patch.source} into {patch.target}."
    yield Triple(node, NamedNode(RDF.type), NamedNode(CS.ChangeSet))
    yield Triple(node, NamedNode(CS.subjectOfChange), NamedNode(patch.source))
    yield Triple(node, NamedNode(CS.changeReason), Literal(reason, language="en"))
    yield Triple(node, NamedNode(PROV.used), NamedNode(patch.source))
    yield Triple(node, NamedNode(PROV.generated), NamedNode(patch.target))
    yield Triple(node, NamedNode(DCTERMS.hasVersion), Literal(difference.release))
    yield from _origins(node, difference)
    for term, triples in ((CS.removal, patch.removals), (CS.addition, patch.additions)):
        for triple in triples:
            yield Triple(node, NamedNode(term), _statement(triple, difference))


def _statement(triple: Triple, difference: Difference) -> NamedNode:
    """The node of a statement, named by a digest of what it says."""
    digest = hashlib.sha256(str(triple).encode()).hexdigest()[:20]
    return NamedNode(f"{_document(difference)}s-{digest}")


def _spell(statement: NamedNode, triple: Triple) -> Iterator[Triple]:
    yield Triple(statement, NamedNode(RDF.type), NamedNode(RDF.Statement))
    yield Triple(statement, NamedNode(RDF.subject), triple.subject)
    yield Triple(statement, NamedNode(RDF.predicate), triple.predicate)
    yield Triple(statement, NamedNode(RDF.object), triple.object)


def _origins(node: NamedNode, difference: Difference) -> Iterator[Triple]:
    """The amendments behind: those that are certain as influences, others to be seen too."""
    origins = {o.iri: o.certain for change in difference.changes for o in change.origins}
    for iri, certain in sorted(origins.items()):
        term = PROV.wasInfluencedBy if certain else RDFS.seeAlso
        yield Triple(node, NamedNode(term), NamedNode(iri))


def _read_statements(
    store: Store, changes: NamedNode | BlankNode | Triple, term: str
) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(changes, NamedNode(term), None):
        subject, predicate, value = (
            _one(store, quad.object, part) for part in (RDF.subject, RDF.predicate, RDF.object)
        )
        yield Triple(subject, predicate, value)  # type: ignore[arg-type]


def _one(store: Store, node: object, term: str) -> NamedNode | Literal:
    (quad,) = store.quads_for_pattern(node, NamedNode(term), None)  # type: ignore[arg-type]
    if not isinstance(quad.object, NamedNode | Literal):
        raise ValueError(f"a name or a value was expected, not {quad.object}")
    return quad.object


def _iri(term: NamedNode | Literal) -> str:
    return term.value
