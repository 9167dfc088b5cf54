"""What is refused before the engine sees it: a text too long, nesting that overruns its stack.

Runs in the worker, under its deadline, so that no text however long keeps the server from others.

The engine recurses into brackets, and as deep into chains: ``?a + ?a + ?a``, or a group with a
thousand ``BIND``. Its grammar isn't known here, so every token on the way into the deepest place
counts, but for what can't nest: the rows of ``VALUES``, and between commas in parentheses only the
longest argument.
"""

from dataclasses import dataclass

from kg.asking.errors import AskingError
from kg.asking.tokens import Token, malformed, tokenize

__all__ = ["DEEPEST", "LONGEST", "QueryTooLong", "check_depth", "check_length"]

DEEPEST = 100
"""Brackets within brackets, or signs in a row, unless said."""
LONGEST = 5000
"""Tokens on the way into the deepest place; the engine's stack (64 MiB) holds four times that."""

_SHORT = 4096
_PREFIX_SIGNS = frozenset("!+-^")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


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
    """Let a query pass that the engine's stack can hold.

    Raises ``MalformedQuery`` where brackets or signs are nested deeper than ``deepest``, and where
    more than ``LONGEST`` tokens build on one another.
    """
    if _is_shallow(query, deepest):
        return
    nesting = _Nesting()
    run = 0
    for token in tokenize(query):
        run = run + 1 if token.text in _PREFIX_SIGNS else 0
        nesting.take(token)
        if len(nesting.groups) > deepest + 1 or run >= deepest:
            detail = f"brackets or signs are nested more than {deepest} deep (KG_QUERY_MAX_DEPTH)."
            raise malformed(query, token.start, detail)
        if nesting.length > LONGEST:
            detail = (
                f"more than {LONGEST} words and signs build on one another up to here. "
                "Shorten the chain, or give many terms in VALUES or IN (…)."
            )
            raise malformed(query, token.start, detail)


@dataclass(slots=True)
class _Group:
    """What is between two brackets: its tokens, and the longest way into a bracket within."""

    parentheses: bool = False
    rows: bool = False
    tokens: int = 0
    within: int = 0
    longest: int = 0

    @property
    def length(self) -> int:
        return max(self.longest, self.tokens + self.within)


class _Nesting:
    """The groups that are open; ``length`` is the longest way into any of them so far."""

    def __init__(self) -> None:
        self.groups = [_Group()]
        self._rows_follow = False
        self._outside = [0]

    @property
    def length(self) -> int:
        """Tokens on the way into the innermost open group, and further into its deepest place."""
        return self._outside[-1] + self.groups[-1].length

    def take(self, token: Token) -> None:
        """Take in the next token."""
        group = self.groups[-1]
        if not group.rows:
            group.tokens += 1
        if token.text in _OPENING:
            rows = group.rows or (token.text == "{" and self._rows_follow)
            self._outside.append(self._outside[-1] + group.tokens)
            self.groups.append(_Group(token.text == "(", rows))
        elif token.text in _CLOSING and len(self.groups) > 1:
            self.groups.pop()
            self._outside.pop()
            outer = self.groups[-1]
            outer.within = max(outer.within, group.length)
        elif token.text == "," and group.parentheses:
            group.longest, group.tokens, group.within = group.length, 0, 0
        if token.is_word("VALUES"):
            self._rows_follow = True
        elif token.text in ("{", "}"):
            self._rows_follow = False


def _is_shallow(query: str, deepest: int) -> bool:
    """Whether a short text has too few brackets and signs in all to be nested deeply anywhere.

    A first look, a hundred times as fast as cutting the text into tokens; one so short has fewer
    tokens than ``LONGEST``.
    """
    return (
        len(query) <= _SHORT
        and sum(map(query.count, _OPENING)) < deepest
        and sum(map(query.count, _PREFIX_SIGNS)) < deepest
    )
