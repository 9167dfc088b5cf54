"""Queries whose letters are odd: too long, not to be seen, escaped, or not letters at all."""

from collections.abc import Iterator

from tests.hostile.cases import ANSWERED, REFUSED, SURVIVED, Case

_LONG = 200_000
_TAKEN = ANSWERED | REFUSED
"""For letters of which the engine may think either way."""

_LARGE = {
    "iri": (f"ASK {{ ?s ?p <http://e.org/{'x' * _LONG}> }}", SURVIVED),
    "literal": (f"ASK {{ ?s ?p '{'x' * _LONG}' }}", SURVIVED),
    "long-literal": ('ASK { ?s ?p """' + '""x' * (_LONG // 3) + '""" }', SURVIVED),
    "variable": (f"ASK {{ ?s ?p ?{'x' * _LONG} }}", SURVIVED),
    "prefix": (f"PREFIX {'x' * _LONG}: <x:> ASK {{}}", SURVIVED),
    "undeclared-prefix": (f"ASK {{ ?s ?p {'x-' * 1000}:y }}", REFUSED),
    "name": (f"PREFIX x: <x:> ASK {{ ?s ?p x:{'y' * _LONG} }}", SURVIVED),
    "escaped-name": ("PREFIX x: <x:> ASK { ?s ?p x:" + r"\~" * (_LONG // 2) + " }", SURVIVED),
    "language": (f"ASK {{ ?s ?p 'x'@{'abcdefgh-' * 1000}x }}", _TAKEN | SURVIVED),
    "integer": (f"SELECT ({'9' * _LONG} + 1 AS ?x) {{}}", SURVIVED),
    "decimal": (f"SELECT (0.{'9' * _LONG} * 2 AS ?x) {{}}", SURVIVED),
    "double": (f"SELECT (1e{'9' * 1000} AS ?x) {{}}", SURVIVED),
    "comment": (f"ASK {{}} #{'x' * _LONG}", SURVIVED),
    "comments": ("#\n" * (_LONG // 2) + "ASK {}", SURVIVED),
    "blanks": (" \n" * (_LONG // 2) + "ASK {}", SURVIVED),
    "prefixes": ("PREFIX x: <x:> " * 1000 + "ASK {}", SURVIVED),
    "bases": ("BASE <x/> " * 2000 + "ASK { ?s ?p <y> }", SURVIVED),
    "graphs": ("ASK " + "FROM <x:x> " * 2000 + "{}", SURVIVED),
    "long-graphs": ("BASE <http://e.org/" + "x" * 100_000 + "> ASK " + "FROM <y> " * 1500 + "{}",
                    SURVIVED),
    "hyphens": ("a-" * (_LONG // 2), REFUSED),
    "dots": ("a." * (_LONG // 2), REFUSED),
    "colons": (":" * _LONG, REFUSED),
    "less-thans": ("<" * _LONG, REFUSED),
    "quotes": ("'" * (_LONG + 1), REFUSED),
    "backslashes": ("ASK { ?s ?p '" + "\\" * _LONG + "' }", SURVIVED | REFUSED),
}  # fmt: skip

_ODD = {
    "empty": ("", REFUSED),
    "blank": (" \t\r\n", REFUSED),
    "no-break-space": ("ASK\u00a0{}", REFUSED),
    "nul": ("ASK { ?s ?p '\x00' }", _TAKEN),
    "nul-in-syntax": ("ASK\x00{}", REFUSED),
    "nul-escaped": (r"ASK { ?s ?p '\u0000' }", _TAKEN),
    "control": ("ASK { ?s ?p '\x01\x1b[2J\x7f' }", _TAKEN),
    "byte-order-mark-inside": ("ASK { ?s ?p '\ufeff' } \ufeff", _TAKEN),
    "bidirectional": ("ASK { ?s ?p '\u202e' } # \u202e } KSA\u2066", ANSWERED),
    "joiner": ("ASK { ?a\u200d ?p ?o }", _TAKEN),
    "combining": ("ASK { ?a" + "\u0301" * 1000 + " ?p ?o }", _TAKEN),
    "not-a-letter": ("ASK { ?s ?p '\uffff' }", _TAKEN),
    "surrogate-escaped": (r"ASK { ?s ?p '\uD800' }", REFUSED),
    "surrogates-escaped": (r"ASK { ?s ?p '\uD83D\uDE00' }", REFUSED),
    "beyond-unicode": (r"ASK { ?s ?p '\U00110000' }", REFUSED),
    "half-an-escape": (r"ASK { ?s ?p '\u12' }", REFUSED),
    "escape-at-the-end": ("ASK { ?s ?p 'x\\", REFUSED),
    "keyword-escaped": (r"\u0041SK {}", REFUSED),
    "bracket-escaped": (r"ASK \u007B }", REFUSED),
    "quote-escaped": (r"ASK { ?s ?p 'x\u0027 }", REFUSED),
    "iri-ended-by-escape": (r"ASK { ?s ?p <x:\u003E> }", REFUSED),
    "full-width": ("ＡＳＫ {}", REFUSED),
    "dotless-i": ("DESCRıBE <x:x>", REFUSED),
    "long-s": ("aſk {}", REFUSED),
    "digits": ("SELECT (１ AS ?x) {}", REFUSED),
    "line-separator-in-comment": ("ASK {} # \u2028 } \x85 }", ANSWERED),
    "unclosed-string": ("ASK { ?s ?p 'x }", REFUSED),
    "unclosed-long-string": ("ASK { ?s ?p '''x'' }", REFUSED),
    "unclosed-iri": ("ASK { ?s ?p <x:y }", REFUSED),
    "closed-too-often": ("}" * 5000 + "{" * 5000, REFUSED),
    "closed-crosswise": ("ASK { FILTER([(1]) }", REFUSED),
    "template": ("ASK { ?s ?p '{{7*7}}${jndi:x}<script>%n%s' }", ANSWERED),
}

_UPDATES = (
    "INSERT DATA { <x:s> <x:p> <x:o> }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/>",
    "LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:g>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "PREFIX x: <x:> # x\nWITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "COPY DEFAULT TO <x:g>",
    "ASK {} ; DROP ALL",
    "iNsErT/**/DATA { }",
)


def text_cases() -> Iterator[Case]:
    """Large parts, odd letters, and updates."""
    for name, (query, statuses) in _LARGE.items():
        yield Case("large", name, query, statuses)
    for name, (query, statuses) in _ODD.items():
        yield Case("odd", name, query, statuses)
    for number, query in enumerate(_UPDATES):
        yield Case("updates", str(number), query, REFUSED)
