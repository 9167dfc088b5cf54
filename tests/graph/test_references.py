"""References in the graph: each with its words, its provision, what it leads to, and why."""

import pytest
from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from kg.build import Making
from kg.graph.reasons import REASONS
from kg.iris import graph_iri, local_name
from kg.namespaces import BASE, DCTERMS, OA, ZH
from tests.conftest import Compare
from tests.graph.making import Triple, triples, values

ACT = f"{BASE}eli/kz/resolution/2013/78"
LAW_IN_43 = f"{BASE}reference/resolution/2013/78/plan/section-4/measure-3/words-60-65"


@pytest.fixture(scope="module")
def history(making: Making) -> set[Triple]:
    """The statements of the history."""
    return triples(making, graph_iri("history"))


@pytest.fixture(scope="module")
def starts(making: Making) -> dict[str, tuple[int, int]]:
    """Where each span begins, and minus where it ends, by the span's address."""
    source = triples(making, graph_iri("source"))
    found: dict[str, dict[Node, int]] = {}
    for subject, predicate, value in source:
        if predicate in (OA.start, OA.end):
            span = str(subject).removesuffix("/position")
            found.setdefault(span, {})[predicate] = int(str(value))
    return {span: (bounds[OA.start], -bounds[OA.end]) for span, bounds in found.items()}


def addresses(history: set[Triple]) -> list[str]:
    """The addresses of all references."""
    return sorted(str(s) for s, p, o in history if (p, o) == (RDF.type, ZH.LegalReference))


def objects(history: set[Triple], subject: str, predicate: URIRef) -> list[str]:
    """The values of a property, as they are written in the graph."""
    return sorted(str(o) for s, p, o in history if str(s) == subject and p == predicate)


def describe(history: set[Triple], iri: str) -> str:
    """A reference on one line: words, place, resolution, what it leads to, rules."""
    (quote,) = objects(history, iri, ZH.text)
    (provision,) = objects(history, iri, ZH.inProvision)
    (resolution,) = values(history, iri, ZH.resolution)
    (grade,) = values(history, iri, ZH.grade)
    place = local_name(iri).rpartition("-")[0].rpartition("-")[0]
    where = provision.removeprefix(f"{ACT}/") + ("" if place == "words" else f", {place}")
    found = [f"{_short(target)} ({grade})" for target in objects(history, iri, ZH.target)]
    for candidate in objects(history, iri, ZH.candidateTarget):
        (target,) = objects(history, candidate, ZH.target)
        (own,) = values(history, candidate, ZH.grade)
        rules = "+".join(values(history, candidate, ZH.byRule))
        found.append(f"perhaps {_short(target)} ({own}, {rules})")
    rules = "+".join(values(history, iri, ZH.byRule))
    return " | ".join([" ".join(quote.split()), where, resolution, "; ".join(found) or "-", rules])


def _short(target: str) -> str:
    if target == ACT:
        return "the resolution"
    return target.removeprefix(f"{ACT}/").removeprefix(f"{BASE}eli/kz/").removeprefix(BASE)


def test_all_references_are_the_golden_ones(
    history: set[Triple], starts: dict[str, tuple[int, int]], golden: Compare
) -> None:
    """One a line, in the order of the text, as a person has held them against it."""

    def order(iri: str) -> tuple[int, int]:
        (span,) = objects(history, iri, ZH.evidencedBy)
        return starts[span]

    iris = sorted(addresses(history), key=order)
    assert len(iris) == 53
    golden("references.txt", "\n".join(describe(history, iri) for iri in iris) + "\n")


def test_every_span_is_held(history: set[Triple], starts: dict[str, tuple[int, int]]) -> None:
    for iri in addresses(history):
        (span,) = objects(history, iri, ZH.evidencedBy)
        assert span in starts


def test_a_reference_tells_all_of_itself(history: set[Triple]) -> None:
    """ "The Law" of measure 4.3: its words and place, its candidates, and why it is open."""
    assert values(history, LAW_IN_43, ZH.text) == ["Заңда"]
    assert values(history, LAW_IN_43, ZH.referenceKind) == ["short-form"]
    assert values(history, LAW_IN_43, ZH.resolution) == ["candidates"]
    assert values(history, LAW_IN_43, ZH.grade) == ["Unknown"]
    assert values(history, LAW_IN_43, ZH.byRule) == ["R31"]
    assert set(values(history, LAW_IN_43, ZH.reason)) == set(REASONS["R31"].values())
    assert objects(history, LAW_IN_43, ZH.target) == []
    law = f"{BASE}eli/kz/law/2013/101-V"
    candidate = f"{LAW_IN_43}/candidate/eli/kz/law/2013/101-V"
    assert candidate in objects(history, LAW_IN_43, ZH.candidateTarget)
    assert objects(history, candidate, ZH.target) == [law]
    assert len(objects(history, candidate, ZH.premise)) == 2


def test_documents_of_a_kind_lead_to_the_kind(history: set[Triple]) -> None:
    (programmes,) = [iri for iri in addresses(history) if objects(history, iri, DCTERMS.subject)]
    assert values(history, programmes, DCTERMS.subject) == ["district-development-programmes"]
    reasons = values(history, programmes, ZH.reason)
    many = "The words speak of many documents of one kind."
    assert [reason.startswith(many) for reason in sorted(reasons)] == [True, False, False]


def test_reasons_are_as_many_sentences_in_each_language(history: set[Triple]) -> None:
    reasons: dict[Node, dict[str | None, str]] = {}
    for subject, predicate, reason in history:
        if predicate == ZH.reason:
            assert isinstance(reason, Literal)
            reasons.setdefault(subject, {})[reason.language] = str(reason)
    assert len(reasons) == 53
    for told in reasons.values():
        assert set(told) == {"kk", "en", "ru"}
        assert told["en"].isascii()
        assert len({text.count(". ") for text in told.values()}) == 1
        assert all(text.endswith(".") for text in told.values())


def test_the_citations_of_provisions_are_targets_too(making: Making, history: set[Triple]) -> None:
    """What a provision eli:cites is what a reference in it leads to."""
    cited = {(str(s), str(o)) for s, p, o in history if str(p).endswith("ontology#cites")}
    assert len(cited) == 2
    led = {
        (objects(history, iri, ZH.inProvision)[0], target)
        for iri in addresses(history)
        for target in objects(history, iri, ZH.target)
    }
    assert {(version.partition("@")[0], act) for version, act in cited} <= led


def test_addresses_stay_where_other_words_change(made_up_making: Making) -> None:
    """An address is made of the provision and the place in its words, and of no count."""
    references = addresses(triples(made_up_making, graph_iri("history")))
    assert len(references) == 15
    funding = f"{BASE}reference/resolution/2031/7/plan/section-3/measure-1/funding-0-25"
    assert funding in references
