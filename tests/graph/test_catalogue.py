"""The catalogue: a release named by its content, right counts, queries with their summary."""

from collections import Counter
from pathlib import Path

import pytest

from kg.build import Making
from kg.graph.catalogue import QueryError, write_catalogue, write_queries
from kg.graph.quads import Quads, language
from kg.iris import graph_iri
from kg.namespaces import BASE, DCAT, SH, SKOS, VOID
from tests.graph.making import triples, values
from tests.roots import ROOT

CATALOGUE = graph_iri("catalogue")


def small(text: str) -> Quads:
    """A data set of one statement."""
    quads = Quads()
    quads.add(graph_iri("reference"), f"{BASE}place/x", SKOS.prefLabel, language(text, "en"))
    return quads


def test_a_release_is_named_by_its_content() -> None:
    """The same statements make the same release, others another: twelve hexadecimal digits."""
    first, again, other = (write_catalogue(small(text)) for text in ("a", "a", "b"))
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
    assert any(making.release == str(value) for _, _, value in catalogue)


def test_the_projects_queries_are_catalogued(making: Making) -> None:
    """Each file of queries/ is one executable with its summary and text."""
    queries = triples(making, graph_iri("queries"))
    files = sorted((ROOT / "queries").glob("*.rq"))
    kinds = {str(s) for s, _, o in queries if o == SH.SPARQLExecutable}
    assert files
    assert kinds == {f"{BASE}query/{path.stem}" for path in files}
    for path in files:
        texts = {str(o) for s, _, o in queries if str(s) == f"{BASE}query/{path.stem}"}
        assert path.read_text(encoding="utf-8") in texts


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
    text = f"#+ summary: What?\n#+ keywords: one, two ,\n# ASK, not SELECT\nBASE <x:ASK#>\n{form}\n"
    (tmp_path / "what.rq").write_text(text, encoding="utf-8")
    quads = Quads()
    write_queries(quads, tmp_path)
    statements = {(p, str(o)) for _, p, o, _ in quads}
    assert (kind, text) in statements
    assert (SKOS.prefLabel, "What?") in statements
    assert {o for p, o in statements if p == DCAT.keyword} == {"one", "two"}


@pytest.mark.parametrize("text", ["SELECT * WHERE {}", "#+ summary: What?\nINSERT DATA {}", ""])
def test_a_query_without_summary_or_form_is_refused(tmp_path: Path, text: str) -> None:
    """The message names the file."""
    (tmp_path / "what.rq").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=r"what\.rq: no «#\+ summary:» line on its top"):
        write_queries(Quads(), tmp_path)
