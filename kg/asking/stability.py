"""Whether a query, asked again of the same graph, has the same answer to the byte.

SPARQL 1.1 Query, section 17.4: ``NOW``, ``RAND``, ``UUID``, ``STRUUID`` and ``BNODE`` give another
value each time; so does ``SERVICE``, and a template that makes blank nodes (section 16.2.1). The
engine lists the names of graphs in an order that differs from store to store.
"""

import re
from collections.abc import Sequence

from kg.asking.tokens import Token

__all__ = ["CHANGING", "is_stable", "lists_graphs"]

_LISTS_GRAPHS = re.compile(r"(?<![?$])graph\s*[?$#]", re.IGNORECASE)
CHANGING = ("NOW", "RAND", "UUID", "BNODE", "SERVICE")  # UUID is in STRUUID too


def lists_graphs(text: str) -> bool:
    """Whether a query may ask for the names of graphs, ``GRAPH ?g``; sooner true than false."""
    return "GRAPH" in text.upper() and _LISTS_GRAPHS.search(text) is not None


def is_stable(text: str, tokens: Sequence[Token], *, own_dataset: bool = False) -> bool:
    """Whether the answer to the query ``text``, whose tokens are ``tokens``, stays the same.

    It is asked of one loading of the graph; over loadings, one that lists graphs may still change.
    ``own_dataset`` is whether it names its data set: each worker makes a store of its own for that.

    False where that isn't plain: the engine needs no blanks around keywords, so a word that holds
    one counts, and an escaped letter (section 19.2) might belong to one.
    """
    if "\\u" in text or "\\U" in text or (own_dataset and lists_graphs(text)):
        return False
    return not any(_may_change(token) for token in tokens) and not _makes_blank_nodes(tokens)


def _may_change(token: Token) -> bool:
    if token.kind == "name":
        word = token.text.partition(":")[0].upper()
    elif token.kind == "word":
        word = token.text.upper()
    else:
        return False
    return any(name in word for name in CHANGING)


def _makes_blank_nodes(tokens: Sequence[Token]) -> bool:
    """Whether the template of a CONSTRUCT, or the pattern that stands for it, has any."""
    position = next((n for n, t in enumerate(tokens) if _opens_template(t)), len(tokens))
    depth = 0
    for token in tokens[position:]:
        if token.text in ("[", "(") or (token.kind == "name" and token.text.startswith("_:")):
            return True
        depth += (token.text == "{") - (token.text == "}")
        if token.text == "}" and depth <= 0:
            break
    return False


def _opens_template(token: Token) -> bool:
    return token.kind == "word" and "CONSTRUCT" in token.text.upper()
