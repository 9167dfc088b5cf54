"""The files of a release in the catalogue (DCAT 3): each a distribution, with size and checksum."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from kg.dumps import DATA, Dump
from kg.graph.quads import Quads, language, typed
from kg.namespaces import BASE, DCAT, DCTERMS, RDF, SKOS, SPDX, XSD

__all__ = ["distribution_iri", "write_distribution"]

LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
RIGHTS = URIRef(f"{BASE}rights/zhospar")
TABULAR = URIRef("http://www.w3.org/TR/tabular-metadata/")
KEEPS_GRAPHS = ("nq", "trig")

Words = dict[str, str]
"""A sentence by language."""

EVERYTHING: Words = {
    "kk": "Каталогтан басқа барлық графтар, атауларымен.",
    "en": "All graphs but the catalogue, each by its name.",
    "ru": "Все графы, кроме каталога, с их именами.",
}
UNION: Words = {
    "kk": "Каталогтан басқа барлық графтардың үштіктері, графтардың атауларынсыз: "
    "күйлер ажыратылмайды.",
    "en": "The triples of all graphs but the catalogue without the graphs' names, so that states "
    "can't be told apart.",
    "ru": "Тройки всех графов, кроме каталога, без имён графов: состояния в нём неразличимы.",
}
STATE_GRAPHS: Words = {
    "kk": "Күйдің графы, болуы мүмкіннің графы және анықтамалық граф, атауларымен.",
    "en": "The state's graph, the graph of what may have stood, and the reference graph, each by "
    "its name.",
    "ru": "Граф состояния, граф возможного и справочный граф, с их именами.",
}
STATE: Words = {
    "kk": "Күйдің графы мен анықтамалық граф біріктірілген: сұрақтар осыған қойылады.",
    "en": "The state's graph merged with the reference graph: what questions of its days are put "
    "to.",
    "ru": "Граф состояния, объединённый со справочным: к этому обращены вопросы о его днях.",
}
TABLE: Words = {
    "kk": "Жоспардың нөмірленген жолдары кесте түрінде.",
    "en": "The numbered rows of the plan as a table.",
    "ru": "Нумерованные строки плана в виде таблицы.",
}
POSSIBLE_TABLE: Words = {
    "kk": "Жоспардың нөмірленген жолдары кесте түрінде, болуы мүмкін жолдармен бірге.",
    "en": "The numbered rows of the plan as a table, with those that may have stood.",
    "ru": "Нумерованные строки плана в виде таблицы, включая возможные.",
}


def distribution_iri(dump: Dump) -> str:
    """The address of a file's entry in the catalogue; the file itself is at ``BASE data/…``."""
    return f"{BASE}distribution/{dump.slug}"


def write_distribution(
    quads: Quads, graph: str, dataset: str, title: Words, dump: Dump, curated: Graph
) -> None:
    """Add a file as a distribution of ``dataset``, which ``title`` names in each language.

    ``curated`` has the formats by suffix (``skos:notation``).
    """
    iri, address = distribution_iri(dump), URIRef(f"{BASE}{DATA}{dump.name}")
    checksum = f"{iri}/checksum"
    quads.add(graph, dataset, DCAT.distribution, URIRef(iri))
    quads.add(graph, iri, RDF.type, DCAT.Distribution)
    quads.add(graph, iri, DCTERMS.title, *_titles(title, dump, curated))
    words = _describe(dump)
    quads.add(graph, iri, DCTERMS.description, *(language(words[tag], tag) for tag in words))
    quads.add(graph, iri, DCAT.accessURL, address)
    quads.add(graph, iri, DCAT.downloadURL, address)
    quads.add(graph, iri, DCAT.mediaType, _format(curated, dump, DCTERMS.MediaType))
    quads.add(graph, iri, DCTERMS.format, _format(curated, dump, SKOS.Concept))
    quads.add(graph, iri, DCAT.byteSize, typed(dump.size, XSD.nonNegativeInteger))
    quads.add(graph, iri, DCTERMS.license, LICENCE)
    quads.add(graph, iri, DCTERMS.rights, RIGHTS)
    if dump.suffix == "csv":
        quads.add(graph, iri, DCTERMS.conformsTo, TABULAR)
    quads.add(graph, iri, SPDX.checksum, URIRef(checksum))
    quads.add(graph, checksum, RDF.type, SPDX.Checksum)
    quads.add(graph, checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    quads.add(graph, checksum, SPDX.checksumValue, typed(dump.sha256, XSD.hexBinary))


def _describe(dump: Dump) -> Words:
    if dump.suffix == "csv":
        return POSSIBLE_TABLE if dump.possible else TABLE
    if dump.day is None:
        return EVERYTHING if dump.suffix in (*KEEPS_GRAPHS, "jsonld") else UNION
    return STATE_GRAPHS if dump.suffix in KEEPS_GRAPHS else STATE


def _titles(title: Words, dump: Dump, curated: Graph) -> Iterator[Literal]:
    concept = _format(curated, dump, SKOS.Concept)
    name = next((str(label) for label in curated.objects(concept, SKOS.prefLabel)), dump.suffix)
    for tag, words in title.items():
        yield language(f"{words} ({name}): {dump.name}", tag)


def _format(curated: Graph, dump: Dump, kind: URIRef) -> URIRef | None:
    """The media type, or the file type, of a file; ``None`` where none is curated."""
    for found in curated.subjects(SKOS.notation, Literal(dump.suffix)):
        if (found, RDF.type, kind) in curated:
            return URIRef(str(found))
    return None
