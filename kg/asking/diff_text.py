"""A comparison of two days as text for people.

Words taken out stand in ``[-…-]``, words put in in ``{+…+}``; what only may have changed stands
apart from what did.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.asking.changes import (
    Difference,
    Open,
    Origin,
    ProvisionChange,
    Said,
    Side,
    Standing,
    StatementChange,
)
from kg.asking.nodes import Name, Quote, Start
from kg.asking.words import Run
from kg.iris import parse_provision

__all__ = ["tell_difference", "tell_open", "tell_quote", "tell_runs", "tell_standing", "tell_start"]

_WHAT = {"responsibility": "body", "place": "part of", "stands for": "full form"}
_MANY = {"body": "bodies", "duty": "duties", "funding": "funding"}
_STATUS = {
    "Verbatim": "verbatim",
    "AttestedLater": "known from a later text",
    "NotPreserved": "not preserved",
}
_MARKS = {"added": "+", "removed": "-", "changed": "~", "unknown": "?"}
_LISTED = 3
"""So many open cells of a kind are named one by one; more are counted."""


def tell_difference(difference: Difference) -> str:
    """The whole comparison, lines ended by a line break."""
    return "\n".join(_lines(difference)) + "\n"


def tell_start(start: Start) -> str:
    """When something took effect: the day, or its bounds, with the grade and the rules."""
    if not start.earliest:
        return "on a day that isn't told"
    day = start.earliest
    if start.latest != start.earliest:
        last = f"{start.latest} at the latest" if start.latest else "the latest day is not known"
        day = f"{start.earliest} at the earliest, {last}"
    rules = f" by {', '.join(start.rules)}" if start.rules else ""
    return f"{day} ({start.evidence}{rules})"


def tell_quote(quote: Quote) -> str:
    """Words of the source with their line, blanks drawn together."""
    return f"line {quote.line}: «{_flat(quote.text)}»"


def tell_runs(runs: Iterable[Run]) -> str:
    """A change of words, word by word."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return _flat("".join(signs[run.kind].format(run.text) for run in runs))


def tell_standing(standing: Standing | None, *, absent: str = "not there") -> str:
    """How a provision stands in a state, in words; ``absent`` is said where it doesn't."""
    if standing is None:
        return absent
    status = _STATUS.get(standing.text_status, "")
    words = f"words {standing.words}" + (f" ({status})" if status else "")
    return f"existence {standing.existence}, {words}"


def tell_open(items: Sequence[Open]) -> str:
    """What isn't known, cells of a kind counted where they are many."""
    cells = [item for item in items if item.node]
    told = [item.label for item in items if not item.node]
    counts = Counter(item.what for item in cells)
    for what, count in counts.items():
        named = [item.label for item in cells if item.what == what]
        told.append(
            f"{_what(what)} {'; '.join(named)}" if count <= _LISTED else f"{count} {_many(what)}"
        )
    return ", ".join(told)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _what(what: str) -> str:
    return _WHAT.get(what, what)


def _many(what: str) -> str:
    return _MANY.get(_what(what), f"{_what(what)}s")


def _lines(difference: Difference) -> Iterator[str]:
    before, after = difference.before, difference.after
    yield f"What changed from {before.day} to {after.day} (release {difference.release})"
    yield ""
    yield from _tell_sides(before, after)
    if before.state == after.state:
        yield "Nothing changed: one state answers for both days."
        return
    numbers = _number_acts(difference)
    yield from _tell_acts(difference, numbers)
    certain, possible = (difference.of_certainty(c) for c in ("certain", "possible"))
    other = difference.of_certainty("unattributed")
    yield from _tell_part("CHANGED", certain, numbers)
    yield from _tell_part("MAY HAVE CHANGED", possible, numbers)
    if other:
        yield from _tell_part("DIFFERS WITHOUT AN ACT BEHIND IT", other, numbers)
    if difference.only_evidence:
        yield f"ONLY THE EVIDENCE DIFFERS: {len(difference.only_evidence)}"
        yield "This is no change of the plan."
        yield ""
        for found in difference.only_evidence:
            yield _call(found.name, found.provision)
            yield f"    {tell_standing(found.before)} -> {tell_standing(found.after)}"


def _tell_sides(before: Side, after: Side) -> Iterator[str]:
    for side in (before, after):
        yield f"{side.day} is answered by the state of {side.state.valid_from},"
        yield f"    which began {tell_start(side.start)}."
    if after.state < before.state:
        yield "The second day is the earlier one: what an act added reads as removed, and so on."
    yield ""


def _number_acts(difference: Difference) -> dict[str, int]:
    origins = sorted(
        (origin.start.earliest, origin.act) for c in difference.changes for origin in c.origins
    )
    return {act: n for n, act in enumerate(dict.fromkeys(act for _, act in origins), start=1)}


def _tell_acts(difference: Difference, numbers: dict[str, int]) -> Iterator[str]:
    """Each act once, with what its notes say; changes then name it by its number."""
    origins = [origin for change in difference.changes for origin in change.origins]
    for act, number in numbers.items():
        its = [origin for origin in origins if origin.act == act]
        yield f"[{number}] {its[0].act_label}"
        for start in dict.fromkeys(origin.start for origin in its):
            yield f"    in effect {tell_start(start)}"
        for note in dict.fromkeys(note for origin in its for note in _notes(origin)):
            yield f"    {note}"
    yield ""


