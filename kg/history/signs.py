"""What shows that a body was there on a day: words written then that name it, and sourced facts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.history.known import (
    AttestationKey,
    Facet,
    Facts,
    Grade,
    History,
    Premise,
    Subject,
    Version,
)
from kg.model import Plan, Provision

TEXT = ""
"""The confidence of what the text held shows: no source bounds it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A body was there on a day from ``earliest`` to ``latest``, both included, by a rule."""

    earliest: date
    latest: date
    premise: Premise
    rule: str
    grade: Grade = Grade.INFERRED
    confidence: str = TEXT


def signs_of_facts(facts: Facts) -> dict[str, list[Sign]]:
    """R39: a body was there on the day of a fact that shows it, and the day before its end."""
    found: dict[str, list[Sign]] = defaultdict(list)
    for told in facts.bodies:
        fact = told.fact
        for body in (*told.founded, *told.present):
            # One that began by a day was there on it; of one that was there, only bounds are held.
            first = fact.latest if body in told.founded else fact.day
            sign = Sign(first, fact.latest, fact.key, "R39", confidence=told.confidence)
            found[body].append(sign)
        for body in told.ended if fact.day > date.min else ():
            before = fact.day - timedelta(days=1)
            sign = Sign(before, before, fact.key, "R39", confidence=told.confidence)
            found[body].append(sign)
    return found


def signs_of_text(plan: Plan, history: History) -> dict[str, list[Sign]]:
    """R38: a body that words name was there when they were written, on a day or between two."""
    found: dict[str, dict[tuple[date, date, Grade], Sign]] = defaultdict(dict)
    by_path: dict[str, list[Version]] = defaultdict(list)
    for version in history.versions:
        by_path[version.path].append(version)
    for provision in plan.provisions:
        for version in by_path[provision.path]:
            later = version != by_path[provision.path][0]
            for cell, body in _named(provision) if not version.lost else ():
                subject = Subject(version.path, version.day, cell)
                sign = _written(history, subject, later=later)
                if sign:
                    # One sign of a kind is enough; the first in the order of the text is taken.
                    kind = (sign.earliest, sign.latest, sign.grade)
                    found[body].setdefault(kind, sign)
    return {body: list(signs.values()) for body, signs in found.items()}


def _named(provision: Provision) -> Iterator[tuple[str, str]]:
    """The cells of a provision that name bodies, with these."""
    cells = provision.cells
    for number, one in enumerate(cells.responsibilities, start=1):
        yield f"responsibility-{number}", one.agency
    for number, output in enumerate(cells.outputs, start=1):
        for mention in (output.recipient, output.author):
            if mention:
                yield f"output-{number}", mention.key


def _written(history: History, subject: Subject, *, later: bool) -> Sign | None:
    """When a cell was written, by the states in which it stands for certain, may stand, or doesn't.

    ``later`` where a note tells that its version took the place of another.
    """
    states = [s for s in history.states if not later or s.day >= subject.day]
    earliest = states[0].written if states else date.max
    for state, following in zip(states, [*states[1:], None], strict=True):
        key = AttestationKey(subject, state.day, Facet.EXISTENCE)
        known = history.attestations.get(key)
        if known is not None and not known.holds:
            # Proved absent from this state, so that a later act wrote it.
            earliest = following.written if following else date.max
        elif known is not None and known.grade is not Grade.UNKNOWN and earliest < date.max:
            certain = earliest == state.written and known.grade is Grade.STATED
            grade = Grade.STATED if certain else Grade.INFERRED
            return Sign(earliest, state.written, key, "R38", grade)
    return None
