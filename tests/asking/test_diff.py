"""Two days compared: what did change, what only may have, and what is no change at all."""

import json
from collections import Counter
from datetime import date
from typing import Any

import jsonschema
import pytest

from kg.asking.changes import Difference
from kg.asking.diff import compare_days
from kg.asking.diff_formats import DIFF_FORMATS, DIFF_SCHEMA, SCHEMA_IRI, answer_diff
from kg.asking.errors import DayBeforeFirst
from kg.asking.store import KnowledgeGraph
from kg.build import Making
from tests.asking.compared import FIRST, SECOND, THIRD, load_changes, load_made
from tests.conftest import Compare

PAIRS = [(FIRST, SECOND), (SECOND, THIRD), (FIRST, THIRD)]
OLD, NEW = date(2031, 6, 1), date(2032, 6, 1)


@pytest.fixture(scope="module")
def plan(making: Making) -> KnowledgeGraph:
    """The project's own plan."""
    return load_made(making)


@pytest.fixture(scope="module")
def changes() -> KnowledgeGraph:
    """The small graph of changes.trig."""
    return load_changes()


def kinds(difference: Difference) -> Counter[tuple[str, str]]:
    return Counter((change.certainty, change.kind) for change in difference.changes)


def as_json(graph: KnowledgeGraph, before: date, after: date) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(answer_diff(graph, before, after, "json"))
    return content


def invert(difference: dict[str, Any]) -> dict[str, Any]:
    """A comparison in JSON read the other way round, by a hand of its own."""
    other = {"added": "removed", "removed": "added"}

    def turn(entry: dict[str, Any]) -> dict[str, Any]:
        turned = {**entry, "before": entry["after"], "after": entry["before"]}
        if "kind" in entry:
            turned["kind"] = other.get(entry["kind"], entry["kind"])
        if "statements" in entry:
            turned["statements"] = [turn(statement) for statement in entry["statements"]]
        if "words" in entry:
            turned["words"] = [
                {**w, "kind": other.get(w["kind"], w["kind"])} for w in entry["words"]
            ]
        return turned

    return {
        **difference,
        "from": difference["to"],
        "to": difference["from"],
        "changes": [turn(change) for change in difference["changes"]],
        "onlyEvidence": [turn(found) for found in difference["onlyEvidence"]],
    }


def same_order(difference: dict[str, Any]) -> dict[str, Any]:
    """Words taken out and put in at one place have no order between them."""

    def key(entry: dict[str, Any]) -> str:
        return json.dumps(entry, sort_keys=True)

    for change in difference["changes"]:
        change["statements"].sort(key=key)
        for statement in change["statements"]:
            statement["words"].sort(key=key)
    return difference


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_text_of_the_real_plan(
    plan: KnowledgeGraph, golden: Compare, before: date, after: date
) -> None:
    """Holds every word people read about the real amendments; a change here must be meant."""
    difference = answer_diff(plan, before, after, "text").decode()
    # The release is a digest of all inputs, and no part of what is compared.
    head, _, rest = difference.partition("\n")
    golden(f"diff-{before}-{after}.txt", f"{head.partition(' (release')[0]}\n{rest}")


def test_what_the_first_amendment_did_and_may_have_done(plan: KnowledgeGraph) -> None:
    """Three notes mark what No. 1139 did; all else in the plan it only may have touched."""
    difference = compare_days(plan, FIRST, SECOND)
    assert kinds(difference) == {
        ("certain", "replaced"): 2,
        ("certain", "removed"): 1,
        ("certain", "amended"): 1,
        ("possible", "added"): 40,
        ("possible", "amended"): 37,
    }
    named = {c.name.place: c.kind for c in difference.of_certainty("certain")}
    assert named == {
        "Paragraph 4": "replaced",
        "Paragraph 5": "replaced",
        "Plan of measures": "amended",
        "Section 3": "removed",
    }


