"""The vocabularies Zhospar speaks, as closed namespaces: a misspelt term fails where it is used.

Our own stand in ``kg.terms``. Of ELI, OA, Changeset and SPDX only the terms in use are listed. The
other vocabularies come with rdflib.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    VOID,
    XSD,
    DefinedNamespace,
)

from kg.terms import BASE, ZH

__all__ = [
    "ALIGNED_PREFIXES",
    "BASE",
    "CS",
    "DCAT",
    "DCTERMS",
    "ELI",
    "FOAF",
    "OA",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SH",
    "SKOS",
    "SPDX",
    "VOID",
    "XSD",
    "ZH",
]


class ELI(DefinedNamespace):
    """European Legislation Identifier: the terms in use."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalExpression: URIRef
    LegalResource: URIRef
    LegalResourceSubdivision: URIRef
    based_on: URIRef
    changed_by: URIRef
    changes: URIRef
    cites: URIRef
    consolidates: URIRef
    date_document: URIRef
    date_no_longer_in_force: URIRef
    date_publication: URIRef
    id_local: URIRef
    is_member_of: URIRef
    is_part_of: URIRef
    is_translation_of: URIRef
    language: URIRef
    legal_value: URIRef
    number: URIRef
    publisher: URIRef
    realizes: URIRef
    title: URIRef
    type_document: URIRef
    version_date: URIRef


class OA(DefinedNamespace):
    """Web Annotation vocabulary: the terms in use."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    commenting: URIRef
    end: URIRef
    exact: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    motivatedBy: URIRef
    start: URIRef


class CS(DefinedNamespace):
    """Changeset vocabulary, in which a patch is told: the terms in use."""

    _fail = True
    _NS = Namespace("http://purl.org/vocab/changeset/schema#")

    ChangeSet: URIRef
    addition: URIRef
    changeReason: URIRef
    removal: URIRef
    subjectOfChange: URIRef


class SPDX(DefinedNamespace):
    """SPDX, for checksums: the terms in use."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef


PREFIXES: dict[str, str] = {
    "zh": str(ZH._NS),
    "eli": str(ELI._NS),
    "oa": str(OA._NS),
    "org": str(ORG._NS),
    "prov": str(PROV._NS),
    "skos": str(SKOS._NS),
    "dcterms": str(DCTERMS._NS),
    "dcat": str(DCAT._NS),
    "schema": "http://schema.org/",
    "void": str(VOID._NS),
    "owl": str(OWL._NS),
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "xsd": str(XSD._NS),
}
"""Prefixes for queries, Turtle and pages; ``BASE`` itself has none, since its paths hold slashes.
"""

ALIGNED_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "akn": "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}",
    "jolux": "http://data.legilux.public.lu/resource/ontology/jolux#",
    "m8g": "http://data.europa.eu/m8g/",
}
"""The same, and those of the vocabularies that ours is aligned with."""
