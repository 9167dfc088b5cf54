"""What is wrong with a query: the engine's message to a place in it and a clause for its writer.

Lines and columns are those of the query as it was written, from 1 on.
"""

import re

from kg.asking.errors import MalformedQuery
from kg.asking.tokens import Token, prologue_of
from kg.namespaces import PREFIXES

__all__ = ["tell_mistake"]

_POSITION = re.compile(
    r"error at (?P<line>\d+):(?P<column>\d+): expected (?P<expected>.*)", re.DOTALL
)


def tell_mistake(message: str, text: str, tokens: list[Token]) -> MalformedQuery:
    """What the engine's message on the query ``text`` means, with the commonest mistakes named."""
    match = _POSITION.search(message)
    if match is None:
        return MalformedQuery(f"the query isn't SPARQL 1.1 ({message}).", 1, 1)
    line, column = int(match["line"]), int(match["column"])
    undeclared = _undeclared_prefix(text, tokens)
    if undeclared is not None:
        line_start = text.rfind("\n", 0, undeclared.start) + 1
        position = text.count("\n", 0, undeclared.start) + 1, undeclared.start - line_start + 1
        return MalformedQuery(_prefix_advice(undeclared.text.partition(":")[0]), *position)
    return MalformedQuery(_describe(match["expected"], text, line, column), line, column)


def _describe(expected: str, text: str, line: int, column: int) -> str:
    """One clause on what is wrong: what the engine expected says little to a reader."""
    if not text.strip():
        return "the query is empty."
    if "unbound" in expected:
        return "SELECT has a variable that is neither grouped by nor in an aggregate like COUNT."
    if "IRI parsing failed" in expected:
        return "this is not an absolute address (IRI)."
    lines = text.split("\n")
    here = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if not here and line >= len(lines):
        return (
            "the end came too soon: something is missing, "
            "or stands where SPARQL 1.1 has no place for it."
        )
    return (
        f"the query isn't SPARQL 1.1 from here on: '{here[:40]}'."
        if here
        else "the query isn't SPARQL 1.1 here."
    )


def _undeclared_prefix(text: str, tokens: list[Token]) -> Token | None:
    declared = prologue_of(text, tokens).prefixes
    start = len(prologue_of(text, tokens).text)
    for token in tokens:
        if token.kind == "name" and token.start >= start:
            prefix = token.text.partition(":")[0]
            if prefix != "_" and prefix not in declared:
                return token
    return None


def _prefix_advice(prefix: str) -> str:
    known = PREFIXES.get(prefix)
    line = f"PREFIX {prefix}: <{known}>" if known else f"PREFIX {prefix}: <...>"
    return f"the prefix '{prefix}:' is not declared; begin the query with {line}"
