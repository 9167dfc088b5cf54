"""Two days compared: which provisions were added, removed, replaced or amended, and what in them.

In go the built graph and two days, out comes plain data. Whether something *did* change is told by
an amendment: what only a possible amendment stands behind only *may* have changed. A change of
grade is no change of the plan.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from kg.asking.asof import State
from kg.asking.changes import (
    Certainty,
    Difference,
    Item,
    OnlyEvidence,
    Open,
    Origin,
    Proof,
    ProvisionChange,
    Side,
    StatementChange,
)
from kg.asking.content import HISTORY, Content, find_proof, read_contents, version_on
from kg.asking.nodes import Nodes
from kg.asking.store import KnowledgeGraph
from kg.asking.words import compare_words
from kg.namespaces import ZH

__all__ = ["compare_days"]

_ORDER = ("place", "number", "words", "responsibility", "output", "deadline", "funding")
"""The order in which the statements of a provision are told; what isn't named comes after."""


def compare_days(graph: KnowledgeGraph, before: date, after: date) -> Difference:
    """What differs between two days, in the direction asked for; raises ``DayBeforeFirst``."""
    nodes = Nodes(graph)
    states = graph.state_on(before), graph.state_on(after)
    sides = [
        Side(day, state, nodes.start_of(state.iri))
        for day, state in zip((before, after), states, strict=True)
    ]
    if states[0] == states[1]:
        return Difference(graph.release, sides[0], sides[1], (), ())
    comparison = _Comparison(nodes, *states)
    provisions = comparison.in_order()
    changes = [change for iri in provisions if (change := comparison.compare(iri))]
    changed = {change.provision for change in changes}
    only_evidence = tuple(comparison.only_evidence(set(provisions) - changed))
    return Difference(graph.release, sides[0], sides[1], tuple(changes), only_evidence)


class _Comparison:
    """Two states side by side; ``earlier`` and ``later`` are the same two by time."""

    def __init__(self, nodes: Nodes, before: State, after: State) -> None:
        self._nodes = nodes
        self._earlier, self._later = min(before, after), max(before, after)
        self._backwards = before != self._earlier
        self._before = read_contents(nodes, before)
        self._after = read_contents(nodes, after)
        self._origins = _read_origins(nodes, self._earlier, self._later)

    def in_order(self) -> list[str]:
        """All provisions of either state, in the order of the text."""
        both = {**self._before, **self._after}
        return sorted(both, key=lambda iri: (both[iri].position, iri))

    def only_evidence(self, provisions: set[str]) -> Iterator[OnlyEvidence]:
        """Those of the provisions of which the grades differ, in the order of the text."""
        for iri in self.in_order():
            if iri in provisions and self._before[iri].standing != self._after[iri].standing:
                standings = self._before[iri].standing, self._after[iri].standing
                yield OnlyEvidence(iri, self._nodes.name(iri), *standings)

    def compare(self, iri: str) -> ProvisionChange | None:
        """How one provision differs; ``None`` where nothing of it changed or may have."""
        before, after = self._before.get(iri), self._after.get(iri)
        origins = tuple(self._origins.get(iri, ()))
        certainty: Certainty = "unattributed"
        if origins:
            certainty = "certain" if any(o.certain for o in origins) else "possible"
        statements = tuple(self._statements(iri, before, after, certainty))
        if certainty == "possible" and self._is_proved(before, after, statements):
            certainty = "certain"
        if not statements and not origins:
            return None
        return ProvisionChange(
            provision=iri,
            name=self._nodes.name(iri),
            kind=_kind(before, after, origins),
            certainty=certainty,
            editorial=any(side is not None and side.is_note for side in (before, after)),
            origins=origins,
            before=before.standing if before else None,
            after=after.standing if after else None,
            statements=statements,
            open=tuple(self._open(before, after, certainty)),
        )

    def _is_proved(
        self,
        before: Content | None,
        after: Content | None,
        statements: tuple[StatementChange, ...],
    ) -> bool:
        """Whether something in it certainly changed though no note says so: it stood in both texts,
        and a statement of it did not.
        """
        earlier = after if self._backwards else before
        stood = bool(before and after and earlier and earlier.standing.where == "graph")
        return stood and any(statement.proof for statement in statements)

    def _open(
        self, before: Content | None, after: Content | None, certainty: Certainty
    ) -> Iterator[Open]:
        earlier = after if self._backwards else before
        if certainty == "unattributed":
            return
        if earlier is not None:
            yield from earlier.open()
        elif certainty == "possible":
            yield Open("existence", "whether it was there")

    def _statements(
        self, iri: str, before: Content | None, after: Content | None, certainty: Certainty
    ) -> Iterator[StatementChange]:
        sides = (before.items if before else (), after.items if after else ())
        lost = bool(before and after and (before.standing.lost or after.standing.lost))
        for old, new in match_items(*sides):
            proof = self._proof(iri, old, new)
            kind = _statement_kind(old, new, lost=lost and proof is None)
            # That other words stood there is sure where a note says so; what they said is not.
            unsure = kind == "unknown" and _either(old, new).what != "words"
            yield StatementChange(
                what=_either(old, new).what,
                property=_either(old, new).property,
                kind=kind,
                certainty="certain" if proof else "possible" if unsure else certainty,
                before=old.said if old else None,
                after=new.said if new else None,
                words=compare_words(old.said.value, new.said.value) if old and new else (),
                proof=proof,
            )

    def _proof(self, iri: str, old: Item | None, new: Item | None) -> Proof | None:
        """The attestation that what stands in the later state did not stand in the earlier one."""
        there, absent = (old, new) if self._backwards else (new, old)
        if there is None or absent is not None or there.said.grade == "Unknown":
            return None
        if there.said.node:
            return find_proof(self._nodes, there.said.node, self._earlier, ZH.ExistenceFacet)
        version = version_on(self._nodes, iri, self._later)
        if there.what != "words" or version is None:
            return None
        return find_proof(self._nodes, version, self._earlier, ZH.WordsFacet)


