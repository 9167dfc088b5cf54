"""A plan as lines that a person can hold beside the source: one block a provision, one line a cell.

The golden files of the reading are made of these; nothing that the model holds is left out of them.
"""

from collections.abc import Iterator

from kg.iris import local_name
from kg.model import Deadline, Funding, Mention, Note, Output, Plan, Provision, Responsibility


def describe_plan(plan: Plan) -> str:
    """The act, its provisions in document order, and its notes."""
    act = plan.act
    lines = [f"{act.kind} {act.number} of {act.day}", f"  based on {act.based_on}"]
    lines += [f"  {line}" for line in _mentions("signed by", (act.signatory,))]
    for provision in plan.provisions:
        lines += ["", *describe_provision(provision)]
    for note in plan.notes:
        lines += ["", *_describe_note(note)]
    return "\n".join(lines) + "\n"


def describe_provision(provision: Provision) -> Iterator[str]:
    """One provision's block: its address, number and words, then what they ask."""
    number = f" «{provision.number.text}»" if provision.number else ""
    parent = f" in {provision.parent}" if provision.parent else ""
    yield f"{provision.position}. {provision.path} [{provision.kind}]{number}{parent}"
    yield f"  words    {_one_line(provision.words.text)}"
    cells = provision.cells
    yield from (f"  body     {_describe_body(body)}" for body in cells.responsibilities)
    yield from (f"  output   {_describe_output(output)}" for output in cells.outputs)
    if cells.deadline:
        yield f"  deadline {_describe_deadline(cells.deadline)}"
    if cells.funding:
        yield f"  funding  {_describe_funding(cells.funding)}"
    for name in ("duties", "topics", "terms", "things", "citations"):
        yield from (f"  {line}" for line in _mentions(name, getattr(provision, name)))
    if provision.period:
        yield f"  period   {provision.period.first} to {provision.period.last}"
    for name in ("printed_with", "stands_for", "effect"):
        if value := getattr(provision, name):
            yield f"  {name.replace('_', ' ')} {value}"


def _one_line(words: str) -> str:
    """Words on one line: line ends and no-break spaces made visible."""
    return words.replace("\n", "⏎").replace("\u00a0", "⍽")


def _mentions(name: str, mentions: tuple[Mention | None, ...]) -> Iterator[str]:
    for mention in filter(None, mentions):
        yield f"{name:8} {local_name(mention.key)} «{_one_line(mention.quote.text)}»"


def _describe_body(body: Responsibility) -> str:
    marks = [local_name(body.agency)]
    marks += ["by agreement"] if body.by_agreement else []
    marks += [] if body.identified else ["by inference"]
    if body.capacity:
        marks.append(f"capacity {local_name(body.capacity.key)}")
    if body.holder:
        marks.append(f"held by {local_name(body.holder.key)}")
    words = " … ".join(f"«{_one_line(quote.text)}»" for quote in body.quotes)
    return f"{', '.join(marks)} {words}"


def _describe_output(output: Output) -> str:
    marks = [local_name(output.type)]
    for name in ("author", "recipient", "concerns"):
        if mention := getattr(output, name):
            marks.append(f"{name} {local_name(mention.key)}")
    return f"{', '.join(marks)} «{_one_line(output.quote.text)}»"


def _describe_deadline(due: Deadline) -> str:
    marks = []
    if due.due_from or due.due_by:
        marks.append(f"{due.due_from} to {due.due_by}")
    marks += [due.recurrence] if due.recurrence else []
    marks += [f"month {due.month}"] if due.month else []
    marks += [f"day --{day.month:02}-{day.day:02}" for day in due.month_days]
    marks += [f"{due.offset} after {local_name(due.relative_to)}"] if due.relative_to else []
    return f"{', '.join(marks)} «{_one_line(due.quote.text)}»"


def _describe_funding(funding: Funding) -> str:
    item = f", item {funding.item}" if funding.item else ""
    return f"{local_name(funding.type)}{item} «{_one_line(funding.quote.text)}»"


def _describe_note(note: Note) -> Iterator[str]:
    yield f"{note.change} {note.target}"
    yield f"  words    {_one_line(note.quote.text)}"
    for act in note.acts:
        effect = f", effect on {act.effect}" if act.effect else ""
        words = _one_line(act.quote.text)
        yield f"  act      {act.kind} {act.number} of {act.day}{effect} «{words}»"
