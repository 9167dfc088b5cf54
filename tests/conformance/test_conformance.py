"""The W3C's tests for SPARQL 1.1, over HTTP: each case comes out as docs/conformance.md says."""

from collections import Counter

import pytest

from tests.conformance.defects import read_defects
from tests.conformance.outcomes import Outcome
from tests.conformance.report import write_report
from tests.conformance.run import GRAPH_STORE_READS, run_all
from tests.conformance.suite import SUITES, need_tests
from tests.roots import ROOT

PAGE = ROOT / "docs" / "conformance.md"


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What became of each case."""
    return run_all(need_tests())


def of(outcomes: list[Outcome], suite: str) -> Counter[str]:
    """How many cases of a suite came out each way."""
    return Counter(outcome.status for outcome in outcomes if outcome.suite == suite)


def test_every_case_is_run(outcomes: list[Outcome]) -> None:
    """328 query, 34 protocol, 3 service description, 6 and 4 of the formats, 13 graph store, and
    7 and 3 that ask other endpoints.
    """
    counts = Counter(outcome.suite for outcome in outcomes)
    assert counts == {name: suite.cases for name, suite in SUITES.items()}
    assert sum(counts.values()) == 398


def test_what_fails_is_known_and_what_is_known_still_fails(outcomes: list[Outcome]) -> None:
    """A case that fails anew is a fault of ours; one that passes anew has to be struck off."""
    found = {outcome.case: outcome.found for outcome in outcomes if outcome.status == "failed"}
    known = {case for defect in read_defects() for case in defect.failed}
    assert set(found) == known, found


def test_what_has_another_lexical_form_is_known(outcomes: list[Outcome]) -> None:
    found = {outcome.case: outcome.found for outcome in outcomes if outcome.status == "equal"}
    known = {case for defect in read_defects() for case in defect.equal}
    assert set(found) == known, found


def test_the_query_language_is_answered_no_worse_than_by_the_engine(
    outcomes: list[Outcome],
) -> None:
    """317 of 328 is what the engine gives when it is asked without a server."""
    counts = of(outcomes, "query")
    assert counts["passed"] + counts["equal"] >= 317


def test_the_protocol_is_kept_by_all_that_does_not_write(outcomes: list[Outcome]) -> None:
    assert of(outcomes, "protocol") == {"passed": 27, "refused": 7}
    assert of(outcomes, "service-description") == {"passed": 3}


def test_graphs_are_read_as_the_graph_store_protocol_says(outcomes: list[Outcome]) -> None:
    """The one case that doesn't write passes; of the others, what they read is as expected too."""
    assert of(outcomes, "graph-store") == {"passed": 1, "refused": 12}


def test_other_endpoints_are_asked_as_federated_query_says(outcomes: list[Outcome]) -> None:
    """All but the case that has the endpoint's address from an answer."""
    refused = [it.case for it in outcomes if it.suite == "service" and it.status == "refused"]
    assert of(outcomes, "service") == {"passed": 6, "refused": 1}
    assert refused == ["service/service5"]
    assert of(outcomes, "syntax-fed") == {"passed": 3}


def test_the_page_says_what_came_out(
    outcomes: list[Outcome], request: pytest.FixtureRequest
) -> None:
    """``pytest --update-golden`` writes it anew, and so does ``python -m tests.conformance``."""
    text = write_report(outcomes, read_defects(), GRAPH_STORE_READS)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8").splitlines() == text.splitlines()
