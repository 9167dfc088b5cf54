"""Each term that an alignment leads to is one that its vocabulary has."""

from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SDO, SKOS, DefinedNamespace

from kg.namespaces import ALIGNED_PREFIXES, OWL
from tests.roots import ROOT

DEFINED: dict[str, type[DefinedNamespace]] = {
    "dcterms": DCTERMS,
    "org": ORG,
    "prov": PROV,
    "schema": SDO,
    "skos": SKOS,
}
"""Those that rdflib has all terms of."""

READ = {
    "eli": """
        LegalResource LegalResourceSubdivision LegalValue changed_by changes cites
        date_no_longer_in_force first_date_entry_in_force number passed_by responsibility_of_agent
    """,  # in version 1.5 of the ontology
    "jolux": """
        Citation Consolidation ConsolidationAbstract LegalResourceImpact LegalResourceSubdivision
        citationFromLegalResource citationToLegalResource dateApplicability dateEndApplicability
        dateNoLongerInForce
        impactConsolidatedBy impactFromLegalResource impactToLegalResource
        legalResourceImpactHasDateEntryInForce legalResourceImpactHasType
    """,  # in the reference of the Swiss Fedlex
    "m8g": "PublicOrganisation",  # in release 2.1.2 of the Core Public Organisation Vocabulary
    "akn": """
        FRBRExpression TLCOrganization act attachment item paragraph part ref section textualMod tr
    """,  # elements of the XML vocabulary of Akoma Ntoso 1.0
}
"""Of the others, those read in the place that is named."""


def test_every_aligned_term_exists() -> None:
    aligned = Graph().parse(ROOT / "ontology/alignments.ttl")
    targets = {
        str(aligned.value(axiom, OWL.annotatedTarget))
        for axiom in aligned.subjects(RDF.type, OWL.Axiom)
    }
    found: dict[str, set[str]] = {}
    for target in targets:
        prefix = next(p for p, n in ALIGNED_PREFIXES.items() if target.startswith(n))
        found.setdefault(prefix, set()).add(target.removeprefix(ALIGNED_PREFIXES[prefix]))
    assert found.keys() <= DEFINED.keys() | READ.keys()
    for prefix, names in found.items():
        if prefix in READ:
            assert names == set(READ[prefix].split()), prefix
        else:
            assert {name for name in names if name not in DEFINED[prefix]} == set(), prefix
    assert "legislationPast" not in SDO


def test_alignments_are_addressed_by_their_terms() -> None:
    """So that an address doesn't shift: both terms, each with the prefix of its vocabulary."""
    aligned = Graph().parse(ROOT / "ontology/alignments.ttl")
    axioms = set(aligned.subjects(RDF.type, OWL.Axiom))
    assert len(axioms) == 76

    def path(part: object) -> str:
        text = str(part)
        prefix, space = next((p, n) for p, n in ALIGNED_PREFIXES.items() if text.startswith(n))
        return f"{prefix}/{text.removeprefix(space)}"

    for axiom in axioms:
        source, target = (
            aligned.value(axiom, part) for part in (OWL.annotatedSource, OWL.annotatedTarget)
        )
        assert isinstance(target, Literal) == str(target).startswith("{")
        assert str(axiom) == f"https://w3id.org/zhospar/alignment/{path(source)}/{path(target)}"
