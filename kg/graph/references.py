"""References to quads: ``graph/history`` with each reference, what it refers to, and why."""

from rdflib import URIRef

from kg.graph.history import GRAPH, premise_iri
from kg.graph.naming.names import Texts, as_labels
from kg.graph.naming.references import name_candidate, name_reference, name_target
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, language
from kg.history.leads import Lead, Resolved
from kg.iris import candidate_iri, reference_iri, rule_iri
from kg.model import Citing, Part, Reference, Target
from kg.namespaces import BASE, DCTERMS, RDF, SKOS, ZH

REASONS = {
    "R19": "The words give a bare number: the measure of that number in the same section is taken.",
    "R23": "The words give the day of an act, with its number or title.",
    "R24": "The words point to the text in which they stand.",
    "R25": "The text defines this short form and uses it from there on.",
    "R26": "The words repeat the title, name or description of what they lead to.",
    "R27": "The resolution is based on the act that approved the document of this name.",
    "R28": (
        "The words speak of a draft without a title; the same row, or else the same section, names "
        "it."
    ),
    "R29": (
        "A later act of the same matter is known, and no source says that it is the one foreseen."
    ),
    "R30": (
        "The text uses the title of a passed act for a draft that came after it, so that another "
        "act may be meant."
    ),
    "R31": (
        "The words are the bare name of a kind of act, which the text doesn't define; an act of "
        "that kind which it has cited before, or which is so called, may be meant."
    ),
    "R32": "The note names the part of the text behind which it stands.",
    "R33": (
        "The words name a plan by what it implements and not by the title of this one: the stage "
        "of that number, the whole plan, or another plan may be meant."
    ),
    "R34": "The name leaves out words of the one that is known.",
    "R35": "Nothing in the text or the data identifies what is meant.",
}
"""Why a reference is read as it is, a sentence for each rule."""

OF_MANY = "The words speak of many documents of one kind."


def write_references(quads: Quads, writer: Writer, references: tuple[Resolved, ...]) -> None:
    """Add every reference, and its candidates as nodes of their own."""
    for resolved in references:
        _write_reference(quads, writer, resolved)


def explain(resolved: Resolved) -> str:
    """Why a reference is resolved, has candidates, or is left open: a sentence for each rule."""
    reasons = [OF_MANY] if resolved.reference.citing is Citing.KIND else []
    return " ".join([*reasons, *(REASONS[rule] for rule in resolved.all_rules)])


def mint_reference(writer: Writer, reference: Reference) -> str:
    """The address of a reference."""
    end = reference.start + len(reference.quote.text)
    return reference_iri(writer.act, reference.provision, reference.place, reference.start, end)


def _write_reference(quads: Quads, writer: Writer, resolved: Resolved) -> None:
    reference = resolved.reference
    iri = mint_reference(writer, reference)
    provision = writer.plan.provision(reference.provision)
    quads.add(GRAPH, iri, RDF.type, ZH.LegalReference)
    quads.add(
        GRAPH, iri, ZH.referenceKind, URIRef(f"{BASE}concept/reference-kind/{reference.citing}")
    )
    quads.add(GRAPH, iri, ZH.inProvision, writer.iri(reference.provision))
    quads.add(GRAPH, iri, ZH.text, language(reference.quote.text, "kk"))
    quads.add(GRAPH, iri, ZH.evidencedBy, *writer.spans([reference.quote]))
    quads.add(GRAPH, iri, ZH.resolution, URIRef(f"{BASE}concept/resolution/{resolved.status}"))
    quads.add(GRAPH, iri, ZH.grade, ZH[resolved.grade])
    quads.add(GRAPH, iri, ZH.reason, language(explain(resolved), "en"))
    rules = resolved.rules if resolved.target else resolved.all_rules
    quads.add(GRAPH, iri, ZH.byRule, *(URIRef(rule_iri(rule)) for rule in rules))
    target = _name(writer, resolved.target) if resolved.target else None
    names = name_reference(provision, target, str(resolved.status), writer.naming)
    quads.add(GRAPH, iri, SKOS.prefLabel, *as_labels(names))
    if reference.citing is Citing.KIND and reference.subject:
        quads.add(GRAPH, iri, DCTERMS.subject, URIRef(reference.subject))
    if resolved.target:
        _write_lead(quads, writer, iri, resolved.target)
    for lead in resolved.candidates:
        candidate = candidate_iri(iri, str(_address(writer, lead.target)))
        quads.add(GRAPH, iri, ZH.candidateTarget, URIRef(candidate))
        quads.add(GRAPH, candidate, RDF.type, ZH.CandidateTarget)
        quads.add(GRAPH, candidate, ZH.grade, ZH[lead.inference.grade])
        names = name_candidate(provision, _name(writer, lead))
        quads.add(GRAPH, candidate, SKOS.prefLabel, *as_labels(names))
        _write_lead(quads, writer, candidate, lead)


def _name(writer: Writer, lead: Lead) -> Texts:
    return name_target(writer.plan, writer.act, lead.target, writer.naming)


def _write_lead(quads: Quads, writer: Writer, iri: str, lead: Lead) -> None:
    """What a reference or a candidate leads to, by which rules, and on what these rest."""
    quads.add(GRAPH, iri, ZH.target, _address(writer, lead.target))
    quads.add(GRAPH, iri, ZH.byRule, *(URIRef(rule_iri(rule)) for rule in lead.inference.rules))
    premises = (premise_iri(writer, premise) for premise in lead.inference.premises)
    quads.add(GRAPH, iri, ZH.premise, *premises)


def _address(writer: Writer, target: Target) -> URIRef:
    return writer.iri(target.path) if isinstance(target, Part) else URIRef(target)
