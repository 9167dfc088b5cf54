"""A reasoner (OWL 2 RL) finds no contradiction: ontology, alignments, the vocabularies, real types.

The data is asked in short: things of the same classes are one, which bears what any of them says of
another. A rule of OWL 2 RL that fires on the whole fires on the short form as well, so that no
contradiction is lost; functional properties, which make values one, are left to a count.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.build import Making
from kg.iris import graph_iri
from kg.namespaces import ORG, OWL, PREFIXES, PROV, RDF, RDFS, SKOS, ZH
from tests.roots import ROOT

VOCABULARIES = ROOT / "tests/ontology/vocabularies.ttl"
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
AXIOMS = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.disjointWith,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.inverseOf,
}
THING = Namespace("https://example.org/thing/")
ONTOLOGY = URIRef(graph_iri("ontology"))


def shorten(making: Making) -> Graph:
    """The classes of all things and how things of them are related, a thing for each set of
    classes."""
    kinds: dict[Node, set[Node]] = {}
    data = [quad for quad in making.quads if quad[3] != ONTOLOGY]
    for subject, predicate, value, _ in data:
        if predicate == RDF.type:
            kinds.setdefault(subject, set()).add(value)
    names: dict[frozenset[Node], URIRef] = {}

    def one(node: Node) -> URIRef:
        of = frozenset(kinds.get(node, ()))
        return names.setdefault(of, THING[str(len(names))])

    short = Graph()
    for subject, predicate, value, _ in data:
        if predicate == RDF.type:
            short.add((one(subject), RDF.type, value))
        elif not isinstance(value, Literal) and subject in kinds and value in kinds:
            short.add((one(subject), predicate, one(value)))
    return short


def axioms(making: Making) -> Iterator[tuple[Node, Node, Node]]:
    """What graph/ontology says in OWL of classes and relations, alignments and all."""
    of_values = {s for s, _, o, g in making.quads if g == ONTOLOGY and o == OWL.DatatypeProperty}
    for subject, predicate, value, graph in making.quads:
        if graph == ONTOLOGY and predicate in AXIOMS and subject not in of_values:
            yield subject, predicate, value


@pytest.fixture(scope="module")
def known(making: Making) -> Graph:
    """Everything that is reasoned over; not to be changed."""
    graph = Graph().parse(VOCABULARIES) + shorten(making)
    for axiom in axioms(making):
        graph.add(axiom)
    return graph


def contradictions(graph: Graph) -> set[str]:
    """What the reasoner says contradicts itself."""
    closed = Graph() + graph
    DeductiveClosure(OWLRL_Semantics, improved_datatypes=False).expand(closed)
    return {str(message) for message in closed.objects(None, ERROR)}


def test_the_data_is_all_there_in_short(known: Graph) -> None:
    """Each class in use has a thing, and nothing of the vocabularies is left out."""
    kinds = set(known.objects(None, RDF.type))
    assert {ZH.Measure, ZH.Amendment, ORG.FormalOrganization, SKOS.Concept} <= kinds
    assert (PROV.Activity, OWL.disjointWith, PROV.Entity) in known
    assert (ZH.Plan, OWL.disjointWith, ZH.Measure) in known
    assert 300 < len(known) < 3000


def test_nothing_contradicts_itself(known: Graph) -> None:
    assert contradictions(known) == set()


@pytest.mark.parametrize(
    "planted",
    [
        "zh:Measure rdfs:subClassOf zh:Plan .",
        "zh:Stage rdfs:subClassOf skos:ConceptScheme . zh:Stage rdfs:subClassOf skos:Concept .",
        "<https://example.org/x> a zh:Section , zh:Measure .",
        "zh:Amendment rdfs:subClassOf prov:Entity .",
        "zh:ProvisionVersion rdfs:subClassOf prov:Activity .",
        "zh:SourcedFact rdfs:subClassOf prov:Entity .",
        "zh:agency rdfs:range zh:Output . zh:Output owl:disjointWith org:FormalOrganization .",
        "eli:LegalResource rdfs:subClassOf org:Organization . zh:State rdfs:subClassOf org:Role .",
    ],
)
def test_a_contradiction_that_is_planted_is_found(known: Graph, planted: str) -> None:
    """Classes, single things, domains and ranges, and alignments that claim too much."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    assert contradictions(known + Graph().parse(data=prefixes + planted)) != set()


def test_functional_properties_have_one_value(making: Making) -> None:
    """In each graph apart, since states differ."""
    functional = {s for s, _, o, g in making.quads if g == ONTOLOGY and o == OWL.FunctionalProperty}
    assert len(functional) >= 6
    found = Counter((s, p, g) for s, p, _, g in making.quads if p in functional)
    assert [key for key, count in found.items() if count > 1] == []
