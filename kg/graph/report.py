"""What a check found: problems, each with its node, its rule and the line of the source.

The rules are the constraints of ``shapes/`` and those that ``kg.graph`` checks itself; all are
named in one namespace, ``SHAPES``.
"""

from collections import Counter
from dataclasses import dataclass
from textwrap import fill, shorten

__all__ = ["SHAPES", "Problem", "Report"]

SHAPES = "https://w3id.org/zhospar/shapes#"

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one node of one graph.

    ``constraint`` is the address of the rule, ``message`` what it asks and how to mend it.
    ``source_line`` and ``quote`` are those of the first span that the node, or what it belongs to,
    leads back to; ``label`` is the node's English name. Each is ``None`` where there is none.
    """

    graph: str
    focus_node: str
    constraint: str
    message: str
    value: str | None = None
    source_line: int | None = None
    quote: str | None = None
    label: str | None = None

    def __str__(self) -> str:
        name = f"{self.label}: {self.focus_node}" if self.label else self.focus_node
        lines = [name, f"    in {self.graph}"]
        lines.append(fill(self.message, _WIDTH, initial_indent="    ", subsequent_indent="    "))
        if self.value is not None:
            lines.append(f"    value: {shorten(self.value, _WIDTH)}")
        if self.source_line is not None:
            words = f": «{shorten(self.quote, _WIDTH)}»" if self.quote else ""
            lines.append(f"    line {self.source_line} of the source{words}")
        lines.append(f"    rule: {self.constraint.removeprefix(SHAPES)}")
        return "\n".join(lines)


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
