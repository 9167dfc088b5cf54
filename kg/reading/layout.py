"""Source to blocks: where the title, paragraphs, notes, the table's rows and the footnote stand.

After ``lay_out`` has run: (1) every code point of the source is in exactly one block or is declared
layout;
(2) blocks are in document order; (3) every row of the table has as many cells as the table has
columns, or one, which is a heading; (4) nothing has been interpreted but the marks that bound
blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Quote, Span
from kg.reading.asked import Asked
from kg.reading.source import ReadingError, Source

INDENT = re.compile(r"[ \u00a0]{3,}")  # "      1. Қоса беріліп отырған …"
NUMBERED = re.compile(r"(?P<number>\d+\.)\s+(?=\S)")  # "1. Қоса беріліп отырған …"
NOTE = re.compile(r"Ескерту\.")  # "Ескерту. 4-тармақ жаңа редакцияда - …"
FOOTNOTE = re.compile(r"Ескертпе:")  # "Ескертпе: аббревиатуралардың толық жазылуы:"
APPROVED = re.compile(r"бекітілген\s*$")  # "бекітілген       "
SIGNED = re.compile(r"\S[ \u00a0]{5,}\S")  # "Премьер-Министрі           С. Ахметов"
ROW_NUMBER = re.compile(r"\d+\.(?:\s+\d+\))?|\d+\)")  # "4."  "2)"  "5. 1)"
BOOKMARK = re.compile(r"\[bookmark: \w+\]")  # "[bookmark: z1]"


@dataclass(frozen=True)
class Cell:
    """A cell of the table: the span between its tab and the next, and its words unless blank."""

    start: int
    end: int
    words: Quote | None


@dataclass(frozen=True)
class Row:
    """A row: one cell for a heading, else one for each column."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Layout:
    """The blocks of an act with an annexed plan, in document order."""

    title: Quote
    identification: Quote
    preamble: Quote
    paragraphs: tuple[tuple[Quote, tuple[Quote, ...]], ...]  # each with the notes behind it
    signature: Quote
    approval: Quote
    plan_title: Quote
    plan_notes: tuple[Quote, ...]
    heads: Row
    column_numbers: Row
    rows: tuple[Row, ...]
    list_head: Quote | None
    entries: tuple[Quote, ...]


class Lines:
    """The lines of a source that aren't blank, read one after another."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._lines = [
            (found.start(), found.end())
            for found in re.finditer(r"[^\n]+", source.text)
            if found[0].strip() and not BOOKMARK.fullmatch(found[0].strip())
        ]
        self._next = 0

    def peek(self) -> str:
        """The next line, with its indentation; empty at the end."""
        if self._next == len(self._lines):
            return ""
        start, end = self._lines[self._next]
        return self.source.text[start:end]

    def take(self, what: str) -> Quote:
        """The next line as a quote; ``what`` is what was expected, for the error at the end."""
        if self._next == len(self._lines):
            end = max(len(self.source.text), 1)
            raise ReadingError(
                self.source,
                Span(end - 1, end),
                f"the text ends before {what}",
                Asked.BLOCK_IN_PLACE,
            )
        start, end = self._lines[self._next]
        self._next += 1
        return self.source.quote(start, end)

    def take_while(self, condition: "re.Pattern[str] | None", what: str) -> Quote:
        """The next line and those after it up to one that is tabbed or matches, as one quote."""
        first = last = self.take(what)
        while (line := self.peek()) and not line.startswith("\t"):
            if condition is None or condition.match(line):
                break
            last = self.take(what)
        return self.source.quote(first.span.start, last.span.end)


def lay_out(source: Source) -> Layout:
    """Find the blocks of the source. Raises ``ReadingError`` where a line fits nowhere."""
    lines = Lines(source)
    title = lines.take("its title")
    identification = lines.take("the line that identifies the act")
    preamble = lines.take("the preamble")
    if not preamble.text.endswith(":"):
        raise ReadingError(
            source, preamble.span, "a preamble that doesn't end with a colon", Asked.BLOCK_IN_PLACE
        )
    paragraphs = tuple(_paragraphs(lines))
    signature = _signature(lines)
    approval = _approval(lines)
    plan_title = lines.take_while(INDENT, "the plan's title")
    notes = tuple(_notes(lines))
    table, footnote = _table_bounds(source, (notes or (plan_title,))[-1].span.end)
    cells = tuple(_cells(source, *table))
    heads, numbers, rows = _rows(source, cells)
    list_head, entries = _footnote(source, footnote)
    return Layout(
        title,
        identification,
        preamble,
        paragraphs,
        signature,
        approval,
        plan_title,
        notes,
        heads,
        numbers,
        rows,
        list_head,
        entries,
    )


def _is_note(line: str) -> bool:
    return bool(NOTE.match(line.strip()))


def _paragraphs(lines: Lines) -> Iterator[tuple[Quote, tuple[Quote, ...]]]:
    while NUMBERED.match(lines.peek().strip()):
        words = lines.take("a paragraph")
        yield words, tuple(_notes(lines))


def _notes(lines: Lines) -> Iterator[Quote]:
    while _is_note(lines.peek()):
        yield lines.take("a note")


def _signature(lines: Lines) -> Quote:
    return _lines_until(lines, SIGNED, "the signatory's name behind a wide gap")


def _approval(lines: Lines) -> Quote:
    return _lines_until(lines, APPROVED, "the word бекітілген, which ends the approval block")


def _lines_until(lines: Lines, last: re.Pattern[str], what: str) -> Quote:
    """The lines up to one that ``last`` is found in; a sentence among them is a paragraph's."""
    first = line = lines.take(what)
    while not last.search(line.text):
        if line.text.endswith((".", ":", ";")) or NUMBERED.match(line.text):
            problem = f"a sentence without a number, or out of place, before {what}"
            raise ReadingError(lines.source, line.span, problem, Asked.BLOCK_IN_PLACE)
        line = lines.take(what)
    return lines.source.quote(first.span.start, line.span.end)


