"""Plan and facts to history: states, versions with their days, attestations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.history.grading import Grading
from kg.history.known import (
    AttestationKey,
    Facet,
    Facts,
    Grade,
    History,
    Inference,
    State,
    Version,
)
from kg.history.presence import Presence
from kg.history.scope import Scope
from kg.history.timeline import check_dates, states_of
from kg.model import Kind, Plan, Provision


def infer_history(plan: Plan, facts: Facts) -> History:
    """All that the notes, the rules and the facts tell of the plan in each of its states.

    Raises ``HistoryError`` where the notes make no history.
    """
    check_dates(plan, facts)
    scope = Scope(plan)
    states = states_of(plan)
    scope.check()
    first_days: dict[str, date] = {}
    presences: list[Presence] = []
    for state in states:
        before = presences[-1] if presences else None
        presence = Presence(scope, facts, state, state.until is None, first_days, before)
        presences.append(presence)
        for path, inference in presence.found.items():
            if inference.holds:
                first_days.setdefault(path, state.day)
    versions = tuple(
        version
        for provision in plan.provisions
        if provision.path in first_days
        for version in _versions(scope, provision, first_days[provision.path])
    )
    attestations = dict(_attest(plan, presences, facts, versions))
    attestations.update(_starts(scope, states, versions, attestations))
    return History(states, versions, attestations)


def _versions(scope: Scope, provision: Provision, first: date) -> Iterator[Version]:
    """A version for each wording; it ends only when a note says that it was replaced or removed."""
    for segment in scope.held(provision):
        start = segment.start or first
        if segment.end is None or start < segment.end:
            yield Version(provision.path, start, segment.end, segment.lost)


def _attest(
    plan: Plan, presences: list[Presence], facts: Facts, versions: tuple[Version, ...]
) -> Iterator[tuple[AttestationKey, Inference]]:
    held = {version.path: version for version in reversed(versions) if not version.lost}
    for presence in presences:
        grading = Grading(presence, facts)
        for provision in plan.provisions:
            if provision.path in presence.found:
                yield from grading.attest(provision)
            elif provision.path in held:
                yield from grading.prove_absent(provision, held[provision.path].subject)


def _starts(
    scope: Scope,
    states: tuple[State, ...],
    versions: tuple[Version, ...],
    attestations: dict[AttestationKey, Inference],
) -> Iterator[tuple[AttestationKey, Inference]]:
    """The first day of each version and of each removal, as sure as the day its state begins.

    A removal's is of the version that it ended, and doesn't hold: it is the start of its absence.
    """
    by_day = {state.day: state for state in states}
    for version in versions:
        provision = scope.plan.provision(version.path)
        if provision.kind is Kind.NOTE:
            continue  # the publisher's notes are no part of the act: no act gives their first day
        existence = AttestationKey(version.subject, version.day, Facet.EXISTENCE)
        key = AttestationKey(version.subject, version.day, Facet.START)
        yield key, _start(scope, by_day[version.day], version, existence, attestations[existence])
        gone = AttestationKey(version.subject, version.until or date.max, Facet.EXISTENCE)
        if gone in attestations:
            effect = by_day[gone.state].effect.inference
            yield replace(gone, facet=Facet.START), replace(effect, holds=False)


def _start(
    scope: Scope, state: State, version: Version, key: AttestationKey, existence: Inference
) -> Inference:
    """A start is known where the act, or a note of the provision's own, gives it."""
    effect = state.effect.inference
    segment = scope.segment(scope.plan.provision(version.path), version.day)
    if segment.start is not None:
        return Inference(effect.grade, effect.rules, effect.premises)
    if state.day == scope.plan.act.day and existence.grade is not Grade.UNKNOWN:
        # What stood before the first amender stood from the first day: nothing changed in between.
        return Inference(Grade.INFERRED, ("R4", *effect.rules), (key, *effect.premises))
    notes = scope.general_notes(scope.plan.provision(version.path))
    return Inference(Grade.UNKNOWN, ("R22",), tuple(note.quote.span for note in notes))
