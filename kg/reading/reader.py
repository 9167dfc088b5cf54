"""What every grammar needs: the source, the vocabulary, and one way to say that words aren't
known.
"""

from dataclasses import dataclass
from typing import NoReturn

from kg.model import Mention, Quote
from kg.reading.source import ReadingError, Source
from kg.reading.vocabulary import Lexicon, Vocabulary


@dataclass(frozen=True)
class Reader:
    """A source with the vocabulary it is read by."""

    source: Source
    vocabulary: Vocabulary

    def refuse(self, words: Quote, what: str, rule: str, file: str | None = None) -> NoReturn:
        """Stop at words that break a rule: one of ``Asked``, or of evidence (``R12``). ``file`` is
        where the words are to be added, if anywhere.

        Raises ``ReadingError`` always.
        """
        remedy = f"Add the words to {file}, or correct the source." if file else None
        raise ReadingError(self.source, words.span, what, rule, remedy)

    def mention(self, quote: Quote, key: str, start: int, end: int) -> Mention:
        """A mention of ``key`` by the words from ``start`` to ``end`` of ``quote``."""
        return Mention(key, self.source.within(quote, start, end))

    def mentions(self, quote: Quote, lexicon: Lexicon) -> tuple[Mention, ...]:
        """Every form of a lexicon in the words of ``quote``, in their order."""
        return tuple(self.mention(quote, *found) for found in lexicon.find(quote.text))
