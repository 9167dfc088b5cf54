"""Curated Turtle to plain objects: the vocabulary for reading and the facts for reasoning.

This is where the formats of ``data/`` and ``ontology/`` end: reading and history get plain objects.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.history.known import Fact, Facts
from kg.namespaces import BASE, ELI, ORG, PROV, RDF, SKOS, XSD, ZH
from kg.reading.vocabulary import KnownAct, Lexicon, Named, Vocabulary

AGENTS = (ORG.FormalOrganization, ZH.AgencyGroup, ORG.Post)
FILES = {
    "agencies": "data/agencies.ttl",
    "people": "data/people.ttl",
    "acts": "data/acts.ttl",
    "concepts": "ontology/concepts.ttl",
}
DAYS = {
    ZH.onDate: "fact-day",
    ZH.validFrom: "membership-valid-from",
    ZH.validUntil: "membership-valid-until",
    ELI.date_document: "act-date",
}
"""What takes a day, each with its rule in ``shapes/``."""


class CuratedError(Exception):
    """A curated file that can't be read, or says something that can't be used; the message names
    it.
    """


def read_turtle(paths: Iterable[Path]) -> Graph:
    """All statements of some Turtle files. Raises ``CuratedError`` naming the file that is
    broken.
    """
    graph = Graph()
    for path in paths:
        try:
            part = Graph().parse(path, format="turtle")
        except BadSyntax as error:
            found = re.search(r"Bad syntax \((.*?)\) at", str(error))
            reason = f" ({found[1]})" if found else ""
            raise CuratedError(f"{path}, line {error.lines + 1}: not Turtle{reason}") from error
        except Exception as error:  # rdflib raises errors of other kinds for other broken Turtle
            raise CuratedError(f"{path}: {error}") from error
        _check_values(path, part)
        graph += part
    return graph


def _check_values(path: Path, graph: Graph) -> None:
    """Raises ``CuratedError`` with file, line and rule at a value that its datatype doesn't have,
    and where a day is asked for and none is there.
    """
    for term, rule in DAYS.items():
        for value in graph.objects(None, term):
            if getattr(value, "datatype", None) != XSD.date:
                raise _refusal(path, f'"{value}"', f"«{value}» is no xsd:date", rule)
    for value in graph.objects():
        if isinstance(value, Literal) and value.ill_typed:
            kind = str(value.datatype).rpartition("#")[2]
            problem = f"«{value}» is no {kind}"
            raise _refusal(path, f'"{value}"', problem, "literal-well-formed")
    acts = set(graph.subjects(ELI.number))
    for subjects, term in (
        (_subjects(graph, ZH.SourcedFact), ZH.onDate),
        (acts, ELI.date_document),
    ):
        for subject in sorted(subjects - set(graph.subjects(term)), key=str):
            name = str(subject).removeprefix(BASE)
            raise _refusal(path, f"<{name}>", f"{name} has no day", DAYS[term])


def _refusal(path: Path, words: str, problem: str, rule: str) -> CuratedError:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, start=1) if words in text), 0)
    return CuratedError(f"{path}, line {line}: {problem}; correct it (rule: {rule})")


def read_vocabulary(graph: Graph) -> Vocabulary:
    """The vocabulary that curated statements give. Raises ``CuratedError`` where a form is
    ambiguous.
    """
    agencies = _subjects(graph, *AGENTS)
    people = _subjects(graph, PROV.Person)
    outputs = _subjects(graph, ZH.OutputType)
    months = _subjects(graph, ZH.Month)

    def lexicon(subjects: set[Node], file: str, *terms: URIRef, stems: bool = False) -> Lexicon:
        return Lexicon(_forms(graph, subjects, terms, FILES[file]), FILES[file], stems=stems)

    names = (SKOS.prefLabel, SKOS.altLabel)
    return Vocabulary(
        agencies=lexicon(agencies, "agencies", *names),
        agencies_genitive=lexicon(agencies, "agencies", ZH.genitiveForm),
        agencies_dative=lexicon(agencies, "agencies", ZH.dativeForm),
        agencies_inferred=lexicon(agencies, "agencies", ZH.inferredForm),
        heads=_heads(graph, agencies),
        people=lexicon(people, "people", *names),
        people_dative=lexicon(people, "people", ZH.dativeForm),
        outputs=lexicon(outputs, "concepts", ZH.phrase),
        outputs_dative=lexicon(outputs, "concepts", ZH.dativeForm),
        fundings=lexicon(_subjects(graph, ZH.FundingType), "concepts", ZH.phrase),
        topics=lexicon(_subjects(graph, ZH.Topic), "concepts", ZH.phrase),
        duties=lexicon(_subjects(graph, ZH.DutyType), "concepts", ZH.phrase),
        capacities=lexicon(_subjects(graph, ZH.Capacity), "concepts", ZH.phrase),
        concepts=lexicon(_things(graph), "concepts", *names),
        terms=lexicon(_subjects(graph, ZH.SupersededTerm), "concepts", ZH.stem, stems=True),
        months=_months(graph, months, SKOS.prefLabel),
        months_dative=_months(graph, months, ZH.dativeForm),
        months_attributive=_months(graph, months, ZH.attributiveForm),
        acts=tuple(sorted(_known_acts(graph), key=lambda act: act.key)),
        acts_file=FILES["acts"],
        planned={
            str(title): str(act)
            for act in _subjects(graph, ZH.PlannedAct)
            for title in graph.objects(act, ELI.title)
        },
        named=tuple(sorted(_named(graph), key=lambda thing: thing.key)),
    )


def _subjects(graph: Graph, *types: URIRef) -> set[Node]:
    return {subject for kind in types for subject in graph.subjects(RDF.type, kind)}


def _things(graph: Graph) -> set[Node]:
    """Concepts that are nothing but concepts: what the text abbreviates that is no body."""
    concepts = _subjects(graph, SKOS.Concept)
    return {
        concept for concept in concepts if set(graph.objects(concept, RDF.type)) == {SKOS.Concept}
    }


def _named(graph: Graph) -> Iterable[Named]:
    """What texts refer to by name; the inferred forms of bodies are no such names."""
    named = set(graph.subjects(ZH.referenceForm)) | set(graph.subjects(ZH.inferredForm))
    for thing in named - _subjects(graph, *AGENTS):
        whole = graph.value(thing, ELI.is_part_of)
        yield Named(
            str(thing),
            tuple(sorted(str(form) for form in graph.objects(thing, ZH.referenceForm))),
            tuple(sorted(str(form) for form in graph.objects(thing, ZH.inferredForm))),
            str(whole) if whole else None,
            of_many=(thing, RDF.type, ZH.DocumentKind) in graph,
        )


def _forms(graph: Graph, subjects: set[Node], terms: Iterable[URIRef], file: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for subject in sorted(subjects, key=str):
        for term in terms:
            for form in graph.objects(subject, term):
                if not isinstance(form, Literal) or form.language != "kk":
                    continue
                known = forms.setdefault(" ".join(form.split()), str(subject))
                if known != str(subject):
                    raise CuratedError(f"{file}: «{form}» names both {known} and {subject}")
    return forms


def _heads(graph: Graph, agencies: set[Node]) -> dict[str, dict[str, str]]:
    heads: dict[str, dict[str, str]] = {}
    for agency in sorted(agencies, key=str):
        for modifier in graph.objects(agency, ZH.sharedModifier):
            for head in graph.objects(agency, ZH.sharedHead):
                heads.setdefault(str(head), {})[str(modifier)] = str(agency)
    return heads


def _months(graph: Graph, months: set[Node], term: URIRef) -> Lexicon:
    numbers = {month: str(graph.value(month, ZH.month)).removeprefix("--") for month in months}
    forms = {
        str(form): str(int(numbers[month]))
        for month in months
        for form in graph.objects(month, term)
        if isinstance(form, Literal) and form.language == "kk"
    }
    return Lexicon(forms, FILES["concepts"])


def _known_acts(graph: Graph) -> Iterable[KnownAct]:
    for act in _subjects(graph, ELI.LegalResource):
        number, day = graph.value(act, ELI.number), graph.value(act, ELI.date_document)
        if number is None or not str(act).startswith(f"{BASE}eli/"):
            continue
        title = graph.value(act, ELI.title)
        kind = str(act).removeprefix(BASE).split("/")[2]
        yield KnownAct(
            str(act), kind, str(number), to_date(act, day), str(title) if title else None
        )


def to_date(subject: Node, value: Node | None) -> date:
    """The day a literal gives. Raises ``CuratedError`` naming the subject where it isn't one."""
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CuratedError(f"{subject}: not a day: {value}") from error


