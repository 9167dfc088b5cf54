"""What the states and the plan refer to: ``graph/reference``, ``graph/source``, ``graph/ontology``.

Reference merges what people curate (agents, acts, places, facts, concepts, rules) with the act
itself, its states and their days of effect.
"""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.curated import to_date
from kg.graph.history import premise_iri
from kg.graph.links import write_links
from kg.graph.naming.changes import name_effect
from kg.graph.naming.days import name_day
from kg.graph.naming.names import as_labels
from kg.graph.naming.references import name_expression, name_membership
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, language, typed
from kg.history.known import AttestationKey, History, State
from kg.iris import (
    akn_expression,
    akn_work,
    expression_iri,
    graph_iri,
    possible_graph_iri,
    rule_iri,
    span_iri,
    state_graph_iri,
    state_iri,
)
from kg.model import Quote, Span
from kg.namespaces import BASE, DCTERMS, ELI, OA, RDF, RDFS, SKOS, XSD, ZH
from kg.reading.source import Source

REFERENCE = graph_iri("reference")
SOURCE = graph_iri("source")
ONTOLOGY = graph_iri("ontology")
LAST_STATE_PERSISTS = "R13"  # no later amender is known, so the last text is that of later days
UNOFFICIAL = URIRef(f"{ELI._NS}LegalValue-unofficial")  # an individual of ELI
TRANSLATIONS = {
    "en": (
        "eng",
        (
            language("Ағылшын тіліне бейресми аударма", "kk"),
            language("Unofficial translation into English", "en"),
            language("Неофициальный перевод на английский язык", "ru"),
        ),
    ),
    "ru": (
        "rus",
        (
            language("Орыс тіліне бейресми аударма", "kk"),
            language("Unofficial translation into Russian", "en"),
            language("Неофициальный перевод на русский язык", "ru"),
        ),
    ),
}
"""By the language of a translation: its name in an address, and the labels of the whole."""
INDIVIDUALS = (ZH.Grade, ZH.TextStatus, ZH.Facet, ZH.Confidence)


def write_reference(quads: Quads, writer: Writer, history: History, curated: Graph) -> None:
    """Add the curated statements, the act and its states."""
    quads.add_graph(REFERENCE, curated)
    for fact, planned in curated.subject_objects(ZH.plannedAct):
        quads.add(REFERENCE, str(planned), ZH.becameAct, *curated.objects(fact, ZH.becameAct))
    for membership in curated.subjects(RDF.type, ZH.GroupMembership):
        _name_membership(quads, writer, curated, membership)
    for act, day in curated.subject_objects(ELI.date_document):
        if curated.value(act, ELI.number):
            name = akn_work(str(act), to_date(act, day))
            quads.add(REFERENCE, str(act), ZH.aknIri, _akn(name))
    write_links(quads, REFERENCE, curated)
    _write_act(quads, writer)
    for state in history.states:
        _write_state(quads, writer, state)


def _name_membership(quads: Quads, writer: Writer, curated: Graph, membership: Node) -> None:
    """A membership is named by who is in what, in the languages in which people gave no name."""
    said = {
        str(getattr(name, "language", "")) for name in curated.objects(membership, SKOS.prefLabel)
    }
    member, group = (str(curated.value(membership, key)) for key in (ZH.member, ZH.group))
    names = name_membership(member, group, writer.naming)
    new = [name for name in as_labels(names) if name.language not in said]
    quads.add(REFERENCE, str(membership), SKOS.prefLabel, *new)


def write_ontology(quads: Quads, ontology: Graph) -> None:
    """Add the ontology; grades and the like are referred to by data, so reference names them
    too.
    """
    quads.add_graph(ONTOLOGY, ontology)
    for kind in INDIVIDUALS:
        for individual in ontology.subjects(RDF.type, kind):
            for predicate, value in ontology.predicate_objects(individual):
                if predicate != RDFS.isDefinedBy:
                    quads.add(REFERENCE, str(individual), URIRef(str(predicate)), value)


