"""How large the graph is: its quads by named graph, counted in the N-Quads that the build wrote."""

import re
from collections import Counter
from pathlib import Path

__all__ = ["count_quads"]

# N-Quads (https://www.w3.org/TR/n-quads/): no space in subject and predicate; the graph comes last:
# <https://…/measure-1> <https://…#number> "1." <https://…/graph> .
_QUAD = re.compile(r"^\S+ \S+ (?:<[^>]*>|_:\S+|\".*\"\S*) <(?P<graph>[^>]*)> \.$")


def count_quads(nquads: Path) -> dict[str, int]:
    """How many quads each named graph has, in the order of their names.

    Raises ``ValueError`` with the line's number where a line is no quad of a named graph.
    """
    counts: Counter[str] = Counter()
    with nquads.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            match = _QUAD.match(line.rstrip("\n"))
            if match is None:
                raise ValueError(f"{nquads}, line {number}: not a quad of a named graph")
            counts[match["graph"]] += 1
    return dict(sorted(counts.items()))
