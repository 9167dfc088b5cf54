"""Three languages: whether each label is there in all of them, in their letters.

In go the graphs of a data set; out comes a problem for each breach of ``LANGUAGE_RULES``. What a
provision's translations must say is asked by ``kg.graph.renderings``.
"""

import re
from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs
from kg.graph.report import SHAPES, Problem
from kg.iris import graph_iri
from kg.namespaces import SKOS, ZH

__all__ = ["LANGUAGES", "LANGUAGE_RULES", "find_language_problems"]

LANGUAGES = ("kk", "en", "ru")

LANGUAGE_RULES = {
    "label-in-each-language": (
        "This has a label, and none in this language; add a skos:prefLabel in it where it is "
        "described. Every label stands in Kazakh, English and Russian."
    ),
    "label-one-in-each-language": (
        "This has two labels in one language; keep one skos:prefLabel and make the other a "
        "skos:altLabel."
    ),
    "english-letters": (
        "English words have Cyrillic letters; translate them, or write the name in Latin letters."
    ),
    "russian-letters": (
        "Russian words have letters that only Kazakh has; translate them, or put the Kazakh words "
        "in « »."
    ),
}
"""The rules that are checked here and what each asks."""

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_KAZAKH_ONLY = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_QUOTED = re.compile("«[^»]*»")
_WORDED = (SKOS.prefLabel, SKOS.altLabel, ZH.translation)
_NOT_YET = frozenset({URIRef(graph_iri("queries"))})
"""Graphs whose labels are in English only."""


def find_language_problems(graphs: Graphs) -> Iterator[Problem]:
    """Each breach of ``LANGUAGE_RULES``, in whichever graph."""
    for name, triples in graphs.items():
        labels: dict[Node, list[str]] = {}
        for subject, predicate, words in triples:
            if predicate in _WORDED and isinstance(words, Literal):
                yield from _misspelt(name, subject, words)
                if predicate == SKOS.prefLabel:
                    labels.setdefault(subject, []).append(str(words.language))
        if name not in _NOT_YET:
            for subject, languages in labels.items():
                yield from _incomplete(name, subject, languages)


def _incomplete(graph: URIRef, subject: Node, languages: list[str]) -> Iterator[Problem]:
    for language in LANGUAGES:
        count = languages.count(language)
        if count != 1:
            rule = "label-one-in-each-language" if count else "label-in-each-language"
            yield _problem(graph, subject, rule, f"@{language}")


def _misspelt(graph: URIRef, subject: Node, words: Literal) -> Iterator[Problem]:
    if words.language == "en" and _CYRILLIC.search(words):
        yield _problem(graph, subject, "english-letters", words)
    if words.language == "ru" and _KAZAKH_ONLY.search(_QUOTED.sub("", words)):
        yield _problem(graph, subject, "russian-letters", words)


def _problem(graph: URIRef, node: Node, rule: str, value: object) -> Problem:
    return Problem(str(graph), str(node), SHAPES + rule, LANGUAGE_RULES[rule], str(value))
