"""Why something has its grade: the chain from the grade down to spans, facts and acts."""

from datetime import date

import pytest
from pyoxigraph import NamedNode

from kg.asking.anomalies import AnomalyExplanation
from kg.asking.errors import DayBeforeFirst, NothingToExplain, OnlyInEnglish
from kg.asking.explain import Explanation, explain
from kg.asking.explain_text import tell_explanation
from kg.asking.nodes import Quote
from kg.asking.reasons import Claim, Source
from kg.asking.references import ReferenceExplanation
from kg.asking.store import KnowledgeGraph
from kg.build import Making
from kg.namespaces import BASE, RDF, ZH
from tests.asking.compared import FIRST, SECOND, THIRD, load_changes, load_made
from tests.conftest import Compare

ACT = f"{BASE}eli/kz/resolution/2013/78"
AMENDED = f"{BASE}amendment/resolution/2014/1139/2014-10-27"
REFERENCES = f"{BASE}reference/resolution/2013/78/plan"
ROW = "plan/section-1/measure-1"


@pytest.fixture(scope="module")
def plan(making: Making) -> KnowledgeGraph:
    """The project's own plan."""
    return load_made(making)


def explain_in_state(graph: KnowledgeGraph, address: str, day: date | None = None) -> Explanation:
    """The explanation of what stands in states."""
    found = explain(graph, address, day)
    assert isinstance(found, Explanation)
    return found


def leaves(claim: Claim) -> list[Quote | Source]:
    """What a chain comes down to."""
    found: list[Quote | Source] = []
    for premise in claim.premises:
        found += leaves(premise) if isinstance(premise, Claim) else [premise]
    return found


@pytest.mark.parametrize(
    ("name", "address", "day"),
    [
        ("row", ROW, FIRST),
        ("part-implies-whole", "plan/section-4", SECOND),
        ("removed", "plan/section-3", THIRD),
        ("proved-absent", "plan/section-4/measure-11", FIRST),
        ("lost-words", "paragraph-4", FIRST),
        ("amendment", f"{AMENDED}/paragraph-4/replaced", FIRST),
        ("possible-amendment", f"{AMENDED}/abbreviation-1/amended", FIRST),
        ("reference", f"{REFERENCES}/section-2/measure-2/words-0-182", FIRST),
        ("candidates", f"{REFERENCES}/section-4/measure-9/words-100-285", FIRST),
        ("unresolved", f"{REFERENCES}/section-1/measure-4/words-0-53", FIRST),
        ("anomaly", f"{BASE}anomaly/law-cited-by-title-only", FIRST),
        ("outcome", f"{BASE}outcome/elections-held-as-told-on-2013-09-26", FIRST),
        ("planned-act", f"{BASE}planned-act/decree-on-elections-of-akims", FIRST),
        ("act-relation", f"{BASE}act-relation/decree/2017/559/repeals/decree/2013/555", FIRST),
        ("identifier", f"{BASE}identifier/place/KZ-YUZ/kato/of-2013", FIRST),
    ],
)
def test_text_of_an_explanation(
    plan: KnowledgeGraph, golden: Compare, name: str, address: str, day: date
) -> None:
    """Holds every word people read of one chain of each sort; a change here must be meant."""
    golden(f"explain-{name}.txt", tell_explanation(explain(plan, address, day)))


def test_every_grade_of_every_state_comes_down_to_the_source(plan: KnowledgeGraph) -> None:
    """No grade is without a rule, nor any chain without words of the text, a fact or an act."""
    checked = 0
    for state in plan.states:
        for iri in sorted(provisions(plan, state.graph) | provisions(plan, state.possible)):
            found = explain_in_state(plan, iri, state.valid_from)
            assert found.where in ("graph", "possible")
            assert {claim.facet for claim in found.own} >= {"existence", "words"}
            claims = [*found.own, *(claim for cell in found.cells for claim in cell.claims)]
            for claim in claims:
                assert claim.rules
                assert all(rule.label and rule.conclusion and rule.limit for rule in claim.rules)
                assert leaves(claim), claim.iri
                checked += 1
    assert checked > 1300


