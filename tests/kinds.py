"""What made-up histories are made of, told of each from its notes and facts."""

from collections import Counter
from collections.abc import Iterator

from kg.model import AmendingAct, Change, Note
from tests.histories import FIRST, MadeUp

KINDS = (
    "several acts", "several acts on one day", "one act with several days of effect",
    "several changes of one provision", "several changes of one provision on one day",
    "replaced", "removed", "restored", "inserted", "corrected", "amended", "re-enacted",
    "a part of a whole that came in", "an act of the first day", "an act of later effect",
    "a deadline passed before an act", "a body founded after an act", "a body ended before an act",
)  # fmt: skip
"""What histories are made of; each is made, which a test makes sure of."""


def kinds_of(made_up: MadeUp) -> Iterator[str]:
    """What a plan's history is made of, in the words of ``KINDS``."""
    plan = made_up.plan
    acts = [act for note in plan.notes for act in note.acts]
    brought = {n.target for n in plan.notes if n.change in {Change.INSERTED, Change.RESTORED}}
    answers = {
        "several acts": len({act.number for act in acts}) > 1,
        "several acts on one day": _meet([(a.counts_from, a.number) for a in acts]),
        "one act with several days of effect": _meet([(a.number, a.counts_from) for a in acts]),
        "a part of a whole that came in": any(p.parent in brought for p in plan.provisions),
        "an act of the first day": any(act.counts_from == FIRST for act in acts),
        "an act of later effect": any(act.counts_from > act.day for act in acts),
    }
    yield from (kind for kind, is_so in answers.items() if is_so)
    yield from {str(note.change) for note in plan.notes}
    yield from _own_kinds(plan.notes)
    yield from _kinds_by_day(made_up, acts)


def _own_kinds(notes: tuple[Note, ...]) -> Iterator[str]:
    own = [(n.target, act) for n in notes if n.change is not Change.AMENDED for act in n.acts]
    if len(own) > len({target for target, _ in own}):
        yield "several changes of one provision"
    if len(own) > len({(target, act.counts_from) for target, act in own}):
        yield "several changes of one provision on one day"
    removed: set[str] = set()
    for note in notes:
        if note.change is Change.INSERTED and note.target in removed:
            yield "re-enacted"
        if note.change is Change.REMOVED:
            removed.add(note.target)


def _kinds_by_day(made_up: MadeUp, acts: list[AmendingAct]) -> Iterator[str]:
    deadlines = [p.cells.deadline for p in made_up.plan.provisions if p.cells.deadline]
    due = [deadline.due_by for deadline in deadlines if deadline.due_by]
    if any(day < act.counts_from for day in due for act in acts):
        yield "a deadline passed before an act"
    if any(fact.day > act.day for fact in made_up.facts.founded.values() for act in acts):
        yield "a body founded after an act"
    if any(fact.day < act.day for fact in made_up.facts.ended.values() for act in acts):
        yield "a body ended before an act"


def _meet(pairs: list[tuple[object, object]]) -> bool:
    """Whether several different pairs begin alike."""
    return max(Counter(first for first, _ in set(pairs)).values(), default=0) > 1
