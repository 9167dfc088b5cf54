"""A small plan for histories made by hand: two paragraphs, and a row of one section."""

from datetime import date

from kg.model import (
    AmendingAct,
    Cells,
    Change,
    Deadline,
    Effect,
    Identification,
    Kind,
    Period,
    Plan,
    Quote,
    Span,
)
from tests.histories import Draft

FIRST, SECOND, THIRD, FOURTH = (
    date(2030, 3, 15),
    date(2031, 6, 1),
    date(2032, 2, 29),
    date(2033, 1, 1),
)
NOWHERE = Quote(Span(0, 1), "-")
ROW = "plan/section-1/measure-1"
Done = tuple[Change, str, AmendingAct]


def act(number: str, day: date, from_day: date | None = None) -> AmendingAct:
    """An amending act; its clause gives its day of effect where there is one."""
    return AmendingAct(
        "resolution", number, day, NOWHERE, Effect.DAY if from_day else None, from_day
    )


ONE, TWO, THREE = act("1", SECOND), act("2", THIRD), act("3", FOURTH)


def plan_of(*notes: Done) -> Plan:
    """A small plan: two paragraphs, a stage with a section and a row due in 2032; these notes."""
    draft = Draft()
    identification = draft.add("identification", Kind.IDENTIFICATION)
    draft.add("title", Kind.TITLE)
    draft.add("paragraph-1", Kind.PARAGRAPH)
    draft.add("paragraph-2", Kind.PARAGRAPH)
    period = Period(2030, 2033, draft.pen.write("2030-2033"))
    draft.add("plan", Kind.PLAN, period=period)
    draft.add("plan/stage-1", Kind.STAGE, "plan", period=period)
    draft.add("plan/section-1", Kind.SECTION, "plan/stage-1")
    due = Deadline(draft.pen.write("2032"), date(2032, 12, 1), date(2032, 12, 31))
    draft.add(ROW, Kind.MEASURE, "plan/section-1", cells=Cells(deadline=due))
    for change, target, amending in notes:
        draft.note(change, target, [amending])
    number = Identification("resolution", "7", FIRST, identification.words)
    return Plan(number, tuple(draft.provisions), tuple(draft.notes), ())