def test_every_reference_comes_down_to_its_words(plan: KnowledgeGraph) -> None:
    """Each of the 53 has words with a line, a rule and a reason; each lead a grade and premises."""
    references = instances(plan, ZH.LegalReference)
    assert len(references) == 53
    for iri in references:
        found = explain(plan, iri)
        assert isinstance(found, ReferenceExplanation)
        assert found.quotes
        assert found.rules
        assert found.reason
        assert found.grade == (found.target.grade if found.target else "Unknown")
        for lead in filter(None, (found.target, *found.candidates)):
            assert lead.premises
            assert {rule.name for rule in lead.rules}


def test_a_candidate_is_explained_by_its_reference(plan: KnowledgeGraph) -> None:
    """The address of a candidate leads to the words that it is a candidate for."""
    for iri in instances(plan, ZH.CandidateTarget):
        found = explain(plan, iri)
        assert isinstance(found, ReferenceExplanation)
        assert iri.startswith(found.iri)
        assert found.candidates


def test_every_anomaly_is_told(plan: KnowledgeGraph) -> None:
    """With what is odd, its reading, its treatment, and words of the text."""
    anomalies = instances(plan, ZH.Anomaly)
    assert len(anomalies) == 147
    for iri in anomalies:
        found = explain(plan, iri)
        assert isinstance(found, AnomalyExplanation)
        for said in (found.name, found.kind, found.odd, found.reading, found.treatment):
            assert sorted(said) == ["en", "kk", "ru"]
        assert found.quotes or found.detector


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", ["law-cited-by-title-only", "unlisted-abbreviation-qr"])
def test_an_anomaly_is_told_in_the_language_asked_for(
    plan: KnowledgeGraph, golden: Compare, name: str, language: str
) -> None:
    """Every word but the address: what people found, and what a detector did."""
    told = tell_explanation(explain(plan, f"anomaly/{name}"), language)
    golden(f"explain-{name}-{language}.txt", told)


def test_what_is_told_in_english_only_is_refused_in_another_language(plan: KnowledgeGraph) -> None:
    with pytest.raises(OnlyInEnglish, match="leave --lang away"):
        tell_explanation(explain(plan, ROW), "kk")


def instances(plan: KnowledgeGraph, kind: str) -> set[str]:
    """The nodes of a class."""
    quads = plan.named.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind), None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def provisions(plan: KnowledgeGraph, graph: str) -> set[str]:
    quads = plan.named.quads_for_pattern(None, None, NamedNode(ZH.Provision), NamedNode(graph))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def test_a_fact_is_told_with_its_day_source_and_confidence(plan: KnowledgeGraph) -> None:
    """That a ministry had ended before the amenders (R6) can be looked up by the reader."""
    cell = f"{ACT}/{ROW}@2013-01-31/responsibility-6"
    found = explain_in_state(plan, cell, FIRST)
    (existence,) = found.cells[0].claims
    assert found.cells[0].label == "Ministry of Culture and Information"
    assert (existence.grade, [rule.name for rule in existence.rules]) == ("Inferred", ["R6"])
    (fact,) = [leaf for leaf in leaves(existence) if isinstance(leaf, Source)]
    assert fact.day == "2014-03-07"
    assert fact.confidence == "A"
    assert fact.decided_by == "Presidential Decree No. 761 of 7 March 2014"
    assert "act 77794" in fact.source


@pytest.mark.parametrize(
    "address",
    [
        f"{ACT}/{ROW}",
        f"<{ACT}/{ROW}>",
        ROW,
        f"/{ROW}",
        f"eli/kz/resolution/2013/78/{ROW}",
        f"/eli/kz/resolution/2013/78/{ROW}",
    ],
)
def test_a_provision_is_found_by_any_form_of_its_address(
    plan: KnowledgeGraph, address: str
) -> None:
    """What people copy from an answer, a page or the text leads to the same row."""
    assert explain_in_state(plan, address, FIRST).iri == f"{ACT}/{ROW}"


def test_an_ended_version_is_explained_in_its_last_state(plan: KnowledgeGraph) -> None:
    """Without a day, the wording asked for is told of when it stood, not as missing today."""
    found = explain_in_state(plan, "paragraph-4@2013-01-31")
    assert found.side.state.valid_from == date(2013, 1, 31)
    assert [claim.facet for claim in found.own] == ["existence", "number", "words", "start"]


