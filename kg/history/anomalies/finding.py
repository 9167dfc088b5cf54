"""What a detector is given and what it finds; and the ways through a plan that detectors share."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.history.known import Facts
from kg.history.timeline import Step, steps_of
from kg.model import Kind, Plan, Provision, Quote, Span
from kg.reading.source import Source

ROWS = frozenset({Kind.MEASURE, Kind.ITEM})


@dataclass(frozen=True, slots=True)
class Place:
    """Words that are odd, and the path of the provision they stand in; empty: the act itself."""

    path: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Finding:
    """What one detector found. ``key`` tells apart several findings of one detector, and comes from
    their content; ``values`` fill the gaps in what is said of them, and ``name`` among them stands
    for the key where people read it.
    """

    places: tuple[Place, ...]
    key: str = ""
    values: Mapping[str, str | date] = field(default_factory=dict)


Findings = Iterator[Finding]


@dataclass(frozen=True)
class Text:
    """All that a detector may look at: the source, the plan read from it, the sourced facts."""

    source: Source
    plan: Plan
    facts: Facts

    @property
    def steps(self) -> tuple[Step, ...]:
        """The amending acts in their order."""
        return steps_of(self.plan)

    def rows(self) -> Iterator[Provision]:
        """The measures and items, in document order."""
        return (part for part in self.plan.provisions if part.kind in ROWS)

    def of_kind(self, *kinds: Kind) -> list[Provision]:
        """The provisions of some kinds, in document order."""
        return [part for part in self.plan.provisions if part.kind in kinds]

    def stage(self, provision: Provision) -> Provision | None:
        """The stage that a provision stands in, if any."""
        path = provision.path
        while path:
            part = self.plan.provision(path)
            if part.kind is Kind.STAGE:
                return part
            path = part.parent
        return None

    def home(self, span: Span) -> str:
        """The path of the smallest provision that prints a span; empty where none does."""
        found = [
            (quote.span.end - quote.span.start, -part.position, part.path)
            for part in self.plan.provisions
            for quote in quotes_of(part)
            if quote.span.covers(span)
        ]
        return min(found)[2] if found else ""

    def search(self, pattern: str) -> tuple[Place, ...]:
        """Each match of a pattern in the source, at home where it stands; no blanks are shed."""
        found = []
        for match in re.finditer(pattern, self.source.text, re.MULTILINE):
            quote = Quote(Span(*match.span()), match[0])
            words = self.source.quote(*match.span())
            found.append(Place(self.home(words.span), quote))
        return tuple(found)


def quotes_of(provision: Provision) -> tuple[Quote, ...]:
    """All that a provision prints: its blocks, its words, its number; each once."""
    number = [provision.number] if provision.number else []
    return tuple(sorted({*provision.printed, provision.words, *number}))


def part_of(quote: Quote, start: int, end: int) -> Quote:
    """The words from ``start`` to ``end`` of a quote."""
    first = quote.span.start
    return Quote(Span(first + start, first + end), quote.text[start:end])


def fold(words: str) -> str:
    """Words on one line, single blanks between them."""
    return " ".join(words.split())


def found(places: list[Place], key: str = "", **values: str | date) -> Findings:
    """One finding of all the places, or none where there are none."""
    if places:
        in_order = sorted(set(places), key=lambda place: (place.quote, place.path))
        yield Finding(tuple(in_order), key, values)


def in_words(day: date) -> str:
    """A day as English prose has it: ``27 October 2014``."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
