"""The graphs that are asked: the built one and a larger one, each with its default graphs by day.

A default graph is the RDF merge of a state and the reference graph, as in the server; peers know no
days, so each gets the merge as triples (N-Triples), made here once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.iris import graph_iri
from kg.namespaces import RDF, ZH

__all__ = ["AskedGraph", "agencies", "count_quads", "measures", "prepare_graph"]

# N-Quads (https://www.w3.org/TR/n-quads/): no space in subject and predicate; the graph comes last:
# <https://…/measure-1> <https://…#number> "1." <https://…/graph> .
_QUAD = re.compile(r"^(?P<triple>\S+ \S+ (?:<[^>]*>|_:\S+|\".*\"\S*)) <(?P<graph>[^>]*)> \.$")


@dataclass(frozen=True, slots=True)
class AskedGraph:
    """A graph: the folder of its ``kg.nq``, and a file of triples for each day asked about.

    Day ``None`` is that of the last state.
    """

    name: str
    folder: Path
    defaults: dict[date | None, Path]
    quads: int

    @property
    def nquads(self) -> Path:
        """The file of all named graphs."""
        return self.folder / "kg.nq"


def prepare_graph(
    name: str, folder: Path, days: Iterable[date | None], scratch: Path
) -> AskedGraph:
    """The graph in ``folder``, its default graphs written to ``scratch``.

    Raises ``LookupError`` where no state holds on a day.
    """
    by_graph: dict[str, list[str]] = {}
    for triple, graph in _read(folder / "kg.nq"):
        by_graph.setdefault(graph, []).append(triple)
    reference = by_graph[graph_iri("reference")]
    defaults: dict[date | None, Path] = {}
    for day in days:
        path = scratch / f"{name}-{day or 'last'}.nt"
        state = _state_graph(reference, day or date.max)
        merged = sorted({*by_graph[state], *reference})
        path.write_text("".join(f"{triple} .\n" for triple in merged), encoding="utf-8")
        defaults[day] = path
    return AskedGraph(name, folder, defaults, sum(len(triples) for triples in by_graph.values()))


def count_quads(nquads: Path) -> dict[str, int]:
    """How many quads each named graph has, in the order of their names.

    Raises ``ValueError`` with the line's number where a line is no quad of a named graph.
    """
    return dict(sorted(Counter(graph for _, graph in _read(nquads)).items()))


def measures(default_graph: Path) -> list[str]:
    """The measures in a default graph, as IRIs in brackets."""
    pattern = f"^(\\S+) <{RDF.type}> <{ZH.Measure}> \\.$"
    return _all_of(pattern, default_graph)


def agencies(default_graph: Path) -> list[str]:
    """The bodies that a default graph holds responsible for something, as IRIs in brackets."""
    return _all_of(f"^\\S+ <{ZH.responsibleAgency}> (\\S+) \\.$", default_graph)


def _all_of(pattern: str, path: Path) -> list[str]:
    found = re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(set(found))


def _read(nquads: Path) -> Iterator[tuple[str, str]]:
    """Each quad: its triple as it is written, and the graph's IRI."""
    with nquads.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            match = _QUAD.match(line.rstrip("\n"))
            if match is None:
                raise ValueError(f"{nquads}, line {number}: not a quad of a named graph")
            yield match["triple"], match["graph"]


def _state_graph(reference: list[str], day: date) -> str:
    """The graph of the last state that began by ``day``: states follow each other without gaps."""
    text = "\n".join(reference)
    begins: dict[str, str] = dict(
        re.findall(f'^(\\S+) <{ZH.validFrom}> "([^"]*)"', text, re.MULTILINE)
    )
    graphs: dict[str, str] = dict(
        re.findall(f"^(\\S+) <{ZH.stateGraph}> <([^>]*)>", text, re.MULTILINE)
    )
    begun = [
        (begins[state], graph)
        for state, graph in graphs.items()
        if date.fromisoformat(begins[state]) <= day
    ]
    if not begun:
        raise LookupError(f"no state holds on {day}")
    return max(begun)[1]


def _values(triples: list[str], pattern: str) -> dict[str, str]:
    return dict(re.findall(pattern, "\n".join(triples), re.MULTILINE))