def test_a_version_says_nothing_of_a_state_it_is_not_valid_in(plan: KnowledgeGraph) -> None:
    """What stood from October 2014 isn't shown as standing in 2013."""
    found = explain_in_state(plan, "plan/section-4/measure-2@2014-10-27", FIRST)
    assert (found.where, found.own, found.cells) == ("", (), ())
    assert [(c.facet, [r.name for r in c.rules]) for c in found.absent] == [("words", ["R7"])]


def test_a_row_of_which_nothing_is_known_says_so(plan: KnowledgeGraph) -> None:
    """No node is no proof of absence, and isn't told as one."""
    text = tell_explanation(explain(plan, "plan/section-5/measure-3", FIRST))
    assert "It has no node in that state: nothing is known of it then.\n" in text
    assert "not there" not in text


def test_a_removed_section_shows_its_tombstone(plan: KnowledgeGraph) -> None:
    """The act that removed it, since when, and the words of the note."""
    (removal,) = explain_in_state(plan, "plan/section-3", SECOND).removals
    assert removal.act == "Government Resolution No. 1139 of 27 October 2014"
    assert (removal.start.earliest, removal.start.latest) == ("2014-10-27", "")
    assert any("алып тасталды" in quote.text for quote in removal.quotes)
    assert not explain_in_state(plan, "plan/section-3", FIRST).removals


def test_the_start_of_the_state_is_told_as_a_bound(plan: KnowledgeGraph) -> None:
    """Nobody may take the first possible day of an amendment for the day it took effect."""
    text = tell_explanation(explain(plan, ROW, SECOND))
    assert "2014-11-15 is answered by the state of 2014-10-27" in text
    assert "It began 2014-10-27 at the earliest, the latest day is not known" in text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2014-10-20", "2014-10-20 is 7 days before 2014-10-27, only the earliest day"),
        ("2014-10-27", "2014-10-27 is only the earliest day on which the state of 2014-10-27"),
        ("2014-11-15", "2014-11-15 is 19 days after 2014-10-27, only the earliest day"),
        ("2014-06-01", ""),
    ],
)
def test_a_day_near_a_bound_is_told_of_it(plan: KnowledgeGraph, day: str, told: str) -> None:
    """On either side; far from it nothing is said but that the end is the earliest possible."""
    text = tell_explanation(explain(plan, ROW, date.fromisoformat(day)))
    assert (told in text) if told else ("until it began" not in text)
    assert "from when the next state counts, the earliest day on which it may have begun." in text


def test_an_attestation_and_a_state_can_be_asked_for(plan: KnowledgeGraph) -> None:
    """Addresses that an answer names can be followed."""
    row = explain_in_state(plan, ROW, FIRST)
    again = explain_in_state(plan, row.own[0].iri)
    assert again.own == row.own[:1]
    state = explain_in_state(plan, f"{ACT}@2014-12-30")
    assert state.side.start.earliest == "2014-12-30"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("plan/section-9", "There is no 'plan/section-9'"),
        ("two words", "There is no 'two words'"),
        (f"{BASE}agency/ministry-of-finance", "has no grade in a state"),
        ("zh:Stated", "ontology#Stated is in the graph, but has no grade"),
        (ACT, "has no grade in a state"),
    ],
)
def test_what_cannot_be_explained_is_said_so(
    plan: KnowledgeGraph, address: str, message: str
) -> None:
    """A wrong address, and one of something without a grade, are told apart."""
    with pytest.raises(NothingToExplain, match=message.replace("(", r"\(")):
        explain_in_state(plan, address, FIRST)


def test_a_day_before_the_first_is_an_error(plan: KnowledgeGraph) -> None:
    """Nothing is explained for days before there was a text."""
    with pytest.raises(DayBeforeFirst, match="2013-01-31"):
        explain_in_state(plan, ROW, date(2012, 12, 31))


def test_attestations_that_rest_on_each_other_come_to_an_end() -> None:
    """A circle in the history, should there ever be one, is shown and not followed for ever."""
    graph = load_changes()
    found = explain_in_state(graph, "plan/section-1/measure-5", date(2031, 6, 1))
    (existence, _) = found.own
    (words,) = existence.premises
    assert isinstance(words, Claim)
    (again,) = words.premises
    assert isinstance(again, Claim)
    assert again.seen
    assert not again.premises
    assert "(explained above)" in tell_explanation(found)
