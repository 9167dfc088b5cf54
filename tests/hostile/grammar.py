"""Made-up SPARQL for Hypothesis: queries by the grammar, spelt oddly, and such queries damaged."""

from hypothesis import strategies as st

BLANKS = st.sampled_from(
    ["", " ", "\n", "\t", "\r\n", "#x\n", "#'\n", "#SERVICE\r", '#"""\n', "#}\n"]
)
SPACES = st.sampled_from([" ", "\n", "#x\n", "\t#<\r\n"])
WORDS = st.sampled_from(
    [
        "x",
        "SERVICE",
        "service",
        "a.b",
        "FROM",
        "VALUES",
        "é",
        "x·",
        "x\u0301",
        "、",
        "ª",
        "x-1",
        "_",
    ]
)
STRINGS = st.sampled_from(
    [
        *("'x'", '"x"', "''", '""', "'''x'''", '"""x"""', "'''''x'''", '"""""x"""', "'#'"),
        *("'}'", r"'\''", r'"\""', r"'\\'", "'SERVICE <x:y> {}'", "'''\n}\nSERVICE <x:y> {}'''"),
        *(r"'\u0041'", r"'\u0027'", "'<'", "'>'", "'FROM <x:y>'", "'x'@en", "'x'@en-SERVICE"),
        *("'x'^^<x:t>", "'x'@en--ltr"),
    ]
)
IRIS = st.sampled_from(
    [
        *("<x:y>", "<>", "<#x>", "<x'y>", "<http://e.org/SERVICE>", "<x(y)>", r"<x:\u0041>"),
        *("<x:#'>", "<http://e.org/'#(>", "<x:FROM>"),
    ]
)
NUMBERS = st.sampled_from(["1", "1.5", "1.", ".5", "1e5", "-1", "+1.5e-5", "1.e5"])


@st.composite
def variables(draw: st.DrawFn) -> str:
    """A variable, its name odd."""
    return draw(st.sampled_from("?$")) + draw(WORDS).replace("-", "").replace(".", "")


@st.composite
def names(draw: st.DrawFn) -> str:
    """A prefixed name of the prefixes that ``queries`` declares, or an undeclared one."""
    prefix = draw(st.sampled_from(["", "p", "p.q", "SERVIC", "S", "u"]))
    local = draw(
        st.sampled_from(
            ["", "x", "x.y", "SERVICE", "x:y", r"x\~y", r"\'", "%41", "1", "x-", r"\#x"]
        )
    )
    return f"{prefix}:{local}"


TERMS = st.one_of(
    variables(), names(), IRIS, STRINGS, NUMBERS, st.sampled_from(["[]", "()", "true"])
)
PATHS = st.one_of(
    variables(), names(), IRIS, st.sampled_from(["a", "^a", "a*", "a|!a", "!(a|^a)", "(a/a)+"])
)
EXPRESSIONS = st.recursive(
    st.one_of(variables(), names(), IRIS, STRINGS, NUMBERS),
    lambda inner: st.one_of(
        st.tuples(
            inner,
            BLANKS,
            st.sampled_from(["<", ">", "=", "+", "-", "*", "||", "<="]),
            BLANKS,
            inner,
        ),
        st.tuples(st.sampled_from(["!", "-", "(", "STR(", "IRI("]), inner).map(
            lambda pair: (*pair, ")" if pair[0].endswith("(") else "")
        ),
        st.tuples(inner, st.just(" IN ("), inner, st.just(","), inner, st.just(")")),
    ).map("".join),
    max_leaves=5,
)


@st.composite
def triples(draw: st.DrawFn) -> str:
    """A triple pattern, blanks only where they must be or by chance."""
    return f"{draw(TERMS)}{draw(SPACES)}{draw(PATHS)}{draw(SPACES)}{draw(TERMS)}"


