"""What the tests of comparing and explaining ask: the real plan, the made-up one, a small made-up
graph.
"""

from datetime import date
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.asking.store import KnowledgeGraph
from kg.build import Making
from kg.graph.quads import to_nquads

__all__ = ["FIRST", "SECOND", "THIRD", "load_changes", "load_made"]

FIRST, SECOND, THIRD = date(2013, 12, 31), date(2014, 11, 15), date(2015, 1, 1)
"""A day of each state of the real plan."""

_CHANGES = Path(__file__).with_name("changes.trig")


def load_made(making: Making) -> KnowledgeGraph:
    """The graph of a whole making."""
    return KnowledgeGraph(to_nquads(making.quads).encode())


def load_changes() -> KnowledgeGraph:
    """The small graph of changes.trig, where an amender said of each row what it did."""
    store = Store()
    store.load(path=str(_CHANGES), format=RdfFormat.TRIG)
    return KnowledgeGraph("".join(sorted(f"{quad} .\n" for quad in store)).encode())
