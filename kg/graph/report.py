"""What a check found: problems, each with its node, its rule and the line of the source.

The rules are the constraints of ``shapes/`` and those that ``kg.graph`` checks itself; all are
named in one namespace, ``SHAPES``.
"""

from collections import Counter
from dataclasses import dataclass
from textwrap import fill, shorten

from rdflib import Literal
from rdflib.term import Node

from kg.namespaces import BASE, PREFIXES

__all__ = ["SHAPES", "Problem", "Report", "abridge"]

SHAPES = "https://w3id.org/zhospar/shapes#"

_WIDTH = 100
_LONGEST_NAME, _LONGEST_VALUE = 60, 300


def abridge(*terms: Node) -> str:
    """Terms as people read them: ``zh:agency agency/ministry-of-finance``, literals as they are."""
    return " ".join(_abridge(term) for term in terms)


def _abridge(term: Node) -> str:
    text = str(term)
    if isinstance(term, Literal):
        return f'"{text}"'
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text.removeprefix(BASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one node of one graph.

    ``constraint`` is the address of the rule, ``message`` what it asks and how to mend it.
    ``source_line`` and ``quote`` are those of the first span that the node, or what it belongs to,
    leads back to; ``label`` is the node's English name; ``place`` is the file and line to mend.
    Each is ``None`` where there is none.
    """

    graph: str
    focus_node: str
    constraint: str
    message: str
    value: str | None = None
    source_line: int | None = None
    quote: str | None = None
    label: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        label = f"{shorten(self.label, _LONGEST_NAME, placeholder=' …')}: " if self.label else ""
        lines = [f"{label}{self.focus_node}", f"    in {self.graph}", _indent(self.message)]
        if self.value is not None:
            value = shorten(self.value, _LONGEST_VALUE, placeholder=" …")
            lines.append(_indent(f"value: {value}"))
        if self.source_line is not None or self.place is not None:
            words = shorten(self.quote or "", _LONGEST_NAME, placeholder=" …")
            said = f": «{words}»" if words else ""
            lines.append(f"    {self.place or f'line {self.source_line} of the source'}{said}")
        lines.append(f"    rule: {self.constraint.removeprefix(SHAPES)}")
        return "\n".join(lines)


def _indent(words: str) -> str:
    inset = " " * 4
    return fill(
        words, _WIDTH, initial_indent=inset, subsequent_indent=inset, break_long_words=False
    )


@dataclass(frozen=True, slots=True)
class Report:
    """All the problems of a data set by graph, node and rule; ``str()`` of it is for people."""

    problems: tuple[Problem, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def __str__(self) -> str:
        if self.conforms:
            return "The graph conforms."
        count = len(self.problems)
        rules = Counter(problem.constraint.removeprefix(SHAPES) for problem in self.problems)
        tally = ", ".join(f"{rule} {number}" for rule, number in rules.most_common())
        head = f"The graph doesn't conform: {count} problem{'s' if count > 1 else ''} ({tally})."
        numbered = (f"{number}. {problem}" for number, problem in enumerate(self.problems, 1))
        return "\n\n".join([head, *numbered])
