"""The formats an answer can have: one table of names, media types and what the engine calls them.

Media types are those of the SPARQL 1.1 result formats and of the RDF 1.1 syntaxes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["FORMATS", "GRAPH_FORMATS", "SOLUTION_FORMATS", "Format", "Kind", "format_named"]

Kind = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer: ``name`` on the command line, ``suffix`` of addresses and files.

    ``aliases`` are further media types that ask for it. ``keeps_graphs`` is true where named graphs
    survive, ``has_prefixes`` where prefixes can be declared.
    """

    name: str
    media_type: str
    suffix: str
    kinds: frozenset[Kind]
    engine: QueryResultsFormat | RdfFormat
    aliases: tuple[str, ...] = ()
    keeps_graphs: bool = False

    @property
    def has_prefixes(self) -> bool:
        """Whether the syntax abbreviates addresses: all of RDF do, but for the line-based."""
        return self.engine not in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)


_BOTH: frozenset[Kind] = frozenset({"solutions", "boolean"})
_SOLUTIONS: frozenset[Kind] = frozenset({"solutions"})
_GRAPH: frozenset[Kind] = frozenset({"graph"})

FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "application/sparql-results+json",
        "srj",
        _BOTH,
        QueryResultsFormat.JSON,
        aliases=("application/json",),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "srx",
        _BOTH,
        QueryResultsFormat.XML,
        aliases=("application/xml", "text/xml"),
    ),
    Format("csv", "text/csv", "csv", _SOLUTIONS, QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", "tsv", _SOLUTIONS, QueryResultsFormat.TSV),
    Format(
        "ttl",
        "text/turtle",
        "ttl",
        _GRAPH,
        RdfFormat.TURTLE,
        aliases=("application/x-turtle",),
    ),
    Format(
        "nt", "application/n-triples", "nt", _GRAPH, RdfFormat.N_TRIPLES, aliases=("text/plain",)
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "jsonld",
        _GRAPH,
        RdfFormat.JSON_LD,
        aliases=("application/json",),
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        "rdf",
        _GRAPH,
        RdfFormat.RDF_XML,
        aliases=("application/xml", "text/xml"),
    ),
    Format("trig", "application/trig", "trig", _GRAPH, RdfFormat.TRIG, keeps_graphs=True),
    Format("nq", "application/n-quads", "nq", _GRAPH, RdfFormat.N_QUADS, keeps_graphs=True),
)
"""Every format, the preferred one of each kind first."""

SOLUTION_FORMATS = tuple(f for f in FORMATS if "solutions" in f.kinds)
GRAPH_FORMATS = tuple(f for f in FORMATS if "graph" in f.kinds)


def format_named(name: str, among: Iterable[Format] = FORMATS) -> Format:
    """The format called ``name``; raises ``KeyError`` where there is none among ``among``."""
    for candidate in among:
        if candidate.name == name:
            return candidate
    raise KeyError(name)
