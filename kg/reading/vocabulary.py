"""The words a text may use, as plain objects, and how they are found in it.

A loader fills these from the curated data; nothing here knows in what format they are kept. Blanks
in a form stand for any run of white space in the text, no-break spaces and line ends included.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


class Lexicon:
    """Forms of words, each with what it means; the longest form wins."""

    def __init__(self, forms: Mapping[str, str], file: str, *, stems: bool = False) -> None:
        """``forms`` maps a form to a key; ``file`` is where a missing form is to be added.

        With ``stems`` a form need only begin a word; else it must be followed by no letter.
        """
        self.file = file
        self._keys = {_fold(form): key for form, key in forms.items()}
        alternatives = sorted(self._keys, key=lambda form: (-len(form), form))
        pattern = "|".join(r"\s+".join(map(re.escape, form.split())) for form in alternatives)
        end = "" if stems else r"(?!\w)"
        self._pattern = re.compile(rf"(?<![\w«])(?:{pattern}){end}") if forms else None

    def __len__(self) -> int:
        return len(self._keys)

    def match(self, text: str, start: int = 0) -> tuple[str, int] | None:
        """The key of the form that begins at ``start``, and where it ends."""
        found = self._pattern.match(text, start) if self._pattern else None
        return (self._keys[_fold(found[0])], found.end()) if found else None

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each form in the text, from left to right, as key, start and end."""
        for found in self._pattern.finditer(text) if self._pattern else ():
            yield self._keys[_fold(found[0])], found.start(), found.end()


def _fold(form: str) -> str:
    return " ".join(form.split())


@dataclass(frozen=True)
class KnownAct:
    """An act that a text may cite: by kind, day and number, or by its title."""

    key: str
    kind: str
    number: str
    day: date
    title: str | None = None


@dataclass(frozen=True)
class Named:
    """Something that texts refer to by name: an act, a document, a part of one.

    ``forms`` are its names in the nominative, ``inferred_forms`` those that only an inference gives
    it; ``whole`` is what it is part of. ``of_many`` marks the name of many documents of one kind.
    """

    key: str
    forms: tuple[str, ...]
    inferred_forms: tuple[str, ...] = ()
    whole: str | None = None
    of_many: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All that a reader of one text knows beforehand.

    ``heads`` maps the shared head of a coordination to the modifiers that may stand before it, each
    with its agency: "oblasts', Astana and Almaty cities' akims". ``planned`` maps the titles of
    acts that are only planned to their addresses.
    """

    agencies: Lexicon
    agencies_genitive: Lexicon
    agencies_dative: Lexicon
    agencies_inferred: Lexicon
    heads: Mapping[str, Mapping[str, str]]
    people: Lexicon
    people_dative: Lexicon
    outputs: Lexicon
    outputs_dative: Lexicon
    fundings: Lexicon
    topics: Lexicon
    duties: Lexicon
    capacities: Lexicon
    concepts: Lexicon
    terms: Lexicon
    months: Lexicon
    months_dative: Lexicon
    months_attributive: Lexicon
    acts: tuple[KnownAct, ...] = ()
    acts_file: str = ""
    planned: Mapping[str, str] = field(default_factory=dict)
    named: tuple[Named, ...] = ()

    @cached_property
    def coordination(self) -> re.Pattern[str]:
        """Modifiers joined by commas and "және" before a shared head, as one pattern."""
        modifiers = {form for forms in self.heads.values() for form in forms}
        if not modifiers:
            return re.compile(r"(?!)")
        one = "|".join(re.escape(form) for form in sorted(modifiers, key=lambda m: (-len(m), m)))
        head = "|".join(
            r"\s+".join(map(re.escape, form.split()))
            for form in sorted(self.heads, key=lambda h: (-len(h), h))
        )
        return re.compile(
            rf"(?P<modifiers>(?:{one})(?:,\s*(?:{one}))*\s+және\s+(?:{one}))\s+(?P<head>{head})(?!\w)"
        )

    def modifier_agency(self, modifier: str, head: str) -> str | None:
        """The agency that a modifier names before a head, or before the last words of it.

        "облыстардың … қалаларының әкімдері": the oblasts' akims share only the head's last word.
        """
        words = head.split()
        for start in range(len(words)):
            agency = self.heads.get(" ".join(words[start:]), {}).get(modifier)
            if agency:
                return agency
        return None

    def act(self, kind: str, day: date, number: str | None, title: str | None) -> str | None:
        """The one act of that kind and day, and of that number or title where given.

        An act of no known title is found by its number only.
        """
        found = [
            act.key
            for act in self.acts
            if (act.kind, act.day) == (kind, day)
            and number in (None, act.number)
            and (title is None or _fold(title) == _fold(act.title or (title if number else "")))
        ]
        return found[0] if len(found) == 1 else None

    def acts_titled(self, kind: str, title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The acts of that kind and title that have passed, and the planned acts of that title."""
        passed = [
            act.key
            for act in self.acts
            if act.kind == kind and act.title and _fold(act.title) == _fold(title)
        ]
        planned = [key for name, key in self.planned.items() if _fold(name) == _fold(title)]
        return tuple(passed), tuple(planned)

    def act_titled(self, title: str) -> str | None:
        """The act of that title: the planned one, or else the one that is known to have passed."""
        for name, key in self.planned.items():
            if _fold(name) == _fold(title):
                return key
        passed = [act.key for act in self.acts if act.title and _fold(act.title) == _fold(title)]
        return passed[0] if len(passed) == 1 else None
