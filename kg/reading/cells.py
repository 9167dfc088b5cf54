"""The cells of a row: outputs, funding; bodies and deadlines have grammars of their own.

    outputs = output { "," output }
    output  = { body in the genitive | body in the dative | output in the dative } head
"""

import re

from kg.model import Cells, Funding, Mention, Output, Quote
from kg.reading.bodies import SEPARATOR, read_bodies
from kg.reading.dates import read_deadline
from kg.reading.reader import Reader

# "осы жоспардың 4-тармағына сәйкес бюджет қаражаты шегінде"
ITEM = re.compile(r"осы\s+жоспардың\s+(?P<number>\d+)-тармағына\s+")


def read_cells(
    reader: Reader,
    output: Quote | None,
    bodies: Quote | None,
    deadline: Quote | None,
    funding: Quote | None,
) -> Cells:
    """The cells of one row; a blank one is ``None``. Raises ``ReadingError`` at what isn't known."""
    return Cells(
        read_bodies(reader, bodies) if bodies else (),
        read_outputs(reader, output) if output else (),
        read_deadline(reader, deadline) if deadline else None,
        read_funding(reader, funding) if funding else None,
    )


def read_outputs(reader: Reader, cell: Quote) -> tuple[Output, ...]:
    """The outputs that a whole cell names, in its order."""
    outputs: list[Output] = []
    at = 0
    while at < len(cell.text):
        output, at = _read_output(reader, cell, at)
        outputs.append(output)
        separator = SEPARATOR.match(cell.text, at)
        if separator is None and at < len(cell.text):
            _refuse_output(reader, cell, at)
        at = separator.end() if separator else at
    return tuple(outputs)


def _read_output(reader: Reader, cell: Quote, start: int) -> tuple[Output, int]:
    words = reader.vocabulary
    author = recipient = concerns = None
    at = start
    while True:
        if found := words.outputs.match(cell.text, at):
            quote = reader.source.within(cell, start, found[1])
            return Output(found[0], quote, recipient, author, concerns), found[1]
        mention: Mention | None = None
        if found := words.agencies_genitive.match(cell.text, at):
            mention = author = reader.mention(cell, found[0], at, found[1])
        elif found := words.agencies_dative.match(cell.text, at):
            mention = recipient = reader.mention(cell, found[0], at, found[1])
        elif found := words.outputs_dative.match(cell.text, at):
            mention = concerns = reader.mention(cell, found[0], at, found[1])
        if mention is None or found is None:
            _refuse_output(reader, cell, at)
        at = found[1] + len(cell.text[found[1] :]) - len(cell.text[found[1] :].lstrip())


def _refuse_output(reader: Reader, cell: Quote, at: int) -> None:
    quote = reader.source.within(cell, at, len(cell.text))
    files = f"{reader.vocabulary.outputs.file} (a form) or {reader.vocabulary.agencies.file} (a body)"
    reader.refuse(quote, "a form of completion that isn't known", files)


def read_funding(reader: Reader, cell: Quote) -> Funding:
    """Where the money of a row comes from."""
    pointer = ITEM.match(cell.text)
    found = reader.vocabulary.fundings.match(cell.text, pointer.end() if pointer else 0)
    if found is None or found[1] != len(cell.text):
        reader.refuse(cell, "an expenditure that isn't known", reader.vocabulary.fundings.file)
    return Funding(found[0], cell, pointer["number"] if pointer else None)
