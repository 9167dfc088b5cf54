"""Queries that are short, and would take for ever, or all memory there is."""

from collections.abc import Iterator

from tests.hostile.cases import BROKEN, REFUSED, STOPPED, SURVIVED, Case

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o ."
_STREAMED = STOPPED | {BROKEN}


def _doubled(expression: str, times: int, start: str) -> str:
    """A query that binds ``expression`` of each variable to the next, ``times`` over."""
    steps = " ".join(
        f"BIND({expression.replace('?v', f'?v{i}')} AS ?v{i + 1})" for i in range(times)
    )
    return f"SELECT (STRLEN(?v{times}) AS ?n) {{ BIND('{start}' AS ?v0) {steps} }}"


_JOINS = {
    "count": f"SELECT (COUNT(*) AS ?count) {{ {_CROSS} }}",
    "count-distinct": f"SELECT (COUNT(DISTINCT *) AS ?count) {{ {_CROSS} }}",
    "distinct": f"SELECT DISTINCT * {{ {_CROSS} }} ORDER BY ?a",
    "order": f"SELECT * {{ {_CROSS} }} ORDER BY ?o ?l ?i",
    "order-by-chance": f"SELECT * {{ {_CROSS} }} ORDER BY RAND() LIMIT 1",
    "group": f"SELECT ?a ?d ?g ?j ?m (COUNT(*) AS ?count) {{ {_CROSS} }} GROUP BY ?a ?d ?g ?j ?m",
    "group-concat": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {_CROSS} }}",
    "offset": f"SELECT * {{ {_CROSS} }} OFFSET 1000000000000",
    "nothing-found": f"ASK {{ {_CROSS} FILTER(?a = 'nothing' && ?o = 'nothing') }}",
    "hashes": f"ASK {{ {_CROSS} FILTER(SHA512(STR(?a)) = STR(?o)) }}",
    "subselects": "SELECT (COUNT(*) AS ?count) "
    + "{ {SELECT * {?a ?b ?c}} {SELECT * {?d ?e ?f}} {SELECT * {?g ?h ?i}} {SELECT * {?j ?k ?l}} }",
    "optional": "SELECT (COUNT(*) AS ?count) "
    + "{ ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i OPTIONAL { ?j ?k ?l } } } }",
    "exists": "ASK { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS "
    + "{ ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?c = ?l && ?f = ?o && ?i = 'nothing') } }",
    "minus": f"SELECT (COUNT(*) AS ?count) {{ {_CROSS} MINUS {{ ?a ?x ?y . ?z ?u ?v }} }}",
    "graphs": "SELECT (COUNT(*) AS ?count) { "
    + " ".join(f"GRAPH ?g{i} {{ ?a{i} ?b{i} ?c{i} }}" for i in range(5))
    + " }",
    "rows": "SELECT (COUNT(*) AS ?count) { "
    + " ".join(f"VALUES ?x{i} {{ {' '.join(map(str, range(500)))} }}" for i in range(5))
    + " }",
    "rows-in-order": "SELECT * { "
    + " ".join(f"VALUES ?x{i} {{ {' '.join(map(str, range(500)))} }}" for i in range(5))
    + " } ORDER BY ?x0",
}

_STREAMS = {
    "select": f"SELECT * {{ {_CROSS} }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?c . ?a ?e ?i . ?d ?h ?o }} {{ {_CROSS} }}",
    "blank-nodes": f"CONSTRUCT {{ [] ?b [] }} {{ {_CROSS} }}",
    "long-rows": "SELECT ?x ?y ?z { "
    + f"BIND('{'x' * 100_000}' AS ?x) BIND(?x AS ?y) BIND(?x AS ?z) {_CROSS} }}",
}

