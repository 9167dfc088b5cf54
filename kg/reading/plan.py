"""Source to plan: the layout's blocks become provisions, with their words, numbers, cells and
notes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Identification, Kind, Plan, Provision, Quote
from kg.reading.asked import Asked
from kg.reading.dates import ACT_KINDS, CITATION, citation_day, read_citations
from kg.reading.draft import Draft, find_period, split_number
from kg.reading.duties import read_duties
from kg.reading.layout import Layout, lay_out, layout_spans
from kg.reading.notes import read_effect
from kg.reading.reader import Reader
from kg.reading.references import read_references
from kg.reading.source import Source
from kg.reading.table import read_table
from kg.reading.vocabulary import Vocabulary

# "ҚР ЗИ – «Қазақстан Республикасының Заңнама институты» ММ"
ENTRY = re.compile(r"(?P<short>.+?)\s+[-–—]\s+(?P<long>.+)", re.DOTALL)
# "Премьер-Министрі                 С. Ахметов"
SIGNATORY = re.compile(r"\S[ \u00a0]{5,}(?P<name>\S.*)$")


def read_plan(source: Source, vocabulary: Vocabulary) -> Plan:
    """Read an act and the plan that it approves.

    Raises ``ReadingError`` at the first words that the grammar or the vocabulary doesn't know.
    """
    reader = Reader(source, vocabulary)
    layout = lay_out(source)
    draft = Draft(reader)
    _read_act(draft, layout)
    _read_annex(draft, layout)
    provisions = sorted(draft.provisions, key=lambda p: p.span.start)
    numbered = tuple(replace(p, position=n) for n, p in enumerate(provisions, start=1))
    content = [quote.span for provision in numbered for quote in provision.printed]
    act, notes = _identify(reader, layout), tuple(draft.notes)
    references = read_references(reader, act, numbered, notes)
    return Plan(act, numbered, notes, layout_spans(source, content), references)


def _identify(reader: Reader, layout: Layout) -> Identification:
    words = layout.identification
    found = CITATION.search(words.text)
    if found is None or not found["number"]:
        reader.refuse(words, "a line that doesn't identify the act", Asked.KNOWN_FORM)
    name = SIGNATORY.search(layout.signature.text)
    signed = name and reader.vocabulary.people.match(layout.signature.text, name.start("name"))
    if name is None or signed is None:
        file = reader.vocabulary.people.file
        reader.refuse(layout.signature, "a signatory who isn't known", Asked.KNOWN_WORD, file)
    signatory = reader.mention(layout.signature, signed[0], name.start("name"), signed[1])
    basis = read_citations(reader, layout.preamble)
    return Identification(
        ACT_KINDS[found["kind"]],
        found["number"],
        citation_day(reader, words, found),
        words,
        signatory,
        basis[0].key if basis else None,
    )


def _read_act(draft: Draft, layout: Layout) -> None:
    """The act's own text: title to signature."""
    reader = draft.reader
    draft.add_title(layout.title)
    draft.add_text("identification", Kind.IDENTIFICATION, layout.identification)
    preamble = layout.preamble
    citations = read_citations(reader, preamble)
    draft.add(
        Provision(
            "preamble",
            Kind.PREAMBLE,
            "",
            0,
            preamble.span,
            preamble,
            (preamble,),
            citations=citations,
        )
    )
    for quote, notes in layout.paragraphs:
        _read_paragraph(draft, quote, notes)
    draft.add_text("signature", Kind.SIGNATURE, layout.signature)


def _read_paragraph(draft: Draft, quote: Quote, notes: Iterable[Quote]) -> None:
    """A paragraph of the act, with the duties in it and the notes behind it."""
    number, words = split_number(draft.reader, quote)
    path = f"paragraph-{number.text.rstrip('.')}"
    duties, cells = read_duties(draft.reader, words)
    effect = read_effect(words.text)
    draft.add(
        Provision(
            path,
            Kind.PARAGRAPH,
            "",
            0,
            quote.span,
            words,
            (quote,),
            number,
            cells,
            duties,
            effect=effect,
        )
    )
    for note in notes:
        draft.add_note(note, path)


def _read_annex(draft: Draft, layout: Layout) -> None:
    """The plan: approval block, title, column heads, the table, the abbreviations."""
    draft.add_text("approval", Kind.APPROVAL, layout.approval)
    title = layout.plan_title
    draft.add(
        Provision(
            "plan",
            Kind.PLAN,
            "",
            0,
            title.span,
            title,
            (title,),
            period=find_period(draft.reader, title),
        )
    )
    for note in layout.plan_notes:
        draft.add_note(note, "plan")
    for head, number in zip(layout.heads.cells, layout.column_numbers.cells, strict=True):
        if head.words and number.words:
            draft.add(
                Provision(
                    f"plan/column-{number.words.text}",
                    Kind.COLUMN_HEAD,
                    "plan",
                    0,
                    head.words.span,
                    head.words,
                    (head.words, number.words),
                    number.words,
                )
            )
    read_table(draft, layout)
    if layout.list_head:
        draft.add_text("abbreviations", Kind.ABBREVIATION_LIST, layout.list_head, "plan")
        for count, entry in enumerate(layout.entries, start=1):
            draft.add(_read_entry(draft.reader, entry, count))


def _read_entry(reader: Reader, entry: Quote, count: int) -> Provision:
    """An abbreviation and what it stands for; both sides must mean the same."""
    found = ENTRY.fullmatch(entry.text)
    if found is None:
        reader.refuse(entry, "an abbreviation of no known form", Asked.KNOWN_FORM)
    meanings = []
    for side in ("short", "long"):
        quote = reader.source.within(entry, *found.span(side))
        vocabulary = reader.vocabulary
        named = vocabulary.agencies.match(quote.text) or vocabulary.concepts.match(quote.text)
        if named is None or named[1] != len(quote.text):
            file = reader.vocabulary.agencies.file
            reader.refuse(quote, "a body or thing that isn't known", Asked.KNOWN_WORD, file)
        meanings.append(named[0])
    if meanings[0] != meanings[1]:
        reader.refuse(
            entry, "an abbreviation of one body with the name of another", Asked.ONE_MEANING
        )
    path = f"abbreviation-{count}"
    return Provision(
        path,
        Kind.ABBREVIATION,
        "abbreviations",
        0,
        entry.span,
        entry,
        (entry,),
        stands_for=meanings[0],
    )
