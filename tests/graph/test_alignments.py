"""What follows from the alignments is written out where a day is asked, and is a function of the
rest: it can be taken out, and missed."""

import pytest
from rdflib import Graph, Literal, URIRef

from kg.build import Making
from kg.graph.alignments import Alignments, find_entailed, withdraw
from kg.graph.check import check_dataset
from kg.graph.partition import Graphs
from kg.graph.report import SHAPES
from kg.iris import graph_iri
from kg.namespaces import ALIGNED_PREFIXES, BASE, ELI, OWL, RDF, RDFS, ZH
from tests.roots import ROOT

ACT = f"{BASE}eli/kz/resolution/2013/78"
SCHEMA = ALIGNED_PREFIXES["schema"]
EXACT = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty}
CHANGED_BY = ELI.changed_by
ALIGNED = (
    ("Hen", RDFS.subClassOf, "Bird"),
    ("Bird", OWL.equivalentClass, "Oiseau"),
    ("lays", RDFS.subPropertyOf, "makes"),
    ("lays", RDFS.subPropertyOf, "drops"),
)


def example(name: str) -> URIRef:
    """A term of the tiny alignments."""
    return URIRef(f"https://example.org/{name}")


def align(*aligned: tuple[str, URIRef, str]) -> Alignments:
    """Tiny alignments; one more is only stated, and no axiom stands beside it."""
    graph = Graph().add((example("Hen"), RDFS.subClassOf, example("Unexplained")))
    for number, (source, relation, target) in enumerate(aligned):
        axiom = example(f"axiom-{number}")
        graph.add((axiom, RDF.type, OWL.Axiom))
        graph.add((axiom, OWL.annotatedSource, example(source)))
        graph.add((axiom, OWL.annotatedProperty, relation))
        graph.add((axiom, OWL.annotatedTarget, example(target)))
    return Alignments.read(graph)


@pytest.fixture(scope="module")
def graphs(making: Making) -> Graphs:
    """The named graphs of the project's own plan, as they are built."""
    named: Graphs = {}
    for subject, predicate, value, name in making.quads:
        named.setdefault(name, set()).add((subject, predicate, value))
    return named


def test_exact_alignments_are_followed_to_the_end() -> None:
    """Subclasses and equivalents from the first term to the second; no statement but an axiom, and
    no property of a thing whose class isn't aligned."""
    reference = URIRef(graph_iri("reference"))
    hen = (example("h"), RDF.type, example("Hen"))
    egg = (example("h"), example("lays"), example("e"))
    back = (example("o"), RDF.type, example("Oiseau"))
    shop = (example("s"), example("lays"), example("e"))
    assert align(*ALIGNED).find_entailed({reference: {hen, egg, back, shop}})[reference] == {
        (example("h"), RDF.type, example("Bird")),
        (example("h"), RDF.type, example("Oiseau")),
        (example("h"), example("makes"), example("e")),
        (example("h"), example("drops"), example("e")),
    }


def test_an_alignment_that_leads_round_is_refused() -> None:
    """What follows must come to an end, and what follows from itself couldn't be taken out."""
    with pytest.raises(ValueError, match=r"(Hen|Bird) is aligned with itself"):
        align(*ALIGNED, ("Bird", RDFS.subClassOf, "Hen"))


def test_every_exact_alignment_says_something(graphs: Graphs) -> None:
    """Both its terms are used by the data of some day: no alignment waits for data to come."""
    aligned = Graph().parse(ROOT / "ontology/alignments.ttl")
    pairs = {
        (aligned.value(axiom, OWL.annotatedSource), aligned.value(axiom, OWL.annotatedTarget))
        for axiom in aligned.subjects(RDF.type, OWL.Axiom)
        if aligned.value(axiom, OWL.annotatedProperty) in EXACT
    }
    assert len(pairs) == 17
    entailed = find_entailed(graphs)
    used = {
        term
        for triples in (graphs[name] for name in entailed if name in graphs)
        for _, predicate, value in triples
        for term in ((value,) if predicate == RDF.type else (predicate,))
    }
    assert [pair for pair in pairs if not used.issuperset(pair)] == []


def test_what_follows_is_a_function_of_the_rest(graphs: Graphs) -> None:
    """Taken out and concluded again, the graphs are the same; and no subject comes by it."""
    written = withdraw(graphs, find_entailed(graphs))
    entailed = find_entailed(written)
    assert {n: written[n] | entailed.get(n, set()) for n in written} == graphs
    assert sum(map(len, entailed.values())) > 2000
    for name, triples in entailed.items():
        known = {subject for subject, *_ in written.get(name, ())}
        assert {subject for subject, *_ in triples} <= known


def test_a_provision_names_the_acts_that_changed_it_by_the_day(graphs: Graphs) -> None:
    """Read from the notes of the text: No. 1139 reworded paragraphs 4 and 5, both changed the plan.

    Of rows no note speaks, so of them nothing is said; of the state as adopted nothing at all.
    """
    found = {
        str(name).removeprefix(f"{ACT}@"): {
            f"{str(s).removeprefix(f'{ACT}/')} {str(o).rpartition('/')[2]}"
            for s, p, o in triples
            if p == CHANGED_BY
        }
        for name, triples in graphs.items()
    }
    second = {"paragraph-4 1139", "paragraph-5 1139", "plan 1139"}
    assert {name: changes for name, changes in found.items() if changes} == {
        "2014-10-27/graph": second,
        "2014-12-30/graph": second | {"plan 1401"},
    }


def test_what_is_missing_or_made_up_is_found(making: Making) -> None:
    """Each by the rule that says where to look."""
    dataset = making.quads.to_dataset()
    state = dataset.graph(URIRef(f"{ACT}@2014-12-30/graph"))
    plan, fourth = URIRef(f"{ACT}/plan"), URIRef(f"{ACT}/paragraph-4")
    state.remove((plan, CHANGED_BY, None))
    state.remove((fourth, URIRef(f"{SCHEMA}text"), None))
    state.add((fourth, URIRef(f"{SCHEMA}name"), Literal("Nobody calls it so.")))
    found = {
        (p.focus_node, p.constraint.removeprefix(SHAPES)) for p in check_dataset(dataset).problems
    }
    assert found == {
        (str(plan), "alignment-written-out"),
        (str(fourth), "alignment-written-out"),
        (str(fourth), "state-unfounded"),
    }


def test_reference_says_which_acts_change_the_resolution(graphs: Graphs) -> None:
    """And nothing of a day: the acts are known on any."""
    reference = graphs[URIRef(graph_iri("reference"))]
    changes = {
        (str(s).rpartition("/")[2], p)
        for s, p, o in reference
        if str(o) == ACT and "hanges" in str(p)
    }
    terms = (ELI.changes, URIRef(f"{SCHEMA}legislationChanges"))
    assert changes == {(act, term) for act in ("1139", "1401") for term in terms}
    assert (URIRef(ACT), RDF.type, ZH.Resolution) in reference
