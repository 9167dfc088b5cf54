"""What is refused before the engine sees it: nesting that would overrun its stack.

Runs in the worker, under its deadline, so that no text however long keeps the server from others.
"""

from collections.abc import Iterable

from kg.asking.tokens import Token, malformed, tokenize

__all__ = ["DEEPEST", "check_depth"]

DEEPEST = 100
"""Brackets within brackets; the engine's stack holds some two thousand."""

_PREFIX_SIGNS = frozenset("!+-^")


def check_depth(query: str) -> None:
    """Let a query pass that is nested no deeper than ``DEEPEST``; raises ``MalformedQuery``."""
    deep = _too_deep(tokenize(query))
    if deep is not None:
        raise malformed(
            query, deep.start, f"brackets or signs are nested more than {DEEPEST} deep."
        )


def _too_deep(tokens: Iterable[Token]) -> Token | None:
    """The first token nested too deeply, in brackets or behind a row of signs like ``!!!``."""
    run = 0
    for token in tokens:
        run = run + 1 if token.text in _PREFIX_SIGNS else 0
        if token.depth >= DEEPEST or run >= DEEPEST:
            return token
    return None
