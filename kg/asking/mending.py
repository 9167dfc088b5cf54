"""A query turned so that the engine answers it as SPARQL 1.1 says, where it would not by itself.

Only what means the same by the specification is put in, and only by tokens, so that the rest of the
query stays as it was written. ``docs/conformance.md`` tells what the engine gets wrong.
"""

from collections.abc import Callable, Iterator, Sequence

from kg.asking.errors import RefusedQuery
from kg.asking.tokens import Token, tokenize

__all__ = ["mend_query"]

_LONGEST = 1 << 20
"""How many characters a query may come to have; a worker has to parse them."""

_MISREAD = ("SELECT", "VALUES", "MINUS")


def mend_query(query: str, tokens: Sequence[Token], graphs: Callable[[], Sequence[str]]) -> str:
    """``query``, whose tokens are ``tokens``, with what the engine misreads said otherwise.

    ``graphs`` gives the IRIs of the data set's named graphs. Raises ``RefusedQuery`` where there
    are too many of them to be named one by one.
    """
    words = query.upper()  # most queries have neither word, and are not gone through
    if "GROUP_CONCAT" in words:
        query = _replace(query, _plain_strings(tokens))
    if "GRAPH" in words and any(True for _ in _misread_graphs(tokens)):
        query = _replace(query, _one_by_one(query, list(tokenize(query)), graphs()))
    return query


def _plain_strings(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Put each ``GROUP_CONCAT(…)`` into ``STR( )``.

    The engine gives the result a language where all strings have one; by section 18.5.1.7 it is a
    simple literal, which ``STR`` leaves as it is.
    """
    for index, token in enumerate(tokens[:-1]):
        if token.is_word("GROUP_CONCAT") and tokens[index + 1].text == "(":
            closing = _closing(tokens, index + 1)
            if closing is not None:
                yield token.start, token.start, "STR("
                yield tokens[closing].end, tokens[closing].end, ")"


def _one_by_one(
    query: str, tokens: Sequence[Token], graphs: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Write ``GRAPH ?g P`` as the union it is by section 18.6: P in each graph, joined with ?g."""
    for opening, closing in _misread_graphs(tokens):
        variable, start = tokens[opening - 1].text, tokens[opening - 2].start
        pattern = query[tokens[opening].start : tokens[closing].end]
        if len(graphs) * (len(pattern) + 100) > _LONGEST:
            raise RefusedQuery(
                f"GRAPH {variable} around SELECT, VALUES or MINUS can't be asked of all "
                f"{len(graphs)} graphs: name the graph, or use these outside of GRAPH."
            )
        parts = [
            f"{{GRAPH <{graph}> {pattern} VALUES {variable} {{<{graph}>}}}}" for graph in graphs
        ]
        yield start, tokens[closing].end, " UNION ".join(parts) or f"{{VALUES {variable} {{}}}}"


def _misread_graphs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The braces, by their places, of each ``GRAPH ?g { }`` that the engine gets wrong.

    Left alone is what can't be repeated (labels of blank nodes), what would multiply (``GRAPH``
    or ``SERVICE`` inside), and a pattern that itself speaks of the variable: by section 18.6 it is
    unbound there, and the engine is kinder.
    """
    for index, token in enumerate(tokens[:-2]):
        if not token.is_word("GRAPH"):
            continue
        variable, brace = tokens[index + 1 : index + 3]
        if variable.kind != "variable" or brace.text != "{":
            continue
        closing = _closing(tokens, index + 2)
        if closing is None:
            continue
        inside = tokens[index + 3 : closing]
        follows = tokens[closing + 1 : closing + 2]
        if (
            any(part.is_word(*_MISREAD) for part in inside)
            and not any(
                part.is_word("GRAPH", "SERVICE") or part.text.startswith("_:") for part in inside
            )
            and not _is_spoken_of(variable, inside)
            and not any(part.is_word("UNION") for part in follows)  # a mistake, and to stay one
        ):
            yield index + 2, closing


def _is_spoken_of(variable: Token, inside: Sequence[Token]) -> bool:
    """Whether ``variable`` stands in a pattern, other than among the variables of ``VALUES``."""
    in_head = False
    for token in inside:
        in_head = token.is_word("VALUES") or (in_head and token.text != "{")
        if token.kind == "variable" and token.text[1:] == variable.text[1:] and not in_head:
            return True
    return False


def _closing(tokens: Sequence[Token], opening: int) -> int | None:
    """The place of the bracket that closes the one at ``opening``."""
    sign = {"(": ")", "{": "}"}[tokens[opening].text]
    for index in range(opening + 1, len(tokens)):
        if tokens[index].text == sign and tokens[index].depth == tokens[opening].depth:
            return index
    return None


def _replace(query: str, changes: Iterator[tuple[int, int, str]]) -> str:
    """``query`` with each stretch of it replaced by a text; stretches don't overlap."""
    pieces, at = [], 0
    for start, end, text in sorted(changes):
        pieces += [query[at:start], text]
        at = end
    return "".join([*pieces, query[at:]])