def _write_act(quads: Quads, writer: Writer) -> None:
    act = writer.plan.act
    quads.add(REFERENCE, writer.act, RDF.type, ZH.Resolution, ELI.LegalResource)
    quads.add(REFERENCE, writer.act, ELI.number, Literal(act.number))
    quads.add(REFERENCE, writer.act, ELI.date_document, typed(act.day.isoformat(), XSD.date))
    quads.add(REFERENCE, writer.act, ZH.aknIri, _akn(akn_work(writer.act, act.day)))
    title = writer.plan.provision("title").words.text
    quads.add(REFERENCE, writer.act, DCTERMS.title, language(title, "kk"))
    evidence = [act.quote]
    if act.signatory:
        quads.add(REFERENCE, writer.act, ZH.signatory, URIRef(act.signatory.key))
        evidence.append(act.signatory.quote)
    if act.based_on:
        quads.add(REFERENCE, writer.act, ELI.based_on, URIRef(act.based_on))
        evidence.append(writer.plan.provision("preamble").words)
    quads.add(REFERENCE, writer.act, ZH.evidencedBy, *writer.spans(evidence))


def _write_state(quads: Quads, writer: Writer, state: State) -> None:
    iri = state_iri(writer.act, state.day)
    effect = f"{iri}/effect-date"
    day = typed(state.day.isoformat(), XSD.date)
    quads.add(REFERENCE, iri, RDF.type, ZH.State, ELI.LegalResource)
    quads.add(REFERENCE, iri, ELI.is_member_of, URIRef(writer.act))
    quads.add(REFERENCE, iri, ELI.version_date, day)
    work = akn_work(writer.act, writer.plan.act.day)
    quads.add(REFERENCE, iri, ZH.aknIri, _akn(akn_expression(work, state.day)))
    quads.add(REFERENCE, iri, ZH.validFrom, day)
    if state.until:
        quads.add(REFERENCE, iri, ZH.validUntil, typed(state.until.isoformat(), XSD.date))
    else:
        quads.add(REFERENCE, iri, ZH.openBy, URIRef(rule_iri(LAST_STATE_PERSISTS)))
    applied = [f"{BASE}eli/kz/{key}" for key in state.amenders]
    quads.add(REFERENCE, iri, ELI.consolidates, *map(URIRef, [writer.act, *applied]))
    quads.add(REFERENCE, iri, ZH.effectDate, URIRef(effect))
    grade = URIRef(ZH[state.effect.inference.grade])
    quads.add(REFERENCE, iri, ZH.evidence, grade)
    quads.add(REFERENCE, iri, ZH.stateGraph, URIRef(state_graph_iri(writer.act, state.day)))
    quads.add(REFERENCE, iri, ZH.possibleGraph, URIRef(possible_graph_iri(writer.act, state.day)))
    quads.add(REFERENCE, iri, SKOS.prefLabel, *_state_labels(state))
    quads.add(REFERENCE, effect, RDF.type, ZH.EffectDate)
    quads.add(REFERENCE, effect, ZH.earliest, typed(state.effect.earliest.isoformat(), XSD.date))
    if state.effect.latest:
        quads.add(REFERENCE, effect, ZH.latest, typed(state.effect.latest.isoformat(), XSD.date))
    quads.add(REFERENCE, effect, ZH.evidence, grade)
    names = name_effect(state.day, state.effect)
    quads.add(REFERENCE, effect, SKOS.prefLabel, *as_labels(names))
    inference = state.effect.inference
    quads.add(REFERENCE, effect, ZH.byRule, *(URIRef(rule_iri(r)) for r in inference.rules))
    spans = [p for p in inference.premises if not isinstance(p, AttestationKey)]
    quads.add(REFERENCE, effect, ZH.evidencedBy, *(premise_iri(writer, p) for p in spans))


def _akn(name: str) -> Literal:
    return typed(name, XSD.anyURI)


