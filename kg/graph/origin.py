"""Where a problem is to be mended: the file and the line that describe the node, or its words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from kg.graph.report import Problem, Report
from kg.namespaces import BASE, PREFIXES

__all__ = ["find_subjects", "name_origins", "read_subject"]

_PREFIX = re.compile(r"^@prefix\s+(?P<prefix>[\w-]+):\s*<(?P<iri>[^<>\s]*)>")
# A statement's subject as people write it: first on its line, nothing before it.
_SUBJECT = re.compile(r"^(?:<(?P<iri>[^<>\s]*)>|(?P<prefix>[\w-]+):(?P<name>[\w./-]+))(?:\s|$)")


def find_subjects(files: Iterable[Path], root: Path) -> dict[str, tuple[str, ...]]:
    """Each subject of curated Turtle files, by IRI: the file below ``root`` and the line of each of
    its descriptions, such as ``data/facts.ttl, line 17``. Files that aren't there are left out.
    """
    places: dict[str, tuple[str, ...]] = {}
    for path in filter(Path.is_file, files):
        lines = path.read_text(encoding="utf-8").splitlines()
        declared = {found["prefix"]: found["iri"] for found in map(_PREFIX.match, lines) if found}
        for number, line in enumerate(lines, start=1):
            subject = read_subject(line, declared)
            if subject:
                place = f"{path.relative_to(root).as_posix()}, line {number}"
                places[subject] = (*places.get(subject, ()), place)
    return places


def read_subject(line: str, prefixes: Mapping[str, str] = PREFIXES) -> str | None:
    """The IRI of the subject that a line of Turtle begins with; nothing where it begins none."""
    found = _SUBJECT.match(line)
    return _resolve(found, prefixes) if found else None


def name_origins(report: Report, subjects: Mapping[str, tuple[str, ...]], source: str) -> Report:
    """The report with the place of each problem that has one: the description of its node among
    the curated ``subjects``, the one in the file that the message names or else the first; or else
    the line in ``source``, the name of the text.
    """
    return Report(tuple(_name(problem, subjects, source) for problem in report.problems))


def _name(problem: Problem, subjects: Mapping[str, tuple[str, ...]], source: str) -> Problem:
    places = subjects.get(problem.focus_node, ())
    named = [place for place in places if place.partition(",")[0] in problem.message]
    described = next(iter([*named, *places]), None)
    if described is None and problem.source_line is not None:
        described = f"{source}, line {problem.source_line}"
    return replace(problem, place=described)


def _resolve(found: re.Match[str], prefixes: Mapping[str, str]) -> str:
    if found["iri"] is not None:
        iri: str = found["iri"]
        return urljoin(BASE, iri)
    prefix: str = found["prefix"]
    return f"{prefixes.get(prefix, f'{prefix}:')}{found['name']}"
