"""Words in which references are sought: what has been found, and which words are taken."""

import re
from dataclasses import dataclass, field
from typing import Any

from kg.model import Citing, Quote, Reference
from kg.reading.reader import Reader

NESTED = frozenset({Citing.NAME, Citing.KIND})
"""What may stand inside another reference: "… тұжырымдамасын" in the title of the decree."""


@dataclass
class Passage:
    """The words of a provision or of one of its cells (``place``)."""

    reader: Reader
    provision: str
    place: str
    words: Quote
    found: list[Reference] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)

    def add(self, citing: Citing, at: re.Match[str] | tuple[int, int], **what: Any) -> None:
        """Add a reference by the words at a match or span, unless a reference found before has
        them; ``what`` are fields of ``Reference``.
        """
        span = at if isinstance(at, tuple) else at.span()
        others = self.names if citing in NESTED else self.taken
        if any(start < span[1] and span[0] < end for start, end in others):
            return
        if citing in NESTED:
            self.names.append(span)
        self.taken.append(span)
        quote = self.reader.source.within(self.words, *span)
        self.found.append(Reference(citing, self.provision, self.place, span[0], quote, **what))

    def take(self, at: re.Match[str]) -> None:
        """Keep the words at a match from being read as a reference."""
        self.taken.append(at.span())
