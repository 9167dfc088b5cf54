"""First looks see too much rather than too little: what they pass over has nothing to be found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.asking.endpoints import check_services
from kg.asking.errors import MalformedQuery
from kg.asking.glance import asks_named_graphs, needs_cutting
from kg.asking.stability import is_stable
from kg.asking.tokens import dataset_tokens, tokenize

_WORDS = "SELECT FROM from Named SERVICE sErvice NOW() rand() STRUUID() bnode() CONSTRUCT construct"
_SIGNS = "{ } ( ) [ ] < > . ; ? \\ * _:b x:y x:servicey 'from' # <#b> ?v"
PIECES = st.sampled_from(
    [*_WORDS.split(), *_SIGNS.split(), "\n", " ", "\\u0046ROM", "CONSTRUCT { ?s ?p [] }"]
)


@given(st.lists(PIECES, max_size=20).map(" ".join))
@settings(max_examples=500, deadline=None)
def test_what_needs_no_cutting_has_nothing_to_be_found(text: str) -> None:
    if needs_cutting(text):
        return
    try:
        tokens = list(tokenize(text))
    except MalformedQuery:
        return  # the engine refuses it, and then it is cut
    assert not dataset_tokens(text, tokens)
    assert not check_services(tokens, ())
    assert is_stable(text, tokens)


@pytest.mark.parametrize(
    "text",
    [
        *("fRom <a>", "SerVice <a> {}", "x:servicey", "'from'", "\\u0046ROM <a>", "\u017fervice"),
        *("BIND(now() AS ?t)", "rAnd()", "struuid()", "Bnode()"),
        *("construct { [] ?p ?o }", "CONSTRUCT { ?s ?p (1) }", "CONSTRUCT { _:a ?p ?o }"),
    ],
)
def test_what_is_to_be_found_is_seen(text: str) -> None:
    assert needs_cutting(f"SELECT * {{ {text} }}")


@pytest.mark.parametrize("text", ["GRAPH ?g {}", "gRaPh <a> {}", "EXISTS{graph?g{}}", "\\u0047"])
def test_graphs_are_seen(text: str) -> None:
    assert asks_named_graphs(text)


def test_a_plain_look_up_is_not_cut() -> None:
    query = "PREFIX a: <http://e.org/#> SELECT ?p { <x> a:b ?p FILTER(?p > 1) } ORDER BY ?p"
    assert not needs_cutting(query)
    assert not asks_named_graphs(query)
