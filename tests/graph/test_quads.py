"""Quads and their canonical N-Quads: one order, one spelling, read back by another engine."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.term import Node

from kg.build import Making
from kg.graph.quads import Quad, Quads, boolean, language, to_nquads, typed
from kg.namespaces import XSD

iris = st.from_regex(r"https://example\.org/[a-zA-Zа-яӘҚ0-9/@._-]{0,12}", fullmatch=True).map(
    URIRef
)
# A surrogate alone is no character of any text.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
literals = st.one_of(
    texts.map(Literal),
    st.builds(language, texts, st.sampled_from(["kk", "en", "ru"])),
    st.builds(typed, texts, st.sampled_from([XSD.integer, XSD.date, XSD.gMonth, XSD.string])),
)
quads = st.tuples(iris, iris, st.one_of(iris, literals), iris)


def written_by_oxigraph(nquads: str) -> set[pyoxigraph.Quad]:
    """The quads that another engine reads."""
    return set(pyoxigraph.parse(nquads.encode(), pyoxigraph.RdfFormat.N_QUADS))


def in_oxigraph(quad: Quad) -> pyoxigraph.Quad:
    """A quad of ours, in the other engine's terms."""
    subject, predicate, value, graph = quad
    named = pyoxigraph.NamedNode
    return pyoxigraph.Quad(named(subject), named(predicate), term(value), named(graph))


def term(value: Node) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """An address or literal of ours, in the other engine's terms."""
    if isinstance(value, URIRef):
        return pyoxigraph.NamedNode(value)
    assert isinstance(value, Literal)
    if value.language:
        return pyoxigraph.Literal(str(value), language=value.language)
    datatype = pyoxigraph.NamedNode(value.datatype or XSD.string)
    return pyoxigraph.Literal(str(value), datatype=datatype)


@given(st.lists(quads, max_size=8))
def test_another_engine_reads_what_was_written(listed: list[Quad]) -> None:
    """Quotes, line ends, controls, every script: nothing is lost or changed on the way."""
    assert written_by_oxigraph(to_nquads(listed)) == {in_oxigraph(quad) for quad in listed}


@given(st.lists(quads, max_size=8), st.randoms(use_true_random=False))
def test_the_same_quads_give_the_same_text(listed: list[Quad], random: object) -> None:
    """Whatever order they come in."""
    shuffled = sorted(listed, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert to_nquads(shuffled) == to_nquads(listed)


def test_the_whole_build_is_read_back(making: Making) -> None:
    """Every quad of the project's own graph, one a line, sorted by code point, none twice."""
    text = to_nquads(making.quads)
    lines = text.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == len(making.quads) > 30_000
    assert written_by_oxigraph(text) == {in_oxigraph(quad) for quad in making.quads}


SPELLINGS = {
    "a\tb": r'"a\tb"',
    'say "no"': r'"say \"no\""',
    "a\\b": r'"a\\b"',
    "line\nend\r": r'"line\nend\r"',
    "\b\f": r'"\b\f"',
    "\x00\x1f\x7f": r'"\u0000\u001F\u007F"',
    "Әкім \u00a0 №": '"Әкім \u00a0 №"',
    "🐎": '"🐎"',
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_literals_are_spelled_canonically(text: str) -> None:
    """Escapes where the canonical form has them, and the character itself everywhere else."""
    iri = URIRef("https://example.org/")
    line = to_nquads([(iri, iri, Literal(text), iri)])
    assert line == f"<{iri}> <{iri}> {SPELLINGS[text]} <{iri}> .\n"


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (language("жоспар", "kk"), '"жоспар"@kk'),
        (typed("2013-01-31", XSD.date), f'"2013-01-31"^^<{XSD.date}>'),
        (typed("--02", XSD.gMonth), f'"--02"^^<{XSD.gMonth}>'),
        (typed("P1Y", XSD.duration), f'"P1Y"^^<{XSD.duration}>'),
        (typed("x", XSD.string), '"x"'),
        (typed(7, XSD.integer), f'"7"^^<{XSD.integer}>'),
        (boolean(True), f'"true"^^<{XSD.boolean}>'),
        (boolean(False), f'"false"^^<{XSD.boolean}>'),
    ],
)
def test_types_and_languages_are_written(value: Literal, spelling: str) -> None:
    """A plain string has no type; lexical forms stay as they are."""
    iri = URIRef("https://example.org/")
    assert to_nquads([(iri, iri, value, iri)]).split(" ", 2)[2] == f"{spelling} <{iri}> .\n"


@pytest.mark.parametrize("node", [BNode(), Variable("x")])
def test_blank_nodes_and_variables_are_refused(node: Node) -> None:
    """What nobody could cite doesn't get in, nor out."""
    iri = URIRef("https://example.org/")
    with pytest.raises(ValueError, match="not an address or a literal"):
        Quads().add(iri, iri, iri, node)
    with pytest.raises(ValueError, match="not an address or a literal"):
        to_nquads([(iri, iri, node, iri)])


def test_statements_are_a_set() -> None:
    """Said twice is said once; nothing to say is nothing said."""
    quads, iri = Quads(), URIRef("https://example.org/")
    quads.add(iri, iri, iri, Literal("a"), None, Literal("a"), Literal("b"))
    assert len(quads) == len(list(quads)) == 2


def test_a_graph_is_added_whole_and_given_back() -> None:
    """What rdflib read stands in the named graph, and in the data set made of it."""
    source, quads = Graph(), Quads()
    iri = URIRef("https://example.org/")
    source.add((iri, iri, Literal("жоспар", lang="kk")))
    quads.add_graph("https://example.org/graph", source)
    dataset = quads.to_dataset()
    assert set(dataset.graph("https://example.org/graph")) == set(source)