def _table_bounds(source: Source, start: int) -> tuple[tuple[int, int], int]:
    """Where the table begins and ends, and where the footnote begins."""
    first = source.text.find("\n\t", start)
    if first < 0 or source.text[start:first].strip():
        rest = source.text[start:].lstrip()
        line, begin = rest.partition("\n")[0], len(source.text) - len(rest)
        span = Span(begin, begin + len(line)) if line else Span(start - 1, start)
        problem = "a line that is no part of a table" if line else "the text ends before its table"
        raise ReadingError(source, span, problem, Asked.BLOCK_IN_PLACE)
    last = source.text.rfind("\n\t")
    footnote = re.compile(rf"\n(?={INDENT.pattern}{FOOTNOTE.pattern})").search(source.text, last)
    end = footnote.start() if footnote else len(source.text)
    return (first + 1, end), end


def _cells(source: Source, start: int, end: int) -> Iterator[Cell]:
    tabs = [found.start() for found in re.finditer(r"^\t", source.text[start:end], re.MULTILINE)]
    for tab, following in zip(tabs, [*tabs[1:], end - start], strict=True):
        blank = not source.text[start + tab : start + following].strip()
        words = None if blank else source.quote(start + tab, start + following)
        yield Cell(start + tab, start + following, words)


def _rows(source: Source, cells: tuple[Cell, ...]) -> tuple[Row, Row, tuple[Row, ...]]:
    """The heads' row, the row that numbers the columns, and the rows below them."""
    width = next(
        (i for i, cell in enumerate(cells) if cell.words and cell.words.text == "1"), len(cells)
    )
    numbers = cells[width : 2 * width]
    printed = [cell.words.text if cell.words else "" for cell in numbers]
    if not width or printed != [str(i + 1) for i in range(width)]:
        span = Span(cells[0].start, cells[0].end)
        raise ReadingError(
            source, span, "a table without a row that numbers its columns", Asked.BLOCK_IN_PLACE
        )
    rows = []
    at = 2 * width
    while at < len(cells):
        first = cells[at].words
        if first is None:
            span = Span(cells[at].start, max(cells[at].end, cells[at].start + 1))
            raise ReadingError(
                source, span, "a row that begins with a blank cell", Asked.ROW_IN_PLACE
            )
        size = width if ROW_NUMBER.fullmatch(first.text) else 1
        rows.append(Row(cells[at : at + size]))
        _check_row_end(source, rows[-1], size)
        at += size
    return Row(cells[:width]), Row(numbers), tuple(rows)


def _check_row_end(source: Source, row: Row, size: int) -> None:
    """A row ends with its full number of cells and a blank line."""
    last = row.cells[-1]
    ends = re.search(r"\n[^\S\n]*\n[^\S\n]*$|\n\s*$", source.text[last.start : last.end + 1])
    numbered = [c for c in row.cells[1:] if c.words and ROW_NUMBER.fullmatch(c.words.text)]
    if len(row.cells) != size or numbered or not ends:
        first = row.cells[0].words or source.quote(last.start, last.end)
        raise ReadingError(
            source, first.span, f"a row that hasn't {size} cells", Asked.ROW_IN_PLACE
        )


def _footnote(source: Source, start: int) -> tuple[Quote | None, tuple[Quote, ...]]:
    lines = [
        source.quote(start + found.start(), start + found.end())
        for found in re.finditer(r"[^\n]*\S[^\n]*", source.text[start:])
    ]
    return (lines[0], tuple(lines[1:])) if lines else (None, ())


def layout_spans(source: Source, content: list[Span]) -> tuple[Span, ...]:
    """What is between the content: blanks and bookmarks, nothing else.

    Raises ``ReadingError`` where something that isn't layout was left out.
    """
    spans = []
    at = 0
    for span in sorted(content):
        if span.start < at:
            raise ReadingError(source, span, "words that were read twice", Asked.ALL_READ)
        spans += [Span(at, span.start)] if at < span.start else []
        at = span.end
    spans += [Span(at, len(source.text))] if at < len(source.text) else []
    for span in spans:
        left = BOOKMARK.sub("", source.text[span.start : span.end]).strip()
        if left:
            start = source.text.index(left.split()[0], span.start)
            raise ReadingError(
                source, Span(start, span.end), "words that nothing has read", Asked.ALL_READ
            )
    return tuple(spans)
