"""What a plan is, in plain objects: spans and quotes, provisions and their cells, notes, acts.

Every part of the making speaks of these. Agencies, concepts, acts and people appear by their
addresses, as strings that nothing here looks into.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of provision, in the field's words."""

    TITLE = "title"
    IDENTIFICATION = "identification"
    PREAMBLE = "preamble"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    APPROVAL = "approval"
    PLAN = "plan"
    NOTE = "note"
    COLUMN_HEAD = "column-head"
    STAGE = "stage"
    SECTION = "section"
    MEASURE = "measure"
    ITEM = "item"
    ABBREVIATION_LIST = "abbreviation-list"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of the source."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def covers(self, other: "Span") -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A span with its words: ``text`` equals the source at ``span``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something known: ``key`` is its address."""

    key: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body's part in a provision; several quotes where words are shared ("A and B's akims")."""

    agency: str
    quotes: tuple[Quote, ...]
    by_agreement: bool = False
    identified: bool = True  # False: the words are read as this body by inference only
    capacity: Mention | None = None
    holder: Mention | None = None
    agreement: Quote | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A form of completion: what is made, by whom (``author``), for whom, and what it is about."""

    type: str
    quote: Quote
    recipient: Mention | None = None
    author: Mention | None = None
    concerns: Mention | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of each year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """Days inclusive at both ends; or yearly, with month or days; or an offset from an act.

    ``recurrence`` and ``offset`` are ISO 8601 durations (``P1Y``, ``P1M``).
    """

    quote: Quote
    due_from: date | None = None
    due_by: date | None = None
    recurrence: str | None = None
    month: int | None = None
    month_days: tuple[MonthDay, ...] = ()
    relative_to: str | None = None
    offset: str | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """Where the money comes from; ``item`` is the number of the item of the plan it points to."""

    type: str
    quote: Quote
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """What a provision asks: who, what, by when, with what money."""

    responsibilities: tuple[Responsibility, ...] = ()
    outputs: tuple[Output, ...] = ()
    deadline: Deadline | None = None
    funding: Funding | None = None


class Change(StrEnum):
    """What a note says was done."""

    REPLACED = "replaced"
    REMOVED = "removed"
    INSERTED = "inserted"
    RESTORED = "restored"
    CORRECTED = "corrected"
    AMENDED = "amended"  # in parts that the note doesn't mark


class Effect(StrEnum):
    """When an act takes effect, by its own or a note's clause."""

    SIGNING = "signing"
    PUBLICATION = "publication"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class AmendingAct:
    """An act as a note cites it, with the clause on effect bound to it, if any.

    ``from_day`` is the day of effect where the clause gives one.
    """

    kind: str
    number: str
    day: date
    quote: Quote
    effect: Effect | None = None
    from_day: date | None = None

    @property
    def counts_from(self) -> date:
        """The day from which its changes count: the stated one, else the earliest possible."""
        return self.from_day or self.day


@dataclass(frozen=True, slots=True)
class Note:
    """The publisher's note on a change: what was done to which provision (``target``), by which
    acts.
    """

    change: Change
    target: str
    acts: tuple[AmendingAct, ...]
    quote: Quote


@dataclass(frozen=True, slots=True)
class Period:
    """Years ``first`` to ``last``, both included, as a heading names them."""

    first: int
    last: int
    quote: Quote


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A provision of the text itself, by its path; an empty path is the act."""

    path: str


Target = Part | str  # something else than a part of the text goes by its address


class Citing(StrEnum):
    """What in the words of a reference names that which they refer to."""

    DATE = "date"
    TITLE = "title"
    DRAFT = "draft"
    NAME = "name"
    KIND = "kind"
    SHORT_FORM = "short-form"
    SELF = "self"
    PART = "part"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer to an act, a document or a part, in a provision's words or cell."""

    citing: Citing
    provision: str
    place: str  # "words", "deadline", "output-1"
    start: int  # in code points from the beginning of the place
    quote: Quote
    fitting: tuple[Target, ...] = ()  # by date, title, name or definition
    presumed: tuple[Target, ...] = ()  # by a form that is itself an inference
    planned: tuple[str, ...] = ()  # planned acts of that title
    kind: str | None = None  # of the act: "law"
    title: str | None = None
    foreseen: bool = False  # a draft, or an act yet to be adopted
    number: str | None = None  # of the part
    definition: Quote | None = None  # of the short form
    subject: str | None = None  # what a plan is for, or of what kind documents are


@dataclass(frozen=True, slots=True)
class Provision:
    """One part of the text. ``path`` is its address below its act; ``parent`` the path it is part
    of.

    ``printed`` are the blocks of the source that this provision accounts for: together with the
    layout those of all provisions cover the source, each code point once.
    """

    path: str
    kind: Kind
    parent: str
    position: int
    span: Span
    words: Quote
    printed: tuple[Quote, ...]
    number: Quote | None = None
    cells: Cells = Cells()
    duties: tuple[Mention, ...] = ()
    topics: tuple[Mention, ...] = ()
    terms: tuple[Mention, ...] = ()
    things: tuple[Mention, ...] = ()  # what abbreviations in its row stand for, bodies aside
    citations: tuple[Mention, ...] = ()
    period: Period | None = None
    printed_with: str | None = None
    stands_for: str | None = None
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Identification:
    """The act itself as its first lines give it."""

    kind: str
    number: str
    day: date
    quote: Quote
    signatory: Mention | None = None
    based_on: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole text, read: the act, its provisions and references in order, notes, and layout."""

    act: Identification
    provisions: tuple[Provision, ...]
    notes: tuple[Note, ...]
    layout: tuple[Span, ...]
    references: tuple[Reference, ...] = ()
    _by_path: dict[str, Provision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_path = {provision.path: provision for provision in self.provisions}
        if len(by_path) != len(self.provisions):
            raise ValueError("two provisions have one path")
        object.__setattr__(self, "_by_path", by_path)

    def provision(self, path: str) -> Provision:
        """The provision at ``path``; ``KeyError`` where there is none."""
        return self._by_path[path]

    def parts(self, path: str) -> tuple[Provision, ...]:
        """The direct parts of the provision at ``path``, in document order."""
        return tuple(provision for provision in self.provisions if provision.parent == path)