_STRINGS = {
    "concat": _doubled("CONCAT(?v, ?v)", 40, "x" * 100),
    "concat-thrice": _doubled("CONCAT(?v, ?v, ?v)", 30, "x"),
    "replace": _doubled("REPLACE(?v, '.', '$0$0')", 40, "x" * 100),
    "replace-empty": _doubled("REPLACE(?v, 'x', 'xxxxxxxxxxxxxxxx')", 20, "x"),
    "encode": _doubled("ENCODE_FOR_URI(ENCODE_FOR_URI(CONCAT(?v, '%', ?v)))", 40, "%" * 100),
    "upper-case": _doubled("UCASE(CONCAT(?v, ?v))", 40, "ﬃ" * 100),
    "group-concat": "SELECT (STRLEN(GROUP_CONCAT(?x)) AS ?n) { BIND('"
    + "x" * 10_000
    + f"' AS ?x) {_CROSS} }}",
    "join": _doubled("CONCAT(STRBEFORE(CONCAT(?v, 'y'), 'y'), ?v)", 40, "x" * 100),
    "strdt": _doubled("CONCAT(STR(IRI(CONCAT('x:', ?v))), ?v)", 40, "x" * 100),
}


def _matched(pattern: str, text: str = "a" * 1000 + "!") -> str:
    return f"SELECT (REGEX('{text}', '{pattern}') AS ?found) {{}}"


_PATTERNS = {
    "backtracking": _matched("^(a+)+$"),
    "backtracking-alternatives": _matched("^(a|a|aa)+$"),
    "backtracking-optional": _matched("(a?){500}a{500}$"),
    "repeated": _matched("(a{1000}){1000}"),
    "repeated-thrice": _matched("((a{1000}){1000}){1000}"),
    "repeated-letters": _matched("[\\\\p{L}\\\\p{N}]{1000}"),
    "repeated-any": _matched("(.{0,1000}){1000}"),
    "nested": _matched("(" * 5000 + "a" + ")" * 5000),
    "alternatives": _matched("|".join(f"a{i}" for i in range(20_000))),
    "long": _matched("a" * 200_000),
    "unclosed": _matched("(((((((((["),
    "look-behind": _matched("(?<=a+)b"),
    "each-row": "SELECT * { ?a ?b ?c . ?d ?e ?f "
    + "FILTER(REGEX(STR(?c), CONCAT(STR(?f), '{1000}'))) }",
}

_WAYS = {
    "any": "SELECT (COUNT(*) AS ?n) { ?s (<x:x>|!<x:x>)* ?o . ?a (<x:x>|!<x:x>)* ?b }",
    "any-way": "SELECT (COUNT(*) AS ?n) { ?s (!<x:x>|^!<x:x>)+ ?o . ?o (!<x:x>|!^<x:x>)+ ?z }",
    "nested-stars": "SELECT (COUNT(*) AS ?n) { ?s ((((!<x:x>)*)*)*)* ?o . ?o (!<x:x>)* ?z }",
    "sequence": "SELECT (COUNT(*) AS ?n) { ?s "
    + "/".join(["(<x:x>|!<x:x>|^!<x:x>)"] * 12)
    + " ?o }",
    "stars": "SELECT (COUNT(*) AS ?n) { ?s " + "/".join(["(!<x:x>|^!<x:x>)*"] * 40) + " ?o }",
    "optional-steps": "SELECT (COUNT(*) AS ?n) { ?s " + "/".join(["(!<x:x>)?"] * 60) + " ?o }",
}


def growth_cases() -> Iterator[Case]:
    """Joins, streams, strings, patterns and paths without end."""
    for name, query in _JOINS.items():
        yield Case("joins", name, query, SURVIVED)
    for name, query in _STREAMS.items():
        yield Case("streams", name, query, _STREAMED)
    for name, query in _STRINGS.items():
        yield Case("strings", name, query, SURVIVED)
    for name, query in _PATTERNS.items():
        yield Case("patterns", name, query, SURVIVED | REFUSED if name == "nested" else SURVIVED)
    for name, query in _WAYS.items():
        yield Case("paths", name, query, SURVIVED)
