"""References to quads: ``graph/history`` with each reference, what it refers to, and why."""

from rdflib import URIRef

from kg.graph.history import GRAPH, premise_iri
from kg.graph.naming.names import Texts, as_labels
from kg.graph.naming.references import name_candidate, name_reference, name_target
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, language
from kg.graph.reasons import explain
from kg.history.leads import Lead, Resolved
from kg.iris import candidate_iri, reference_iri, rule_iri
from kg.model import Citing, Part, Reference, Target
from kg.namespaces import BASE, DCTERMS, RDF, SKOS, ZH


def write_references(quads: Quads, writer: Writer, references: tuple[Resolved, ...]) -> None:
    """Add every reference, and its candidates as nodes of their own."""
    for resolved in references:
        _write_reference(quads, writer, resolved)


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
    reasons = explain(resolved.all_rules, of_many=reference.citing is Citing.KIND)
    quads.add(GRAPH, iri, ZH.reason, *as_labels(reasons))
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
