"""The cells of a row: outputs, funding; bodies and deadlines have grammars of their own.

outputs = output { "," output }
output  = { body in the genitive | body in the dative | output in the dative } head
"""

import re
from typing import NoReturn

from kg.model import Cells, Funding, Mention, Output, Quote
from kg.reading.asked import Asked
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
    """The cells of one row; a blank one is ``None``. Raises ``ReadingError`` at what isn't
    known.
    """
    return Cells(
        read_bodies(reader, bodies) if bodies else (),
        read_outputs(reader, output) if output else (),
        read_deadline(reader, deadline) if deadline else None,
        read_funding(reader, funding) if funding else None,
    )


def read_outputs(reader: Reader, cell: Quote) -> tuple[Output, ...]:
    """The outputs that a whole cell names, in its order."""
    if cell.text.endswith(","):
        reader.refuse(cell, "a list that ends with a comma", Asked.KNOWN_FORM)
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
    roles: dict[str, Mention] = {}
    at = start
    while True:
        if found := reader.vocabulary.outputs.match(cell.text, at):
            quote = reader.source.within(cell, start, found[1])
            return Output(found[0], quote, **roles), found[1]
        role, mention, at = _read_role(reader, cell, at)
        roles[role] = mention


def _read_role(reader: Reader, cell: Quote, at: int) -> tuple[str, Mention, int]:
    """What stands before the head of an output, by its case: who makes it, for whom, about what."""
    words = reader.vocabulary
    for role, lexicon in (
        ("author", words.agencies_genitive),
        ("recipient", words.agencies_dative),
        ("concerns", words.outputs_dative),
    ):
        if found := lexicon.match(cell.text, at):
            key, end = found
            blanks = len(cell.text[end:]) - len(cell.text[end:].lstrip())
            return role, reader.mention(cell, key, at, end), end + blanks
    return _refuse_output(reader, cell, at)


def _refuse_output(reader: Reader, cell: Quote, at: int) -> NoReturn:
    quote = reader.source.within(cell, at, len(cell.text)) if at < len(cell.text) else cell
    files = (
        f"{reader.vocabulary.outputs.file} (a form) or {reader.vocabulary.agencies.file} (a body)"
    )
    reader.refuse(quote, "a form of completion that isn't known", Asked.KNOWN_WORD, files)


def read_funding(reader: Reader, cell: Quote) -> Funding:
    """Where the money of a row comes from."""
    pointer = ITEM.match(cell.text)
    found = reader.vocabulary.fundings.match(cell.text, pointer.end() if pointer else 0)
    if found is None or found[1] != len(cell.text):
        reader.refuse(
            cell,
            "an expenditure that isn't known",
            Asked.KNOWN_WORD,
            reader.vocabulary.fundings.file,
        )
    return Funding(found[0], cell, pointer["number"] if pointer else None)
