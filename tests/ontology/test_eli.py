"""Terms of ELI stand where ELI has them: on works, on expressions, on formats."""

from collections import defaultdict

from rdflib import URIRef
from rdflib.term import Node

from kg.build import Making
from kg.namespaces import ELI, RDF, ZH

WORK, EXPRESSION, FORMAT = "work", "expression", "format"
OF_WORKS = {WORK}
OF_BOTH = {WORK, EXPRESSION}
DOMAINS = {
    "amends": OF_BOTH,
    "based_on": OF_WORKS,
    "changed_by": OF_BOTH,
    "changes": OF_BOTH,
    "cites": OF_BOTH,
    "consolidates": OF_BOTH,
    "date_document": OF_WORKS,
    "date_no_longer_in_force": OF_BOTH,
    "date_publication": OF_BOTH,
    "ensures_implementation_of": OF_BOTH,
    "id_local": OF_BOTH | {FORMAT},
    "is_member_of": OF_WORKS,
    "is_part_of": OF_WORKS,
    "is_translation_of": {EXPRESSION},
    "language": {EXPRESSION},
    "legal_value": {FORMAT},
    "number": OF_BOTH,
    "passed_by": OF_WORKS,
    "realizes": {EXPRESSION},
    "repeals": OF_BOTH,
    "title": {EXPRESSION},
    "type_document": OF_WORKS,
    "version_date": OF_BOTH,
}
"""What each property may stand on by its rdfs:domain in version 1.5."""

KINDS = {
    ELI.LegalResource: WORK,
    ELI.LegalResourceSubdivision: WORK,
    ZH.ProvisionVersion: WORK,  # a dated part, which ELI counts among its resources
    ZH.PlannedAct: "planned act",
    ELI.LegalExpression: EXPRESSION,
}


def test_terms_of_eli_stand_where_eli_has_them(making: Making) -> None:
    """But for the legal value of our translations, which docs/model.md tells of."""
    kinds: defaultdict[Node, set[str]] = defaultdict(set)
    for subject, predicate, value, _ in making.quads:
        if predicate == RDF.type and URIRef(str(value)) in KINDS:
            kinds[subject].add(KINDS[URIRef(str(value))])
    used, astray = set(), set()
    for subject, predicate, *_ in making.quads:
        if str(predicate).startswith(str(ELI._NS)):
            name = str(predicate).removeprefix(str(ELI._NS))
            used.add(name)
            if not kinds[subject] & DOMAINS[name]:
                astray.add((name, *kinds[subject]))
    assert len(used) >= 15
    assert astray == {("legal_value", EXPRESSION)}
