"""How sure each statement of a day's view is: one question, for any day, with nothing left out."""

from collections import Counter
from datetime import date

import pytest

from kg.asking.query import Asker
from kg.build import Making
from kg.iris import local_name, possible_graph_iri, state_graph_iri
from kg.namespaces import ELI, PREFIXES, RDF, SKOS, ZH
from tests.graph.making import triples
from tests.history.contract import STATES
from tests.queries.kept import DAYS, rows_of

NAME = "how-sure-is-each-statement"
ACT = "https://w3id.org/zhospar/eli/kz/resolution/2013/78"

ABOUT_STATEMENTS = {
    ZH.evidence,
    ZH.textEvidence,
    ZH.agencyEvidence,
    ZH.boundsEvidence,
    ZH.textStatus,
    ZH.partsStatus,
    ZH.evidencedBy,
}
OURS = {
    RDF.type,
    SKOS.prefLabel,
    SKOS.altLabel,
    ZH.labelFromSource,
    ZH.translation,
    ZH.uncertainName,
    ZH.position,
    ZH.textUnitKind,
    ZH.printedWith,
}
FOLLOW_FROM_OTHERS = {
    ZH.responsibleAgency,
    ZH.effectiveResponsibility,
    ZH.responsibility,
    ZH.output,
    ZH.deadline,
    ZH.funding,
    ELI.changed_by,
    ELI.number,
}
"""Grades, names and places that are ours, and what leads to cells: nothing that the text says."""


def statements(making: Making, graph: str) -> set[tuple[str, str, str]]:
    """What a state's graph says of the plan, by subject, property and value."""
    left_out = ABOUT_STATEMENTS | OURS | FOLLOW_FROM_OTHERS
    return {
        (str(s), str(p), str(o))
        for s, p, o in triples(making, graph)
        if p not in left_out and not str(p).startswith(PREFIXES["schema"])
    }


def counts(asker: Asker, state: str, *, possible: bool = False) -> Counter[tuple[str, str]]:
    """How many statements have which grade, by the graph that they stand in."""
    rows = rows_of(asker, NAME, state, possible=possible)
    return Counter((row["home"], local_name(row["grade"])) for row in rows)


@pytest.mark.parametrize("possible", [False, True])
def test_the_view_of_15_november_2014(asker: Asker, possible: bool) -> None:
    """What is stated are paragraphs 4 and 5; what may have stood is told with or without asking."""
    assert DAYS["B"] == date(2014, 11, 15)
    assert counts(asker, "B", possible=possible) == {
        ("graph", "Stated"): 20,
        ("graph", "Inferred"): 127,
        ("graph", "Unknown"): 290,
        ("possible", "Unknown"): 549,
    }


def test_what_is_stated_then_was_counted_by_hand(asker: Asker) -> None:
    """Each paragraph's place, number, words and duty, its body, that it isn't by agreement, and in
    5 who holds the post; in 4 the report with its recipient, and each year's two days.
    """
    rows = [row for row in rows_of(asker, NAME, "B") if local_name(row["grade"]) == "Stated"]
    said = Counter(row["subject"].removeprefix(f"{ACT}/") for row in rows)
    assert said == {
        "paragraph-4": 4,
        "paragraph-4@2014-10-27/responsibility-1": 2,
        "paragraph-4@2014-10-27/output-1": 3,
        "paragraph-4@2014-10-27/deadline": 4,
        "paragraph-5": 4,
        "paragraph-5@2014-10-27/responsibility-1": 3,
    }


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("A", {"graph Inferred": 122, "graph Unknown": 243, "possible Unknown": 35}),
        ("C", {"graph Stated": 974, "graph Inferred": 20}),
    ],
)
def test_the_same_question_on_other_days(
    asker: Asker, state: str, expected: dict[str, int]
) -> None:
    found = {f"{home} {grade}": n for (home, grade), n in counts(asker, state).items()}
    assert found == expected


def test_what_stays_inferred_in_the_last_state(asker: Asker) -> None:
    """Nine deadlines' two bounds, one body read by its initials, one item by its bare number."""
    rows = [row for row in rows_of(asker, NAME, "C") if local_name(row["grade"]) == "Inferred"]
    assert Counter(local_name(row["property"]) for row in rows) == {
        "recursFrom": 9,
        "recursUntil": 9,
        "agency": 1,
        "refersTo": 1,
    }


@pytest.mark.parametrize("state", STATES)
def test_no_statement_of_the_text_is_left_out_or_told_twice(
    asker: Asker, making: Making, state: str
) -> None:
    rows = rows_of(asker, NAME, state)
    told = [(row["home"], row["subject"], row["property"], row["value"]) for row in rows]
    assert len(set(told)) == len(told)
    graphs = {"graph": state_graph_iri, "possible": possible_graph_iri}
    for home, mint in graphs.items():
        found = {(s, p, o) for where, s, p, o in told if where == home}
        assert found == statements(making, mint(ACT, STATES[state]))


def test_properties_of_cells_are_ours_and_of_provisions_may_be_others(asker: Asker) -> None:
    """The question lists what provisions say, and takes all that cells say."""
    properties = {row["property"] for row in rows_of(asker, NAME, "C")}
    assert {p for p in properties if not p.startswith(str(ZH._NS))} == {
        str(ELI.is_part_of),
        str(ELI.cites),
    }
