"""History to quads: ``graph/history`` with versions, their cells, and attestations."""

from rdflib import URIRef
from rdflib.term import Node

from kg.graph.naming.attestations import name_attestation
from kg.graph.naming.names import as_labels
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, boolean, typed
from kg.history.known import AttestationKey, Facet, History, Inference, Premise, Subject, Version
from kg.iris import attestation_iri, graph_iri, rule_iri, span_iri, state_iri, version_iri
from kg.model import Span
from kg.namespaces import PROV, RDF, SKOS, XSD, ZH

GRAPH = graph_iri("history")


def write_history(quads: Quads, writer: Writer, history: History) -> None:
    """Add all that the history says."""
    previous: dict[str, Version] = {}
    for version in history.versions:
        _write_version(quads, writer, version, previous.get(version.path))
        if version.lost:
            _write_lost_evidence(quads, writer, version, history)
        previous[version.path] = version
    for key, inference in history.attestations.items():
        _write_attestation(quads, writer, key, inference)


def subject_iri(writer: Writer, subject: Subject) -> str:
    """The address of a version or of a cell of it."""
    iri = version_iri(writer.act, subject.path, subject.day)
    return f"{iri}/{subject.cell}" if subject.cell else iri


def key_iri(writer: Writer, key: AttestationKey) -> str:
    """The address of an attestation: ``attestation/…/2014-10-27/existence``."""
    facet = key.facet.removesuffix("Facet").lower()
    name = f"{facet}-{key.detail}" if key.detail else facet
    return attestation_iri(subject_iri(writer, key.subject), key.state, name)


def _write_version(
    quads: Quads, writer: Writer, version: Version, previous: Version | None
) -> None:
    provision = writer.plan.provision(version.path)
    iri, undated = writer.version(version), writer.iri(version.path)
    quads.add(GRAPH, undated, RDF.type, *writer.types(provision))
    quads.add(GRAPH, iri, RDF.type, ZH.ProvisionVersion)
    quads.add(GRAPH, iri, PROV.specializationOf, undated)
    quads.add(GRAPH, iri, ZH.validFrom, typed(version.day.isoformat(), XSD.date))
    if version.until:
        quads.add(GRAPH, iri, ZH.validUntil, typed(version.until.isoformat(), XSD.date))
    if previous:
        quads.add(GRAPH, iri, PROV.wasRevisionOf, writer.version(previous))
    statements = [
        *writer.frame(provision),
        *writer.number(provision),
        *writer.version_names(version),
    ]
    if not version.lost:
        statements += writer.words(provision)
        for name, term, cell in writer.cells(version):
            statements.append((term, URIRef(f"{iri}/{name}")))
            for predicate, value in cell:
                quads.add(GRAPH, f"{iri}/{name}", predicate, value)
    for predicate, value in statements:
        quads.add(GRAPH, iri, predicate, value)


def _write_lost_evidence(quads: Quads, writer: Writer, version: Version, history: History) -> None:
    """Of a lost wording there is no quote; what proves that it was leads to the source."""
    key = AttestationKey(version.subject, version.day, Facet.EXISTENCE)
    spans = [p for p in history.attestations[key].premises if isinstance(p, Span)]
    quads.add(
        GRAPH, writer.version(version), ZH.evidencedBy, *(premise_iri(writer, p) for p in spans)
    )


def _write_attestation(
    quads: Quads, writer: Writer, key: AttestationKey, inference: Inference
) -> None:
    iri = key_iri(writer, key)
    quads.add(GRAPH, iri, RDF.type, ZH.Attestation)
    provision = writer.plan.provision(key.subject.path)
    names = name_attestation(provision, key, inference, writer.naming)
    quads.add(GRAPH, iri, SKOS.prefLabel, *as_labels(names))
    quads.add(GRAPH, iri, ZH.attests, URIRef(subject_iri(writer, key.subject)))
    quads.add(GRAPH, iri, ZH.inState, URIRef(state_iri(writer.act, key.state)))
    quads.add(GRAPH, iri, ZH.facet, ZH[key.facet])
    quads.add(GRAPH, iri, ZH.grade, ZH[inference.grade])
    quads.add(GRAPH, iri, ZH.holds, boolean(inference.holds))
    if inference.status and key.facet in {Facet.WORDS, Facet.PARTS}:
        quads.add(GRAPH, iri, ZH.textStatus, ZH[inference.status])
    quads.add(GRAPH, iri, ZH.byRule, *(URIRef(rule_iri(rule)) for rule in inference.rules))
    quads.add(GRAPH, iri, ZH.premise, *(premise_iri(writer, p) for p in inference.premises))


def premise_iri(writer: Writer, premise: Premise) -> Node:
    """The address of what a rule rests on."""
    if isinstance(premise, Span):
        return URIRef(span_iri(writer.act, premise.start, premise.end))
    if isinstance(premise, AttestationKey):
        return URIRef(key_iri(writer, premise))
    return URIRef(premise)
