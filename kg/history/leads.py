"""What a reference leads to: a target or candidates, each with its grade, its rules and what these
rest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.history.known import Grade, Inference, Premise
from kg.model import Reference, Target


class Status(StrEnum):
    """How far it is known what a reference refers to."""

    RESOLVED = "resolved"
    CANDIDATES = "candidates"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Lead:
    """One thing that a reference leads to, or may lead to, and how that is known."""

    target: Target
    inference: Inference


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with what it leads to: ``target``, or else ``candidates``, or neither.

    Beside a planned act as the target, ``candidates`` are the acts that it may have become.
    ``rules`` are those by which the reference is read, the first of them the one that decides.
    """

    reference: Reference
    rules: tuple[str, ...]
    target: Lead | None = None
    candidates: tuple[Lead, ...] = ()

    @property
    def status(self) -> Status:
        """Whether the reference is resolved, has candidates only, or neither."""
        if self.target:
            return Status.RESOLVED
        return Status.CANDIDATES if self.candidates else Status.UNRESOLVED

    @property
    def grade(self) -> Grade:
        """How sure the target is; unknown where there is none."""
        return self.target.inference.grade if self.target else Grade.UNKNOWN

    @property
    def leads(self) -> tuple[Lead, ...]:
        """The target and the candidates."""
        return (self.target, *self.candidates) if self.target else self.candidates

    @property
    def all_rules(self) -> tuple[str, ...]:
        """The rules of the reference and of its leads, each once."""
        led = (rule for lead in self.leads for rule in lead.inference.rules)
        return tuple(dict.fromkeys((*self.rules, *led)))


def lead_to(
    reference: Reference,
    target: Target,
    grade: Grade,
    rules: tuple[str, ...],
    premises: Iterable[Premise] = (),
) -> Lead:
    """A lead; beside its premises it rests on the reference's own words."""
    own = reference.quote.span
    return Lead(target, Inference(grade, rules, (own, *(p for p in premises if p != own))))


def resolve_to(
    reference: Reference,
    target: Target,
    grade: Grade,
    rules: tuple[str, ...],
    premises: Iterable[Premise] = (),
) -> Resolved:
    """A reference with its target."""
    return Resolved(reference, rules, lead_to(reference, target, grade, rules, premises))


def stated(reference: Reference, rule: str, *premises: Premise) -> Resolved | None:
    """What the text says of itself; nothing where what it says fits nothing, or several things."""
    if len(reference.fitting) != 1:
        return None
    return resolve_to(reference, reference.fitting[0], Grade.STATED, (rule,), premises)
