"""What fills the gaps in the words of a detector, in the language of these words.

Detectors name things by the ends of addresses (``ministry-of-finance``, ``section-4-measure-7``)
and by the words of ``ontology/detectors.ttl``; people read the names that these have.
"""

import re
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from rdflib import Graph, Literal
from rdflib.term import Node

from kg.graph.labels import place_labels
from kg.history.anomalies.finding import Finding, in_words
from kg.iris import local_name
from kg.model import Plan
from kg.namespaces import SKOS

__all__ = ["Gaps"]

_DIGIT = re.compile(r"\d")


class Gaps:
    """The names of a plan's parts, and of all that ``named`` and ``words`` describe."""

    def __init__(self, plan: Plan, named: Graph, words: Graph) -> None:
        self._names: dict[tuple[str, str], str] = {}
        for provision in plan.provisions:
            path = provision.path.removeprefix("plan/")
            self._add(path.replace("/", "-"), place_labels(provision))
        for graph in (named, words):
            for subject in sorted(set(graph.subjects(SKOS.prefLabel)), key=str):
                self._add(local_name(str(subject)), graph.objects(subject, SKOS.prefLabel))

    def fill(self, finding: Finding, language: str) -> dict[str, str]:
        """The values of a finding in a language; a number stays one, whatever bears it."""
        return {
            gap: value
            if isinstance(value, str) and _DIGIT.search(value)
            else self._say(value, language)
            for gap, value in finding.values.items()
        }

    def name(self, finding: Finding, language: str) -> str:
        """What tells the finding from others of its detector; empty where there are none."""
        short = finding.values.get("short")
        if short is not None and language != "en":  # as printed: the key has it in Latin letters
            return f"«{short}»"
        named = finding.values.get("name")
        if named is not None or language == "en":
            return self._say(finding.key.replace("-", " ") if named is None else named, language)
        return self._say(finding.key, language)

    def _add(self, name: str, labels: Iterable[Node]) -> None:
        for label in labels:
            if isinstance(label, Literal) and label.language:
                self._names.setdefault((name.lower(), label.language), str(label))

    def _say(self, value: str | date, language: str) -> str:
        if isinstance(value, date):
            return _day(value, language)
        if language == "en":
            return value
        if whole := self._names.get((value.replace(" ", "-").lower(), language)):
            return whole
        pieces = value.replace(", ", "-and-").split("-and-")
        return ", ".join(self._piece(piece.replace(" ", "-"), language) for piece in pieces)

    def _piece(self, piece: str, language: str) -> str:
        """The name of what a piece of a key names; what has none is a number or an abbreviation."""
        if named := self._names.get((piece.lower(), language)):
            return named
        thing, _, role = piece.rpartition("-")
        both = [self._names.get((part, language), "") for part in (thing, role)]
        return " – ".join(both) if all(both) else piece


def _day(day: date, language: str) -> str:
    if language == "en":
        return in_words(day)
    words = format_date(day, "d MMMM", locale=language)
    return f"{words} {day.year} года" if language == "ru" else f"{day.year} жылғы {words}"
