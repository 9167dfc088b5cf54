"""What is refused before the engine sees it: a text too long, nesting that overruns its stack.

Runs in the worker, under its deadline, so that no text however long keeps the server from others.
"""

from collections.abc import Iterable

from kg.asking.errors import AskingError
from kg.asking.tokens import Token, malformed, tokenize

__all__ = ["DEEPEST", "QueryTooLong", "check_depth", "check_length"]

DEEPEST = 100
"""Brackets within brackets, unless said; the engine's stack holds some two thousand."""

_SHORT = 4096
_PREFIX_SIGNS = frozenset("!+-^")


class QueryTooLong(AskingError):
    """A query longer than is taken."""


def check_length(query: str, most: int) -> None:
    """Let a query pass of no more than ``most`` bytes of UTF-8; raises ``QueryTooLong``."""
    if len(query) > most or len(query.encode()) > most:
        raise QueryTooLong(
            f"The query is longer than the {most >> 10} KiB that a query may have "
            "(KG_QUERY_MAX_KB)."
        )


def check_depth(query: str, deepest: int = DEEPEST) -> None:
    """Let a query pass that is nested no deeper than ``deepest``; raises ``MalformedQuery``."""
    if _is_shallow(query, deepest):
        return
    deep = _too_deep(tokenize(query), deepest)
    if deep is not None:
        raise malformed(
            query,
            deep.start,
            f"brackets or signs are nested more than {deepest} deep (KG_QUERY_MAX_DEPTH).",
        )


def _is_shallow(query: str, deepest: int) -> bool:
    """Whether a short text has too few brackets and signs in all to be nested deeply anywhere.

    A first look, a hundred times as fast as cutting the text into tokens.
    """
    return (
        len(query) <= _SHORT
        and sum(map(query.count, "([{")) < deepest
        and sum(map(query.count, _PREFIX_SIGNS)) < deepest
    )


def _too_deep(tokens: Iterable[Token], deepest: int) -> Token | None:
    """The first token nested too deeply, in brackets or behind a row of signs like ``!!!``."""
    run = 0
    for token in tokens:
        run = run + 1 if token.text in _PREFIX_SIGNS else 0
        if token.depth >= deepest or run >= deepest:
            return token
    return None
