"""Quads in the making, and their one way onto disk: sorted, canonical N-Quads."""

import re
from collections.abc import Iterable, Iterator

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg.namespaces import XSD

Quad = tuple[URIRef, URIRef, Node, URIRef]

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


class Quads:
    """A set of quads, each added to a named graph; there are no blank nodes."""

    def __init__(self) -> None:
        self._quads: set[Quad] = set()

    def __len__(self) -> int:
        return len(self._quads)

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)

    def add(self, graph: str, subject: str, predicate: URIRef, *objects: Node | None) -> None:
        """Add a statement for each object; ``None`` stands for nothing to say.

        Raises ``ValueError`` at an object that is neither an address nor a literal.
        """
        for value in objects:
            if value is None:
                continue
            if not isinstance(value, URIRef | Literal):
                raise ValueError(f"{subject} {predicate}: not an address or a literal: {value!r}")
            self._quads.add((URIRef(subject), predicate, value, URIRef(graph)))

    def add_graph(self, graph: str, statements: Graph) -> None:
        """Add all statements of an rdflib graph to a named graph."""
        for subject, predicate, value in statements:
            self.add(graph, str(subject), URIRef(str(predicate)), value)

    def to_dataset(self) -> Dataset:
        """The quads as an rdflib data set."""
        dataset = Dataset()
        for subject, predicate, value, graph in self._quads:
            dataset.graph(graph).add((subject, predicate, value))
        return dataset


def language(text: str, tag: str) -> Literal:
    """A text in a language."""
    return Literal(text, lang=tag)


def typed(value: object, datatype: URIRef) -> Literal:
    """A literal of a datatype, its lexical form kept as it is."""
    return Literal(str(value), datatype=datatype, normalize=False)


def boolean(value: bool) -> Literal:
    """``true`` or ``false``."""
    return typed(str(value).lower(), XSD.boolean)


def to_nquads(quads: Iterable[Quad]) -> str:
    """Canonical N-Quads, sorted by code point: the same quads give the same text.

    Follows "A canonical form of N-Quads" of the W3C's RDF Dataset Canonicalization, section 5.
    """
    return "".join(
        sorted(f"{_term(s)} {_term(p)} {_term(o)} {_term(g)} .\n" for s, p, o, g in quads)
    )


def _term(term: Node) -> str:
    if isinstance(term, URIRef):
        return f"<{term}>"
    if not isinstance(term, Literal):
        raise ValueError(f"not an address or a literal: {term!r}")
    text = f'"{_ESCAPED.sub(_escape, str(term))}"'
    if term.language:
        return f"{text}@{term.language}"
    if term.datatype is None or term.datatype == XSD.string:
        return text
    return f"{text}^^<{term.datatype}>"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
