"""The duties in a resolution's own paragraphs: who, what, to whom, on which days each year.

    paragraph = [ subject ] { … predicate } "."
    subject   = list of bodies (nominative), or list of bodies (genitive) with a capacity
    holder    = body (nominative) person (dative), before a predicate that lays a duty on somebody

Predicates are vocabulary ("қамтамасыз етсін", "ақпарат берсін"); a paragraph without any isn't
understood.
"""

import re
from dataclasses import replace

from kg.model import Cells, Deadline, Mention, Output, Quote, Responsibility
from kg.reading.asked import Asked
from kg.reading.bodies import read_list, read_recipient
from kg.reading.dates import read_yearly_days
from kg.reading.reader import Reader

ANYTHING = re.compile(r"")
# What stands before a capacity: "… мемлекеттік органдардың (келісім бойынша)"
IN_GENITIVE = re.compile(r"[дтн][ыі]ң(?:\s*\(келісім\s+бойынша\))?[\s,]*$")
# "етсін", "берсін", "жүктелсін", but not the impersonal "бекітілсін"
LAID_ON_SOMEBODY = re.compile(r"(?:(?<!л)|жүктел)с[іы]н$")
CAPITAL_SUBJECT = re.compile(r"[^,]*?\b(?:министрлігі|агенттігі|комитеті|комиссиясы)\b")


def read_duties(reader: Reader, words: Quote) -> tuple[tuple[Mention, ...], Cells]:
    """The duties of one paragraph and what they ask. Raises ``ReadingError`` at what isn't
    known.
    """
    duties = reader.mentions(words, reader.vocabulary.duties)
    if not duties:
        file = reader.vocabulary.duties.file
        reader.refuse(
            words, "a paragraph without a predicate that is known", Asked.KNOWN_WORD, file
        )
    bodies = _subject(reader, words) or _holders(reader, words)
    if not bodies and (named := CAPITAL_SUBJECT.match(words.text)):
        quote = reader.source.within(words, *named.span())
        reader.refuse(
            quote, "a body that isn't known", Asked.KNOWN_WORD, reader.vocabulary.agencies.file
        )
    if not bodies and any(LAID_ON_SOMEBODY.search(duty.quote.text) for duty in duties):
        files = f"{reader.vocabulary.agencies.file} or {reader.vocabulary.people.file}"
        reader.refuse(words, "a duty that falls on nobody known", Asked.KNOWN_WORD, files)
    outputs, deadline = _information(reader, words, duties)
    return duties, Cells(bodies, outputs, deadline, None)


def _subject(reader: Reader, words: Quote) -> tuple[Responsibility, ...]:
    """The bodies that the paragraph begins with: "A, B, C's first heads", or "A"."""
    vocabulary = reader.vocabulary
    genitive, end = read_list(reader, words, 0, vocabulary.agencies_genitive, ANYTHING)
    if genitive and IN_GENITIVE.search(words.text[:end]):
        _check_end(reader, words, end)
        blank = len(words.text[end:]) - len(words.text[end:].lstrip())
        found = vocabulary.capacities.match(words.text, end + blank)
        if found is None:
            file = vocabulary.capacities.file
            reader.refuse(
                _beginning(reader, words, end),
                "a capacity that isn't known",
                Asked.KNOWN_WORD,
                file,
            )
        capacity = reader.mention(words, found[0], end + blank, found[1])
        return tuple(replace(body, capacity=capacity) for body in genitive)
    nominative, end = read_list(reader, words, 0, vocabulary.agencies, ANYTHING)
    _check_end(reader, words, end)
    return nominative


def _check_end(reader: Reader, words: Quote, end: int) -> None:
    """A list of bodies doesn't end with a comma: then a body follows that isn't known."""
    if words.text[:end].rstrip().endswith(","):
        file = reader.vocabulary.agencies.file
        reader.refuse(
            _beginning(reader, words, end), "a body that isn't known", Asked.KNOWN_WORD, file
        )


def _beginning(reader: Reader, words: Quote, start: int) -> Quote:
    return reader.source.within(words, start, min(start + 60, len(words.text)))


def _holders(reader: Reader, words: Quote) -> tuple[Responsibility, ...]:
    """Bodies on whose holder, named behind them in the dative, a duty is laid."""
    found = []
    for key, start, end in reader.vocabulary.people_dative.find(words.text):
        for agency, at, stop in reader.vocabulary.agencies.find(words.text[:start]):
            if not words.text[stop:start].strip():
                holder = reader.mention(words, key, start, end)
                quote = reader.source.within(words, at, stop)
                found.append(Responsibility(agency, (quote,), holder=holder))
    return tuple(found)


def _information(
    reader: Reader, words: Quote, duties: tuple[Mention, ...]
) -> tuple[tuple[Output, ...], Deadline | None]:
    """What is to be given, to whom, and when: the clause that ends in the predicate of giving."""
    offset = words.span.start
    outputs: list[Output] = []
    deadlines: list[Deadline] = []
    start = 0
    for duty in duties:
        end = duty.quote.span.end - offset
        at = duty.quote.span.start - offset
        if deadline := read_yearly_days(reader, words, start, end):
            deadlines.append(deadline)
        if output := reader.vocabulary.outputs.match(words.text, at):
            recipient = read_recipient(reader, words, start, end)
            if recipient is None:
                quote = reader.source.within(words, start, end)
                reader.refuse(
                    quote,
                    "a recipient who isn't known",
                    Asked.KNOWN_WORD,
                    reader.vocabulary.agencies.file,
                )
            outputs.append(Output(output[0], reader.source.within(words, at, output[1]), recipient))
        start = end
    if len(deadlines) > 1:
        reader.refuse(deadlines[1].quote, "a second deadline in one paragraph", Asked.ONE_MEANING)
    return tuple(outputs), deadlines[0] if deadlines else None
