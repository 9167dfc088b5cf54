"""Reference, source and history: the act, its states, spans that quote the text, versions."""

from collections import Counter

import pytest
from rdflib import Graph, Literal, URIRef

from kg.build import Making, Reading
from kg.graph.quads import Quads
from kg.graph.reference import write_ontology
from kg.iris import act_iri, graph_iri, span_iri, state_iri
from kg.namespaces import BASE, DCTERMS, ELI, OA, PROV, RDF, ZH
from tests.graph.making import Triple, triples, values
from tests.history.contract import STATES

ACT = act_iri("resolution", 2013, "78")
A, B, C = STATES.values()


@pytest.fixture(scope="module")
def reference(making: Making) -> set[Triple]:
    """The reference graph."""
    return triples(making, graph_iri("reference"))


@pytest.fixture(scope="module")
def source(making: Making) -> set[Triple]:
    """The source graph."""
    return triples(making, graph_iri("source"))


@pytest.fixture(scope="module")
def history(making: Making) -> set[Triple]:
    """The history graph."""
    return triples(making, graph_iri("history"))


def test_the_act_is_described(reference: set[Triple]) -> None:
    """Number, day, basis, signatory and title, with the spans they are read from."""
    assert values(reference, ACT, ELI.number) == ["78"]
    assert values(reference, ACT, ELI.date_document) == ["2013-01-31"]
    assert values(reference, ACT, ELI.based_on) == ["438"]
    assert values(reference, ACT, ZH.signatory) == ["serik-akhmetov"]
    assert values(reference, ACT, DCTERMS.title)[0].endswith("іс-шаралар жоспарын бекіту туралы")
    assert len(values(reference, ACT, ZH.evidencedBy)) == 3


def test_states_and_their_days_of_effect(reference: set[Triple]) -> None:
    """Half-open days, the acts that each consolidates, and the bounds of its day of effect."""
    applied = [values(reference, state_iri(ACT, day), ELI.consolidates) for day in (A, B, C)]
    assert applied == [["78"], ["1139", "78"], ["1139", "1401", "78"]]
    until = [values(reference, state_iri(ACT, day), ZH.validUntil) for day in (A, B, C)]
    assert until == [["2014-10-27"], ["2014-12-30"], []]
    effects = [f"{state_iri(ACT, day)}/effect-date" for day in (A, B, C)]
    assert [values(reference, e, ZH.latest) for e in effects] == [["2013-01-31"], [], []]
    assert [values(reference, e, ZH.byRule) for e in effects] == [["R16"], ["R12"], ["R15"]]
    assert [values(reference, e, ZH.evidence) for e in effects] == [["Inferred"]] * 3


@pytest.mark.rule("R13", "holds", "silent")
def test_r13_the_last_state_and_no_other_is_open_by_a_rule(
    making: Making, made_up_making: Making, reference: set[Triple]
) -> None:
    """That it answers for every later day is an inference, and the state names its rule."""
    opened = [values(reference, state_iri(ACT, day), ZH.openBy) for day in (A, B, C)]
    assert opened == [[], [], ["R13"]]
    for made in (making, made_up_making):
        named = [str(s) for s, p, *_ in made.quads if p == ZH.openBy]
        (last,) = [state.day for state in made.history.states if state.until is None]
        assert [iri.rpartition("@")[2] for iri in named] == [last.isoformat()]


def test_spans_quote_the_text(reading: Reading, source: set[Triple]) -> None:
    """Each has its code points, its words as the file has them, and its line."""
    kinds = [s for s, p, o in source if p == RDF.type and o == OA.SpecificResource]
    exact = {str(s): str(o) for s, p, o in source if p == OA.exact}
    start = {str(s): int(str(o)) for s, p, o in source if p == OA.start}
    end = {str(s): int(str(o)) for s, p, o in source if p == OA.end}
    lines = {str(s): int(str(o)) for s, p, o in source if p == ZH.line}
    assert len(kinds) > 500
    for span in map(str, kinds):
        first, last = start[f"{span}/position"], end[f"{span}/position"]
        assert span == span_iri(ACT, first, last)
        assert exact[f"{span}/quote"] == reading.source.text[first:last]
        assert lines[span] == reading.source.text[:first].count("\n") + 1


def test_every_span_that_is_led_to_is_described(making: Making, source: set[Triple]) -> None:
    """No evidence leads into nothing."""
    described = {s for s, p, o in source if p == RDF.type and o == OA.SpecificResource}
    led = {o for _, p, o, _ in making.quads if p in {ZH.evidencedBy, ZH.premise}}
    spans = {o for o in led if str(o).startswith(f"{BASE}span/")}
    assert spans - described == set()


def test_the_text_held_is_named_with_its_checksum(reading: Reading, source: set[Triple]) -> None:
    """Who wants to check a span knows which bytes it counts in."""
    text = f"{ACT}@2014-12-30/kaz"
    assert values(source, text, ZH.sha256) == [reading.source.manifest["sha256"]]
    assert values(source, text, DCTERMS.identifier) == ["P1300000078"]
    assert values(source, text, ELI.realizes) == ["78@2014-12-30"]


def test_versions_in_the_graph(history: set[Triple]) -> None:
    """95 of them; paragraphs 4 and 5 are revisions, their first wordings without words."""
    versions = [s for s, p, o in history if p == RDF.type and o == ZH.ProvisionVersion]
    assert len(versions) == 95
    revisions = {str(s): str(o) for s, p, o in history if p == PROV.wasRevisionOf}
    assert revisions == {
        f"{ACT}/paragraph-{n}@2014-10-27": f"{ACT}/paragraph-{n}@2013-01-31" for n in (4, 5)
    }
    lost = f"{ACT}/paragraph-4@2013-01-31"
    assert values(history, lost, ZH.text) == []
    assert values(history, lost, ZH.validUntil) == ["2014-10-27"]
    assert len(values(history, lost, ZH.evidencedBy)) == 1


def test_attestations_in_the_graph(making: Making, history: set[Triple]) -> None:
    """One for each that was inferred, with its subject, state, facet, grade, truth and premises."""
    kinds = {s for s, p, o in history if p == RDF.type and o == ZH.Attestation}
    assert len(kinds) == len(making.history.attestations)
    one_each = {ZH.attests, ZH.inState, ZH.facet, ZH.grade, ZH.holds}
    needed = Counter(p for s, p, _ in history if p in one_each and s in kinds)
    assert set(needed.values()) == {len(kinds)}
    iri = f"{BASE}attestation/resolution/2013/78/plan/section-3@2013-01-31/2014-10-27/existence"
    assert values(history, iri, ZH.holds) == ["false"]
    assert values(history, iri, ZH.grade) == ["Stated"]
    term = (
        f"{BASE}attestation/resolution/2013/78/plan/section-2/measure-2@2013-01-31/"
        "2013-01-31/term-selo"
    )
    assert values(history, term, ZH.byRule) == ["R14"]


def test_grades_are_named_beside_the_data(making: Making) -> None:
    """Someone who asks only the reference finds the labels of Stated, Inferred and Unknown."""
    reference = triples(making, graph_iri("reference"))
    for grade in (ZH.Stated, ZH.Inferred, ZH.Unknown):
        assert (grade, RDF.type, ZH.Grade) in reference


def test_an_ontology_without_individuals_adds_none() -> None:
    """Nothing is invented where the ontology is empty."""
    quads, ontology = Quads(), Graph()
    ontology.add((URIRef(BASE), RDF.type, Literal("nothing")))
    write_ontology(quads, ontology)
    assert [str(graph) for *_, graph in quads] == [graph_iri("ontology")]
