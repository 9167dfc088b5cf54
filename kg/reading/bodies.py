"""Lists of bodies: "ӨДМ, …, облыстардың, Астана және Алматы қалаларының әкімдері, ОСК (келісім
бойынша)".

list         = member { "," member }
member       = ( coordination | form ) [ "(келісім бойынша)" ]
coordination = modifier { "," modifier } "және" modifier head
"""

import re
from collections.abc import Iterator

from kg.model import Mention, Quote, Responsibility
from kg.reading.asked import Asked
from kg.reading.reader import Reader
from kg.reading.vocabulary import Lexicon

BY_AGREEMENT = re.compile(r"\s*\(келісім\s+бойынша\)")  # "ОСК (келісім бойынша)"
SEPARATOR = re.compile(r"\s*,\s*")
MEMBER_END = re.compile(r"\s*(?:,|\(|$)")
UNKNOWN = re.compile(r"[^,(]+(?:\([^)]*\))?")
COORDINATED = re.compile(r"[^(]+")


def read_bodies(reader: Reader, cell: Quote) -> tuple[Responsibility, ...]:
    """The bodies that a whole cell lists, in its order.

    Raises ``ReadingError`` at a body that the vocabulary doesn't know.
    """
    found, end = read_list(reader, cell, 0, reader.vocabulary.agencies, MEMBER_END)
    if cell.text.endswith(","):
        reader.refuse(cell, "a list that ends with a comma", Asked.KNOWN_FORM)
    if not found or cell.text[end:].strip():
        reader.refuse(
            _unknown(reader, cell, end), "a body that isn't known", Asked.KNOWN_WORD, _file(reader)
        )
    return found


def _unknown(reader: Reader, cell: Quote, start: int) -> Quote:
    """The words from ``start`` on that name no body: to a comma, or all of a coordination."""
    words = UNKNOWN.match(cell.text, start)
    shared = {modifier for modifiers in reader.vocabulary.heads.values() for modifier in modifiers}
    if words and words[0].strip() in shared:
        words = COORDINATED.match(cell.text, start)
    return reader.source.within(cell, start, words.end() if words else len(cell.text))


def read_list(
    reader: Reader, words: Quote, start: int, forms: Lexicon, boundary: re.Pattern[str]
) -> tuple[tuple[Responsibility, ...], int]:
    """As many bodies as stand from ``start`` on, and where the first word that is none begins.

    A form counts only where ``boundary`` follows it (or the mark of agreement).
    """
    found: list[Responsibility] = []
    at = start
    while True:
        member = _read_member(reader, words, at, forms)
        if member is None or not (boundary.match(words.text, member[1])):
            return tuple(found), at
        bodies, at = member
        agreed = BY_AGREEMENT.match(words.text, at)
        agreement = reader.source.within(words, *agreed.span()) if agreed else None
        at = agreed.end() if agreed else at
        found += [
            Responsibility(agency, quotes, bool(agreed), identified, agreement=agreement)
            for agency, quotes, identified in bodies
        ]
        separator = SEPARATOR.match(words.text, at)
        if separator is None:
            return tuple(found), at
        at = separator.end()


Member = tuple[str, tuple[Quote, ...], bool]


def _read_member(
    reader: Reader, words: Quote, at: int, forms: Lexicon
) -> tuple[list[Member], int] | None:
    coordination = reader.vocabulary.coordination.match(words.text, at)
    if coordination:
        return list(_coordinated(reader, words, coordination)), coordination.end()
    for lexicon, identified in ((forms, True), (reader.vocabulary.agencies_inferred, False)):
        if named := lexicon.match(words.text, at):
            key, end = named
            return [(key, (reader.source.within(words, at, end),), identified)], end
    return None


def _coordinated(reader: Reader, words: Quote, found: re.Match[str]) -> Iterator[Member]:
    head = " ".join(found["head"].split())
    shared = reader.source.within(words, *found.span("head"))
    start = found.start("modifiers")
    for modifier in re.finditer(r"[^\s,]+", found["modifiers"]):
        if modifier[0] == "және":
            continue
        quote = reader.source.within(words, start + modifier.start(), start + modifier.end())
        agency = reader.vocabulary.modifier_agency(modifier[0], head)
        if agency is None:
            reader.refuse(
                quote, f"a body that isn't known before «{head}»", Asked.KNOWN_WORD, _file(reader)
            )
        yield agency, (quote, shared), True


def read_recipient(reader: Reader, words: Quote, start: int, end: int) -> Mention | None:
    """The first body in the dative between ``start`` and ``end``."""
    for key, at, stop in reader.vocabulary.agencies_dative.find(words.text[:end]):
        if at >= start:
            return reader.mention(words, key, at, stop)
    return None


def _file(reader: Reader) -> str:
    return reader.vocabulary.agencies.file
