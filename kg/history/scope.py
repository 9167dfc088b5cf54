"""Which acts may have written a provision, by the notes that stand over it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

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

    def days(self, note: Note) -> list[date]:
        """The days from which a note's changes count."""
        return sorted(act.day for act in note.acts)

    def own_notes(self, provision: Provision, change: Change) -> list[Note]:
        """The notes that stand behind the provision itself and tell of that change."""
        return [n for n in self.plan.notes if n.target == provision.path and n.change is change]

    def reworded_days(self, provision: Provision) -> list[date]:
        """The days from which the provision has a new wording, in their order."""
        notes = self.own_notes(provision, Change.REPLACED)
        return sorted({day for note in notes for day in self.days(note)})

    def removed_day(self, provision: Provision) -> date | None:
        """The day from which the provision is gone."""
        notes = self.own_notes(provision, Change.REMOVED)
        return min((self.days(note)[0] for note in notes), default=None)

    def general_notes(self, provision: Provision) -> list[Note]:
        """The notes over a whole that mark none of its parts: any of them may be meant."""
        wholes = self.wholes(provision)
        return [n for n in self.plan.notes if n.change is Change.AMENDED and n.target in wholes]

    def later_steps(self, provision: Provision, day: date) -> list[Step]:
        """The acts that may have changed the provision after ``day``, by the notes over its
        wholes.
        """
        named = {(act.number, act.day) for n in self.general_notes(provision) for act in n.acts}
        return [s for s in self.steps if s.day > day and (s.act.number, s.act.day) in named]

    def sibling_notes(self, provision: Provision) -> list[Note]:
        """The notes that mark other parts of the same whole, one by one."""
        siblings = {part.path for part in self.plan.parts(provision.parent)} - {provision.path}
        return [note for note in self.plan.notes if note.target in siblings]
