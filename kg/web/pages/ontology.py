"""The ontology as a page: its terms by kind, each with its place, its diagram and its alignments.

In go the statements of ``graph/ontology``, what the data uses of it, and the kept questions; all is
read from them, so that a new term has its place on the page without a word here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from kg.asking.library import StoredQuery
from kg.namespaces import ALIGNED_PREFIXES, BASE, DCTERMS, OWL, RDF, RDFS, SKOS, ZH
from kg.web.pages.diagrams import draw_relations, draw_tree
from kg.web.pages.messages import Text, choose_text, marked
from kg.web.protocol.languages import wanted

__all__ = ["Alignment", "OntologyPage", "Term"]

_OURS = str(ZH._NS)
_ITSELF = f"{BASE}ontology"
_NAMED_IN = ("kk", "ru", "en")
"""The order of a term's names, after that in the language of the page."""
_KINDS = {
    str(OWL.Class): marked("Classes"),
    str(OWL.ObjectProperty): marked("Relations"),
    str(OWL.DatatypeProperty): marked("Values"),
    str(OWL.AnnotationProperty): marked("Forms of words"),
    str(OWL.NamedIndividual): marked("Individuals"),
}
Rows = Iterable[Mapping[str, Mapping[str, str]]]
Said = Mapping[str, Sequence[Mapping[str, str]]]
"""The values of each property of one term."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term stands to one of another vocabulary, and why."""

    source: str
    relation: str
    target: str
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of ours; other terms are named with their prefixes.

    What it means is told in the language of the page, or the next best.
    """

    name: str
    labels: tuple[Text, ...]
    definition: Text | None
    above: tuple[str, ...]
    apart: tuple[str, ...]
    on: tuple[str, ...]
    leads_to: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    questions: tuple[StoredQuery, ...]
    diagram: Markup | None


class OntologyPage:
    """What the page of the ontology shows."""

    def __init__(self, statements: Rows, uses: Rows, questions: Iterable[StoredQuery]) -> None:
        said: dict[str, dict[str, list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for row in statements:
            said[row["subject"]["value"]][row["property"]["value"]].append(row["value"])
        self._said = said
        self._on: dict[str, set[str]] = defaultdict(set)
        for row in uses:
            self._on[row["property"]["value"]].add(row["class"]["value"])
        self._questions = [
            (question, set(re.findall(r"\bzh:(\w+)", question.body))) for question in questions
        ]

    @property
    def description(self) -> Text | None:
        """What the ontology is for."""
        return choose_text(words(self._said[_ITSELF], DCTERMS.description))

    @cached_property
    def alignments(self) -> list[Alignment]:
        """All of them, by the vocabulary that they lead to."""
        found = [
            Alignment(
                source=short(self._first(axiom, OWL.annotatedSource)),
                relation=short(self._first(axiom, OWL.annotatedProperty)),
                target=short(self._first(axiom, OWL.annotatedTarget)),
                reason=choose_text(words(said, RDFS.comment)),
            )
            for axiom, said in self._said.items()
            if str(OWL.Axiom) in values(said, RDF.type)
        ]
        return sorted(found, key=lambda a: (a.target.partition(":")[0], a.source, a.target))

    def _first(self, subject: str, predicate: str) -> str:
        return values(self._said[subject], predicate)[0]

    @cached_property
    def kinds(self) -> dict[str, list[Term]]:
        """The terms by what they are, each kind by its name in the page's own words."""
        return {
            heading: sorted((self._term(iri) for iri in self._of(kind)), key=lambda t: t.name)
            for kind, heading in _KINDS.items()
        }

    def _of(self, kind: str) -> list[str]:
        return [
            iri
            for iri, said in self._said.items()
            if iri.startswith(_OURS) and kind in values(said, RDF.type)
        ]

    def trees(self) -> list[Markup]:
        """The classes below each class that is above one of ours and below none itself."""
        below: dict[str, list[str]] = defaultdict(list)
        roots: set[str] = set()
        for iri in self._of(str(OWL.Class)):
            above = [a for a in values(self._said[iri], RDFS.subClassOf) if "schema.org" not in a]
            for upper in above:
                below[short(upper)].append(short(iri))
            if not above:
                roots.add(short(iri))
        roots |= {name for name in below if not name.startswith("zh:")}
        single = sorted(root for root in roots if root not in below)
        trees = [draw_tree([root], below, root) for root in sorted(roots) if root in below]
        return [*trees, *(draw_tree(single[n::3], {}, "zh") for n in range(3) if single[n::3])]

    def _term(self, iri: str) -> Term:
        said, name = self._said[iri], iri.removeprefix(_OURS)
        labels = words(said, SKOS.prefLabel)
        above = (*values(said, RDFS.subClassOf), *values(said, RDFS.subPropertyOf))
        domain = values(said, RDFS.domain) or self._narrow(self._on.get(iri, set()))
        return Term(
            name=name,
            labels=tuple(
                Text(labels[code], code)
                for code in sorted(_NAMED_IN, key=lambda code: code != wanted.get().code)
                if code in labels
            ),
            definition=choose_text(words(said, SKOS.definition)),
            above=shorts(above),
            apart=shorts({*values(said, OWL.disjointWith), *self._excluded_by(iri)}),
            on=shorts(domain),
            leads_to=shorts(values(said, RDFS.range)),
            alignments=tuple(a for a in self.alignments if a.source == f"zh:{name}"),
            questions=tuple(q for q, names in self._questions if name in names),
            diagram=self._diagram(iri) if str(OWL.Class) in values(said, RDF.type) else None,
        )

    def _excluded_by(self, iri: str) -> list[str]:
        """What says that it excludes the term: each pair is written once, and counts both ways."""
        return [o for o, said in self._said.items() if iri in values(said, OWL.disjointWith)]

    def _narrow(self, classes: set[str]) -> list[str]:
        """Without those of which a class above is there too."""
        return sorted(
            c for c in classes if not classes & set(values(self._said[c], RDFS.subClassOf))
        )

    def _diagram(self, iri: str) -> Markup | None:
        own = sorted(p for p, classes in self._on.items() if iri in classes)
        related = [p for p in own if str(OWL.ObjectProperty) in self._types(p)]
        plain = [short(p) for p in own if str(OWL.DatatypeProperty) in self._types(p)]
        pairs = [(short(p), self._target(p)) for p in related]
        return draw_relations(short(iri), plain, pairs, short(iri)) if plain or pairs else None

    def _types(self, iri: str) -> list[str]:
        return values(self._said[iri], RDF.type)

    def _target(self, iri: str) -> str:
        """What a relation leads to; three dots where that may be of several classes."""
        return next(iter(shorts(values(self._said[iri], RDFS.range))), "…")


def short(iri: str) -> str:
    """A term with the prefix of its vocabulary."""
    for prefix, namespace in ALIGNED_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def shorts(iris: Iterable[str]) -> tuple[str, ...]:
    """Terms with their prefixes, in order."""
    return tuple(sorted(map(short, iris)))


def values(said: Said, predicate: str) -> list[str]:
    """The values of a property."""
    return [value["value"] for value in said.get(str(predicate), ())]


def words(said: Said, predicate: str) -> dict[str, str]:
    """What a property says in words, by language (BCP 47)."""
    return {value.get("xml:lang", ""): value["value"] for value in said.get(str(predicate), ())}
