"""Each detector finds what is odd in the plan, and nothing where the plan is mended."""

import re
from functools import cache

import pytest

from kg.build import Reading, read
from kg.graph.curated import read_facts, read_vocabulary
from kg.history.anomalies.detect import DETECTORS
from kg.history.anomalies.finding import Text
from kg.history.known import Facts
from kg.reading.plan import read_plan
from kg.reading.source import Source
from tests.history.mended import LATE, LEFT, NEED_FACTS, PLAN_EDITS, TEXT_EDITS
from tests.roots import ROOT

FOUND = {
    "deadline-outside-stage": {"partly-2015-2020": 1, "wholly-2015-2020": 2},
    "deadline-soon-after-adoption": {"": 6},
    "deadline-soon-after-act": {"1139": 2},
    "deadline-passed-when-amended": {"1139": 13, "1401": 2},
    "deadline-from-planned-act": {"law-on-local-self-government": 1},
    "recurrence-without-years": {"": 9},
    "deadline-on-one-day": {"": 1},
    "nothing-due-at-end": {"": 4},
    "recipient-is-responsible": {"": 18},
    "recipient-is-responsible-for-item": {"": 3},
    "author-not-responsible": {"": 2},
    "first-by-agreement": {"": 4},
    "coordinated-bodies": {"": 23},
    "body-in-several-forms": {
        "nur-otan-public-policy-institute-responsible": 5,
        "presidential-administration-recipient": 3,
    },
    "bodies-of-one-stage": {"stage-1": 7, "stage-2": 8},
    "body-ended-before-amendment": {"ministry-of-culture-and-information": 3},
    "body-ended-before-deadline": {"ministry-of-health-and-social-development": 2},
    "body-younger-than-act": {"": 6},
    "listed-form-not-used": {"": 4},
    "unlisted-abbreviation": {"mm": 1, "sa": 1, "qr": 4},
    "cites-younger-act": {"101-v": 1},
    "cited-without-number": {"": 1},
    "superseded-term": {"selo": 26},
    "topic-in-other-words": {
        "budget-monitoring": 3,
        "district-communal-property": 2,
        "gatherings-and-meetings": 3,
        "own-revenue": 3,
        "public-structures": 3,
        "treasury-accounts": 2,
    },
    "repeated-at-length": {
        "section-4-measure-3-and-section-4-measure-5-item-1": 2,
        "section-4-measure-7-and-section-4-measure-8": 2,
    },
    "same-heading": {"section-3-and-section-5": 2, "stage-2-and-section-4": 2},
    "same-output-other-funding": {"section-5-measure-4-and-section-5-measure-6": 2},
    "double-blanks": {"": 7},
    "no-break-spaces": {"": 5},
    "trailing-blanks": {"": 5},
    "dashes-between-years": {"": 6},
    "dashes-in-list": {"": 2},
    "broken-deadlines": {"": 12},
    "bookmark": {"": 1},
    "sections-run-on": {"": 5},
    "numbers-restart": {"": 21},
    "two-numbers-in-cell": {"": 2},
    "section-without-measures": {"section-3": 1},
    "list-in-words": {"section-1-measure-3": 1},
    "no-amount": {"": 1},
    "note-without-effect": {"": 4},
    "clause-after-one-act": {"": 2},
    "note-marks-no-part": {"": 1},
    "act-without-trace": {"1401": 1},
}
"""What each detector finds in the plan: places by key."""


@cache
def the_reading() -> Reading:
    return read(ROOT)


def the_text(*, facts: bool = True) -> Text:
    reading = the_reading()
    known = read_facts(reading.curated) if facts else Facts()
    return Text(reading.source, reading.plan, known)


def mended(name: str) -> Text:
    """The plan with what the detector finds mended."""
    text = the_text(facts=name not in NEED_FACTS)
    if name in PLAN_EDITS:
        return Text(text.source, PLAN_EDITS[name](text.plan), text.facts)
    if name in TEXT_EDITS:
        return reread(text, TEXT_EDITS[name])
    return text


def reread(text: Text, edits: list[tuple[str, str]]) -> Text:
    words = text.source.text
    for pattern, new in edits:
        words, count = re.subn(pattern, new, words)
        assert count, f"{pattern} mends nothing"
    source = Source(words, text.source.manifest)
    return Text(source, read_plan(source, read_vocabulary(the_reading().curated)), text.facts)


def test_every_detector_is_tried() -> None:
    assert len(DETECTORS) == 44
    assert FOUND.keys() == DETECTORS.keys()
    kept_by_a_test_of_its_own = {"deadline-passed-when-amended"}
    tried = [*TEXT_EDITS, *PLAN_EDITS, *NEED_FACTS, *kept_by_a_test_of_its_own]
    assert sorted(tried) == sorted(DETECTORS)


@pytest.mark.parametrize("name", FOUND)
def test_detector_finds(name: str) -> None:
    findings = list(DETECTORS[name](the_text()))
    assert {finding.key: len(finding.places) for finding in findings} == FOUND[name]
    assert len(findings) == len(FOUND[name])


@pytest.mark.parametrize("name", sorted(FOUND.keys() - {"deadline-passed-when-amended"}))
def test_detector_is_silent_where_the_plan_is_mended(name: str) -> None:
    found = {finding.key for finding in DETECTORS[name](mended(name))}
    assert found == LEFT.get(name, set())


def test_deadlines_after_every_amendment_have_not_passed() -> None:
    detector = DETECTORS["deadline-passed-when-amended"]
    assert not list(detector(reread(the_text(facts=False), LATE)))


@pytest.mark.parametrize("name", FOUND)
def test_places_quote_the_source_and_their_provision(name: str) -> None:
    text = the_text()
    for finding in DETECTORS[name](text):
        assert finding.places
        assert re.fullmatch(r"[a-z0-9]*(-[a-z0-9]+)*", finding.key)
        for place in finding.places:
            span = place.quote.span
            assert text.source.text[span.start : span.end] == place.quote.text
            assert place.path in {"", *(part.path for part in text.plan.provisions)}


def test_detectors_read_a_plan_of_another_hand(made_up: Reading) -> None:
    """Nothing in a detector is about the one plan."""
    text = Text(made_up.source, made_up.plan, read_facts(made_up.curated))
    found = {name: {f.key for f in detector(text)} for name, detector in DETECTORS.items()}
    assert found["unlisted-abbreviation"] == {"ghak", "qr"}
    assert found["body-ended-before-amendment"] == {"ministry-of-horses"}
    assert found["superseded-term"] == {"biekhana"}
    assert found["section-without-measures"] == {"section-2"}
    silent = {name for name, keys in found.items() if not keys}
    assert {"list-in-words", "listed-form-not-used", "first-by-agreement"} <= silent
