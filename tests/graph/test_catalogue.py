"""The catalogue: a release named by its content, right counts, queries with their summary."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg.build import Making
from kg.graph.catalogue import QueryError, name_release, write_queries
from kg.graph.linksets import count_links
from kg.graph.quads import Quads, language, to_nquads
from kg.iris import graph_iri
from kg.namespaces import BASE, DCAT, DCTERMS, OWL, RDF, SH, SKOS, VOID
from tests.graph.making import triples, values
from tests.roots import ROOT

CATALOGUE = graph_iri("catalogue")
DCAT_VERSION = URIRef(f"{DCAT}version")


def small(text: str) -> Quads:
    """A data set of one statement."""
    quads = Quads()
    quads.add(graph_iri("reference"), f"{BASE}place/x", SKOS.prefLabel, language(text, "en"))
    return quads


def test_a_release_is_named_by_its_content() -> None:
    """The same statements make the same release, others another: twelve hexadecimal digits."""
    first, again, other = (name_release(to_nquads(small(text))) for text in ("a", "a", "b"))
    assert first == again != other
    assert len(first) == 12
    assert int(first, 16) >= 0


def test_counts_are_those_of_the_graphs(making: Making) -> None:
    """VoID says of each graph how many statements it has."""
    catalogue = triples(making, CATALOGUE)
    counts = Counter(str(graph) for *_, graph in making.quads)
    del counts[CATALOGUE]
    assert len(counts) >= 9
    for graph, count in counts.items():
        assert values(catalogue, graph, VOID.triples) == [str(count)]
    assert values(catalogue, f"{BASE}dataset", VOID.triples) == [str(counts.total())]
    assert values(catalogue, f"{BASE}dataset", DCAT_VERSION) == [making.release]


def test_the_release_is_the_sum_of_the_file_of_everything(making: Making, own_build: Path) -> None:
    """Whoever has the file can tell its release; the catalogue, which says its sum, isn't in it."""
    content = (own_build / "dumps/zhospar.nq").read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(making.release)
    assert f"<{CATALOGUE}>".encode() not in content
    others = [quad for quad in making.quads if str(quad[3]) != CATALOGUE]
    assert content.decode() == to_nquads(others)


def test_each_state_is_a_data_set_of_its_own(making: Making) -> None:
    """In a series, with its days: an end is the last day, and an open state has none."""
    catalogue = triples(making, CATALOGUE)
    days = [("2013-01-31", ["2014-10-26"]), ("2014-10-27", ["2014-12-29"]), ("2014-12-30", [])]
    for day, end in days:
        state = f"{BASE}dataset/state-{day}"
        assert values(catalogue, state, URIRef(f"{DCAT}inSeries")) == ["states"]
        assert values(catalogue, state, DCAT_VERSION) == [making.release]
        assert values(catalogue, f"{state}/period", DCAT.startDate) == [day]
        assert values(catalogue, f"{state}/period", DCAT.endDate) == end
        assert len(values(catalogue, state, DCAT.distribution)) == 7
    assert len(values(catalogue, f"{BASE}dataset", DCAT.distribution)) == 5


def test_links_are_counted_once_and_by_target() -> None:
    """In whatever graphs a link stands; a class isn't one, nor what others say of us."""
    quads, ours, theirs = Quads(), f"{BASE}place/x", URIRef("http://theirs.example/1")
    for graph in ("reference", "history"):
        quads.add(graph_iri(graph), ours, SKOS.exactMatch, theirs)
    quads.add(graph_iri("reference"), ours, SKOS.closeMatch, URIRef("http://theirs.example/own/2"))
    quads.add(graph_iri("reference"), ours, RDF.type, theirs)
    quads.add(graph_iri("reference"), "http://else.example/3", SKOS.exactMatch, theirs)
    quads.add(graph_iri("reference"), ours, SKOS.note, language("http://theirs.example/4", "en"))
    targets = {"http://theirs.example/": "them", "http://theirs.example/own/": "theirs"}
    assert count_links(quads, targets) == {
        ("them", SKOS.exactMatch): 1,
        ("theirs", SKOS.closeMatch): 1,
    }


