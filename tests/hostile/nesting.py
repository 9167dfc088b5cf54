"""Queries that nest or chain: each bracket and operator, below what is let pass and above it."""

from collections.abc import Callable, Iterator

from tests.hostile.cases import REFUSED, SURVIVED, Case

_AROUND = {
    "group": ("ASK ", "{", "", "}", ""),
    "filter": ("ASK ", "{ FILTER EXISTS ", "{}", "}", ""),
    "not-exists": ("ASK ", "{ FILTER NOT EXISTS ", "{}", "}", ""),
    "optional": ("ASK ", "{ ?s ?p ?o OPTIONAL ", "{}", "}", ""),
    "union": ("ASK ", "{ { ?s ?p ?o } UNION ", "{}", "}", ""),
    "minus": ("ASK ", "{ ?s ?p ?o MINUS ", "{}", "}", ""),
    "graph": ("ASK ", "{ GRAPH ?g ", "{}", "}", ""),
    "subselect": ("ASK ", "{ SELECT * ", "{}", "}", ""),
    "parentheses": ("ASK { FILTER(", "(", "1", ")", ") }"),
    "not-parentheses": ("ASK { FILTER(", "!(", "1", ")", ") }"),
    "function": ("ASK { FILTER(", "STR(", "1", ")", ") }"),
    "if": ("ASK { FILTER(", "IF(1, 2, ", "1", ")", ") }"),
    "coalesce": ("ASK { FILTER(", "COALESCE(?x, ", "1", ")", ") }"),
    "in": ("ASK { FILTER(", "1 IN (2, ", "1", ")", ") }"),
    "or-parentheses": ("ASK { FILTER(", "?x || (", "1", ")", ") }"),
    "path": ("ASK { ?s ", "(", "<p:p>", ")*", " ?o }"),
    "inverse-path": ("ASK { ?s ", "^(", "<p:p>", ")+", " ?o }"),
    "alternative-path": ("ASK { ?s ", "(<p:p>|", "<p:p>", ")?", " ?o }"),
    "blank-node": ("ASK { ?s ?p ", "[ ?p ", "1", "]", " }"),
    "collection": ("ASK { ?s ?p ", "(", "1", ")", " }"),
    "triple-term": ("ASK { ?s ?p ", "<<( <p:s> <p:p> ", "1", ")>>", " }"),
    "annotation": ("ASK { ?s ?p 1 ", "{| ?p 1 ", "", "|}", " }"),
}
"""Beginning, what opens, what is innermost, what closes, and end."""

_SIGNS = {
    "not": "ASK {{ FILTER({}1) }}",
    "minus": "ASK {{ FILTER({}?x) }}",
    "inverse": "ASK {{ ?s {}<p:p> ?o }}",
}
_SIGN = {"not": "!", "minus": "- ", "inverse": "^"}

_CHAINS: dict[str, Callable[[int], str]] = {
    "plus": lambda n: f"SELECT * {{ BIND(1{'+1' * n} AS ?x) }}",
    "times": lambda n: f"SELECT * {{ BIND(1{'*1' * n} AS ?x) }}",
    "negative": lambda n: f"SELECT * {{ BIND(1{' -1' * n} AS ?x) }}",
    "or": lambda n: f"ASK {{ FILTER(?a{'||?a' * n}) }}",
    "and": lambda n: f"ASK {{ FILTER(?a{'&&?a' * n}) }}",
    "union": lambda n: f"ASK {{ {{?s ?p 1}}{' UNION {?s ?p 2}' * n} }}",
    "optional": lambda n: f"ASK {{ ?s ?p ?o{' OPTIONAL {?s ?p 2}' * n} }}",
    "minus": lambda n: f"ASK {{ ?s ?p ?o{' MINUS {?s ?p 2}' * n} }}",
    "bind": lambda n: "ASK { " + "".join(f"BIND({i} AS ?x{i})" for i in range(n)) + " }",
    "filter": lambda n: f"ASK {{ ?s ?p ?o{' FILTER(?o)' * n} }}",
    "exists": lambda n: f"ASK {{ ?s ?p ?o{' FILTER EXISTS {?s ?p ?o}' * n} }}",
    "triples": lambda n: f"ASK {{ {'?s ?p ?o . ' * n} }}",
    "semicolons": lambda n: f"ASK {{ ?s ?p ?o{'; ?p ?o' * n} }}",
    "commas": lambda n: f"ASK {{ ?s ?p ?o{', ?o' * n} }}",
    "collection": lambda n: f"ASK {{ ?s ?p ({' 1' * n}) }}",
    "path-sequence": lambda n: f"ASK {{ ?s <p:p>{'/<p:p>' * n} ?o }}",
    "path-alternatives": lambda n: f"ASK {{ ?s (<p:p>{'|<p:p>' * n})* ?o }}",
    "values": lambda n: f"ASK {{ {'VALUES ?x { 1 } ' * n} }}",
    "groups": lambda n: f"ASK {{ {'{ ?s ?p ?o } ' * n} }}",
    "graphs": lambda n: f"ASK {{ {'GRAPH ?g { ?s ?p ?o } ' * n} }}",
    "expressions": lambda n: f"SELECT {' '.join(f'(1 AS ?x{i})' for i in range(n))} {{}}",
    "aggregates": lambda n: f"SELECT {' '.join(f'(SUM(?o) AS ?x{i})' for i in range(n))} {{}}",
    "having": lambda n: f"SELECT (COUNT(*) AS ?n) {{}} HAVING {'(COUNT(?s) > 1)' * n}",
    "describe": lambda n: f"DESCRIBE {'<p:p> ' * n}",
    "order": lambda n: f"SELECT * {{}} ORDER BY {'(?s) ' * n}",
}

_WIDE: dict[str, Callable[[int], str]] = {
    "in-list": lambda n: f"ASK {{ FILTER(1 IN (2{', ?a' * n})) }}",
    "negative-in-list": lambda n: f"ASK {{ FILTER(1 IN (2{', -1.5' * n})) }}",
    "arguments": lambda n: f"ASK {{ FILTER(CONCAT('1'{', ?a' * n}) = '2') }}",
    "rows": lambda n: f"ASK {{ VALUES ?x {{ {'1.5 ' * n} }} }}",
    "row-of-rows": lambda n: f"ASK {{ VALUES (?x ?y) {{ {'(1 -2) ' * n} }} }}",
}


def nesting_cases() -> Iterator[Case]:
    """Brackets within brackets and signs before signs: 50 deep may pass, 3,000 may not."""
    for name, (start, opens, innermost, closes, end) in _AROUND.items():
        for depth, statuses in ((50, SURVIVED), (3000, REFUSED)):
            text = start + opens * depth + innermost + closes * depth + end
            yield Case("nested", f"{name}-{depth}", text, statuses)
        yield Case("unclosed", name, start + opens * 3000, REFUSED)
    for name, frame in _SIGNS.items():
        yield Case("signs", name, frame.format(_SIGN[name] * 3000), REFUSED)


def chain_cases() -> Iterator[Case]:
    """Chains without brackets, as deep to the engine: 300 links may pass, 5,100 may not."""
    for name, make in _CHAINS.items():
        yield Case("chained", f"{name}-300", make(300), SURVIVED)
        yield Case("chained", f"{name}-5100", make(5100), REFUSED)
    for name, make in _WIDE.items():
        yield Case("wide", name, make(20_000), SURVIVED)
