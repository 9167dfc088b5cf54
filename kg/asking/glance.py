"""A first look at a query, a hundred times as fast as cutting it into tokens.

Each function is true wherever what it looks for could be, however the query is read: in a literal
too, in part of a longer word, and wherever there is an escape. Only what none of them sees is left
uncut.
"""

from kg.asking.stability import CHANGING, lists_graphs

__all__ = ["asks_named_graphs", "needs_cutting"]

_NOTABLE = ("FROM", "SERVICE", "GROUP_CONCAT", *CHANGING)
_BLANK_NODES = ("[", "(", "_:")


def needs_cutting(query: str) -> bool:
    """Whether tokens are needed to know what ``query`` names, and whether its answer stays.

    Without any, it has no data set clause, asks no other endpoint, is stable (see
    ``kg.asking.stability``) and needs no mending (see ``kg.asking.mending``).
    """
    capitals = query.upper()
    return (
        "\\" in query
        or any(word in capitals for word in _NOTABLE)
        or lists_graphs(query)
        or ("CONSTRUCT" in capitals and any(sign in query for sign in _BLANK_NODES))
    )


def asks_named_graphs(query: str) -> bool:
    """Whether ``GRAPH`` could stand in ``query``."""
    return "\\" in query or "GRAPH" in query.upper()
