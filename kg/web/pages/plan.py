"""The plan as its page shows it: headings, and under each the rows with their cells."""

from collections import defaultdict
from dataclasses import dataclass, field

from kg.iris import local_name

__all__ = ["COLUMNS", "Block", "PlanRow", "arrange_plan", "tell_deadline", "tell_duration"]

Row = dict[str, dict[str, str]]

COLUMNS = {
    "responsibility": "Responsible",
    "output": "Output",
    "deadline": "Deadline",
    "funding": "Funding",
}
"""The columns with cells, by property, in the order of the text, and their heads."""

_HEADINGS = ("Stage", "Section")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A provision: its words and label, its grades by local name, its cells by column."""

    iri: str
    kind: str
    number: str
    text: str
    label: str
    grades: dict[str, str]
    cells: dict[str, list[dict[str, str]]]


@dataclass(slots=True)
class Block:
    """A heading, ``None`` for the paragraphs of the resolution, and the rows under it."""

    heading: PlanRow | None
    rows: list[PlanRow] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The columns of the plan in which anything stands here."""
        return [name for name in COLUMNS if any(row.cells.get(name) for row in self.rows)]


def arrange_plan(provisions: list[Row], cells: list[Row]) -> list[Block]:
    """The blocks of the plan in the order of the text.

    A measure printed in one row with its first item stays a row of its own here: the page shows
    both.
    """
    by_provision: defaultdict[str, defaultdict[str, list[dict[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for cell in cells:
        column = local_name(_value(cell, "column"))
        by_provision[_value(cell, "provision")][column].append(_read_cell(cell))
    blocks = [Block(None)]
    for provision in provisions:
        iri = _value(provision, "provision")
        row = _read_row(provision, dict(by_provision.get(iri, {})))
        if row.kind in _HEADINGS:
            blocks.append(Block(row))
        else:
            blocks[-1].rows.append(row)
    return [block for block in blocks if block.heading or block.rows]


def tell_deadline(cell: dict[str, str]) -> str:
    """A deadline in words: a day, a span of days, a recurrence, or a time after an act."""
    first, last = cell.get("dueFrom", ""), cell.get("dueBy", "")
    if cell.get("recurrence"):
        every = f"every {tell_duration(cell['recurrence'])}"
        days = [_tell_month_day(day) for day in sorted(cell.get("monthDays", "").split())]
        month = cell.get("month", "").strip("-")
        if days:
            return f"{every}, by {' and '.join(days)}"
        return f"{every}, in {_MONTHS[int(month) - 1]}" if month else every
    if cell.get("offset"):
        act = cell.get("relativeTo", "the adoption of an act")
        return f"within {tell_duration(cell['offset'], one='1 ')} of: {act}"
    if first and last and first != last:
        return f"{first} to {last}"
    return last or first


def tell_duration(duration: str, one: str = "") -> str:
    """A simple ``xsd:duration`` in words: ``P1Y`` is "year", ``P2M`` is "2 months".

    ``one`` goes before a single unit: "every year", but "within 1 year".
    """
    amount, unit = duration[1:-1], {"Y": "year", "M": "month", "D": "day"}.get(duration[-1:], "")
    if not unit or not amount.isdigit():
        return duration
    return f"{one}{unit}" if amount == "1" else f"{amount} {unit}s"


def _tell_month_day(month_day: str) -> str:
    """``--01-15`` as "15 January"."""
    month, _, day = month_day.removeprefix("--").partition("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]}"


def _read_row(row: Row, cells: dict[str, list[dict[str, str]]]) -> PlanRow:
    grades = ("evidence", "textEvidence", "textStatus", "partsStatus")
    return PlanRow(
        iri=_value(row, "provision"),
        kind=local_name(_value(row, "kind")),
        number=_value(row, "number"),
        text=_value(row, "text").strip(),
        label=_value(row, "label"),
        grades={name: local_name(_value(row, name)) for name in grades if name in row},
        cells=cells,
    )


def _read_cell(row: Row) -> dict[str, str]:
    cell = {name: term["value"] for name, term in row.items()}
    cell["evidence"] = local_name(cell["evidence"])
    return cell


def _value(row: Row, name: str) -> str:
    return row.get(name, {}).get("value", "")
