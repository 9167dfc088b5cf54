"""What is known of a plan through time: states, versions, and attestations with their grades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.model import Span


class Grade(StrEnum):
    """How sure a statement is; the values are the local names of the terms in the graph."""

    STATED = "Stated"
    INFERRED = "Inferred"
    UNKNOWN = "Unknown"


class TextStatus(StrEnum):
    """Where words are known from."""

    VERBATIM = "Verbatim"
    ATTESTED_LATER = "AttestedLater"
    NOT_PRESERVED = "NotPreserved"


class Facet(StrEnum):
    """What of a version or cell is graded."""

    EXISTENCE = "ExistenceFacet"
    NUMBER = "NumberFacet"
    WORDS = "WordsFacet"
    PARTS = "PartsFacet"
    START = "StartFacet"
    TERM = "TermFacet"
    IDENTIFICATION = "IdentificationFacet"
    BOUNDS = "BoundsFacet"


@dataclass(frozen=True, slots=True)
class Fact:
    """A sourced fact: its address and its day.

    Where only bounds are held, ``day`` is the earliest that it can be (``date.min``: nothing bounds
    it) and ``last`` the latest (``date.max``: nothing does).
    """

    key: str
    day: date
    last: date | None = None

    @property
    def latest(self) -> date:
        """The day, or the latest that it can be."""
        return self.last or self.day


@dataclass(frozen=True, slots=True)
class BodyFact:
    """A sourced fact on bodies: those that ended with it, began with it, or were there on its day.

    ``confidence`` is that of its source, ``A`` or ``B``.
    """

    fact: Fact
    confidence: str
    ended: tuple[str, ...] = ()
    founded: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of a group from ``day`` until ``until`` (exclusive; ``None``: open), as sourced."""

    key: str
    group: str
    member: str
    day: date
    until: date | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The sourced facts that rules may use, by the address of what each is about."""

    founded: Mapping[str, Fact] = field(default_factory=dict)
    ended: Mapping[str, Fact] = field(default_factory=dict)
    became: Mapping[str, Fact] = field(default_factory=dict)
    replaced: Mapping[str, Fact] = field(default_factory=dict)
    act_days: Mapping[str, date] = field(default_factory=dict)
    wholes: Mapping[str, str] = field(default_factory=dict)  # a document's by its part
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # presumed
    bodies: tuple[BodyFact, ...] = ()
    groups: frozenset[str] = frozenset()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A version (``day`` is its first) or a cell of it."""

    path: str
    day: date
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class AttestationKey:
    """What identifies an attestation; ``detail`` tells apart several of one facet."""

    subject: Subject
    state: date
    facet: Facet
    detail: str = ""


Premise = Span | str | AttestationKey
"""A span of the source, the address of a fact or act, or another attestation."""


@dataclass(frozen=True, slots=True)
class Inference:
    """A grade with the rules that give it and what they rest on."""

    grade: Grade
    rules: tuple[str, ...]
    premises: tuple[Premise, ...]
    status: TextStatus | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is known of a subject in a state, in one facet."""

    key: AttestationKey
    inference: Inference


@dataclass(frozen=True, slots=True)
class EffectDate:
    """The bounds of the day an act took effect; ``latest`` is ``None`` where it isn't known."""

    earliest: date
    latest: date | None
    inference: Inference


@dataclass(frozen=True, slots=True)
class State:
    """The act as it stood from ``day`` until ``until`` (exclusive, ``None``: open)."""

    day: date
    until: date | None
    written: date  # the date of the latest document whose words it holds
    amenders: tuple[str, ...]  # "resolution/2014/1139", each applied up to this state
    effect: EffectDate


@dataclass(frozen=True, slots=True)
class Version:
    """A provision's version, valid from ``day`` until ``until`` (exclusive, ``None``: open)."""

    path: str
    day: date
    until: date | None
    lost: bool = False  # its words aren't preserved: a later wording took their place

    @property
    def subject(self) -> Subject:
        """The version as the subject of an attestation."""
        return Subject(self.path, self.day)

    def holds_on(self, day: date) -> bool:
        """Whether the version is valid on the day."""
        return self.day <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class History:
    """All that is known: states in their order, versions, attestations."""

    states: tuple[State, ...]
    versions: tuple[Version, ...]
    attestations: Mapping[AttestationKey, Inference]
