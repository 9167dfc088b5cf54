"""The questions of ``queries/``: each is asked in every state, and the important ones are known."""

import io
import re
from collections.abc import Callable

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.asking.library import StoredQuery
from kg.asking.query import Asker
from kg.asking.rows import read_rows, write_table
from kg.build import Making
from kg.iris import graph_iri
from kg.namespaces import OWL, PREFIXES, RDF, RDFS, SPDX, ZH
from tests.queries.kept import DAYS, QUERIES, ask
from tests.roots import ROOT

TABLES = (
    "absent-by-proof",
    "acts-and-identifiers",
    "acts-behind-each-state",
    "acts-by-another-body",
    "acts-cited",
    "acts-in-other-conventions",
    "alignments",
    "bodies-in-wikidata",
    "bodies-read-by-inference",
    "bodies-that-younger-words-replace",
    "certainty-of-cells",
    "certainty-of-words",
    "changes-between-states",
    "completions",
    "deadlines-by-year",
    "deadlines-relative-to-acts",
    "duties-of-an-akim",
    "duties-of-paragraphs",
    "evidence-of-abbreviations",
    "evidence-of-absence",
    "evidence-of-first-stage",
    "evidence-of-first-stage-rows",
    "evidence-of-other-second-stage-rows",
    "evidence-of-plan-and-frame",
    "evidence-of-removed-section",
    "evidence-of-reworded-paragraphs",
    "evidence-of-rows-proved-by-deadline",
    "evidence-of-second-stage",
    "evidence-of-section-four",
    "evidence-of-unmarked-text",
    "facts-behind-a-grade",
    "figures-of-outcomes",
    "funding-by-type",
    "funding-that-points-elsewhere",
    "grades-through-the-states",
    "holders-of-posts",
    "how-many-measures",
    "how-references-are-resolved",
    "identifiers",
    "in-force-in-eli-terms",
    "kinds-of-open-questions",
    "legislation-in-schema-org-terms",
    "measures-due-in-a-year",
    "measures-in-each-state",
    "measures-without-outcome",
    "open-questions",
    "outcomes-and-lateness",
    "outline-of-the-plan",
    "outputs-and-recipients",
    "outputs-by-type",
    "parts-in-schema-org-terms",
    "places-and-codes",
    "planned-acts",
    "predecessors-and-successors",
    "recurring-deadlines",
    "relations-of-acts",
    "rendering-exceptions",
    "responsibilities-by-agency",
    "responsibilities-of-items",
    "rows-printed-together",
    "rules-at-work",
    "sources-that-disagree",
    "states-and-their-bounds",
    "superseded-terms-in-the-words",
    "terms-of-measures",
    "tenures",
    "things-in-schema-org-terms",
    "topics-in-both-stages",
    "topics-of-measures",
    "uncertain-names",
    "unresolved-references",
    "versions-of-a-provision",
    "what-a-provision-says",
    "what-became-of-planned-acts",
    "what-is-lost",
    "what-may-have-stood",
    "what-was-removed",
    "who-answers-for-paragraphs-2-and-3",
    "who-holds-a-duty",
    "why-a-provision-stands",
    "words-behind-each-state",
)
"""What ``tests/golden/queries/`` holds, each in the three states."""


def test_all_questions_are_collected() -> None:
    assert len(QUERIES) == 125
    assert set(TABLES) <= set(QUERIES)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_question_says_what_it_asks(query: StoredQuery) -> None:
    assert set(query.summaries) == {"en", "kk", "ru"}
    assert re.fullmatch(r"[A-Z].* .*[.?]", query.summary)
    assert len(query.summary) <= 120
    for summary in query.summaries.values():
        assert re.fullmatch(r"[A-ZА-ЯЁҚҰӨӘҮІҒ0-9].* .*[.?]", summary)
        assert summary[-1] == query.summary[-1]
        assert len(summary) <= 140
    assert all(query.metadata["keywords"].split(", "))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_question_declares_what_it_uses_and_no_more(query: StoredQuery) -> None:
    prologue = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", query.body, re.MULTILINE))
    text = re.sub(r"^PREFIX .*$|<[^<>\s]*>|\"[^\"]*\"", "", query.body, flags=re.MULTILINE)
    used = set(re.findall(r"\b([a-z]+):\w", text))
    assert used == set(prologue)
    others = {"sh": "http://www.w3.org/ns/shacl#", "spdx": str(SPDX._NS)}
    known = {**PREFIXES, **others}
    assert prologue.items() <= known.items()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_question_is_sparql_to_another_parser_too(query: StoredQuery) -> None:
    prepareQuery(query.text)


@pytest.mark.parametrize("state", DAYS)
@pytest.mark.parametrize("name", QUERIES)
def test_question_is_answered_in_every_state(asker: Asker, name: str, state: str) -> None:
    answer = ask(asker, name, state)
    assert answer.as_bytes()
    assert answer.state is not None
    assert answer.state.holds_on(DAYS[state])


@pytest.mark.parametrize("name", QUERIES)
def test_question_has_an_answer_in_some_state(asker: Asker, name: str) -> None:
    assert any(read_rows(ask(asker, name, state), 1).rows for state in DAYS)


def test_every_term_is_used_by_the_data_and_by_a_question(making: Making) -> None:
    ontology = Graph().parse(ROOT / "ontology/zhospar.ttl")
    terms = {
        str(term).removeprefix(str(ZH._NS))
        for term in ontology.subjects(RDFS.isDefinedBy)
        if isinstance(term, URIRef)
    }
    assert len(terms) > 100
    home = URIRef(graph_iri("ontology"))
    in_data = {
        str(node).removeprefix(str(ZH._NS))
        for subject, predicate, value, graph in making.quads
        if graph != home
        for node in (subject, predicate, value)
        if str(node).startswith(str(ZH._NS))
    }
    asked = {term for query in QUERIES.values() for term in re.findall(r"\bzh:(\w+)", query.body)}
    assert terms - in_data == set(), "the data never uses these terms"
    assert terms - asked == set(), "no question of queries/ uses these terms"
    assert asked - terms == set(), "questions use terms that the ontology doesn't have"


def test_every_exact_alignment_serves_a_question() -> None:
    """Some question asks by each term of another vocabulary that the data is written out in."""
    aligned = Graph().parse(ROOT / "ontology/alignments.ttl")
    exact = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty}
    targets = {
        str(aligned.value(axiom, OWL.annotatedTarget))
        for axiom in aligned.subjects(RDF.type, OWL.Axiom)
        if aligned.value(axiom, OWL.annotatedProperty) in exact
    }
    assert len(targets) == 15
    asked = {
        prologue[prefix] + name
        for query in QUERIES.values()
        for prologue in [dict(re.findall(r"^PREFIX (\w+): <(.+)>$", query.body, re.MULTILINE))]
        for prefix, name in re.findall(r"\b([a-z]+):(\w+)", query.body)
        if prefix in prologue
    }
    assert targets - asked == set()


@pytest.mark.parametrize("name", TABLES)
def test_answer_is_the_known_one(
    asker: Asker, golden: Callable[[str, str], None], name: str
) -> None:
    parts = {}
    for state, day in DAYS.items():
        sink = io.BytesIO()
        write_table(ask(asker, name, state), sink)
        parts[f"State {state}, {day.isoformat()}"] = sink.getvalue().decode()
    if len(set(parts.values())) == 1:
        parts = {"Every state": next(iter(parts.values()))}
    text = "\n".join(f"{heading}\n\n{table}" for heading, table in parts.items())
    golden(f"queries/{name}.txt", text)