def _state_labels(state: State) -> Iterable[Literal]:
    yield from as_labels(
        {
            "kk": f"{name_day(state.day, 'kk')} күнінен бастап қолданыстағы мәтін",
            "en": f"The text as it stood from {name_day(state.day, 'en')}",
            "ru": f"Текст в состоянии с {name_day(state.day, 'ru')}",
        }
    )


def write_source(quads: Quads, writer: Writer, source: Source, last: State) -> None:
    """Add the text held with its manifest, and every span that a statement made so far leads to."""
    text = expression_iri(writer.act, last.day, source.manifest["language"])
    quads.add(SOURCE, text, RDF.type, ELI.LegalExpression)
    quads.add(SOURCE, text, ELI.realizes, URIRef(state_iri(writer.act, last.day)))
    names = name_expression(writer.act, last.day, source.manifest["language"], writer.naming)
    quads.add(SOURCE, text, SKOS.prefLabel, *as_labels(names))
    quads.add(SOURCE, text, ELI.title, language(source.manifest["title"], "kk"))
    quads.add(REFERENCE, writer.act, ELI.id_local, Literal(source.manifest["identifier"]))
    quads.add(SOURCE, text, DCTERMS.identifier, Literal(source.manifest["identifier"]))
    work = akn_work(writer.act, writer.plan.act.day)
    name = akn_expression(work, last.day, source.manifest["language"])
    quads.add(SOURCE, text, ZH.aknIri, _akn(name))
    quads.add(SOURCE, text, DCTERMS.language, Literal(source.manifest["language"]))
    quads.add(SOURCE, text, DCTERMS.publisher, language(source.manifest["publisher"], "en"))
    quads.add(SOURCE, text, DCTERMS.provenance, language(source.manifest["obtained"], "en"))
    quads.add(SOURCE, text, ZH.sha256, Literal(source.manifest["sha256"]))
    _write_translations(quads, writer, last, text)
    prefix = span_iri(writer.act, 0, 0).removesuffix("0-0")
    spans = {str(value) for *_, value, _ in quads if str(value).startswith(prefix)}
    for iri in spans:
        start, _, end = iri.removeprefix(prefix).partition("-")
        span = Span(int(start), int(end))
        _write_span(quads, iri, text, Quote(span, source.text[span.start : span.end]))
        quads.add(SOURCE, iri, ZH.line, typed(source.line(span.start), XSD.integer))


def _write_translations(quads: Quads, writer: Writer, last: State, text: str) -> None:
    """Say of each language that the text is translated into that its words are unofficial."""
    translations = writer.labels.objects(None, ZH.translation)
    there = {word.language for word in translations if isinstance(word, Literal)}
    for code, (name, labels) in TRANSLATIONS.items():
        if code in there:
            iri = expression_iri(writer.act, last.day, name)
            quads.add(SOURCE, iri, RDF.type, ELI.LegalExpression)
            quads.add(SOURCE, iri, ELI.realizes, URIRef(state_iri(writer.act, last.day)))
            quads.add(SOURCE, iri, ELI.is_translation_of, URIRef(text))
            quads.add(SOURCE, iri, ELI.legal_value, UNOFFICIAL)
            quads.add(SOURCE, iri, DCTERMS.language, Literal(name))
            quads.add(SOURCE, iri, SKOS.prefLabel, *labels)


def _write_span(quads: Quads, iri: str, text: str, quote: Quote) -> None:
    position, words = f"{iri}/position", f"{iri}/quote"
    quads.add(SOURCE, iri, RDF.type, OA.SpecificResource)
    quads.add(SOURCE, iri, OA.hasSource, URIRef(text))
    quads.add(SOURCE, iri, OA.hasSelector, URIRef(position), URIRef(words))
    quads.add(SOURCE, position, RDF.type, OA.TextPositionSelector)
    quads.add(SOURCE, position, OA.start, typed(quote.span.start, XSD.integer))
    quads.add(SOURCE, position, OA.end, typed(quote.span.end, XSD.integer))
    quads.add(SOURCE, words, RDF.type, OA.TextQuoteSelector)
    quads.add(SOURCE, words, OA.exact, language(quote.text, "kk"))
