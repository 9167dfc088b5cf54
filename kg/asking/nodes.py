"""Nodes of the built graph as plain values: what is said of one, what it is called, where it
is read.

Reads the named graphs through the engine; addresses and literals come out as text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.asking.store import KnowledgeGraph, named_node
from kg.iris import graph_iri, local_name
from kg.namespaces import OA, RDF, SKOS, ZH

__all__ = ["Name", "Nodes", "Quote", "Start", "Statements"]

_NAMES = {str(SKOS.prefLabel): "label", str(SKOS.altLabel): "short"}


@dataclass(frozen=True, slots=True)
class Statements:
    """What is said of a node: the values of each property (IRI), as IRIs and lexical forms."""

    values: Mapping[str, list[str]]

    def __contains__(self, term: object) -> bool:
        return str(term) in self.values

    def __bool__(self) -> bool:
        return bool(self.values)

    def all(self, *terms: str) -> list[str]:
        """The values of some properties, one after the other, those of each sorted."""
        # A namespace's term is no plain text, so it isn't found among plain keys as it is.
        return [value for term in terms for value in self.values.get(str(term), [])]

    def first(self, term: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.all(term)), "")

    def local(self, term: str) -> str:
        """The local name of the first value of a property, or nothing."""
        return local_name(self.first(term))


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the source: the span's IRI, its line from 1, the words as they stand there."""

    iri: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a provision is called in English: by its place, and by its words where they have been
    translated.
    """

    place: str
    title: str

    def __str__(self) -> str:
        return f"{self.place}: {self.title}" if self.title else self.place


@dataclass(frozen=True, slots=True)
class Start:
    """The bounds of a day of effect (``YYYY-MM-DD``, empty where unknown), and how they are known.

    ``evidence`` is the local name of a grade, ``rules`` those of rules.
    """

    earliest: str
    latest: str
    evidence: str
    rules: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Nodes:
    """Reads nodes from all named graphs of a build, or from one."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._store = graph.named

    def quads(self, iri: str, graph: str | None = None) -> list[Quad]:
        """All that is said of a node, in one graph (IRI) or in all."""
        where = NamedNode(graph) if graph else None
        return list(self._store.quads_for_pattern(named_node(iri), None, None, where))

    def statements(self, iri: str, graph: str | None = None) -> Statements:
        """What is said of a node; nothing where it is unknown."""
        found: dict[str, set[str]] = {}
        for quad in self.quads(iri, graph):
            if isinstance(quad.object, NamedNode | Literal):
                found.setdefault(quad.predicate.value, set()).add(quad.object.value)
        return Statements({predicate: sorted(values) for predicate, values in found.items()})

    def subjects(self, predicate: str, value: str, graph: str | None = None) -> list[str]:
        """The nodes that have the node ``value`` for a property, sorted."""
        where = NamedNode(graph) if graph else None
        quads = self._store.quads_for_pattern(None, NamedNode(predicate), named_node(value), where)
        return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})

    def instances(self, kind: str, graph: str) -> list[str]:
        """The things of a class in a graph, sorted."""
        return self.subjects(RDF.type, kind, graph)

    def label(self, iri: str) -> str:
        """What a node is called in English, or else its local name."""
        return next(iter(self.all_english(iri, SKOS.prefLabel)), local_name(iri))

    def names(self, iri: str, here: Collection[str] = ()) -> dict[str, dict[str, str]]:
        """What a node is called: its ``label`` and its ``short`` one, each by language.

        Where graphs differ, the graphs ``here`` (IRIs) count.
        """
        found: dict[str, dict[str, str]] = {}
        # The one that counts comes last, and stays.
        for quad in sorted(self.quads(iri), key=lambda q: (_graph_of(q) in here, _words_of(q))):
            kind = _NAMES.get(quad.predicate.value)
            if kind and isinstance(quad.object, Literal) and quad.object.language:
                found.setdefault(kind, {})[quad.object.language] = quad.object.value
        return {kind: dict(sorted(names.items())) for kind, names in sorted(found.items())}

    def english(self, iri: str, predicate: str) -> str:
        """What a property says of a node in English, or nothing."""
        return next(iter(self.all_english(iri, predicate)), "")

    def all_english(self, iri: str, predicate: str) -> list[str]:
        """All that a property says of a node in English, sorted."""
        return sorted(
            {
                quad.object.value
                for quad in self.quads(iri)
                if quad.predicate.value == str(predicate)
                and isinstance(quad.object, Literal)
                and quad.object.language == "en"
            }
        )

    def texts(self, iri: str, predicate: str) -> dict[str, str]:
        """What a property says of a node, by language; nothing where it says nothing."""
        found = self._store.quads_for_pattern(named_node(iri), NamedNode(predicate), None, None)
        texts = {q.object.language: q.object.value for q in found if isinstance(q.object, Literal)}
        return {language: words for language, words in texts.items() if language}

    def name(self, iri: str) -> Name:
        """What a provision is called; a title that only some states have counts for all."""
        titles, places = self.all_english(iri, SKOS.prefLabel), self.all_english(iri, SKOS.altLabel)
        place = next(iter(places or titles), local_name(iri))
        return Name(place, next((title for title in titles if title != place), ""))

    def quotes(self, iris: Sequence[str]) -> tuple[Quote, ...]:
        """The spans among some nodes, in the order of the text."""
        found = [quote for iri in iris if (quote := self.quote(iri))]
        return tuple(sorted(found, key=lambda quote: (quote.line, quote.iri)))

    def quote(self, iri: str) -> Quote | None:
        """The words and the line of a span; nothing where the node is none."""
        said = self.statements(iri, graph_iri("source"))
        if ZH.line not in said:
            return None
        words = [w for s in said.all(OA.hasSelector) for w in self.statements(s).all(OA.exact)]
        return Quote(iri, int(said.first(ZH.line)), "".join(words[:1]))

    def start(self, iri: str) -> Start:
        """The bounds at a node of type ``zh:EffectDate``."""
        said = self.statements(iri)
        return Start(
            earliest=said.first(ZH.earliest),
            latest=said.first(ZH.latest),
            evidence=said.local(ZH.evidence),
            rules=tuple(local_name(rule) for rule in said.all(ZH.byRule)),
            quotes=self.quotes(said.all(ZH.evidencedBy)),
        )

    def start_of(self, iri: str) -> Start:
        """The bounds of the day from which a state or an amendment counts."""
        effect = self.statements(iri).first(ZH.effectDate)
        return self.start(effect) if effect else Start("", "", "", (), ())


def _graph_of(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _words_of(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode | Literal) else ""