@st.composite
def calls(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """A call of another endpoint, which finds no network where it is made."""
    word = draw(
        st.sampled_from(["SERVICE", "service", "SeRvIcE", "SERVICESILENT", "SERVICE SILENT"])
    )
    target = draw(st.one_of(IRIS, names(), variables()))
    return f"{word}{draw(BLANKS)}{target}{draw(BLANKS)}{{{draw(inner)}}}"


PATTERNS = st.recursive(
    st.one_of(triples(), st.just("")),
    lambda inner: st.one_of(
        st.tuples(inner, BLANKS, st.sampled_from([".", "", " "]), BLANKS, inner).map("".join),
        st.tuples(
            st.sampled_from(["", "OPTIONAL", "GRAPH ?g", "{} UNION", "MINUS", "FILTER EXISTS"]),
            BLANKS, st.just("{"), inner, st.just("}"),
        ).map("".join),
        st.tuples(st.just("{SELECT*{"), inner, st.just("}}")).map("".join),
        st.tuples(inner, st.just("FILTER("), EXPRESSIONS, st.just(")"), inner).map("".join),
        st.tuples(st.just("BIND("), EXPRESSIONS, st.just(" AS ?z)")).map("".join),
        st.tuples(st.just("VALUES ?v {"), IRIS, STRINGS, NUMBERS, st.just("}")).map(" ".join),
        calls(inner),
    ),
    max_leaves=6,
)  # fmt: skip
PROLOGUE = (
    "PREFIX : <x:> PREFIX p:<x:p>#\nprefix p.q: <x:#> PREFIX SERVIC: <x:s> PREFIX S: <x:S> "
    "BASE <http://e.org/>"
)
PIECES = st.one_of(
    TERMS,
    BLANKS,
    WORDS,
    st.sampled_from([*"{}()[]<>.,;'\"#\\?@:^|/*+!", "SERVICE", "'''", "<x:y>"]),
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query by the grammar; SELECT, so that the engine reads it and doesn't evaluate."""
    return f"{PROLOGUE}{draw(BLANKS)} SELECT * {{{draw(PATTERNS)}}}"


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A query with pieces put in, left out or put in place of others."""
    text = draw(queries())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(len(PROLOGUE), len(text)))
        end = min(len(text), start + draw(st.integers(0, 3)))
        text = text[:start] + draw(PIECES) + text[end:]
    return text


@st.composite
def dataset_queries(draw: st.DrawFn) -> str:
    """A query with data set clauses, oddly spelt, of graphs ``x:1`` to ``x:4`` and others."""
    clauses = []
    for _ in range(draw(st.integers(0, 4))):
        word = draw(st.sampled_from(["FROM", "from", "FROM NAMED", "fRom#'\nnamed"]))
        address = draw(
            st.sampled_from(
                [
                    "<x:1>",
                    ":2",
                    "p:3",
                    r"<x:\u0034>",
                    "<x:none>",
                    r":\~",
                    "<1>",
                    "<#1>",
                    ":1.2",
                    "p:",
                ]
            )
        )
        clauses.append(word + draw(BLANKS) + address + draw(BLANKS))
    prologue = draw(
        st.sampled_from(
            [
                "PREFIX : <x:> PREFIX p:<x:> BASE <x:b/>",
                "BASE<x:b/>PREFIX :<x:>prefix p:<x:>#FROM <x:4>\n",
                "PREFIX p: <x:y> BASE <x:a> PREFIX p: <x:> base <> PREFIX : <x:>",
            ]
        )
    )
    where = draw(st.sampled_from(["", "WHERE", "where#{\n"]))
    body = "{{?s ?p ?o}UNION{GRAPH ?g{?s ?p ?o}}}"
    head = draw(st.sampled_from(["SELECT*", "SELECT DISTINCT ?s ?g", "SELECT(STR(?s)AS ?FROM)?g"]))
    return f"{prologue} {head} {''.join(clauses)}{where}{body}"
