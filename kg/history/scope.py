"""Which acts may have written a provision, by the notes that stand over it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.history.events import Event, Segment, in_order, segment_on, segments
from kg.history.timeline import Step, steps_of
from kg.model import Change, Kind, Note, Plan, Provision

FRAME = {Kind.APPROVAL, Kind.COLUMN_HEAD}
"""What has no rows of its own and stands and falls with the plan."""


@dataclass(frozen=True)
class Scope:
    """The notes of a plan, asked by provision and day."""

    plan: Plan

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The amending acts with their days, in their order."""
        return steps_of(self.plan)

    def wholes(self, provision: Provision) -> list[str]:
        """The path of the provision and of all that it is part of; the frame is part of the
        plan.
        """
        paths = [provision.path]
        while paths[-1]:
            part = self.plan.provision(paths[-1])
            paths.append("plan" if part.kind is Kind.APPROVAL else part.parent)
        return paths[:-1]

    def events(self, provision: Provision) -> list[Event]:
        """What the notes behind a provision tell of it, in the order of the days."""
        return self._events.get(provision.path, [])

    @cached_property
    def _events(self) -> dict[str, list[Event]]:
        events: dict[str, list[Event]] = {}
        for note in self.plan.notes:
            if note.change is not Change.AMENDED:
                for act in note.acts:
                    events.setdefault(note.target, []).append(Event(act, note))
        return {target: in_order(found) for target, found in events.items()}

    def segment(self, provision: Provision, day: date) -> Segment:
        """The stretch between the provision's own changes that the day lies in."""
        return segment_on(self.events(provision), day)

    def version_start(self, provision: Provision, day: date) -> date | None:
        """The first day of the version that stands on a day, or stood last before it.

        ``None`` for one that reaches back to the first state that holds the provision.
        """
        held = [part for part in segments(self.events(provision)) if not part.absent]
        begun = [part for part in held if part.start is None or part.start <= day]
        return (begun or held[:1])[-1].start

    def general_notes(self, provision: Provision) -> list[Note]:
        """The notes over a whole that mark none of its parts: any of them may be meant."""
        wholes = self.wholes(provision)
        return [n for n in self.plan.notes if n.change is Change.AMENDED and n.target in wholes]

    def later_steps(self, provision: Provision, day: date) -> list[Step]:
        """The acts that may have changed the provision after ``day``, by the notes over its
        wholes.
        """
        acts = [act for note in self.general_notes(provision) for act in note.acts]
        steps = {(act.number, act.counts_from): Step(act, act.counts_from) for act in acts}
        return sorted((s for s in steps.values() if s.day > day), key=lambda step: step.day)

    def sibling_notes(self, provision: Provision) -> list[Note]:
        """The notes that mark other parts of the same whole, one by one."""
        siblings = {part.path for part in self.plan.parts(provision.parent)} - {provision.path}
        return [note for note in self.plan.notes if note.target in siblings]
