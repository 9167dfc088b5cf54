"""The rules of inference, each a function under its own name: premises in, a grade or nothing out.

What each rule says, and where its limits lie, stands in ``ontology/rules.ttl`` under the same
number. A rule knows nothing of the others; ``grading`` asks them in order.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from kg.history.known import AttestationKey, Fact, Facts, Grade, Inference, Premise, TextStatus
from kg.history.timeline import Step
from kg.model import Deadline, Note, Period, Plan, Provision, Responsibility, Span

OFFSET = re.compile(r"P(?P<count>\d+)(?P<unit>[DWMY])")


def inferred(
    *rules: str, premises: Iterable[Premise], status: TextStatus | None = None, holds: bool = True
) -> Inference:
    """An inference of grade Inferred."""
    return Inference(Grade.INFERRED, rules, tuple(premises), status, holds)


def unmarked_is_original(provision: Provision, sibling_notes: list[Note]) -> Inference:
    """R1: unmarked among siblings that are marked one by one, so its words are the first ones."""
    premises = [provision.words.span, *(note.quote.span for note in sibling_notes)]
    return inferred("R1", premises=premises, status=TextStatus.ATTESTED_LATER)


def reworded_existed(note: Note) -> Inference:
    """R2 with R4: "in new wording" says that it existed, and nothing changed before the first
    act.
    """
    return inferred("R2", "R4", premises=[note.quote.span])


def removed_existed(note: Note) -> Inference:
    """R3 with R4: "removed" says that it existed until then."""
    return inferred("R3", "R4", premises=[note.quote.span])


def whole_of_changed(note: Note) -> Inference:
    """R9 with R4: what a note marks as changed is part of a whole that was there to be changed."""
    return inferred("R9", "R4", premises=[note.quote.span])


def unchanged(key: AttestationKey, before: Inference) -> Inference:
    """R4: what no act of the list touched stands as it did in the state before."""
    spans = [premise for premise in before.premises if isinstance(premise, Span)]
    return inferred("R4", premises=[key, *spans])


def heading_survives(provision: Provision, removal: Inference) -> Inference:
    """R10: what is left of a repealed section is its heading."""
    premises = [provision.words.span, *removal.premises]
    return inferred("R10", premises=premises, status=TextStatus.ATTESTED_LATER)


def body_not_before(body: Responsibility, written: date, facts: Facts) -> Inference | None:
    """R5: a responsibility isn't older than the body it names; ``written`` is the last act's
    date.
    """
    founded = facts.founded.get(body.agency)
    if founded is None or founded.day <= written:
        return None
    premises: list[Premise] = [*(quote.span for quote in body.quotes), founded.key]
    return inferred("R5", premises=premises, holds=False)


def body_not_after(body: Responsibility, later: list[Step], facts: Facts) -> Inference | None:
    """R6: a body that ended before every amender is none of their writing.

    An act is written by its date, whenever it takes effect.
    """
    ended = facts.ended.get(body.agency)
    if ended is None or any(step.act.day <= ended.latest for step in later):
        return None
    return inferred("R6", premises=[*(quote.span for quote in body.quotes), ended.key])


def cited_act_not_before(provision: Provision, written: date, facts: Facts) -> Inference | None:
    """R7: words that cite an act aren't older than it."""
    younger = [
        cited
        for cited in provision.citations
        if cited.key in facts.act_days and facts.act_days[cited.key] > written
    ]
    if not younger:
        return None
    premises: list[Premise] = [
        premise for cited in younger for premise in (cited.quote.span, cited.key)
    ]
    return inferred("R7", premises=premises, holds=False)


def deadline_not_after(deadline: Deadline, later: list[Step], facts: Facts) -> Inference | None:
    """R8: no act sets a deadline that has passed, so the row stood before every later act."""
    bound = latest_day(deadline, facts)
    if bound is None or any(step.day <= bound[0] for step in later):
        return None
    spans = [deadline.quote.span, *(step.act.quote.span for step in later)]
    return inferred("R8", premises=[*spans, *(fact.key for fact in bound[1])])


