"""The files of a release, written once at the build: everything and each state, in each syntax.

The same graph gives the same bytes. The catalogue describes these files, with their checksums, and
so is in none of them: ``zhospar.nq`` is all other graphs, and its SHA-256 begins with the name of
the release.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.asking.asof import State
from kg.asking.export import export_csv, export_rdf
from kg.asking.formats import GRAPH_FORMATS, Format
from kg.asking.store import KnowledgeGraph
from kg.dumps import Dump, everything_file, state_file, table_file

__all__ = ["find_damage", "write_dumps"]

_WHOLE = tuple(
    replace(form, keeps_graphs=form.keeps_graphs or form.name == "jsonld")
    for form in GRAPH_FORMATS
    if form.name != "nt"
)
_STATE = tuple(form for form in GRAPH_FORMATS if form.name != "nt")
"""N-Triples are Turtle too, and the lines that people sort and compare are those of N-Quads."""


def write_dumps(nquads: bytes, folder: Path) -> list[Dump]:
    """Write the files of the data set ``nquads`` into ``folder``; returns what each is.

    ``nquads`` are canonical N-Quads without the catalogue. Raises ``UnusableBuild`` where they hold
    no state, and ``OSError``.
    """
    graph = KnowledgeGraph(nquads)
    folder.mkdir(parents=True, exist_ok=True)
    return sorted([*_write_everything(graph, folder), *_write_states(graph, folder)])


def find_damage(graph: KnowledgeGraph, folder: Path) -> Iterator[str]:
    """A sentence for each file of ``folder`` that isn't what the catalogue of ``graph`` says."""
    for dump in graph.dumps:
        path = folder / dump.name
        if not path.is_file():
            yield f"{path} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != dump.sha256:
            yield f"{path} isn't the file that the catalogue describes"


def _write_everything(graph: KnowledgeGraph, folder: Path) -> Iterator[Dump]:
    for form in _WHOLE:
        content = _serialize(graph, form, None)
        yield _write(folder, everything_file(form.suffix), content)


def _write_states(graph: KnowledgeGraph, folder: Path) -> Iterator[Dump]:
    for state in graph.states:
        day = state.valid_from
        for form in _STATE:
            content = _serialize(graph, form, state)
            yield _write(folder, state_file(day, form.suffix), content, day)
        for possible in (False, True):
            sink = io.BytesIO()
            export_csv(graph, state, sink, possible=possible)
            name = table_file(day, possible=possible)
            yield _write(folder, name, sink.getvalue(), day, possible=possible)


def _serialize(graph: KnowledgeGraph, form: Format, state: State | None) -> bytes:
    """A state or everything; where graphs are kept, what may have stood is one of them."""
    sink = io.BytesIO()
    export_rdf(graph, form, state, sink, possible=form.keeps_graphs)
    return sink.getvalue()


def _write(
    folder: Path, name: str, content: bytes, day: date | None = None, *, possible: bool = False
) -> Dump:
    (folder / name).write_bytes(content)
    return Dump(name, len(content), hashlib.sha256(content).hexdigest(), day, possible)
