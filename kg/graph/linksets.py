"""Links to other data sets, counted by target and property (VoID, section 5: linksets)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rdflib import Graph, URIRef

from kg.graph.quads import Quad, Quads, typed
from kg.iris import linkset_iri
from kg.namespaces import BASE, RDF, VOID, XSD

__all__ = ["count_links", "write_linksets"]


def count_links(quads: Iterable[Quad], targets: Mapping[str, str]) -> Counter[tuple[str, URIRef]]:
    """How many triples lead from a thing of ours into each target, by target and property.

    ``targets`` has each target by the beginning of its addresses. A triple of several graphs counts
    once, and a class (``rdf:type``) is no link.
    """
    spaces = tuple(targets)
    triples = {
        (subject, predicate, str(value))
        for subject, predicate, value, _ in quads
        if isinstance(value, URIRef)
        and str(value).startswith(spaces)  # rdflib's own takes no tuple
        and subject.startswith(BASE)
        and predicate != RDF.type
    }
    found: Counter[tuple[str, URIRef]] = Counter()
    for _, predicate, value in triples:
        space = max((s for s in spaces if value.startswith(s)), key=len)
        found[targets[space], predicate] += 1
    return found


def write_linksets(quads: Quads, graph: str, dataset: str, curated: Graph) -> None:
    """Add a linkset for each target of ``curated`` and each property by which links lead there."""
    targets = {str(space): str(name) for name, space in curated.subject_objects(VOID.uriSpace)}
    if not targets:
        return
    for (target, predicate), count in sorted(count_links(quads, targets).items()):
        linkset = linkset_iri(target, str(predicate))
        quads.add(graph, linkset, RDF.type, VOID.Linkset, VOID.Dataset)
        quads.add(graph, linkset, VOID.subjectsTarget, URIRef(dataset))
        quads.add(graph, linkset, VOID.objectsTarget, URIRef(target))
        quads.add(graph, linkset, VOID.linkPredicate, predicate)
        quads.add(graph, linkset, VOID.triples, typed(count, XSD.integer))
        quads.add(graph, dataset, VOID.subset, URIRef(linkset))
