"""The plan as far as it has been read, and what headings share: their numbers and years."""

import re
from dataclasses import dataclass, field, replace

from kg.model import Kind, Note, Period, Provision, Quote
from kg.reading.asked import Asked
from kg.reading.layout import NUMBERED
from kg.reading.notes import read_note
from kg.reading.reader import Reader

# Reads «2013 — 2020 жылдарға арналған», «(2013 - 2014 жылдар)»
PERIOD = re.compile(r"(?P<first>\d{4})\s*[-–—]\s*(?P<last>\d{4})\s+жылдар(?:ға)?(?!\w)")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass
class Draft:
    """The provisions and notes found so far, in the order of the text."""

    reader: Reader
    provisions: list[Provision] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, provision: Provision) -> None:
        """Add a provision, with the terms in its words and the things that its row names.

        Raises ``ReadingError`` where its number has been given already.
        """
        if any(known.path == provision.path for known in self.provisions):
            self.reader.refuse(
                provision.number or provision.words, "a number that stands twice", Asked.NUMBER_ONCE
            )
        vocabulary = self.reader.vocabulary
        terms = self.reader.mentions(provision.words, vocabulary.terms)
        printed = [self.reader.mentions(quote, vocabulary.concepts) for quote in provision.printed]
        things = tuple(mention for mentions in printed for mention in mentions)
        self.provisions.append(replace(provision, terms=terms, things=things))

    def add_title(self, words: Quote) -> None:
        """Add the act's title, with the years that it names."""
        period = period_in(self.reader, words)
        self.add(Provision("title", Kind.TITLE, "", 0, words.span, words, (words,), period=period))

    def add_text(self, path: str, kind: Kind, words: Quote, parent: str = "") -> None:
        """Add a provision that is nothing but its words."""
        self.add(Provision(path, kind, parent, 0, words.span, words, (words,)))

    def add_note(self, words: Quote, target: str) -> None:
        """Add a note that stands behind the provision at ``target``."""
        self.notes.append(read_note(self.reader, words, target))
        self.add_text(f"note-{len(self.notes)}", Kind.NOTE, words)


def split_number(reader: Reader, quote: Quote) -> tuple[Quote, Quote]:
    """A heading's or paragraph's number and its words."""
    found = NUMBERED.match(quote.text)
    if found is None:
        reader.refuse(quote, "words without a number", Asked.KNOWN_FORM)
    number = reader.source.within(quote, *found.span("number"))
    return number, reader.source.within(quote, found.end(), len(quote.text))


def find_period(reader: Reader, words: Quote) -> Period | None:
    """The years that a title or heading names; ``ReadingError`` at years in another form."""
    period = period_in(reader, words)
    if period is None and YEAR.search(words.text):
        reader.refuse(
            words, "years of no known form", Asked.KNOWN_FORM, "PERIOD of kg/reading/draft.py"
        )
    return period


def period_in(reader: Reader, words: Quote) -> Period | None:
    """The first years that words name as a period, if they do."""
    found = PERIOD.search(words.text)
    if found is None:
        return None
    quote = reader.source.within(words, *found.span())
    return Period(int(found["first"]), int(found["last"]), quote)
