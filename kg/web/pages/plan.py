"""The plan as its page shows it: headings, and under each the rows with their cells."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.iris import local_name
from kg.web.pages.labels import Labels
from kg.web.pages.messages import Text, choose_text
from kg.web.pages.wording import COLUMNS
from kg.web.protocol.languages import wanted

__all__ = ["Block", "PlanRow", "arrange_plan", "read_translations"]

Row = dict[str, dict[str, str]]

_ORIGINAL = "kk"
_HEADINGS = ("Stage", "Section")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A provision: its words and label, its grades by local name, its cells by column.

    ``title`` is what the words say, where it is said in a language of ours; ``translation`` is of
    words that have no title.
    """

    iri: str
    kind: str
    number: str
    text: str
    label: Text | None
    title: Text | None
    translation: Text | None
    grades: dict[str, str]
    cells: Mapping[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Block:
    """A heading, ``None`` for the paragraphs of the resolution, and the rows under it."""

    heading: PlanRow | None
    rows: list[PlanRow] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The columns of the plan in which anything stands here."""
        return [name for name in COLUMNS if any(row.cells.get(name) for row in self.rows)]


def read_translations(rows: list[Row]) -> dict[str, Text]:
    """Translations into the page's language or the next best, by the provision's IRI.

    None on a page in the language of the text.
    """
    if wanted.get().code == _ORIGINAL:
        return {}
    words: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        words[_value(row, "provision")][row["words"]["xml:lang"]] = _value(row, "words")
    chosen = {iri: choose_text(languages) for iri, languages in words.items()}
    return {iri: text for iri, text in chosen.items() if text}


def arrange_plan(
    provisions: list[Row], cells: list[Row], labels: Labels, translations: Mapping[str, Text]
) -> list[Block]:
    """The blocks of the plan in the order of the text.

    A measure printed in one row with its first item stays a row of its own here: the page shows
    both.
    """
    by_provision: defaultdict[str, defaultdict[str, list[dict[str, Any]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for cell in cells:
        column = local_name(_value(cell, "column"))
        by_provision[_value(cell, "provision")][column].append(_read_cell(cell, labels))
    blocks = [Block(None)]
    for provision in provisions:
        iri = _value(provision, "provision")
        row = _read_row(provision, labels, translations.get(iri), by_provision.get(iri, {}))
        if row.kind in _HEADINGS:
            blocks.append(Block(row))
        else:
            blocks[-1].rows.append(row)
    return [block for block in blocks if block.heading or block.rows]


def _read_row(
    row: Row,
    labels: Labels,
    translation: Text | None,
    cells: Mapping[str, list[dict[str, Any]]],
) -> PlanRow:
    grades = ("evidence", "textEvidence", "textStatus", "partsStatus")
    iri = _value(row, "provision")
    return PlanRow(
        iri=iri,
        kind=local_name(_value(row, "kind")),
        number=_value(row, "number"),
        text=_value(row, "text").strip(),
        label=labels.label(iri),
        title=labels.title(iri),
        translation=translation,
        grades={name: local_name(_value(row, name)) for name in grades if name in row},
        cells=cells,
    )


def _read_cell(row: Row, labels: Labels) -> dict[str, Any]:
    """A cell's values by variable, with what it is called: by its body, output or funding, or by
    what it says, unless that is its words, which are shown in any case.
    """
    cell: dict[str, Any] = {name: term["value"] for name, term in row.items()}
    cell["evidence"] = local_name(cell["evidence"])
    if "what" in cell:
        cell["label"] = labels.label(cell["what"])
    else:
        said = labels.place(cell["cell"])
        cell["label"] = said if said and said.language != "kk" else None
    if "recipient" in cell:
        recipient = cell["recipient"]
        cell["recipient"] = labels.label(recipient) or Text(local_name(recipient), "")
    return cell


def _value(row: Row, name: str) -> str:
    return row.get(name, {}).get("value", "")
