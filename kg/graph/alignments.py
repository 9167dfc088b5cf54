"""What ``ontology/alignments.ttl`` says exactly, written out in the data: no reasoner runs later.

In go the alignments and named graphs; out comes, for each graph of a day (a state's, what is
possible in it, and ``graph/reference``), what follows there. ``rdfs:subClassOf``,
``rdfs:subPropertyOf``, ``owl:equivalentClass`` and ``owl:equivalentProperty`` are followed from the
first term to the second, as the rules rdfs7 and rdfs9 of RDF 1.1 Semantics have it: classes for all
things, properties for those of which a class is aligned, since who asks in another vocabulary asks
for things of its classes. Rules are those of SHACL Advanced Features, section 8.3. What follows is
a function of the rest, so that it can be taken out again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs, StateGraphs, Triple, find_states
from kg.graph.quads import Quads
from kg.graph.report import SHAPES, Problem, abridge
from kg.iris import graph_iri
from kg.namespaces import ALIGNED_PREFIXES, OWL, RDF, RDFS, SH, SKOS, ZH

__all__ = [
    "ALIGNMENT_RULES",
    "Alignments",
    "find_entailed",
    "find_missing",
    "withdraw",
    "write_alignments",
]

ALIGNMENT_RULES = {
    "alignment-written-out": (
        "An alignment of ontology/alignments.ttl is exact, or a rule there concludes so, and these "
        "statements, which follow, are missing; build the graph again."
    )
}
"""The rule that is checked here and what it asks."""

ONTOLOGY, REFERENCE, HISTORY = (
    URIRef(graph_iri(name)) for name in ("ontology", "reference", "history")
)
_OF_CLASSES = (RDFS.subClassOf, OWL.equivalentClass)
_OF_PROPERTIES = (RDFS.subPropertyOf, OWL.equivalentProperty)
_LANGUAGES = ("kk", "en", "ru")

Above = Mapping[Node, frozenset[URIRef]]
"""What each term leads to, near and far."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the class of the things that it is asked of, and its ``CONSTRUCT``."""

    target: Node
    construct: str


@dataclass(frozen=True)
class Alignments:
    """What the alignments let follow: from classes, from properties, and by rules."""

    classes: Above
    properties: Above
    rules: tuple[Rule, ...]

    @classmethod
    def read(cls, triples: Iterable[Triple]) -> "Alignments":
        """The alignments among statements: those that an ``owl:Axiom`` stands beside."""
        graph = Graph()
        for triple in triples:
            graph.add(triple)
        axioms = [
            tuple(
                graph.value(axiom, part)
                for part in (OWL.annotatedProperty, OWL.annotatedSource, OWL.annotatedTarget)
            )
            for axiom in graph.subjects(RDF.type, OWL.Axiom)
        ]
        rules = [
            Rule(target, str(construct))
            for shape, target in graph.subject_objects(SH.targetClass)
            for rule in graph.objects(shape, SH.rule)
            for construct in graph.objects(rule, SH.construct)
        ]
        return cls(
            _above((s, o) for p, s, o in axioms if p in _OF_CLASSES),
            _above((s, o) for p, s, o in axioms if p in _OF_PROPERTIES),
            tuple(sorted(rules, key=lambda rule: rule.construct)),
        )

    def find_entailed(self, graphs: Graphs) -> dict[URIRef, set[Triple]]:
        """What follows in each graph of a day from what stands in it, there already or not."""
        states = find_states(graphs)
        found = self._conclude(graphs, states)
        for name in (REFERENCE, *(n for s in states for n in (s.graph, s.possible))):
            entailed = found.setdefault(name, set())
            said = [*graphs.get(name, ()), *entailed]
            kinds = {
                (s, kind) for s, p, o in said if p == RDF.type for kind in self.classes.get(o, ())
            }
            entailed.update((subject, RDF.type, kind) for subject, kind in kinds)
            aligned = {subject for subject, _ in kinds}
            for subject, predicate, value in said:
                if subject in aligned:
                    above = self.properties.get(predicate, ())
                    entailed.update((subject, term, value) for term in above)
        return found

    def _conclude(self, graphs: Graphs, states: list[StateGraphs]) -> dict[URIRef, set[Triple]]:
        """What the rules conclude: of a state in its own graphs, of anything else in reference."""
        found: dict[URIRef, set[Triple]] = {REFERENCE: set()}
        common = (*graphs.get(REFERENCE, ()), *graphs.get(HISTORY, ()))
        merged = Graph()
        for triple in common:
            merged.add(triple)
        of_states = [rule for rule in self.rules if rule.target == ZH.State]
        for rule in set(self.rules).difference(of_states):
            for thing in set(merged.subjects(RDF.type, rule.target)):
                found[REFERENCE] |= _construct(merged, rule, URIRef(str(thing)))
        for state in states:
            for name in (state.graph, state.possible):
                own = graphs.get(name, set())
                for triple in own:
                    merged.add(triple)
                found[name] = set().union(*(_construct(merged, r, state.iri) for r in of_states))
                for triple in own.difference(common):
                    merged.remove(triple)
        return found