def latest_day(deadline: Deadline, facts: Facts) -> tuple[date, tuple[Fact, ...]] | None:
    """The last day of a deadline, with the fact or act that gives it where it runs from an act."""
    if deadline.due_by:
        return deadline.due_by, ()
    act = deadline.relative_to or ""
    passed = facts.became.get(act) or (
        Fact(act, facts.act_days[act]) if act in facts.act_days else None
    )
    if passed is None or deadline.offset is None:
        return None
    return add_duration(passed.day, deadline.offset), (passed,)


def add_duration(day: date, duration: str) -> date:
    """The day after a duration of whole days, weeks, months or years (ISO 8601, one unit).

    The day of the month is that of the start, or the month's last where it has no such day.
    Raises ``ValueError`` at any other duration.
    """
    found = OFFSET.fullmatch(duration)
    if found is None:
        raise ValueError(f"not a duration of one unit: {duration}")
    count = int(found["count"])
    if found["unit"] in "DW":
        return day + timedelta(days=count * (7 if found["unit"] == "W" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if found["unit"] == "Y" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def part_implies_whole(parts: Iterable[Premise]) -> Inference | None:
    """R9: a whole exists where a part of it, or what it frames, does."""
    premises = tuple(parts)
    return inferred("R9", premises=premises) if premises else None


def title_period(plan: Plan) -> Period | None:
    """The years that the act's own title names, or else the plan's."""
    return plan.provision("title").period or plan.provision("plan").period


def title_names_period(whole: Period | None, part: Period | None) -> Inference | None:
    """R11: a part for a period that the act's title names existed; its words are lost."""
    if not (whole and part and whole.first <= part.first and part.last <= whole.last):
        return None
    premises = [whole.quote.span, part.quote.span]
    return inferred("R11", premises=premises, status=TextStatus.NOT_PRESERVED)


def superseded_terms(provision: Provision, later: list[Step], facts: Facts) -> dict[str, Inference]:
    """R14: words that use a term which an act replaced are older than that; by term."""
    found: dict[str, Inference] = {}
    for term in dict.fromkeys(mention.key for mention in provision.terms):
        replaced = facts.replaced.get(term)
        if replaced and all(replaced.day < step.act.day for step in later):
            spans = [mention.quote.span for mention in provision.terms if mention.key == term]
            found[term] = inferred("R14", premises=[*spans, replaced.key])
    return found


def period_bounds(plan: Plan, provision: Provision) -> Period | None:
    """R18: a recurring deadline recurs within the years that its stage, or else the plan, names."""
    path: str = provision.path
    while path:
        whole = plan.provision(path)
        if whole.period:
            return whole.period
        path = whole.parent
    return title_period(plan)


def item_in_own_section(plan: Plan, provision: Provision) -> str | None:
    """R19: an item's bare number is that of a measure in the same section; its path."""
    funding = provision.cells.funding
    section = next((step for step in _wholes(plan, provision) if "/section-" in step), None)
    if funding is None or funding.item is None or section is None:
        return None
    path = f"{section.split('/measure-')[0]}/measure-{funding.item}"
    return path if any(part.path == path for part in plan.provisions) else None


def _wholes(plan: Plan, provision: Provision) -> Iterable[str]:
    path = provision.path
    while path:
        yield path
        path = plan.provision(path).parent


def held_in_source(provision: Provision, notes: Iterable[Note] = ()) -> Inference:
    """R21: what the consolidated text says, or its note says of a wording, stands as said."""
    premises = [provision.words.span, *(note.quote.span for note in notes)]
    return Inference(Grade.STATED, ("R21",), tuple(premises), TextStatus.VERBATIM)


def said_by_note(note: Note) -> Inference:
    """R21: a provision that a note says was worded anew, or brought in, stood from then on."""
    return Inference(Grade.STATED, ("R21",), (note.quote.span,))


def unmarked_in_amended_whole(notes: Iterable[Note]) -> Inference:
    """R22: a note over a whole marks no part of it, so what each act changed can't be told."""
    premises = tuple(note.quote.span for note in notes)
    return Inference(Grade.UNKNOWN, ("R22",), premises, TextStatus.ATTESTED_LATER)