def test_what_the_second_amendment_may_have_done(plan: KnowledgeGraph) -> None:
    """A row that moves from possible to certain isn't told as added, nor a note as an act's."""
    difference = compare_days(plan, SECOND, THIRD)
    assert kinds(difference) == {
        ("certain", "amended"): 1,
        ("possible", "amended"): 77,
        ("unattributed", "added"): 4,
    }
    assert all(c.editorial for c in difference.of_certainty("unattributed"))
    assert len(difference.only_evidence) == 8


def test_every_change_has_its_amendment_with_act_bounds_and_quotes(plan: KnowledgeGraph) -> None:
    """Whatever is told as changed, or as perhaps changed, leads back to the words of a note."""
    checked = 0
    for before, after in PAIRS:
        for change in compare_days(plan, before, after).changes:
            assert bool(change.origins) == (change.certainty != "unattributed")
            for origin in change.origins:
                assert origin.act_label.startswith("Government Resolution No. 1")
                assert origin.start.earliest > before.isoformat()
                assert origin.start.latest == ""
                assert any("Ескерту" in quote.text for quote in origin.notes)
                checked += 1
    assert checked == 2 * (93 + 126)


def test_lost_words_are_said_to_be_lost_and_not_shown_as_deleted(plan: KnowledgeGraph) -> None:
    """Of paragraph 4 before its new wording nothing is known, so nothing of it reads as new."""
    difference = compare_days(plan, FIRST, SECOND)
    (change,) = [c for c in difference.changes if c.name.place == "Paragraph 4"]
    assert change.before is not None and change.before.lost
    assert {s.kind for s in change.statements} == {"unknown"}
    certain = [s.what for s in change.statements if s.certainty == "certain"]
    assert certain == ["words"]
    text = answer_diff(plan, FIRST, SECOND, "text").decode()
    assert "words: not preserved before; after: «Қазақстан Республикасы Ұлттық экономика" in text


def test_what_is_proved_absent_is_certain_in_a_row_that_may_have_been_there(
    plan: KnowledgeGraph,
) -> None:
    """Bodies founded later (R5) and words that cite a later law (R7) were not in the first text."""
    difference = compare_days(plan, FIRST, THIRD)
    proved = [
        (s.what, s.proof.rules)
        for change in difference.of_certainty("possible")
        for s in change.statements
        if s.proof is not None
    ]
    assert Counter(proved) == {("responsibility", ("R5",)): 6, ("words", ("R7",)): 1}
    # In the second state the cells themselves are unknown, so nothing follows.
    second = compare_days(plan, FIRST, SECOND)
    assert not [s for c in second.changes for s in c.statements if s.proof is not None]


def test_what_is_known_of_the_earlier_text_is_not_open(plan: KnowledgeGraph) -> None:
    """A deadline that by R8 no act first set is not among what may have been otherwise."""
    difference = compare_days(plan, FIRST, SECOND)
    (row,) = [c for c in difference.changes if c.name.place == "Measure 1.1"]
    assert Counter(item.what for item in row.open) == {
        "words": 1,
        "responsibility": 13,
        "output": 1,
        "funding": 1,
    }


