"""The plan's table: stages and sections from heading rows, measures and items from the others."""

import re

from kg.model import Cells, Kind, Mention, Provision, Quote, Span
from kg.reading.asked import Asked
from kg.reading.cells import read_cells
from kg.reading.dates import read_citations
from kg.reading.draft import Draft, find_period, split_number
from kg.reading.layout import NOTE, Layout, Row
from kg.reading.reader import Reader

# Reads «Бірінші кезең (2013 - 2014 жылдар) - …»
STAGE = re.compile(r"(?P<ordinal>[^\W\d]+)\s+кезең\s")
# As in "1. Жергілікті өзін-өзі басқару мәселелері …"
SECTION = re.compile(r"\d+\.\s+\S")
# Reads «4.», «2)», «5. 1)»
NUMBERS = re.compile(r"(?:(?P<measure>\d+)\.)?\s*(?:(?P<item>\d+)\))?")
# Reads «Мыналар:», «Мыналарды:»
LISTING = re.compile(r"Мыналар(?:ды)?:\s*")
COLUMNS = 6


def read_table(draft: Draft, layout: Layout) -> None:
    """Read all rows into the draft. Raises ``ReadingError`` at the first that isn't understood."""
    Table(draft).read(layout.rows)


class Table:
    """Where the reading of the rows stands: the stage, section and measure that a row belongs
    to.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.reader: Reader = draft.reader
        self.stages = 0
        self.stage = "plan"
        self.section = ""
        self.measure = ""

    def read(self, rows: tuple[Row, ...]) -> None:
        """Read rows in their order."""
        for row in rows:
            words = [cell.words for cell in row.cells]
            if len(row.cells) == 1 and words[0]:
                self._read_heading(words[0])
            elif len(row.cells) == COLUMNS and words[0] and words[1]:
                self._read_row(words[0], words[1], words[2:])
            else:
                first = words[0] or self.reader.source.quote(row.cells[0].start, row.cells[-1].end)
                self.reader.refuse(
                    first, "a row without a number or name, or of another width", Asked.ROW_IN_PLACE
                )

    def _read_heading(self, cell: Quote) -> None:
        breaks = [found.start() for found in re.finditer(rf"\n\s*(?={NOTE.pattern})", cell.text)]
        ends = [*breaks, len(cell.text)]
        heading = self.reader.source.within(cell, 0, ends[0])
        if found := STAGE.match(heading.text):
            self._add_stage(heading, found)
        elif SECTION.match(heading.text):
            self._add_section(heading)
        else:
            self.reader.refuse(
                heading,
                "a heading of no known form",
                Asked.KNOWN_FORM,
                "the patterns of kg/reading/table.py",
            )
        for start, end in zip(breaks, ends[1:], strict=True):
            target = self.section or self.stage
            self.draft.add_note(self.reader.source.within(cell, start, end), target)

    def _add_stage(self, heading: Quote, found: re.Match[str]) -> None:
        self.stages += 1
        self.stage, self.section, self.measure = f"plan/stage-{self.stages}", "", ""
        ordinal = self.reader.source.within(heading, *found.span("ordinal"))
        self.draft.add(
            Provision(
                self.stage,
                Kind.STAGE,
                "plan",
                0,
                heading.span,
                heading,
                (heading,),
                ordinal,
                period=find_period(self.reader, heading),
            )
        )

    def _add_section(self, heading: Quote) -> None:
        number, words = split_number(self.reader, heading)
        self.section, self.measure = f"plan/section-{number.text.rstrip('.')}", ""
        self.draft.add(
            Provision(
                self.section, Kind.SECTION, self.stage, 0, heading.span, words, (heading,), number
            )
        )

    def _read_row(self, printed: Quote, name: Quote, columns: list[Quote | None]) -> None:
        found = NUMBERS.fullmatch(printed.text)
        if found is None or not self.section:
            self.reader.refuse(
                printed, "a row outside a section, or of no known number", Asked.ROW_IN_PLACE
            )
        cells = read_cells(self.reader, columns[0], columns[1], columns[2], columns[3])
        row = (printed, name, *(column for column in columns if column))
        if not found["item"]:
            self._add_measure(found["measure"], printed, name, cells, row)
        elif found["measure"]:
            self._add_measure_with_item(found, printed, name, cells, row)
        elif self.measure:
            self._add_item(found["item"], printed, name, cells, row)
        else:
            self.reader.refuse(printed, "an item before any measure", Asked.ROW_IN_PLACE)

    def _add_measure(
        self, number: str, printed: Quote, name: Quote, cells: Cells, row: tuple[Quote, ...]
    ) -> None:
        self.measure = f"{self.section}/measure-{number}"
        span = Span(printed.span.start, name.span.end)
        pieces = self._listed(name)
        topics = self._topics(name, required=pieces)
        citations = read_citations(self.reader, name)
        self.draft.add(
            Provision(
                self.measure,
                Kind.MEASURE,
                self.section,
                0,
                span,
                name,
                row,
                printed,
                cells,
                topics=topics,
                citations=citations,
            )
        )

    def _add_measure_with_item(
        self,
        found: re.Match[str],
        printed: Quote,
        name: Quote,
        cells: Cells,
        row: tuple[Quote, ...],
    ) -> None:
        """A row that is a measure and its first item: "5. 1)", "Мыналарды: …"."""
        lead = LISTING.match(name.text)
        if lead is None:
            self.reader.refuse(
                name, "a measure and item in one row without «Мыналар:»", Asked.KNOWN_FORM
            )
        source = self.reader.source
        number = source.within(printed, 0, found.end("measure") + 1)
        words = source.within(name, *lead.span())
        self._add_measure(found["measure"], number, words, cells, row)
        item = source.within(printed, found.start("item"), len(printed.text))
        self._add_item(found["item"], item, name, Cells(), (), printed_with=self.measure)

    def _add_item(
        self,
        number: str,
        printed: Quote,
        name: Quote,
        cells: Cells,
        row: tuple[Quote, ...],
        printed_with: str | None = None,
    ) -> None:
        self.draft.add(
            Provision(
                f"{self.measure}/item-{number}",
                Kind.ITEM,
                self.measure,
                0,
                Span(printed.span.start, name.span.end),
                name,
                row,
                printed,
                cells,
                topics=self._topics(name, required=[name]),
                citations=read_citations(self.reader, name),
                printed_with=printed_with,
            )
        )

    def _listed(self, name: Quote) -> list[Quote]:
        """The pieces of a list inside a measure's words, one a line, each but the last ended by
        ";".
        """
        lead = LISTING.match(name.text)
        if lead is None or lead.end() == len(name.text):
            return []
        rest = self.reader.source.within(name, lead.end(), len(name.text))
        return [
            self.reader.source.within(rest, *piece.span())
            for piece in re.finditer(r"[^\n]*\S[^\n]*(?:;\s*|$)", rest.text)
        ]

    def _topics(self, name: Quote, required: list[Quote]) -> tuple[Mention, ...]:
        """The topics in the words; each of ``required`` must name one."""
        topics = self.reader.mentions(name, self.reader.vocabulary.topics)
        for piece in required:
            if not any(piece.span.covers(topic.quote.span) for topic in topics):
                self.reader.refuse(
                    piece,
                    "a topic that isn't known",
                    Asked.KNOWN_WORD,
                    self.reader.vocabulary.topics.file,
                )
        return topics