def read_facts(graph: Graph) -> Facts:
    """The sourced facts that rules may use. Raises ``CuratedError`` where one has no day."""
    days = {
        fact: Fact(str(fact), to_date(fact, graph.value(fact, ZH.onDate)))
        for fact in _subjects(graph, ZH.SourcedFact)
    }

    def by_object(term: URIRef) -> dict[str, Fact]:
        return {
            str(about): day
            for fact, day in sorted(days.items(), key=lambda pair: pair[1].day)
            for about in graph.objects(fact, term)
        }

    return Facts(
        founded=by_object(ORG.resultingOrganization),
        ended=by_object(ORG.originalOrganization),
        became=by_object(ZH.plannedAct),
        replaced=by_object(ZH.replacedTerm),
        act_days={act.key: act.day for act in _known_acts(graph)},
        wholes={str(part): str(whole) for part, whole in graph.subject_objects(ELI.is_part_of)},
        successors=_successors(graph),
    )


def _successors(graph: Graph) -> dict[str, tuple[str, ...]]:
    """The acts that a planned act may have become, where no fact says which it became."""
    return {
        str(planned): tuple(sorted(str(act) for act in graph.objects(planned, ZH.mayHaveBecome)))
        for planned in set(graph.subjects(ZH.mayHaveBecome))
    }