def test_no_link_leads_to_a_data_set_that_the_catalogue_does_not_name(making: Making) -> None:
    """What a thing of ours is linked to is declared in data/catalogue.ttl, and so is counted."""
    known = {str(space) for _, p, space in triples(making, CATALOGUE) if p == VOID.uriSpace}
    links = (SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch, OWL.sameAs)
    strange = {
        str(value)
        for subject, predicate, value, _ in making.quads
        if predicate in links and subject.startswith(BASE) and isinstance(value, URIRef)
        if not subject.startswith(f"{BASE}ontology#")  # a term is aligned with others' terms
        if not str(value).startswith((BASE, *known))
    }
    assert strange == set()


def test_every_source_that_is_named_has_its_rights_told(making: Making) -> None:
    """A source (dcterms:source) begins as data/origins.ttl calls it, or it names a site."""
    catalogue = triples(making, CATALOGUE)
    known = tuple(
        str(name)
        for origin, p, name in catalogue
        if p == SKOS.notation and "/origin/" in str(origin)
    )
    assert len(known) == 11
    sources = {
        part.strip()
        for _, predicate, value, graph in making.quads
        if predicate == DCTERMS.source and isinstance(value, Literal) and str(graph) != CATALOGUE
        for part in str(value).split(";")
    }
    assert len(sources) > 20
    site = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}\b|ISO 3166-1$")
    assert [s for s in sorted(sources) if not s.startswith(known) and not site.match(s)] == []


def test_the_projects_queries_are_catalogued(making: Making) -> None:
    """Each file of queries/ is one executable with its text, titled in three languages."""
    queries = triples(making, graph_iri("queries"))
    files = sorted((ROOT / "queries").glob("*.rq"))
    kinds = {str(s) for s, _, o in queries if o == SH.SPARQLExecutable}
    assert files
    assert kinds == {f"{BASE}query/{path.stem}" for path in files}
    for path in files:
        texts = {str(o) for s, _, o in queries if str(s) == f"{BASE}query/{path.stem}"}
        assert path.read_text(encoding="utf-8") in texts
    names = [o for _, p, o in queries if p == SKOS.prefLabel]
    titles = Counter(name.language for name in names if isinstance(name, Literal))
    assert titles == dict.fromkeys(("en", "kk", "ru"), len(files))


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("SELECT * WHERE {}", SH.select),
        ("ASK {}", SH.ask),
        ("CONSTRUCT WHERE {}", SH.construct),
        ("DESCRIBE <x>", SH.select),
    ],
)
def test_a_query_is_catalogued_by_its_form(tmp_path: Path, form: str, kind: object) -> None:
    """The form is read from the query and not from its comments or addresses."""
    text = (
        "#+ summary: What?\n#+ summary@kk: Не?\n#+ keywords: one, two ,\n"
        f"# ASK, not SELECT\nBASE <x:ASK#>\n{form}\n"
    )
    (tmp_path / "what.rq").write_text(text, encoding="utf-8")
    quads = Quads()
    write_queries(quads, tmp_path)
    statements = {(p, str(o)) for _, p, o, _ in quads}
    assert (kind, text) in statements
    labels = {o for _, p, o, _ in quads if p == SKOS.prefLabel}
    assert labels == {Literal("What?", "en"), Literal("Не?", "kk")}
    assert {o for p, o in statements if p == DCAT.keyword} == {"one", "two"}


@pytest.mark.parametrize("text", ["SELECT * WHERE {}", "#+ summary: What?\nINSERT DATA {}", ""])
def test_a_query_without_summary_or_form_is_refused(tmp_path: Path, text: str) -> None:
    """The message names the file."""
    (tmp_path / "what.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=r"what\.rq: no «#\+ summary:» line on its top"):
        write_queries(Quads(), tmp_path)
