"""SERVICE: what the engine reads as a call to another endpoint is never taken for something else.

The addresses are at ports that the engine's client asks nothing of: it says which port that was.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.asking.endpoints import check_services
from kg.asking.errors import MalformedQuery, RefusedQuery
from kg.asking.tokens import tokenize

GOOD = "http://127.0.0.1:7/"
PROLOGUE = (
    f"PREFIX x: <{GOOD}> PREFIX evil: <http://127.0.0.1:9/> PREFIX service: <http://127.0.0.1:11/> "
    "PREFIX myservice: <http://127.0.0.1:13/> PREFIX silentx: <http://127.0.0.1:9/> "
)
_STORE = Store()

REFUSED = [
    "SERVICE <http://127.0.0.1:9/> {}",
    "service <http://127.0.0.1:9/> {}",
    "SERVICE SILENT <http://127.0.0.1:9/> {}",
    "SERVICE<http://127.0.0.1:9/>{}",
    "SERVICE # a comment\n <http://127.0.0.1:9/> {}",
    "SERVICE ?e {}",
    "SERVICE?e{}",
    "SERVICE$e{}",
    "SERVICESILENT<http://127.0.0.1:9/>{}",
    "SERVICE evil: {}",
    "SERVICEevil:{}",
    "SERVICE SILENTevil:{}",
    "SERVICE silentx: {}",
    "?s ?p 1SERVICE<http://127.0.0.1:9/>{}",
    "?s ?p trueSERVICE<http://127.0.0.1:9/>{}",
    "?s ?p trueSERVICEevil:{}",
    "{ SELECT * { OPTIONAL { SERVICE <http://127.0.0.1:9/> {} } } }",
    "FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} }",
    "SERVICE <relative> {}",
    "SERVICE <http://127.0.0.1:\\u0039/> {}",
    "SERVICE <HTTP://127.0.0.1:7/> {}",
    "SERVICE <http://127.0.0.1:7> {}",
    "SERVICE x:y {}",
    "SERVICE unknown:a {}",
    f"SERVICE <{GOOD}> {{ SERVICE <http://127.0.0.1:9/> {{}} }}",
]

TAKEN = [
    "?s ?p 'SERVICE <http://127.0.0.1:9/> {}'",
    "?s ?p '''SERVICE'''@en",
    "?s <http://a/SERVICE> ?o # SERVICE <http://127.0.0.1:9/> {}",
    "?service ?p $SERVICE",
    "?s service:p service:o",
    "?s service:p service:o { ?a ?b ?c }",
    "GRAPH service:g { ?s ?p ?o }",
    "myservice:a ?p 'x'@service",
    "?s x:service ?o",
    "?s ?p myservice:o { ?a ?b ?c }",
]


@pytest.mark.parametrize("pattern", REFUSED)
def test_refused(pattern: str) -> None:
    with pytest.raises(RefusedQuery, match="KG_SERVICE_ALLOW"):
        check_services(list(tokenize(f"{PROLOGUE} ASK {{ {pattern} }}")), {GOOD})


@pytest.mark.parametrize("pattern", TAKEN)
def test_taken(pattern: str) -> None:
    query = f"{PROLOGUE} ASK {{ {pattern}\n }}"
    assert check_services(list(tokenize(query)), ()) == []
    _STORE.query(query)


@pytest.mark.parametrize(
    "pattern",
    [
        f"SERVICE <{GOOD}> {{}}",
        "SERVICE x: {}",
        f"service silent<{GOOD}>{{}}",
        "SERVICE SILENT x:{}",
    ],
)
def test_allowed(pattern: str) -> None:
    assert check_services(list(tokenize(f"{PROLOGUE} ASK {{ {pattern} }}")), {GOOD}) == [GOOD]


def test_nothing_is_allowed_unless_said() -> None:
    with pytest.raises(RefusedQuery, match="is empty"):
        check_services(list(tokenize(f"ASK {{ SERVICE <{GOOD}> {{}} }}")), ())


def test_prefix_declared_twice_is_no_address() -> None:
    for second in ("PREFIX x: <http://127.0.0.1:9/>", "PREFIXx:<http://127.0.0.1:9/>"):
        query = f"PREFIX x: <{GOOD}> {second} ASK {{ SERVICE x: {{}} }}"
        with pytest.raises(RefusedQuery):
            check_services(list(tokenize(query)), {GOOD})


def test_escaped_keyword_is_none_to_the_engine() -> None:
    """The engine decodes no escapes before its grammar (as SPARQL 1.1, 19.2, would have it)."""
    with pytest.raises(SyntaxError):
        _STORE.query("ASK { \\u0053ERVICE <http://127.0.0.1:9/> {} }")


_PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SILENT", "x:", "evil:", "service:a", "myservice:a", "silentx:"),
        *(f"<{GOOD}>", "<http://127.0.0.1:9/>", "?v", "'t'", "{ ?a ?b ?c }", "{", "}", ".", ";"),
        *("GRAPH", "OPTIONAL", "FILTER", "true", "1", "a", "#\n", "@en", "(", ")", "<", "PREFIX"),
        *("FROM", "UNION", "EXISTS", "VALUES", ":", "_:b", "servicex:", "SERVICEevil:", "'"),
    ]
)


_ANYTHING = st.lists(st.tuples(_PIECES, st.sampled_from(["", " "])), max_size=9).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces)
)
_CALLS = st.tuples(
    st.sampled_from(
        ["", "?s ?p true", "?s ?p 1", "?s ?p ?o .", "GRAPH x:g {", "OPTIONAL{", "FILTER(1<2)"]
    ),
    st.sampled_from(
        ["SERVICE", "service", "SERVICE SILENT", "SERVICEsilent", "trueSERVICE", "GRAPH "]
    ),
    st.sampled_from(["", " ", "#>\n"]),
    st.sampled_from(
        ["evil:", "x:", "silentx:", "?e", "<http://127.0.0.1:9/>", f"<{GOOD}>", "service:"]
    ),
    st.sampled_from(["{}", " { ?a ?b ?c }", "{} }", ""]),
).map("".join)


@settings(max_examples=3000, deadline=None)
@given(st.one_of(_ANYTHING, _CALLS))
def test_what_the_engine_calls_was_seen(pattern: str) -> None:
    query = f"{PROLOGUE} ASK {{ {pattern} }}"
    called = _calls(query)
    try:
        seen = check_services(list(tokenize(query)), {GOOD})
    except (RefusedQuery, MalformedQuery):
        return
    assert called <= set(seen)


def _calls(query: str) -> set[str]:
    """The endpoint that the engine calls, ``?`` where it is a variable; it stops at the first."""
    try:
        _STORE.query(query)
    except OSError as error:
        port = re.search(r"port (\d+) is not allowed", str(error))
        assert port, str(error)
        return {f"http://127.0.0.1:{port[1]}/"}
    except RuntimeError:
        return {"?"}
    except (SyntaxError, ValueError):
        return set()
    return set()