def match_items(
    before: tuple[Item, ...], after: tuple[Item, ...]
) -> Iterator[tuple[Item | None, Item | None]]:
    """The statements that differ, paired by what they are about; each in the order of the text.

    A cell that only got another number is the same statement.
    """
    old, new = list(before), list(after)
    for item in before:
        same = next((n for n in new if (n.what, n.key) == (item.what, item.key)), None)
        if same is not None:
            old.remove(item)
            new.remove(same)
    pairs: list[tuple[Item | None, Item | None]] = []
    for item in old:
        other = next((n for n in new if (n.what, n.about) == (item.what, item.about)), None)
        if other is not None:
            new.remove(other)
        pairs.append((item, other))
    pairs.extend((None, item) for item in new)
    yield from sorted(pairs, key=_order)


def _order(pair: tuple[Item | None, Item | None]) -> tuple[int, str, int]:
    item = _either(*pair)
    rank = _ORDER.index(item.what) if item.what in _ORDER else len(_ORDER)
    return rank, item.what, item.position


def _either(old: Item | None, new: Item | None) -> Item:
    item = new or old
    if item is None:
        raise ValueError("a pair of nothing and nothing")
    return item


def _statement_kind(
    old: Item | None, new: Item | None, *, lost: bool
) -> Literal["added", "removed", "changed", "unknown"]:
    """Where a side's words are lost, what it lacks isn't known to have been missing."""
    if old and new:
        return "changed"
    if lost:
        return "unknown"
    return "removed" if old else "added"


def _kind(
    before: Content | None, after: Content | None, origins: tuple[Origin, ...]
) -> Literal["added", "removed", "replaced", "amended"]:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    replaced = any(o.certain and o.change != "amended" for o in origins)
    return "replaced" if replaced else "amended"


def _read_origins(nodes: Nodes, earlier: State, later: State) -> dict[str, list[Origin]]:
    """The amendments that count from a day after the earlier state's first, up to the later's; by
    provision.
    """
    first, last = earlier.valid_from.isoformat(), later.valid_from.isoformat()
    found: dict[str, list[Origin]] = {}
    for kind in (ZH.Amendment, ZH.PossibleAmendment):
        for amendment in nodes.instances(kind, HISTORY):
            said = nodes.statements(amendment, HISTORY)
            start = nodes.start_of(amendment)
            if not first < start.earliest <= last:
                continue
            act = said.first(ZH.byAct)
            origin = Origin(
                iri=amendment,
                certain=kind == ZH.Amendment,
                change=said.local(ZH.changeKind),
                act=act,
                act_label=nodes.label(act),
                start=start,
                notes=nodes.quotes(said.all(ZH.evidencedBy)),
            )
            for provision in said.all(ZH.amends):
                found.setdefault(provision, []).append(origin)
    for origins in found.values():
        origins.sort(key=lambda origin: (origin.start.earliest, origin.iri))
    return found
