"""Curated Turtle files to one graph: what can't be read, or leads round in a circle, is refused.

The rules that a message names are those of ``shapes/``; they are asked again of the built graph.
What stands here is what the making itself must be able to rely on: values that are what their
datatype says, and relations that come to an end.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.graph.origin import read_subject
from kg.namespaces import BASE, DCTERMS, ELI, RDF, SKOS, XSD, ZH

__all__ = ["CuratedError", "read_turtle"]

DAYS = {
    ZH.onDate: "fact-day",
    ZH.earliest: "fact-earliest",
    ZH.latest: "fact-latest",
    ZH.validFrom: "membership-valid-from",
    ZH.validUntil: "membership-valid-until",
    ELI.date_document: "act-date",
}
"""What takes a day, each with its rule in ``shapes/``."""

UPWARD = (ELI.is_part_of, DCTERMS.isPartOf, SKOS.broader)
"""What leads from a part to its whole, or to what is broader; none comes back to where it began."""


class CuratedError(Exception):
    """A curated file that can't be read, or says something that can't be used; the message names
    it.
    """


@dataclass(frozen=True)
class _File:
    """One file: its name for people (below the root), its lines and its statements."""

    name: str
    lines: tuple[str, ...]
    graph: Graph

    def refusal(self, line: int, problem: str, rule: str) -> CuratedError:
        place = f"{self.name}, line {line}" if line else self.name
        return CuratedError(f"{place}: {problem}; correct it (rule: {rule})")

    def line_with(self, words: str) -> int:
        """The first line, from 1, that has the words; 0 where none has."""
        return next((n for n, text in enumerate(self.lines, start=1) if words in text), 0)

    def line_of(self, subject: Node, value: Node) -> int:
        """The line on which a subject's description names a value, or else begins; 0 where it isn't
        written as people write it.
        """
        about: str | None = None
        first = 0
        for number, text in enumerate(self.lines, start=1):
            begun = read_subject(text)
            about = begun or about
            if about == str(subject):
                first = first or number
                said = text.partition(" ")[2] if begun else text
                if f"<{_short(value)}>" in said or f"<{value}>" in said:
                    return number
        return first


def read_turtle(paths: Iterable[Path], root: Path | None = None) -> Graph:
    """All statements of some Turtle files.

    Raises ``CuratedError`` with file, line and rule: where a file is broken, a value isn't what its
    datatype says, a day is missing, or something is part of itself or of two wholes. Files are
    named as seen from ``root``, if it is given.
    """
    files = [_read(path, _name(path, root)) for path in paths]
    graph = Graph()
    for file in files:
        graph += file.graph
    _check_wholes(files)
    return graph


def _name(path: Path, root: Path | None) -> str:
    return path.relative_to(root).as_posix() if root else str(path)


def _read(path: Path, name: str) -> _File:
    try:
        text = path.read_text(encoding="utf-8")
        graph = Graph().parse(data=text, format="turtle", publicID=path.absolute().as_uri())
    except BadSyntax as error:
        found = re.search(r"Bad syntax \((.*?)\) at", str(error))
        reason = f" ({found[1]})" if found else ""
        raise CuratedError(f"{name}, line {error.lines + 1}: not Turtle{reason}") from error
    except OSError as error:
        raise CuratedError(f"{name}: it can't be read: {error.strerror}") from error
    except Exception as error:  # rdflib raises errors of other kinds for other broken Turtle
        raise CuratedError(f"{name}: {error}") from error
    file = _File(name, tuple(text.splitlines()), graph)
    _check_values(file)
    return file


def _check_values(file: _File) -> None:
    """Raises ``CuratedError`` with file, line and rule at a value that its datatype doesn't have,
    and where a day is asked for and none is there.
    """
    graph = file.graph
    for term, rule in DAYS.items():
        for value in graph.objects(None, term):
            if getattr(value, "datatype", None) != XSD.date:
                line = file.line_with(f'"{value}"')
                raise file.refusal(line, f"«{value}» is no xsd:date", rule)
    for value in graph.objects():
        if isinstance(value, Literal) and value.ill_typed:
            kind = str(value.datatype).rpartition("#")[2]
            line = file.line_with(f'"{value}"')
            raise file.refusal(line, f"«{value}» is no {kind}", "literal-well-formed")
    facts = set(graph.subjects(RDF.type, ZH.SourcedFact))
    # Where the day isn't held, a bound of it stands in its place.
    bounded = set(graph.subjects(ZH.earliest)) | set(graph.subjects(ZH.latest))
    for subjects, term in (
        (facts - bounded, ZH.onDate),
        (set(graph.subjects(ELI.number)), ELI.date_document),
    ):
        for subject in sorted(subjects - set(graph.subjects(term)), key=str):
            name = _short(subject)
            raise file.refusal(file.line_with(f"<{name}>"), f"{name} has no day", DAYS[term])


def _check_wholes(files: list[_File]) -> None:
    """Raises ``CuratedError`` at the statement by which something comes to be part of two wholes,
    or part of itself: what follows the relation upward could then not tell where to go, or end.
    """
    for term in UPWARD:
        wholes: dict[Node, Node] = {}
        for file, line, part, whole in _statements(files, term):
            known = wholes.setdefault(part, whole)
            if known != whole:
                problem = f"{_short(part)} is part of {_short(known)} and of {_short(whole)}"
                raise file.refusal(line, problem, "whole-once")
            if part in _above(wholes, whole):
                problem = f"by this, {_short(part)} is part of itself"
                raise file.refusal(line, problem, "whole-circular")


def _statements(files: list[_File], term: URIRef) -> Iterator[tuple[_File, int, Node, Node]]:
    """The statements with a property, in the order in which they are written."""
    for file in files:
        found = [(file.line_of(p, w), p, w) for p, w in file.graph.subject_objects(term)]
        for line, part, whole in sorted(found, key=lambda one: (one[0], str(one[1]), str(one[2]))):
            yield file, line, part, whole


def _above(wholes: dict[Node, Node], start: Node) -> set[Node]:
    """``start`` and all that it is part of."""
    found = {start}
    while (start := wholes.get(start, start)) not in found:
        found.add(start)
    return found


def _short(node: Node) -> str:
    return str(node).removeprefix(BASE)
