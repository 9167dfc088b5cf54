"""What is refused before the engine sees it: nesting that would overrun its stack, and texts out of bounds."""

from collections.abc import Iterable

from kg.asking.errors import AskingError
from kg.asking.query import check_query
from kg.asking.tokens import Token, malformed
from kg.web.problems import Problem, problem_of
from kg.web.workers import Failure

__all__ = ["DEEPEST", "check_text"]

DEEPEST = 100
"""Brackets within brackets; the engine's stack holds some two thousand."""

_PREFIX_SIGNS = frozenset("!+-^")


def check_text(query: str, limit: int) -> None:
    """Let a query pass that the engine may be given.

    Raises ``Problem``: 413 where it is longer than ``limit`` bytes, 400 where it is nested too deeply, cannot be cut
    into tokens or 403 where it is an update or a request to another endpoint.
    """
    if len(query.encode()) > limit:
        raise Problem(413, f"The query is longer than the {limit >> 10} KiB that are taken.")
    try:
        tokens = check_query(query)
        deep = _too_deep(tokens)
        if deep is not None:
            raise malformed(query, deep.start, f"brackets are nested more than {DEEPEST} deep.")
    except AskingError as error:
        raise as_problem(error) from None


def as_problem(error: AskingError) -> Problem:
    """The problem that an error of the question is; the same as where a worker finds it."""
    facts = {name: getattr(error, name) for name in ("line", "column") if hasattr(error, name)}
    return problem_of(Failure(type(error).__name__, str(error), **facts))


def _too_deep(tokens: Iterable[Token]) -> Token | None:
    """The first token that is nested too deeply, in brackets or behind a row of signs like ``!!!``."""
    run = 0
    for token in tokens:
        run = run + 1 if token.text in _PREFIX_SIGNS else 0
        if token.depth >= DEEPEST or run >= DEEPEST:
            return token
    return None