def _notes(origin: Origin) -> list[str]:
    """The note an amendment is read from: the longest of its quotes; others are inside it."""
    longest = max(origin.notes, key=lambda quote: len(quote.text), default=None)
    return [tell_quote(longest)] if longest else []


def _tell_part(
    title: str, changes: Sequence[ProvisionChange], numbers: dict[str, int]
) -> Iterator[str]:
    yield f"{title}: {len(changes)}"
    within = sum(any(s.proof for s in c.statements) for c in changes if c.certainty != "certain")
    if within:
        yield f"In {within} of them there is a statement that did change; it is marked as certain."
    yield ""
    for change in changes:
        yield from _tell_change(change, numbers)
        yield ""


def _tell_change(change: ProvisionChange, numbers: dict[str, int]) -> Iterator[str]:
    yield _call(change.name, change.provision)
    yield f"    {_tell_kind(change, numbers)}"
    # That nothing is known of it in a state is no proof that it wasn't there.
    absent = "nothing known of it" if change.certainty == "possible" else "not there"
    sides = (tell_standing(side, absent=absent) for side in (change.before, change.after))
    yield f"    {' -> '.join(sides)}"
    if change.certainty == "certain" and change.kind == "amended" and not change.statements:
        yield "    in parts that the note doesn't mark"
    for statement in change.statements:
        if change.certainty != "possible" or _is_told(statement):
            yield from _tell_statement(statement, change)
    untold = [s for s in change.statements if not _is_told(s)]
    if change.certainty == "possible" and (counted := _count(untold)):
        yield f"    if so, with it: {counted}"
    if change.open:
        yield f"    not known of the earlier day: {tell_open(change.open)}"


def _is_told(statement: StatementChange) -> bool:
    """Whether a statement of a possible change is told one by one: its words, and what is sure."""
    return statement.what == "words" or statement.kind == "changed" or bool(statement.proof)


def _count(statements: Iterable[StatementChange]) -> str:
    counts = Counter(s.what for s in statements if s.what not in ("place", "number"))
    return ", ".join(f"{n} {_many(w) if n > 1 else _what(w)}" for w, n in counts.items())


def _call(name: Name, provision: str) -> str:
    """A provision's name and its path, by which ``explain`` takes it."""
    return f"{name} ({parse_provision(provision).path})"


def _tell_kind(change: ProvisionChange, numbers: dict[str, int]) -> str:
    if not change.origins:
        return f"{change.kind}, by no act that is known" + (
            ": a note of those who consolidated the text" if change.editorial else ""
        )
    sure = [f"[{numbers[o.act]}]{_tell_lines(o)}" for o in change.origins if o.certain]
    perhaps = dict.fromkeys(f"[{numbers[o.act]}]" for o in change.origins if not o.certain)
    if change.certainty == "certain":
        by = f"{change.kind} by {' and '.join(sure)}" if sure else f"{change.kind}, as is proved"
        return by + (f"; perhaps by {' or '.join(perhaps)}" if perhaps else "")
    verb: str = "changed" if change.kind == "amended" else change.kind
    if verb == "changed" and any(item.what == "existence" for item in change.open):
        verb = "added, or changed,"
    return f"may have been {verb} by {' or '.join(perhaps)}"


def _tell_lines(origin: Origin) -> str:
    lines = sorted({quote.line for quote in origin.notes})
    return f" (note on line {', '.join(map(str, lines))})" if lines else ""


def _tell_statement(statement: StatementChange, change: ProvisionChange) -> Iterator[str]:
    mark, what = _MARKS[statement.kind], _what(statement.what)
    before, after = statement.before, statement.after
    proof = ""
    if statement.proof:
        rules = ", ".join(statement.proof.rules)
        proof = f" — certain: it did not stand in the earlier text ({rules})"
    if before and after:
        if before.label != after.label and statement.what != "words":
            yield f"    {mark} {what}: {_tell_said(before)} -> {_tell_said(after)}{proof}"
        elif before.value == after.value:
            parts = sorted(set(before.properties) ^ set(after.properties))
            names = ", ".join(dict.fromkeys(name for name, _ in parts))
            yield f"    {mark} {what} {_tell_said(after)}: {names}"
        if statement.words and any(run.kind != "same" for run in statement.words):
            yield f"    {mark} {what}, word by word: {tell_runs(statement.words)}"
        return
    said = before or after
    if said is None:
        return
    if statement.kind == "unknown":
        other, this = ("after", "before") if before else ("before", "after")
        yield f"    {mark} {what}: not preserved {other}; {this}: {_tell_said(said)}"
        return
    yield f"    {mark} {what}: {_tell_said(said)}{proof}"


def _tell_said(said: Said) -> str:
    words = said.value if said.value != said.label and not said.value.startswith("http") else ""
    label = said.label if said.node or said.label != said.value else f"«{_flat(said.label)}»"
    quoted = f" «{_flat(words)}»" if words else ""
    return f"{label}{quoted} ({said.grade})" if said.grade else f"{label}{quoted}"
