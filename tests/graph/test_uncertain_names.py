"""Names that no source held gives are marked in the graph, and so is what spells them out."""

from rdflib import Graph, Literal
from rdflib.term import Node

from kg.build import Making
from kg.iris import graph_iri, local_name
from kg.namespaces import BASE, SKOS, XSD, ZH

REFERENCE = graph_iri("reference")
LAST_STATE = f"{BASE}eli/kz/resolution/2013/78@2014-12-30"
ENTRIES = {
    "abbreviation-2": {"en"},
    "abbreviation-6": {"en"},
    "abbreviation-8": {"en"},
    "abbreviation-9": {"ru"},
    "abbreviation-10": {"ru"},
    "abbreviation-11": {"ru"},
    "abbreviation-15": {"ru"},
    "abbreviation-17": {"en", "ru"},
    "abbreviation-18": {"en", "ru"},
}
"""The entries of the list of abbreviations that spell out a name of ours, and in what languages."""


def read_codes(graph: Graph) -> dict[Node, set[str]]:
    codes: dict[Node, set[str]] = {}
    for node, code in graph.subject_objects(ZH.uncertainName):
        assert isinstance(code, Literal)
        assert code.datatype == XSD.language
        codes.setdefault(node, set()).add(str(code))
    return codes


def test_entries_have_the_marks_of_what_they_stand_for(making: Making) -> None:
    """In the last state, and in every version of the history."""
    dataset = making.quads.to_dataset()
    of_bodies = read_codes(dataset.graph(REFERENCE))
    for name in (f"{LAST_STATE}/graph", graph_iri("history")):
        graph = dataset.graph(name)
        marked = read_codes(graph)
        assert {local_name(str(node)).partition("@")[0]: c for node, c in marked.items()} == ENTRIES
        for node, body in graph.subject_objects(ZH.standsFor):
            assert marked.get(node, set()) == of_bodies.get(body, set())


def test_what_is_marked_has_a_label_in_that_language(making: Making) -> None:
    reference = making.quads.to_dataset().graph(REFERENCE)
    marked = read_codes(reference)
    assert len(marked) > 40
    for node, codes in marked.items():
        labels = {
            getattr(label, "language", None) for label in reference.objects(node, SKOS.prefLabel)
        }
        assert codes <= labels
