"""The data set described: release, licence, counts (DCAT and VoID), and the catalogue of queries.

A release is named by its content: the first twelve digits of the SHA-256 of all quads but these.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path

from rdflib import Literal, URIRef

from kg.graph.quads import Quads, language, to_nquads, typed
from kg.iris import graph_iri
from kg.namespaces import BASE, DCAT, DCTERMS, RDF, SH, SKOS, VOID, XSD

CATALOGUE = graph_iri("catalogue")
QUERIES = graph_iri("queries")
DATASET = f"{BASE}dataset"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3; rdflib lists the terms of DCAT 2
TRANSLATED = (
    "The words of the plan are those of the official Kazakh text. Labels in English and Russian, "
    "and the Kazakh labels of our own terms and of places in the text, are our translations and "
    "names, and are unofficial."
)
HEADER = re.compile(r"^#\+\s*(?P<name>\w+):\s*(?P<value>.*?)\s*$", re.MULTILINE)
FORM = re.compile(r"\b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b")


class QueryError(Exception):
    """A query file without a summary, or of no known form."""


def write_catalogue(quads: Quads) -> str:
    """Add the description of all that was added before; returns the release."""
    release = hashlib.sha256(to_nquads(quads).encode()).hexdigest()[:12]
    counts = Counter(str(graph) for *_, graph in quads)
    quads.add(CATALOGUE, DATASET, RDF.type, DCAT.Dataset, VOID.Dataset)
    quads.add(CATALOGUE, DATASET, DCAT_VERSION, Literal(release))
    quads.add(CATALOGUE, DATASET, DCTERMS.license, URIRef(LICENCE))
    quads.add(
        CATALOGUE,
        DATASET,
        DCTERMS.title,
        language("Zhospar: Kazakhstan's plan for local self-government, 2013-2020", "en"),
        language("Жоспар: Қазақстандағы жергілікті өзін-өзі басқаруды дамыту, 2013-2020", "kk"),
        language("Жоспар: развитие местного самоуправления в Казахстане, 2013-2020", "ru"),
    )
    quads.add(CATALOGUE, DATASET, DCTERMS.description, language(TRANSLATED, "en"))
    quads.add(CATALOGUE, DATASET, VOID.triples, typed(sum(counts.values()), XSD.integer))
    for graph, count in counts.items():
        quads.add(CATALOGUE, DATASET, VOID.subset, URIRef(graph))
        quads.add(CATALOGUE, graph, RDF.type, VOID.Dataset)
        quads.add(CATALOGUE, graph, VOID.triples, typed(count, XSD.integer))
    return release


def write_queries(quads: Quads, directory: Path) -> None:
    """Add each query of a directory, by the ``#+`` lines on its top.

    Raises ``QueryError`` at a file without a summary or a query form.
    """
    for path in sorted(directory.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        headers = {found["name"]: found["value"] for found in HEADER.finditer(text)}
        body = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
        form = FORM.search(re.sub(r"<[^>]*>", "", body))
        if "summary" not in headers or form is None:
            raise QueryError(f"{path}: no «#+ summary:» line on its top, or no query form")
        iri = f"{BASE}query/{path.stem}"
        quads.add(QUERIES, iri, RDF.type, SH.SPARQLExecutable, FORMS[form["form"]])
        quads.add(QUERIES, iri, SKOS.prefLabel, language(headers["summary"], "en"))
        quads.add(QUERIES, iri, TEXTS[form["form"]], Literal(text))
        for keyword in filter(None, map(str.strip, headers.get("keywords", "").split(","))):
            quads.add(QUERIES, iri, DCAT.keyword, language(keyword, "en"))


FORMS = {
    "SELECT": SH.SPARQLSelectExecutable,
    "ASK": SH.SPARQLAskExecutable,
    "CONSTRUCT": SH.SPARQLConstructExecutable,
    "DESCRIBE": SH.SPARQLExecutable,
}
TEXTS = {"SELECT": SH.select, "ASK": SH.ask, "CONSTRUCT": SH.construct, "DESCRIBE": SH.select}
