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
from kg.reading.bodies import read_list, read_recipient
from kg.reading.dates import read_yearly_days
from kg.reading.reader import Reader

ANYTHING = re.compile(r"")
CAPITAL_SUBJECT = re.compile(r"[^,]*?\b(?:министрлігі|агенттігі|комитеті|комиссиясы)\b")


def read_duties(reader: Reader, words: Quote) -> tuple[tuple[Mention, ...], Cells]:
    """The duties of one paragraph and what they ask. Raises ``ReadingError`` at what isn't
    known.
    """
    duties = reader.mentions(words, reader.vocabulary.duties)
    if not duties:
        file = reader.vocabulary.duties.file
        reader.refuse(words, "a paragraph without a predicate that is known", file)
    bodies = _subject(reader, words) or _holders(reader, words)
    if not bodies and (named := CAPITAL_SUBJECT.match(words.text)):
        quote = reader.source.within(words, *named.span())
        reader.refuse(quote, "a body that isn't known", reader.vocabulary.agencies.file)
    outputs, deadline = _information(reader, words, duties)
    return duties, Cells(bodies, outputs, deadline, None)


def _subject(reader: Reader, words: Quote) -> tuple[Responsibility, ...]:
    """The bodies that the paragraph begins with: "A, B, C's first heads", or "A"."""
    genitive, end = read_list(reader, words, 0, reader.vocabulary.agencies_genitive, ANYTHING)
    blank = len(words.text[end:]) - len(words.text[end:].lstrip())
    found = reader.vocabulary.capacities.match(words.text, end + blank) if genitive else None
    if found:
        capacity = reader.mention(words, found[0], end + blank, found[1])
        return tuple(replace(body, capacity=capacity) for body in genitive)
    nominative, at = read_list(reader, words, 0, reader.vocabulary.agencies, ANYTHING)
    end = max(end, at)
    if (genitive or nominative) and (not nominative or words.text[:end].rstrip().endswith(",")):
        quote = reader.source.within(words, end, min(end + 60, len(words.text)))
        reader.refuse(quote, "a body or capacity that isn't known", reader.vocabulary.agencies.file)
    return nominative


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
    start = 0
    for duty in duties:
        end = duty.quote.span.end - offset
        at = duty.quote.span.start - offset
        output = reader.vocabulary.outputs.match(words.text, at)
        deadline = read_yearly_days(reader, words, start, end)
        if output:
            quote = reader.source.within(words, at, output[1])
            recipient = read_recipient(reader, words, start, end)
            return (Output(output[0], quote, recipient),), deadline
        start = end
    return (), None
