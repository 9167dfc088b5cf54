"""Which provisions exist in a state, and how that is known.

First what can be proved, from the parts up (R8, R9); then what may be, from the whole down: a part
of a whole whose words are held may have stood there (Unknown); a part of one whose words are lost
has no place at all.
"""

from dataclasses import dataclass, field
from datetime import date

from kg.history import rules
from kg.history.events import Event, Segment
from kg.history.known import (
    AttestationKey,
    Facet,
    Facts,
    Grade,
    Inference,
    State,
    Subject,
    TextStatus,
)
from kg.history.scope import FRAME, Scope
from kg.history.timeline import Step
from kg.model import Change, Kind, Note, Provision


@dataclass
class Presence:
    """The existence of each provision in one state; absent ones have no entry, or one that doesn't
    hold.
    """

    scope: Scope
    facts: Facts
    state: State
    last: bool
    first_days: dict[str, date]
    before: "Presence | None" = None
    found: dict[str, Inference] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        provisions = self.scope.plan.provisions
        by_depth = sorted(provisions, key=lambda p: -len(self.scope.wholes(p)))
        frame_last = sorted(by_depth, key=lambda p: p.kind in FRAME)
        for provision in frame_last:
            if inference := self._prove(provision):
                self.found[provision.path] = inference
                if inference.status is TextStatus.NOT_PRESERVED:
                    self.lost.add(provision.path)
        for provision in provisions:
            if provision.path not in self.found and self._may_exist(provision):
                notes = self.scope.general_notes(provision)
                self.found[provision.path] = self._may_have_stood(provision, notes)

    def exists(self, path: str) -> bool:
        """Whether the provision exists in the state, or may."""
        return path in self.found and self.found[path].holds

    def later_steps(self, provision: Provision) -> list[Step]:
        """The acts after this state that may have changed the provision."""
        return self.scope.later_steps(provision, self.state.day)

    def written(self, provision: Provision) -> date:
        """The date of the latest document that may have written what stands in this state."""
        return self.scope.written(provision, self.state.day)

    def _prove(self, provision: Provision) -> Inference | None:
        scope = self.scope
        segment = scope.segment(provision, self.state.day)
        if segment.absent:
            return _absent(segment)
        if segment.lost:
            self.lost.add(provision.path)
        later = self.later_steps(provision)
        if segment.ended and (segment.begun or not later):
            removed = segment.ended.change is Change.REMOVED
            existed = rules.removed_existed if removed else rules.reworded_existed
            return existed(segment.ended.note)
        if segment.begun and later:
            return rules.said_by_note(segment.begun.note)
        if self.last or segment.begun:
            marks = [segment.begun.note] if segment.begun else []
            return rules.held_in_source(provision, marks)
        if provision.kind is Kind.NOTE:
            return None
        if not scope.general_notes(provision):
            return rules.unmarked_is_original(provision, scope.sibling_notes(provision))
        if not later:
            return rules.held_in_source(provision, scope.general_notes(provision))
        return self._prove_within(provision)

    def _prove_within(self, provision: Provision) -> Inference | None:
        """What can be proved of a part that a note over its whole leaves unmarked."""
        if provision.kind in FRAME:
            return rules.part_implies_whole(self._existence("plan"))
        row = provision
        if provision.printed_with:
            row = self.scope.plan.provision(provision.printed_with)
        later = self.later_steps(provision)
        if row.cells.deadline and not {row.path, provision.path} & self.lost:
            proof = rules.deadline_not_after(row.cells.deadline, later, self.facts)
            if proof:
                return proof
        parts = self.scope.plan.parts(provision.path)
        proved = [key for part in parts for key in self._existence(part.path)]
        if whole := rules.part_implies_whole(proved):
            return whole
        own = [n for n in self.scope.general_notes(provision) if n.target == provision.path]
        if own:
            return rules.reworded_existed(own[0])
        if changed := self._part_changed_later(provision):
            return rules.whole_of_changed(changed.note)
        if unchanged := self._unchanged(provision):
            return unchanged
        if provision.kind is Kind.STAGE:
            return rules.title_names_period(rules.title_period(self.scope.plan), provision.period)
        return None

    def _part_changed_later(self, provision: Provision) -> Event | None:
        """A later change that a note marks on a part, with no act in between that may have brought
        in the whole.
        """
        touched = self._days_of_change(provision)
        day = self.state.day
        for event in self.scope.events_of_parts(provision):
            if event.day > day and not any(day < other <= event.day for other in touched):
                return event
        return None

    def _days_of_change(self, provision: Provision) -> set[date]:
        """The days on which an act changed the provision, or may have."""
        days = {step.day for step in self.scope.general_steps(provision)}
        return days | {event.day for event in self.scope.events(provision)}

    def _unchanged(self, provision: Provision) -> Inference | None:
        """What stood in the state before stands still where no act may have touched it since."""
        if self.before is None or self.state.day in self._days_of_change(provision):
            return None
        known = self.before.found.get(provision.path)
        if known is None or not known.holds or known.grade is Grade.UNKNOWN:
            return None
        if known.status is TextStatus.NOT_PRESERVED:
            return None  # R11 says more: of the words too
        return rules.unchanged(self.before.attested(provision.path), known)

    def attested(self, path: str) -> AttestationKey:
        """The attestation on the existence of a provision in this state."""
        return AttestationKey(self.subject(path), self.state.day, Facet.EXISTENCE)

    def _existence(self, path: str) -> list[AttestationKey]:
        """The attestation that the provision at ``path`` exists, where that is proved."""
        inference = self.found.get(path)
        if inference is None or not inference.holds or inference.grade is Grade.UNKNOWN:
            return []
        # Frame parts and abbreviations are proved by their whole, not the other way round.
        if self.scope.plan.provision(path).kind in FRAME:
            return []
        return [self.attested(path)]

    def subject(self, path: str) -> Subject:
        """The version of a provision that stands in this state."""
        start = self.scope.version_start(self.scope.plan.provision(path), self.state.day)
        return Subject(path, start or self.first_days.get(path, self.state.day))

    def _may_exist(self, provision: Provision) -> bool:
        if provision.kind is Kind.NOTE or not provision.parent:
            return False
        if self.scope.segment(provision, self.state.day).absent:
            return False
        if provision.path in self.first_days:
            return True  # it may have stood before, and no act is known to have removed it
        if not self._may_come(provision):
            return False
        if provision.kind is Kind.ABBREVIATION:
            return provision.stands_for in self._named()
        whole = self.found.get(provision.parent)
        return bool(whole and whole.holds and whole.status is not TextStatus.NOT_PRESERVED)

    def _may_come(self, provision: Provision) -> bool:
        """Whether the provision may be new in this state: some act may have brought it in."""
        scope, day = self.scope, self.state.day
        steps = scope.general_steps(provision)
        return day == scope.plan.act.day or any(step.day == day for step in steps)

    def _may_have_stood(self, provision: Provision, notes: list[Note]) -> Inference:
        unmarked = rules.unmarked_in_amended_whole(notes)
        if provision.kind is not Kind.ABBREVIATION:
            return unmarked
        return Inference(Grade.UNKNOWN, ("R20", "R22"), unmarked.premises, unmarked.status)

    def _named(self) -> set[str]:
        """All bodies and things that stand in rows of this state."""
        named = set()
        for provision in self.scope.plan.provisions:
            stands = self.exists(provision.path) and provision.path not in self.lost
            if provision.kind in {Kind.MEASURE, Kind.ITEM} and stands:
                cells, written = provision.cells, self.written(provision)
                named |= {
                    body.agency
                    for body in cells.responsibilities
                    if not rules.body_not_before(body, written, self.facts)
                }
                named |= {thing.key for thing in provision.things}
                for output in cells.outputs:
                    named |= {m.key for m in (output.author, output.recipient) if m}
        return named


def _absent(segment: Segment) -> Inference | None:
    """What the notes say of a provision that isn't there; nothing where only a whole has one."""
    mark = segment.begun or segment.ended
    if mark is None or mark.of_whole:
        return None
    return Inference(Grade.STATED, ("R21",), (mark.note.quote.span,), holds=False)
