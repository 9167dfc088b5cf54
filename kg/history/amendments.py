"""Notes to amendments: what each act did for certain, and what it may have touched.

A note that marks one provision tells what an act did to it. A note over a whole tells that the act
changed something in it: each part that stood, or may have stood, on the day is one it
may have touched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.history.events import Event
from kg.history.known import (
    AttestationKey,
    EffectDate,
    Facet,
    Grade,
    History,
    Inference,
    Subject,
    TextStatus,
    Version,
)
from kg.history.scope import Scope
from kg.history.timeline import EFFECT_RULES, Step
from kg.model import AmendingAct, Change, Kind, Note, Plan, Provision


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one act did to one provision from one day, or, where not ``certain``, may have done.

    ``before`` and ``after`` are the versions on either side, ``None`` where there is none.
    """

    act: AmendingAct
    target: str
    change: Change
    note: Note
    certain: bool
    before: Version | None
    after: Version | None

    @property
    def day(self) -> date:
        """The day from which the change counts."""
        return self.act.counts_from


def effect_of(act: AmendingAct) -> EffectDate:
    """The bounds of the day on which an act's change took effect."""
    grade = Grade.STATED if act.from_day else Grade.INFERRED
    inference = Inference(grade, (EFFECT_RULES[act.effect],), (act.quote.span,))
    return EffectDate(act.counts_from, act.from_day, inference)


def amendments_of(plan: Plan, history: History) -> tuple[Amendment, ...]:
    """All amendments, certain and possible, by day, act and target."""
    scope = Scope(plan)
    found = [*_certain(scope, history), *_general(scope, history)]
    return tuple(sorted(found, key=lambda a: (a.day, a.act.number, a.target, a.change)))


def _certain(scope: Scope, history: History) -> Iterator[Amendment]:
    for provision in scope.plan.provisions:
        for event in scope.events(provision):
            before = _standing(history, provision.path, event.day, before=True)
            after = None
            if event.change is not Change.REMOVED:
                after = _standing(history, provision.path, event.day)
            certain = _is_certain(event)
            yield Amendment(
                event.act, provision.path, event.change, event.note, certain, before, after
            )


def _is_certain(event: Event) -> bool:
    """A part of a whole in new wording may have stood in the old one, whose words are lost."""
    came = event.of_whole and event.change is Change.INSERTED
    return not came or event.note.change is Change.INSERTED


def _general(scope: Scope, history: History) -> Iterator[Amendment]:
    """A note over a whole: the act amended the whole for certain, and each part of it perhaps."""
    for note in scope.plan.notes:
        if note.change is not Change.AMENDED:
            continue
        for act in note.acts:
            day = act.counts_from
            whole = _standing(history, note.target, day)
            # What another act of the day removed was there before.
            whole = whole or _standing(history, note.target, day, before=True)
            yield Amendment(act, note.target, Change.AMENDED, note, True, whole, whole)
            for provision in scope.plan.provisions:
                if note in scope.general_notes(provision) and provision.path != note.target:
                    yield from _possible(scope, history, provision, act, note)


def _possible(
    scope: Scope, history: History, provision: Provision, act: AmendingAct, note: Note
) -> Iterator[Amendment]:
    """What the act may have done to a part: put it in, or change what isn't known to be older."""
    day = act.counts_from
    after = _standing(history, provision.path, day)
    marked = day in {event.day for event in scope.events(provision)}
    if after is None or marked or _is_marked_by(scope, provision, act):
        return
    before = _standing(history, provision.path, day, before=True)
    if before is None:
        yield Amendment(act, provision.path, Change.INSERTED, note, False, None, after)
        return
    existence = _graded_before(history, before, day, Facet.EXISTENCE)
    if any(inference.grade is Grade.UNKNOWN for inference in existence):
        # Whether it stood before isn't known either: this act may have been the one to put it in.
        yield Amendment(act, provision.path, Change.INSERTED, note, False, None, after)
    if _is_open(history, before, day):
        yield Amendment(act, provision.path, Change.AMENDED, note, False, before, after)


def _is_marked_by(scope: Scope, provision: Provision, act: AmendingAct) -> bool:
    """Whether a note on the provision itself says that the act amended it on the same day."""
    step = Step(act, act.counts_from)
    return provision.kind is Kind.NOTE or any(
        (Step(other, other.counts_from).key, other.counts_from) == (step.key, step.day)
        for note in scope.general_notes(provision)
        for other in note.acts
        if note.target == provision.path
    )


def _standing(history: History, path: str, day: date, *, before: bool = False) -> Version | None:
    """The version that stands, or may stand, on a day; or in the state before that day's."""
    days = [
        state.day for state in history.states if (state.day < day if before else state.day <= day)
    ]
    if not days:
        return None
    for version in history.versions:
        key = AttestationKey(Subject(path, version.day), days[-1], Facet.EXISTENCE)
        known = history.attestations.get(key) if version.path == path else None
        if known and known.holds and version.holds_on(days[-1]):
            return version
    return None


def _graded_before(
    history: History, version: Version, day: date, *facets: Facet
) -> Iterator[Inference]:
    """What is known of a version and its cells in the state before a day, in some or all facets."""
    state = [state.day for state in history.states if state.day < day][-1]
    for key, inference in history.attestations.items():
        if (key.subject.path, key.subject.day, key.state) != (version.path, version.day, state):
            continue
        if not facets or (key.facet in facets and key.subject.cell is None):
            yield inference


def _is_open(history: History, version: Version, day: date) -> bool:
    """Whether anything of a version is unknown, or its words lost, in the state before a day."""
    return any(
        inference.grade is Grade.UNKNOWN or inference.status is TextStatus.NOT_PRESERVED
        for inference in _graded_before(history, version, day)
    )