@pytest.mark.parametrize("day", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize("form", list(DIFF_FORMATS))
def test_the_same_day_is_empty(plan: KnowledgeGraph, day: date, form: str) -> None:
    """A day compared with itself has no change in any format."""
    answer = answer_diff(plan, day, day, form).decode()
    if form == "text":
        assert "Nothing changed: one state answers for both days." in answer
    elif form == "json":
        assert json.loads(answer)["changes"] == json.loads(answer)["onlyEvidence"] == []
    else:
        assert answer == ""


def test_two_days_of_one_state_are_empty_and_the_eve_of_a_change_is_not(
    plan: KnowledgeGraph,
) -> None:
    """States are half-open: the day before an amendment belongs to the text before it."""
    assert not compare_days(plan, date(2014, 10, 27), date(2014, 12, 29)).changes
    assert compare_days(plan, date(2014, 10, 26), date(2014, 10, 27)).changes
    assert compare_days(plan, date(2014, 12, 29), date(2014, 12, 30)).changes


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_reversed_days_give_the_inverse(plan: KnowledgeGraph, before: date, after: date) -> None:
    """What one way was added is the other way removed; acts and what isn't known stay."""
    forth, back = as_json(plan, before, after), as_json(plan, after, before)
    assert same_order(back) == same_order(invert(forth))


def test_a_day_before_the_first_is_an_error(plan: KnowledgeGraph) -> None:
    """No text is made up for days before there was one."""
    with pytest.raises(DayBeforeFirst, match="2013-01-31"):
        compare_days(plan, date(2013, 1, 30), SECOND)


@pytest.mark.parametrize(("before", "after"), [*PAIRS, (THIRD, FIRST), (FIRST, FIRST)])
def test_json_of_the_real_plan_is_valid(plan: KnowledgeGraph, before: date, after: date) -> None:
    """The published schema is what programs are written against."""
    schema = json.loads(DIFF_SCHEMA)
    jsonschema.Draft202012Validator.check_schema(schema)
    content = as_json(plan, before, after)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["$schema"] == schema["$id"] == SCHEMA_IRI
    assert sum(content["counts"].values()) == len(content["changes"]) + len(content["onlyEvidence"])


def test_each_statement_of_a_certain_rewording(changes: KnowledgeGraph) -> None:
    """A body gone, one added, the deadline moved, the words changed; the body that only moved up is
    left out.
    """
    (row,) = [c for c in compare_days(changes, OLD, NEW).changes if c.kind == "replaced"]
    assert row.certainty == "certain"
    told = [(s.what, s.kind, (s.after or s.before).label) for s in row.statements]  # type: ignore[union-attr]
    assert told == [
        ("words", "changed", "Үш аттың жолын салу"),
        ("responsibility", "removed", "Ministry of Horses"),
        ("responsibility", "added", "Ministry of Grass"),
        ("deadline", "changed", "June 2032"),
    ]


def test_text_of_certain_changes(changes: KnowledgeGraph, golden: Compare) -> None:
    """Holds how words, bodies and deadlines that did change read: the real notes mark none."""
    golden("diff-made-up.txt", answer_diff(changes, OLD, NEW, "text").decode())


def test_certain_and_possible_changes_of_whole_rows(changes: KnowledgeGraph) -> None:
    """Added and removed rows by acts that say so; an unchanged row that an act may have changed
    stands apart, and one that only got a better grade is no change.
    """
    difference = compare_days(changes, OLD, NEW)
    assert kinds(difference) == {
        ("certain", "replaced"): 1,
        ("certain", "added"): 1,
        ("certain", "removed"): 1,
        ("possible", "amended"): 1,
    }
    assert [found.provision[-9:] for found in difference.only_evidence] == ["measure-5"]
    assert kinds(compare_days(changes, NEW, OLD)) == kinds(difference)


def test_a_row_that_stood_and_got_a_body_founded_later_did_change(made_up_making: Making) -> None:
    """No note marks the row; that a body in it was founded later proves that it changed."""
    graph = load_made(made_up_making)
    days = graph.states[1].valid_from, graph.states[2].valid_from
    proved = [c for c in compare_days(graph, *days).of_certainty("certain") if c.before and c.after]
    (row,) = [c for c in proved if not any(origin.certain for origin in c.origins)]
    assert (row.name.place, row.kind) == ("Measure 1.2, item 2", "amended")
    assert [(s.what, s.kind, s.certainty) for s in row.statements] == [
        ("responsibility", "added", "certain")
    ]
    text = answer_diff(graph, *days, "text").decode()
    assert "amended, as is proved; perhaps by [1]" in text


def test_json_of_the_made_up_graph_is_valid_both_ways(changes: KnowledgeGraph) -> None:
    """The schema also fits what the real plan doesn't have: changed words and cells."""
    forth, back = as_json(changes, OLD, NEW), as_json(changes, NEW, OLD)
    validator = jsonschema.Draft202012Validator(json.loads(DIFF_SCHEMA))
    validator.validate(forth)
    validator.validate(back)
    assert same_order(back) == same_order(invert(forth))


def test_an_unknown_format_is_refused(changes: KnowledgeGraph) -> None:
    """No other format is passed off as the one asked for."""
    with pytest.raises(KeyError):
        answer_diff(changes, OLD, NEW, "xml")
