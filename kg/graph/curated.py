"""Curated statements to plain objects: the vocabulary for reading and the facts for reasoning.

This is where the formats of ``data/`` and ``ontology/`` end: reading and history get plain objects.
"""

from collections.abc import Iterable
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.turtle import CuratedError
from kg.history.known import BodyFact, Fact, Facts, Membership
from kg.namespaces import BASE, DCTERMS, ELI, ORG, PROV, RDF, SKOS, ZH
from kg.reading.vocabulary import KnownAct, Lexicon, Named, Vocabulary

AGENTS = (ORG.FormalOrganization, ZH.AgencyGroup, ORG.Post)
FILES = {
    "agencies": "data/agencies.ttl",
    "people": "data/people.ttl",
    "acts": "data/acts.ttl",
    "concepts": "ontology/concepts.ttl",
}


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
            title: str(act)
            for act in _subjects(graph, ZH.PlannedAct)
            if (title := _official_title(graph, act))
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
        title = _official_title(graph, act)
        kind = str(act).removeprefix(BASE).split("/")[2]
        yield KnownAct(str(act), kind, str(number), to_date(act, day), title)


def _official_title(graph: Graph, act: Node) -> str | None:
    """What an act is called in Kazakh, as the text has it; in other languages are translations."""
    titles = (title for title in graph.objects(act, DCTERMS.title) if isinstance(title, Literal))
    return next((str(title) for title in titles if title.language == "kk"), None)


def to_date(subject: Node, value: Node | None) -> date:
    """The day a literal gives. Raises ``CuratedError`` naming the subject where it isn't one."""
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CuratedError(f"{subject}: not a day: {value}") from error


def read_facts(graph: Graph) -> Facts:
    """The sourced facts that rules may use. Raises ``CuratedError`` where one has no day."""
    days = {fact: _fact(graph, fact) for fact in _subjects(graph, ZH.SourcedFact)}

    def by_object(term: URIRef) -> dict[str, Fact]:
        return {
            str(about): day
            for fact, day in sorted(days.items(), key=lambda pair: pair[1].day)
            for about in graph.objects(fact, term)
        }

    founded, ended = _lives(graph, days)
    return Facts(
        founded=founded,
        ended=ended,
        became=by_object(ZH.plannedAct),
        replaced=by_object(ZH.replacedTerm),
        act_days={act.key: act.day for act in _known_acts(graph)},
        wholes={str(part): str(whole) for part, whole in graph.subject_objects(ELI.is_part_of)},
        successors=_successors(graph),
        bodies=tuple(_body_facts(graph, days)),
        groups=frozenset(str(group) for group in _subjects(graph, ZH.AgencyGroup)),
        memberships=tuple(sorted(_memberships(graph), key=lambda one: one.key)),
    )


def _fact(graph: Graph, fact: Node) -> Fact:
    """A fact with its day, or with the bounds of a day that isn't held."""
    earliest, latest = (graph.value(fact, term) for term in (ZH.earliest, ZH.latest))
    if earliest is None and latest is None:
        return Fact(str(fact), to_date(fact, graph.value(fact, ZH.onDate)))
    first = to_date(fact, earliest) if earliest else date.min
    return Fact(str(fact), first, to_date(fact, latest) if latest else date.max)


def _body_facts(graph: Graph, days: dict[Node, Fact]) -> Iterable[BodyFact]:
    """The facts that speak of bodies, in the order of their days.

    Who gives and who takes a function is there on the day, and so is who is renamed.
    """
    there = (ZH.presentBody, ZH.transferredFrom, ZH.transferredTo, ZH.renamedBody)
    for node, fact in sorted(days.items(), key=lambda pair: (pair[1].day, pair[1].key)):
        told = BodyFact(
            fact,
            _confidence(graph, node),
            _addresses(graph, node, ORG.originalOrganization),
            _addresses(graph, node, ORG.resultingOrganization),
            _addresses(graph, node, *there),
        )
        if told.ended or told.founded or told.present:
            yield told


def _addresses(graph: Graph, subject: Node, *terms: URIRef) -> tuple[str, ...]:
    return tuple(sorted({str(value) for term in terms for value in graph.objects(subject, term)}))


def _confidence(graph: Graph, subject: Node) -> str:
    """``A`` or ``B``; the weaker where none is given."""
    return "A" if graph.value(subject, ZH.confidence) == ZH.ConfidenceA else "B"


def _memberships(graph: Graph) -> Iterable[Membership]:
    for node in _subjects(graph, ZH.GroupMembership):
        first, until = (graph.value(node, term) for term in (ZH.validFrom, ZH.validUntil))
        yield Membership(
            str(node),
            str(graph.value(node, ZH.group)),
            str(graph.value(node, ZH.member)),
            to_date(node, first) if first else date.min,
            to_date(node, until) if until else None,
            _confidence(graph, node),
        )


def _lives(graph: Graph, days: dict[Node, Fact]) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """The founding and the end of each body that rules may use: the first, with no end before it,
    and the last, with no founding after it.

    So neither is used of a body that ended before it was founded (which is a mistake, told by the
    rule ``ended-before-founded``), and of one founded again only what holds of both its lives.
    """
    begun = _by_body(graph, days, ORG.resultingOrganization)
    over = _by_body(graph, days, ORG.originalOrganization)
    founded = {body: facts[0] for body, facts in begun.items()}
    ended = {body: facts[-1] for body, facts in over.items()}
    return (
        {b: first for b, first in founded.items() if over.get(b, [first])[0].latest >= first.day},
        {b: last for b, last in ended.items() if begun.get(b, [last])[-1].day <= last.latest},
    )


def _by_body(graph: Graph, days: dict[Node, Fact], term: URIRef) -> dict[str, list[Fact]]:
    """The facts that speak of a body by a property, in the order of their days, by body."""
    bodies: dict[str, list[Fact]] = {}
    for node, fact in sorted(days.items(), key=lambda pair: (pair[1].day, pair[1].key)):
        for body in graph.objects(node, term):
            bodies.setdefault(str(body), []).append(fact)
    return bodies


def _successors(graph: Graph) -> dict[str, tuple[str, ...]]:
    """The acts that a planned act may have become, where no fact says which it became."""
    successors: dict[str, set[str]] = {}
    for planned, candidate in graph.subject_objects(ZH.candidateAct):
        acts = {str(act) for act in graph.objects(candidate, ZH.target)}
        successors.setdefault(str(planned), set()).update(acts)
    return {planned: tuple(sorted(acts)) for planned, acts in successors.items()}
