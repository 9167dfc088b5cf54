"""Deadlines that are odd: outside their stage, before or close to an act, of a rare form."""

from datetime import date, timedelta
from itertools import pairwise

from kg.history.anomalies.finding import Findings, Place, Text, found
from kg.history.rules import latest_day
from kg.model import Deadline, Provision

SHORTLY = timedelta(weeks=5)


def deadline_outside_stage(text: Text) -> Findings:
    """Days or years that lie outside the years of the stage, wholly or in part."""
    places: dict[tuple[str, str], list[Place]] = {}
    for row, due in _dated(text):
        stage = text.stage(row)
        if stage is None or stage.period is None or due.due_from is None or due.due_by is None:
            continue
        first, last = stage.period.first, stage.period.last
        inside = [first <= day.year <= last for day in (due.due_from, due.due_by)]
        if not all(inside):
            how = "partly" if any(inside) else "wholly"
            years = f"{first}-{last}"
            places.setdefault((how, years), []).append(Place(row.path, due.quote))
    for (how, years), there in sorted(places.items()):
        yield from found(there, f"{how}-{years}", how=how, years=years, name=f"{how}, {years}")


def deadline_soon_after_adoption(text: Text) -> Findings:
    """Deadlines that end within five weeks of the day of the act itself."""
    day = text.plan.act.day
    return found(_due_shortly_after(text, day), day=day)


def deadline_soon_after_act(text: Text) -> Findings:
    """Deadlines that end within five weeks of an amending act that may have set them."""
    acts = _acts(text)
    for number, day in acts[1:]:
        places = _due_shortly_after(text, day)
        yield from found(places, _key(acts, number, day), act=number, day=day)


def _due_shortly_after(text: Text, day: date) -> list[Place]:
    return [
        Place(row.path, due.quote)
        for row, due in _dated(text)
        if due.due_by and day <= due.due_by <= day + SHORTLY
    ]


def deadline_passed_when_amended(text: Text) -> Findings:
    """Deadlines that had passed when an act amended the plan, and not yet when the one before
    did.
    """
    acts = _acts(text)
    for (_, before), (number, day) in pairwise(acts):
        places = []
        for row in text.rows():
            due = row.cells.deadline
            bound = latest_day(due, text.facts) if due else None
            if due and bound and before <= bound[0] < day:
                places.append(Place(row.path, due.quote))
        yield from found(places, _key(acts, number, day), act=number, day=day)


def deadline_from_planned_act(text: Text) -> Findings:
    """Deadlines that run from an act which is only planned."""
    for row in text.rows():
        due = row.cells.deadline
        if due and due.relative_to and "/planned-act/" in due.relative_to:
            key = due.relative_to.rpartition("/")[2]
            yield from found([Place(row.path, due.quote)], key)


def recurrence_without_years(text: Text) -> Findings:
    """Deadlines that recur, with no first and no last year."""
    places = [
        Place(part.path, part.cells.deadline.quote)
        for part in text.plan.provisions
        if part.cells.deadline and part.cells.deadline.recurrence
    ]
    return found(places)


def deadline_on_one_day(text: Text) -> Findings:
    """Deadlines of a single day, where the other rows have months, quarters or years."""
    dated = _dated(text)
    places = [Place(row.path, due.quote) for row, due in dated if due.due_from == due.due_by]
    return found(places if len(places) < len(dated) else [])


def nothing_due_at_end(text: Text) -> Findings:
    """A plan whose last deadline falls in a year before its last."""
    period = text.plan.provision("plan").period
    days = [due.due_by for _, due in _dated(text) if due.due_by]
    if period is None or not days or max(days).year >= period.last:
        return iter(())
    places = [Place(row.path, due.quote) for row, due in _dated(text) if due.due_by == max(days)]
    places.append(Place("plan", period.quote))
    return found(places, last=max(days), end=str(period.last))


def _dated(text: Text) -> list[tuple[Provision, Deadline]]:
    return [
        (row, row.cells.deadline)
        for row in text.rows()
        if row.cells.deadline and row.cells.deadline.due_by
    ]


def _key(acts: list[tuple[str, date]], number: str, day: date) -> str:
    """An act's number, and its day of effect where it has several."""
    several = sum(other == number for other, _ in acts) > 1
    return f"{number}-{day.isoformat()}" if several else number


def _acts(text: Text) -> list[tuple[str, date]]:
    """The act and those that amended it, by number and day, in their order."""
    act = text.plan.act
    return [(act.number, act.day), *((step.act.number, step.day) for step in text.steps)]
