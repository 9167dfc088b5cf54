"""What may differ between two days, as plain data: no engine, no format.

Grades, text statuses, kinds of change and rules are given by their local names (``Stated``,
``AttestedLater``, ``replaced``, ``R12``), addresses as IRIs, days as ``YYYY-MM-DD``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.asking.asof import State
from kg.asking.nodes import Name, Quote, Start
from kg.asking.words import Run

__all__ = [
    "Certainty",
    "Difference",
    "Item",
    "OnlyEvidence",
    "Open",
    "Origin",
    "Proof",
    "ProvisionChange",
    "Said",
    "Side",
    "Standing",
    "StatementChange",
]

Certainty = Literal["certain", "possible", "unattributed"]
"""``certain``: an act did it. ``possible``: an act may have. ``unattributed``: no act is known."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two days: the state that answers for it, and the bounds of that state's start."""

    day: date
    state: State
    start: Start


@dataclass(frozen=True, slots=True)
class Origin:
    """An amendment behind a change: the act, what its note says it did, since when, and the note.

    ``certain`` is false for what the act may have done.
    """

    iri: str
    certain: bool
    change: str
    act: str
    act_label: str
    start: Start
    notes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a provision stands in a state: in its ``graph`` or in its ``possible``, with its grades.

    ``parts_lost`` is true where it had parts that aren't preserved.
    """

    where: Literal["graph", "possible"]
    existence: str
    words: str
    text_status: str
    parts_lost: bool

    @property
    def lost(self) -> bool:
        """Whether its words, and so its cells, are not preserved."""
        return self.text_status == "NotPreserved"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in one state. ``value`` is an IRI or the printed words; ``node`` a cell's IRI.

    ``properties`` are a cell's own statements but for place and evidence, by local name.
    """

    value: str
    label: str
    grade: str
    node: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to be compared. ``what`` is its kind, ``property`` the IRI that leads to it.

    Two items are the same statement where ``what`` and ``key`` agree; two that differ are one
    statement that changed where ``what`` and ``about`` agree.
    """

    what: str
    property: str
    about: str
    key: tuple[str, ...]
    position: int
    said: Said


@dataclass(frozen=True, slots=True)
class Proof:
    """The attestation (IRI) that something was not there, and the rules by which it is known."""

    iri: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement added, removed or changed; ``unknown`` where the other side is not preserved.

    ``words`` is the change word by word where both sides have words. ``proof`` is there where it is
    attested that the statement did not stand in the earlier state.
    """

    what: str
    property: str
    kind: Literal["added", "removed", "changed", "unknown"]
    certainty: Certainty
    before: Said | None
    after: Said | None
    words: tuple[Run, ...] = ()
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """What the sources don't tell of the earlier state, so that it may have been otherwise.

    ``what`` is ``existence``, ``words``, ``parts`` or the kind of a cell; ``node`` the cell's IRI.
    """

    what: str
    label: str
    node: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that changed, or may have: on either side ``None`` where it isn't there."""

    provision: str
    name: Name
    kind: Literal["added", "removed", "replaced", "amended"]
    certainty: Certainty
    editorial: bool
    origins: tuple[Origin, ...]
    before: Standing | None
    after: Standing | None
    statements: tuple[StatementChange, ...]
    open: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class OnlyEvidence:
    """A provision of which only the evidence differs: not a change of the plan."""

    provision: str
    name: Name
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two days; nothing where one state answers for both."""

    release: str
    before: Side
    after: Side
    changes: tuple[ProvisionChange, ...]
    only_evidence: tuple[OnlyEvidence, ...]

    def of_certainty(self, certainty: Certainty) -> list[ProvisionChange]:
        """The changes of a certainty, in the order of the text."""
        return [change for change in self.changes if change.certainty == certainty]
