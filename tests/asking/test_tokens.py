"""The tokenizer: what it cuts is the text, and what strings and comments hold is no syntax."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.asking.errors import MalformedQuery
from kg.asking.query import check_query
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


@given(st.lists(st.sampled_from(["a", "1", "-", ":", r"\.", "%41", "SERVICE"]), min_size=1))
@settings(deadline=None)
def test_pn_local_with_one_place_of_dots_is_one_token(parts: list[str]) -> None:
    """Wherever the dots stand but at an end; the engine reads such a name as the grammar does."""
    local = "".join(parts[:1]) + ".." * (len(parts) > 1) + "".join(parts[1:])
    if local.startswith("-"):
        local = f"a{local}"
    assert [token.text for token in tokenize(f"p:{local} ")] == [f"p:{local}"]


@pytest.mark.parametrize("name", [":a.b.c", ":a.b.SERVICE", "p:1.2FROM:1.2", ":a.%41.b"])
def test_pn_local_with_dots_in_several_places_is_refused(name: str) -> None:
    """The engine ends it before the second: what follows would be read apart from the name."""
    with pytest.raises(MalformedQuery, match="backslash before each dot"):
        list(tokenize(f"SELECT * {{ ?s ?p {name} }}"))
    escaped = name.replace(".", r"\.")
    assert escaped in [token.text for token in tokenize(f"SELECT * {{ ?s ?p {escaped} }}")]


@pytest.mark.parametrize("joined", ["PREFIX:<x:>", "prefixa:<x:>", "PREFIX a:<x:>PREFIX:<y:>"])
def test_pname_ns_is_longer_than_its_keyword(joined: str) -> None:
    """Section 19.8: of tokens the longest counts, so ``PREFIX:`` declares nothing."""
    with pytest.raises(MalformedQuery, match="put a blank after PREFIX") as caught:
        check_query(f"{joined}ASK FROM :a {{}}")
    assert caught.value.column == joined.upper().rfind("PREFIX") + 1
    check_query("BASE<x:>PREFIX a:<x:>PREFIX :<x:>SELECT * FROM :a {}")


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
        (clause.address.text, clause.named)
        for clause in dataset_tokens(query, list(tokenize(query)))
    ]
    assert found == [("<a>", False), ("p:c", True)]
