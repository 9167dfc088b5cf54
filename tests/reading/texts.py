"""Small texts to read: a source of a few words, and the whole of them as a quote."""

from kg.model import Quote
from kg.reading.reader import Reader
from kg.reading.source import FIELDS, Source
from kg.reading.vocabulary import Vocabulary


def source_of(text: str) -> Source:
    """A source of these words, with a manifest that says nothing of them."""
    return Source(text, dict.fromkeys(FIELDS, "text.txt"))


def quote_all(text: str, vocabulary: Vocabulary) -> tuple[Reader, Quote]:
    """A reader of a text, and the text as one quote, without the blanks around it."""
    source = source_of(text)
    return Reader(source, vocabulary), source.quote(0, len(text))
