"""Which acts may have written a provision, by the notes that stand over it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.history.events import (
    NEW_PARTS,
    Event,
    HistoryError,
    Segment,
    in_order,
    segment_on,
    segments,
    with_whole,
)
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

    def check(self) -> None:
        """Raises ``HistoryError`` at a note on what isn't there on the day, or never was."""
        known = {provision.path for provision in self.plan.provisions}
        for note in self.plan.notes:
            if note.target not in known:
                problem = f"an amendment of what the text doesn't have, {note.target}"
                raise HistoryError(problem, note.quote, "R3")
            for act in note.acts:
                self._check_target(note, act.counts_from)
        for path, events in self._own.items():
            if events[-1].change is Change.REMOVED:
                self._check_removed(path, events[-1].note)
            if not self._held(events):
                problem = "a provision that is removed on the day it comes in, so that it never was"
                raise HistoryError(problem, events[-1].note.quote, "R3")

    def _check_target(self, note: Note, day: date) -> None:
        wholes = self.wholes(self.plan.provision(note.target))
        # The order of its own events is checked with them; a general note is no event.
        paths = wholes if note.change is Change.AMENDED else wholes[1:]
        for path in paths:
            segment = segment_on(self._own.get(path, []), day)
            if segment.absent and segment.start != day:
                problem = "an amendment of what isn't there: it, or its whole, isn't in the text"
                raise HistoryError(problem, note.quote, "R3")

    def _check_removed(self, path: str, removal: Note) -> None:
        """What is left of a removed whole is its own words: parts of it can't stand in the text."""
        for part in self.plan.parts(path):
            own = self._own.get(part.path)
            if part.kind is not Kind.NOTE and not (own and own[-1].change is Change.REMOVED):
                problem = f"a removal of a whole whose part {part.path} stands in the text"
                raise HistoryError(problem, removal.quote, "R3")

    def events(self, provision: Provision) -> list[Event]:
        """What the notes behind a provision tell of it, in the order of the days; and the one on a
        whole of it that last brought it in, or worded it anew.
        """
        return self._events[provision.path]

    def events_of_parts(self, provision: Provision) -> list[Event]:
        """What the notes behind the parts of a provision, and their parts, tell of these."""
        return self._of_parts.get(provision.path, [])

    @cached_property
    def _of_parts(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for path, events in self._own.items():
            for whole in self.wholes(self.plan.provision(path))[1:]:
                found.setdefault(whole, []).extend(events)
        return found

    @cached_property
    def _own(self) -> dict[str, list[Event]]:
        """The events that are told by a provision's own notes, by its path."""
        events: dict[str, list[Event]] = {}
        for note in self.plan.notes:
            if note.change is not Change.AMENDED:
                for act in note.acts:
                    events.setdefault(note.target, []).append(Event(act, note, note.change))
        return {target: in_order(found) for target, found in events.items()}

    @cached_property
    def _events(self) -> dict[str, list[Event]]:
        return {
            provision.path: with_whole(
                self._own.get(provision.path, []), self._of_wholes(provision)
            )
            for provision in self.plan.provisions
        }

    def _of_wholes(self, provision: Provision) -> Event | None:
        """The last event that brought in a whole of the provision, or worded it anew."""
        if provision.kind is Kind.NOTE:
            return None  # the publisher's, and no part of the act
        events = [
            event
            for path in self.wholes(provision)[1:]
            for event in self._own.get(path, [])
            if event.change in NEW_PARTS
        ]
        return max(events, key=lambda event: event.day, default=None)

    def _held(self, events: list[Event]) -> list[Segment]:
        """The stretches in which a provision of these events is there, if only for a day."""
        return [
            segment
            for segment in segments(events)
            if not segment.absent and (segment.end is None or segment.end > self.plan.act.day)
        ]

    def held(self, provision: Provision) -> list[Segment]:
        """The stretches in which the provision is there, or may be."""
        return self._held(self.events(provision))

    def segment(self, provision: Provision, day: date) -> Segment:
        """The stretch between the provision's changes that the day lies in."""
        return segment_on(self.events(provision), day)

    def version_start(self, provision: Provision, day: date) -> date | None:
        """The first day of the version that stands on a day, or stood last before it.

        ``None`` for one that reaches back to the first state that holds the provision.
        """
        held = self.held(provision)
        begun = [part for part in held if part.start is None or part.start <= day]
        return (begun or held[:1])[-1].start

    def general_notes(self, provision: Provision) -> list[Note]:
        """The notes over a whole that mark none of its parts: any of them may be meant."""
        wholes = self.wholes(provision)
        return [n for n in self.plan.notes if n.change is Change.AMENDED and n.target in wholes]

    def later_steps(self, provision: Provision, day: date) -> list[Step]:
        """The acts that may have changed, after ``day``, the wording that stands on it, by the
        notes over the provision's wholes.
        """
        end = self.segment(provision, day).end or date.max
        return [step for step in self.general_steps(provision) if day < step.day < end]

    def written(self, provision: Provision, day: date) -> date:
        """The date of the latest document that may have written what stands on a day."""
        own = [Step(event.act, event.day) for event in self.events(provision)]
        steps = [step for step in (*own, *self.general_steps(provision)) if step.day <= day]
        return max([self.plan.act.day, *(step.act.day for step in steps)])

    def general_steps(self, provision: Provision) -> list[Step]:
        """The acts that may have changed the provision, by the notes over its wholes."""
        acts = [act for note in self.general_notes(provision) for act in note.acts]
        steps = [Step(act, act.counts_from) for act in acts]
        found = {(step.key, step.day): step for step in steps}
        return sorted(found.values(), key=lambda step: step.day)

    def sibling_notes(self, provision: Provision) -> list[Note]:
        """The notes that mark other parts of the same whole, one by one."""
        siblings = {part.path for part in self.plan.parts(provision.parent)} - {provision.path}
        return [note for note in self.plan.notes if note.target in siblings]
