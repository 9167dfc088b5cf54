"""What is loaded, counted: each named graph's triples, terms, properties and classes.

The counts are those of VoID (Describing Linked Datasets with the VoID Vocabulary, sections 4.6 and
4.7). They are made once, when the graph is loaded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from kg.iris import graph_iri
from kg.namespaces import BASE, RDF, VOID

__all__ = ["Counts", "Links", "Statistics", "count_store"]

_SIZES = """SELECT ?g (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects)
(COUNT(DISTINCT ?o) AS ?objects) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"""
_PROPERTIES = "SELECT ?g ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ?p"
_CLASSES = f"SELECT ?g ?p (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{RDF.type}> ?p }} }} GROUP BY ?g ?p"
_WHOLE = f"""SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects)
(COUNT(DISTINCT ?o) AS ?objects)
{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{graph_iri("catalogue")}>) }}"""
_MEMBERS = f"""SELECT ?p (COUNT(DISTINCT ?s) AS ?n)
{{ GRAPH ?g {{ ?s <{RDF.type}> ?p }} FILTER(?g != <{graph_iri("catalogue")}>) }} GROUP BY ?p"""
_TARGETS = f"""SELECT ?target ?space
{{ GRAPH <{graph_iri("catalogue")}> {{ ?target <{VOID.uriSpace}> ?space }} }}"""
_LINKS = """SELECT ?p (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{
GRAPH ?g {{ ?s ?p ?o }}
FILTER(?g != <{catalogue}> && ?p != <{type}> && isIRI(?o) && STRSTARTS(STR(?o), "{space}")
&& isIRI(?s) && STRSTARTS(STR(?s), "{ours}")) }} }} GROUP BY ?p"""


@dataclass(frozen=True, slots=True)
class Links:
    """How many links lead into a data set (``target``, an IRI) by one property."""

    target: str
    predicate: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Triples, distinct subjects and objects, uses of each property, members of each class (IRIs).

    A member is counted once, in however many graphs it is one.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    properties: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of the named graphs, by IRI, and of the data set.

    The data set is what ``graph/catalogue`` describes: all graphs but itself. A triple that stands
    in several graphs counts in each.
    """

    dataset: Counts
    graphs: Mapping[str, Counts]
    links: tuple[Links, ...] = ()


def count_store(store: Store) -> Statistics:
    """Count the named graphs of ``store``."""
    properties, classes = _count_uses(store, _PROPERTIES), _count_uses(store, _CLASSES)
    graphs = {
        _iri(row, "g"): Counts(
            _number(row, "n"),
            _number(row, "subjects"),
            _number(row, "objects"),
            properties[_iri(row, "g")],
            classes[_iri(row, "g")],
        )
        for row in _rows(store, _SIZES)
    }
    (whole,) = _rows(store, _WHOLE)
    described = [graph for graph in graphs if graph != graph_iri("catalogue")]
    dataset = Counts(
        _number(whole, "n"),
        _number(whole, "subjects"),
        _number(whole, "objects"),
        _add(properties[graph] for graph in described),
        {_iri(row, "p"): _number(row, "n") for row in _rows(store, _MEMBERS)},
    )
    return Statistics(dataset, dict(sorted(graphs.items())), _count_links(store))


def _count_links(store: Store) -> tuple[Links, ...]:
    """The links into each data set that the catalogue says may be linked to."""
    found: Counter[tuple[str, str]] = Counter()
    for row in _rows(store, _TARGETS):
        target, space = _iri(row, "target"), row["space"]
        if not isinstance(space, Literal) or '"' in space.value or "\\" in space.value:
            continue  # no beginning of an address
        catalogue = graph_iri("catalogue")
        asked = {"catalogue": catalogue, "type": RDF.type, "space": space.value, "ours": BASE}
        for link in _rows(store, _LINKS.format(**asked)):
            found[target, _iri(link, "p")] += _number(link, "n")
    return tuple(Links(*key, count) for key, count in sorted(found.items()))


def _count_uses(store: Store, query: str) -> dict[str, dict[str, int]]:
    """By graph, how often each property or class is used there."""
    uses: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(store, query):
        uses[_iri(row, "g")][_iri(row, "p")] = _number(row, "n")
    return uses


def _add(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for counts in several:
        total.update(counts)
    return dict(total)


def _rows(store: Store, query: str) -> Iterable[QuerySolution]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - these are SELECT queries
    return found


def _iri(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode) else str(term)


def _number(row: QuerySolution, name: str) -> int:
    term = row[name]
    return int(term.value) if isinstance(term, Literal) else 0
