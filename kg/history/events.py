"""What the notes behind one provision tell of it: wordings, removals, returns, in their order.

Two acts of one day make one boundary: the later note of the text has the last word on that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.model import AmendingAct, Change, Note, Quote

BRINGS = {Change.INSERTED, Change.RESTORED}
"""Changes by which a provision comes in."""

NEW_WORDS = {Change.REPLACED, Change.CORRECTED, *BRINGS}
"""Changes after which a provision has other words than before."""

NEW_PARTS = {Change.REPLACED, *BRINGS}
"""Changes of a whole after which its parts are those of that day."""


class HistoryError(Exception):
    """Notes that make no history; ``quote`` is the note's, ``rule`` the rule that is broken."""

    def __init__(self, problem: str, quote: Quote, rule: str) -> None:
        super().__init__(f"{problem} ({rule}): «{quote.text}»")
        self.problem = problem
        self.quote = quote
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Event:
    """One act's change of one provision, as a note tells it.

    ``of_whole`` where the note stands behind a whole that the provision is part of.
    """

    act: AmendingAct
    note: Note
    change: Change
    of_whole: bool = False

    @property
    def day(self) -> date:
        """The day from which the change counts."""
        return self.act.counts_from


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days between changes; ``start`` is ``None`` where it reaches back to the first.

    ``begun`` and ``ended`` are the events at its ends; ``absent`` where the provision isn't there;
    ``lost`` where a later wording took the place of its words.
    """

    start: date | None
    end: date | None
    begun: Event | None
    ended: Event | None
    absent: bool
    lost: bool

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the stretch."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events of one provision by their days.

    Raises ``HistoryError`` where one changes what isn't there, or brings in what is.
    """
    ordered = sorted(events, key=lambda event: (event.day, event.note.quote.span))
    gone = bool(ordered) and ordered[0].change is Change.INSERTED
    for event in ordered:
        brings = event.change in BRINGS
        if gone and not brings:
            problem = "an amendment of what isn't there: it was removed before, or not yet inserted"
            raise HistoryError(problem, event.note.quote, "R3")
        if brings and not gone:
            problem = "an act that brings in what is there already"
            raise HistoryError(problem, event.note.quote, "R2")
        gone = event.change is Change.REMOVED
    return ordered


def with_whole(own: list[Event], whole: Event | None) -> list[Event]:
    """The events of a part, with the one that last brought in its whole or worded it anew.

    The part's own notes say more: of that day, and of a part that was gone by then or came later.
    """
    if whole is None or any(event.day == whole.day for event in own):
        return own
    before = [event for event in own if event.day < whole.day]
    after = own[len(before) :]
    gone = bool(before) and before[-1].change is Change.REMOVED
    if gone or (after and after[0].change is Change.INSERTED):
        return own
    change = Change.REPLACED if before else Change.INSERTED
    return [*before, Event(whole.act, whole.note, change, of_whole=True), *after]


def segments(events: list[Event]) -> list[Segment]:
    """The stretches between the events, in their order; one without bounds where there are none."""
    last_of_day = {event.day: event for event in events}
    bounds = [None, *last_of_day.values()]
    found = []
    for begun, ended in zip(bounds, [*bounds[1:], None], strict=True):
        inserted = bool(events) and events[0].change is Change.INSERTED
        absent = inserted if begun is None else begun.change is Change.REMOVED
        end = ended.day if ended else None
        later = [event for event in events if end and event.day >= end]
        lost = any(event.change in NEW_WORDS for event in later)
        start = begun.day if begun else None
        found.append(Segment(start, end, begun, ended, absent, lost))
    return found


def segment_on(events: list[Event], day: date) -> Segment:
    """The stretch that the day lies in."""
    return next(segment for segment in segments(events) if segment.holds_on(day))