def _construct(graph: Graph, rule: Rule, thing: URIRef) -> set[Triple]:
    return set(graph.query(rule.construct, initBindings={"this": thing}).graph or ())


def _above(pairs: Iterable[tuple[Node | None, Node | None]]) -> Above:
    """Each term with all that it leads to. Raises ``ValueError`` where one leads to itself."""
    steps: dict[Node, set[URIRef]] = {}
    for lower, upper in pairs:
        if lower is not None and isinstance(upper, URIRef):
            steps.setdefault(lower, set()).add(upper)
    above: dict[Node, frozenset[URIRef]] = {}
    for term in steps:
        reached: set[URIRef] = set()
        waiting = list(steps[term])
        while waiting:
            upper = waiting.pop()
            if upper == term:
                raise ValueError(f"ontology/alignments.ttl: {term} is aligned with itself")
            if upper not in reached:
                reached.add(upper)
                waiting += steps.get(upper, ())
        above[term] = frozenset(reached)
    return above


def write_alignments(quads: Quads, statements: Graph) -> None:
    """Add the alignments, each with its labels, to ``graph/ontology``, and what follows from them
    to the graphs of the days.
    """
    quads.add_graph(str(ONTOLOGY), statements)
    graphs: Graphs = {}
    for subject, predicate, value, name in quads:
        graphs.setdefault(name, set()).add((subject, predicate, value))
    terms = Graph()
    for triple in graphs[ONTOLOGY]:
        terms.add(triple)
    for axiom in statements.subjects(RDF.type, OWL.Axiom):
        quads.add(str(ONTOLOGY), str(axiom), SKOS.prefLabel, *_labels(terms, axiom))
    for name, triples in find_entailed(graphs).items():
        for entailed in triples:
            quads.add(str(name), str(entailed[0]), URIRef(str(entailed[1])), entailed[2])


def _labels(terms: Graph, axiom: Node) -> Iterator[Literal]:
    source, target = (
        terms.value(axiom, part) for part in (OWL.annotatedSource, OWL.annotatedTarget)
    )
    own = {
        label.language: str(label)
        for label in terms.objects(source, SKOS.prefLabel)
        if isinstance(label, Literal)
    }
    for language in _LANGUAGES:
        name = own.get(language) or _short(source)
        yield Literal(f"{name} – {_short(target)}", lang=language)


def _short(term: Node | None) -> str:
    """A term with its prefix; an element's name as Akoma Ntoso has it."""
    for prefix, namespace in ALIGNED_PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def find_entailed(graphs: Graphs) -> Graphs:
    """What follows in each graph of a day by the alignments of ``graph/ontology``."""
    return Alignments.read(graphs.get(ONTOLOGY, ())).find_entailed(graphs)


def withdraw(graphs: Graphs, entailed: Graphs) -> Graphs:
    """The graphs without what follows by the alignments: what was written before it."""
    return {name: triples - entailed.get(name, set()) for name, triples in graphs.items()}


def find_missing(graphs: Graphs, entailed: Graphs) -> Iterator[Problem]:
    """Each node of which something that follows by the alignments isn't said."""
    for name, triples in entailed.items():
        missing: dict[Node, list[str]] = {}
        for subject, predicate, value in triples - graphs.get(name, set()):
            missing.setdefault(subject, []).append(abridge(predicate, value))
        for subject, said in missing.items():
            rule = "alignment-written-out"
            words = "; ".join(sorted(said))
            yield Problem(str(name), str(subject), SHAPES + rule, ALIGNMENT_RULES[rule], words)
