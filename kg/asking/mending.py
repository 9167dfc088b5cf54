"""A query turned so that the engine answers it as SPARQL 1.1 says, where it would not by itself.

Only what means the same by the specification is put in, and only by tokens, so that the rest of the
query stays as it was written. ``tests/conformance/defects.toml`` has what is mended and why.
"""

from collections.abc import Sequence

from kg.asking.tokens import Token

__all__ = ["mend_query"]


def mend_query(query: str, tokens: Sequence[Token]) -> str:
    """``query`` with each ``GROUP_CONCAT(…)`` in ``STR( )``; ``tokens`` are those of ``query``.

    The engine gives the result a language where all strings have one; by section 18.5.1.7 it is a
    simple literal, which ``STR`` leaves as it is.
    """
    inserted = []
    for index, token in enumerate(tokens[:-1]):
        if token.is_word("GROUP_CONCAT") and tokens[index + 1].text == "(":
            end = _closing(tokens, index + 1)
            if end is not None:
                inserted += [(token.start, "STR("), (end.end, ")")]
    pieces, start = [], 0
    for position, text in sorted(inserted):
        pieces += [query[start:position], text]
        start = position
    return "".join([*pieces, query[start:]])


def _closing(tokens: Sequence[Token], opening: int) -> Token | None:
    """The bracket that closes the one at ``opening``."""
    depth = tokens[opening].depth
    for token in tokens[opening + 1 :]:
        if token.text == ")" and token.depth == depth:
            return token
    return None
