"""The tokenizer: what it cuts is the text, and what strings and comments hold is no syntax."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.asking.errors import MalformedQuery
from kg.asking.tokens import dataset_tokens, prologue_of, tokenize

PIECES = st.sampled_from(
    [
        *(
            "SELECT",
            "FROM",
            "NAMED",
            "WHERE",
            "{",
            "}",
            "(",
            ")",
            "<",
            ">",
            "a",
            ".",
            ";",
            "1.5",
            "!",
        ),
        *("<http://e.org/a>", "<#b>", "ex:a", "ex:", "?v", "$w", "_:b", "'s'", '"t"', "'''u\n'''"),
        *("@en-GB", "# note\n", " ", "\n", "\\", "^^", "SERVICE", "ex:a\\#b", "ä", "&&", "|", "*"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_tokens_stand_where_they_say(query: str) -> None:
    try:
        tokens = list(tokenize(query))
    except MalformedQuery:
        return
    end = 0
    for token in tokens:
        assert token.start >= end
        assert query[token.start : token.end] == token.text
        skipped = query[end : token.start]
        assert not skipped.strip() or skipped.lstrip().startswith("#")
        end = token.end


@given(st.text(alphabet=st.characters(exclude_characters="'\"\\\r\n"), max_size=20))
@settings(deadline=None)
def test_what_stands_in_a_string_is_one_token(text: str) -> None:
    tokens = list(tokenize(f"SELECT * {{ ?s ?p '{text}' }}"))
    assert [token.text for token in tokens if token.kind == "string"] == [f"'{text}'"]


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_cut_or_refused(text: str) -> None:
    try:
        list(tokenize(text))
    except MalformedQuery as error:
        assert error.line >= 1


def test_less_than_is_refused_only_where_it_may_hide_something() -> None:
    list(tokenize("SELECT * { ?s ?p ?o FILTER(?a <?b && ?c> ?d) FILTER(?a<?b) }"))
    with pytest.raises(MalformedQuery, match="unclear"):
        list(tokenize("SELECT * { FILTER(?a<?b)#> \n }"))


def test_prologue_ends_where_the_query_begins() -> None:
    query = "BASE <http://e.org/>\nPREFIX a: <x> PREFIX : <y#> SELECT * {}"
    prologue = prologue_of(query, list(tokenize(query)))
    assert prologue.text == "BASE <http://e.org/>\nPREFIX a: <x> PREFIX : <y#>"
    assert prologue.prefixes == {"a", ""}


def test_data_set_clauses_stand_before_the_pattern() -> None:
    query = (
        "CONSTRUCT { ?FROM ?p 'FROM <x>' } FROM <a> # FROM <b>\n"
        "FROM NAMED p:c WHERE { { SELECT * FROM <d> {} } } FROM <e>"
    )
    found = [
        (clause.address.text, clause.named) for clause in dataset_tokens(list(tokenize(query)))
    ]
    assert found == [("<a>", False), ("p:c", True)]
