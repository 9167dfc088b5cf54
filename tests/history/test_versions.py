"""Versions: each wording from its first day on, ended only by a note; and the made-up history."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from kg.build import Making, Reading
from kg.history.known import AttestationKey, Facet, History, Version
from tests.conftest import Compare
from tests.history.contract import STATES

A, B, C = STATES.values()


@pytest.fixture(scope="module")
def versions(making: Making) -> tuple[Version, ...]:
    """The versions of the project's own plan."""
    return making.history.versions


def test_versions_begin_with_the_first_state_that_may_hold_them(
    versions: tuple[Version, ...],
) -> None:
    """49 as adopted, 12 of them only possible; the second stage's rows from No. 1139 on."""
    assert Counter(version.day for version in versions) == {A: 49, B: 42, C: 4}
    assert len(versions) == 95


def test_only_notes_end_a_version(versions: tuple[Version, ...]) -> None:
    """Paragraphs 4 and 5 were reworded and section 3 removed; nothing else has an end."""
    ended = {(v.path, v.day, v.until, v.lost) for v in versions if v.until}
    assert ended == {
        ("paragraph-4", A, B, True),
        ("paragraph-5", A, B, True),
        ("plan/section-3", A, B, False),
    }


def test_a_version_holds_half_open(versions: tuple[Version, ...]) -> None:
    """On its first day and not on its end, nor a day before the first."""
    for version in versions:
        assert version.holds_on(version.day)
        assert not version.holds_on(version.day - timedelta(days=1))
        if version.until:
            assert not version.holds_on(version.until)
            assert version.holds_on(version.until - timedelta(days=1))


def test_versions_of_one_provision_follow_on_each_other(
    made_up_making: Making, versions: tuple[Version, ...]
) -> None:
    """Neither gap nor overlap between a wording and the next."""
    followed = 0
    for listed in (versions, made_up_making.history.versions):
        for before, after in pairwise(listed):
            if before.path == after.path:
                assert before.until == after.day
                followed += 1
    assert followed == 4


def test_a_paragraph_reworded_twice_has_three_versions(made_up_making: Making) -> None:
    """One note that names two acts: both earlier wordings are lost."""
    versions = [v for v in made_up_making.history.versions if v.path == "paragraph-2"]
    assert [(v.day, v.until, v.lost) for v in versions] == [
        (date(2031, 3, 15), date(2032, 7, 1), True),
        (date(2032, 7, 1), date(2034, 2, 15), True),
        (date(2034, 2, 15), None, False),
    ]


def test_every_version_has_a_start_but_notes(making: Making) -> None:
    """The first day of each is graded; a publisher's note is no part of the act."""
    for version in making.history.versions:
        key = AttestationKey(version.subject, version.day, Facet.START)
        assert (key in making.history.attestations) != version.path.startswith("note-")


def test_the_made_up_history_is_the_golden_one(
    made_up: Reading, made_up_making: Making, golden: Compare
) -> None:
    """What is known of each made-up part in each of its four states."""
    paths = [provision.path for provision in made_up.plan.provisions]
    golden("made-up-history.txt", describe_history(made_up_making.history, paths))


def describe_history(history: History, paths: list[str]) -> str:
    """A line an attestation, by provision, state, cell and facet."""
    lines = []
    for key, inference in history.attestations.items():
        subject = f"{key.subject.path}@{key.subject.day}"
        where = f"{subject}/{key.subject.cell}" if key.subject.cell else subject
        facet = key.facet.removesuffix("Facet").lower() + (f" {key.detail}" if key.detail else "")
        known = [str(inference.grade), *inference.rules, str(inference.status or "")]
        known += [] if inference.holds else ["absent"]
        order = (paths.index(key.subject.path), key.state, key.subject.day, where, facet)
        lines.append((order, f"{key.state} {where} {facet}: {' '.join(filter(None, known))}"))
    return "\n".join(line for _, line in sorted(lines)) + "\n"
