"""One rendering for one term: whether translations say what the glossary has for the Kazakh words.

In go the graphs of a data set; out comes a problem for each breach of ``RENDERING_RULES``. The
terms, their stems and renderings, and the exceptions are those of ``data/glossary.ttl``. No shape
asks this: in SPARQL each stem is a pattern made anew for each version, which takes longer than all
shapes do, and a term's words can't be taken out of others before a second term's are looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.graph.partition import Graphs, Triple
from kg.graph.report import SHAPES, Problem
from kg.iris import graph_iri, local_name
from kg.namespaces import RDF, SKOS, ZH

__all__ = ["RENDERING_RULES", "find_rendering_problems"]

RENDERING_RULES = {
    "term-rendered": (
        "The Kazakh words have a term of the glossary whose rendering the translation lacks; mend "
        "data/translations.ttl, add the rendering to data/glossary.ttl, or except the provision "
        "there with a reason."
    ),
    "terms-apart": (
        "The words have the rendering of a term that the Kazakh words don't have, and that isn't "
        "to be confused with one they do have; use the other's rendering."
    ),
    "exception-needed": (
        "This exception of the glossary excepts nothing: its provision renders the term; delete it."
    ),
}
"""The rules that are checked here and what each asks."""

_REFERENCE = URIRef(graph_iri("reference"))
_LANGUAGES = ("en", "ru")


@dataclass(frozen=True)
class _Term:
    """A term: what finds it in Kazakh words, its renderings by language, the terms it isn't."""

    stems: frozenset[str]
    renderings: dict[str, frozenset[str]]
    apart: frozenset[str]


@dataclass
class _Words:
    """What one graph says of one provision in words."""

    kazakh: str = ""
    translations: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def find_rendering_problems(graphs: Graphs) -> Iterator[Problem]:
    """Each breach of ``RENDERING_RULES``, named once for a provision, its states and versions."""
    reference = graphs.get(_REFERENCE, set())
    terms, exceptions = _read_terms(reference), _read_exceptions(reference)
    unused = set(exceptions.values())
    found: dict[tuple[Node, str, str], Problem] = {}
    seen: set[tuple[object, ...]] = set()
    for name, triples in graphs.items():
        told = _read_words(triples)
        translated = any(words.translations for words in told.values())
        for subject, words in told.items() if translated else ():
            part = URIRef(str(subject).partition("@")[0])
            key = (part, words.kazakh, *words.translations.items(), *words.labels.items())
            if key in seen:
                continue
            seen.add(key)
            for rule, term, language in _breaches(terms, words):
                if rule == "term-rendered" and (part, term) in exceptions:
                    unused.discard(exceptions[part, term])
                else:
                    value = f"{local_name(term)} @{language}"
                    found.setdefault((part, rule, value), _problem(name, part, rule, value))
    yield from found.values()
    for node in unused if seen else ():  # where nothing is translated, nothing needs excepting
        yield _problem(_REFERENCE, node, "exception-needed", None)


def _breaches(terms: dict[str, _Term], words: _Words) -> Iterator[tuple[str, str, str]]:
    """The rules that the words break, each with the term and the language."""
    if not words.kazakh:
        return
    there = {iri for iri, term in terms.items() if _has(words.kazakh, term.stems)}
    for iri in there:
        term = terms[iri]
        for language, translation in words.translations.items():
            if not _has(translation, term.renderings[language]):
                yield "term-rendered", iri, language
        for other in term.apart - there:
            for language in _LANGUAGES:
                for said in (words.translations, words.labels):
                    left = _without(said.get(language, ""), term.renderings[language])
                    if _has(left, terms[other].renderings[language]):
                        yield "terms-apart", other, language


def _read_words(triples: set[Triple]) -> dict[Node, _Words]:
    told: dict[Node, _Words] = {}
    parts = {s for s, p, o in triples if p == RDF.type and o in (ZH.Provision, ZH.ProvisionVersion)}
    for subject, predicate, value in triples:
        if subject in parts and isinstance(value, Literal) and value.language:
            words = told.setdefault(subject, _Words())
            if predicate == ZH.text:
                words.kazakh = str(value)
            elif predicate == ZH.translation:
                words.translations[value.language] = str(value)
            elif predicate == SKOS.prefLabel and value.language in _LANGUAGES:
                words.labels[value.language] = str(value)
    return told


def _read_terms(triples: set[Triple]) -> dict[str, _Term]:
    """The terms of the glossary by address; what isn't to be confused is so both ways."""
    said: dict[tuple[Node, Node], set[Node]] = {}
    for subject, predicate, value in triples:
        said.setdefault((subject, predicate), set()).add(value)
        if predicate == ZH.notToBeConfusedWith:
            said.setdefault((value, predicate), set()).add(subject)
    iris = {s for s, p, o in triples if (p, o) == (RDF.type, ZH.GlossaryTerm)}
    return {
        str(iri): _Term(
            frozenset(map(str, said.get((iri, ZH.stem), ()))),
            _by_language(said.get((iri, ZH.rendering), set())),
            frozenset(map(str, said.get((iri, ZH.notToBeConfusedWith), set()) & iris)),
        )
        for iri in sorted(iris, key=str)
    }


def _by_language(words: set[Node]) -> dict[str, frozenset[str]]:
    literals = [word for word in words if isinstance(word, Literal)]
    return {
        language: frozenset(str(word) for word in literals if word.language == language)
        for language in _LANGUAGES
    }


def _read_exceptions(triples: set[Triple]) -> dict[tuple[Node, str], Node]:
    """The exceptions, by provision and term."""
    exceptions = {s for s, p, o in triples if (p, o) == (RDF.type, ZH.RenderingException)}
    said = {(s, p): o for s, p, o in triples if s in exceptions}
    return {
        (said[node, ZH.inProvision], str(said[node, ZH.glossaryTerm])): node
        for node in exceptions
        if (node, ZH.inProvision) in said and (node, ZH.glossaryTerm) in said
    }


def _without(words: str, stems: frozenset[str]) -> str:
    for stem in stems:
        words = _pattern(stem).sub(" ", words)
    return words


def _has(words: str, stems: frozenset[str]) -> bool:
    return any(_pattern(stem).search(words) for stem in stems)


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    """Each word of the stem at the beginning of a word; one after another."""
    words = r"\w*\s+".join(map(re.escape, stem.split()))
    return re.compile(rf"(?<![\w-]){words}", re.IGNORECASE)


def _problem(graph: str, node: Node, rule: str, value: str | None) -> Problem:
    return Problem(str(graph), str(node), SHAPES + rule, RENDERING_RULES[rule], value)
