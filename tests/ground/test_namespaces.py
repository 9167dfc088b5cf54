"""The terms that Python knows and those that the ontology defines."""

import pytest
from rdflib import RDF, Graph, URIRef

from kg.namespaces import ELI, OA, PREFIXES, ZH
from tests.roots import ROOT


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The ontology's own statements."""
    return Graph().parse(ROOT / "ontology/zhospar.ttl")


def test_python_and_ontology_have_the_same_terms(ontology: Graph) -> None:
    """A term that only one of the two knows is misspelt, forgotten or dead."""
    named = {str(term) for term in ZH.__annotations__}
    terms = {str(s) for s in ontology.subjects(RDF.type) if str(s).startswith(str(ZH._NS))}
    defined = {term.removeprefix(str(ZH._NS)) for term in terms}
    assert named - defined == set()
    assert defined - named == set()
    assert len(named) >= 100


@pytest.mark.parametrize(
    ("namespace", "term"), [(ZH, "dueBuy"), (ELI, "is_part"), (OA, "hasSelectors")]
)
def test_a_misspelt_term_fails(namespace: type, term: str) -> None:
    """Namespaces are closed: a term that isn't listed raises, and makes no address."""
    with pytest.raises(AttributeError):
        getattr(namespace, term)


def test_terms_are_addresses_in_their_namespace() -> None:
    """A term's address is its namespace and its name."""
    assert ZH.dueBy == URIRef("https://w3id.org/zhospar/ontology#dueBy")
    assert ELI.is_part_of == URIRef("http://data.europa.eu/eli/ontology#is_part_of")


def test_prefixes_are_those_of_the_design() -> None:
    """Queries that people have written down go on working."""
    assert PREFIXES["zh"] == "https://w3id.org/zhospar/ontology#"
    assert PREFIXES["eli"] == "http://data.europa.eu/eli/ontology#"
    assert PREFIXES["oa"] == "http://www.w3.org/ns/oa#"
    assert len(set(PREFIXES.values())) == len(PREFIXES) == 14
