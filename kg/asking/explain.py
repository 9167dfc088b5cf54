"""Why something has its grade on a day: the attestations that speak of it, their rules, and what
the rules rest on, down to spans of the source, sourced facts and acts.

In go the built graph, an address and a day; out comes plain data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.asking.amendments import AmendmentExplanation, explain_amendment
from kg.asking.anomalies import AnomalyExplanation, explain_anomaly
from kg.asking.asof import NearBound, State, near_bounds, today
from kg.asking.changes import Side
from kg.asking.content import HISTORY, version_on
from kg.asking.errors import NotAnAddress, NothingToExplain
from kg.asking.links import LINKS, LinkExplanation, explain_link
from kg.asking.nodes import Name, Nodes
from kg.asking.reasons import Claim, Reasons, Removal, kind_of_cell
from kg.asking.references import ReferenceExplanation, explain_reference
from kg.asking.store import KnowledgeGraph
from kg.asking.tenures import TenureExplanation, explain_tenure
from kg.iris import parse_provision
from kg.namespaces import BASE, PREFIXES, PROV, RDF, ZH

__all__ = ["Explanation", "Graded", "Undated", "explain"]

Undated = (
    AmendmentExplanation
    | ReferenceExplanation
    | AnomalyExplanation
    | LinkExplanation
    | TenureExplanation
)
"""What is explained for itself, whatever the day."""

_GRADED = (
    *(ZH.ProvisionVersion, ZH.Provision, ZH.Attestation, ZH.State),
    *(ZH.Amendment, ZH.PossibleAmendment, ZH.LegalReference, ZH.CandidateTarget, ZH.Anomaly),
    *(ZH.Tenure, *LINKS),
)
_CELLS = (ZH.responsibility, ZH.output, ZH.deadline, ZH.funding)


@dataclass(frozen=True, slots=True)
class Graded:
    """A version or a cell, and the claims that speak of it in the state."""

    iri: str
    kind: str
    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of the thing asked for on a day.

    ``where`` is ``graph``, ``possible`` or empty; ``own`` and ``cells`` are what stands, ``absent``
    the proofs of what doesn't; ``removals`` are the tombstones; ``states`` are all there are.
    """

    iri: str
    name: Name
    side: Side
    where: str
    version: str
    own: tuple[Claim, ...]
    cells: tuple[Graded, ...]
    absent: tuple[Claim, ...]
    removals: tuple[Removal, ...]
    states: tuple[State, ...]

    @property
    def ends_at_bound(self) -> bool:
        """Whether the end of the state that answers is only the earliest possible."""
        end = self.side.state.valid_until
        return any(s.valid_from == end and s.starts_at_bound for s in self.states)

    @property
    def near(self) -> tuple[NearBound, ...]:
        """The starts near the day asked for of which only bounds are known."""
        return near_bounds(self.states, self.side.day)


def explain(graph: KnowledgeGraph, address: str, day: date | None = None) -> Explanation | Undated:
    """The explanation of a provision, version, cell, attestation or state, by IRI or by the path
    below the act; on today, unless said, or where a version had ended by then, in its last state.
    An amendment, a reference, an anomaly, a tenure, and what is known from outside the text (an
    outcome, say) are explained for themselves, whatever the day.

    Raises ``NothingToExplain``, ``DayBeforeFirst``.
    """
    reader = _Reader(graph)
    iri = reader.resolve(address)
    undated = reader.explain_undated(iri)
    if undated is not None:
        return undated
    if iri.startswith(f"{BASE}attestation/"):
        return reader.explain_attestation(iri)
    if any(state.iri == iri for state in graph.states):
        return reader.explain_state(iri, day)
    provision = parse_provision(iri)
    if provision.day is None:
        return reader.explain_provision(iri, graph.state_on(day), day)
    version = iri.removesuffix(f"/{provision.part}") if provision.part else iri
    return reader.explain_version(iri, version, reader.state_of_version(version, day), day)


class _Reader:
    """Reads explanations from the history."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._nodes = Nodes(graph)
        self._reasons = Reasons(self._nodes, graph.states)

    def resolve(self, address: str) -> str:
        """The IRI meant, with an explanation to be had; raises ``NothingToExplain``."""
        candidates = list(_candidates(address.strip().strip("<>"), self._graph.states[0].iri))
        for iri in candidates:
            if self._is_explained(iri):
                return iri
        for iri in candidates:
            if self._is_known(iri):
                raise NothingToExplain(
                    f"{iri} is in the graph, but has no grade in a state: 'explain' takes a "
                    "provision, its version, a cell, an attestation, an amendment, a reference, an "
                    "anomaly, a tenure, an outcome, a relation of an act, an identifier, a planned "
                    "act or a state."
                )
        raise NothingToExplain(
            f"There is no '{address}' in the graph: give the address of a provision, a version, a "
            "cell or an attestation, or a path below the act such as plan/section-1/measure-1."
        )

    def explain_undated(self, iri: str) -> Undated | None:
        """An amendment, a reference, an anomaly, a tenure or a link, if the address names one."""
        return (
            explain_amendment(self._nodes, self._reasons, iri)
            or explain_reference(self._nodes, self._reasons, iri)
            or explain_anomaly(self._nodes, iri)
            or explain_tenure(self._nodes, self._reasons, iri)
            or explain_link(self._nodes, self._reasons, iri)
        )

    def explain_attestation(self, iri: str) -> Explanation:
        """One attestation, in its own state."""
        said = self._nodes.statements(iri, HISTORY)
        state = self._state(said.first(ZH.inState))
        claim = self._reasons.claim(iri)
        own, absent = ((claim,), ()) if claim.holds else ((), (claim,))
        name = Name(f"Attestation of {claim.subject}", "")
        side = self._side(state, state.valid_from)
        where = self._where(said.first(ZH.attests), state)
        return Explanation(iri, name, side, where, "", own, (), absent, (), self._graph.states)

    def explain_state(self, iri: str, day: date | None) -> Explanation:
        """A state: only its start has a grade."""
        state = self._state(iri)
        side = self._side(state, day or state.valid_from)
        name = Name(self._nodes.label(iri), "")
        return Explanation(iri, name, side, "", "", (), (), (), (), self._graph.states)

    def explain_provision(self, iri: str, state: State, day: date | None) -> Explanation:
        """A provision on a day: by its version then, or by what is known of its absence."""
        version = version_on(self._nodes, iri, state)
        if version is not None:
            return self.explain_version(iri, version, state, day)
        versions = self._nodes.subjects(PROV.specializationOf, iri, HISTORY)
        absent = [claim for v in versions for claim in self._absences(v, state)]
        return self._gather(iri, iri, "", state, day, absent=tuple(absent))

    def explain_version(
        self, iri: str, version: str, state: State, day: date | None
    ) -> Explanation:
        """A version, or the cell of it at ``iri``, in a state."""
        provision = self._nodes.statements(version, HISTORY).first(PROV.specializationOf)
        if iri not in (version, provision):
            claims = self._reasons.claims(iri, state)
            cell = (
                Graded(
                    iri,
                    kind_of_cell(iri),
                    self._reasons.label(iri),
                    tuple(c for c in claims if c.holds),
                ),
            )
            absent = tuple(claim for claim in claims if not claim.holds)
            stands = cell if cell[0].claims else ()
            return self._gather(iri, provision, version, state, day, cells=stands, absent=absent)
        # A version that has ended, or hasn't begun, has nothing to say of this state but its start.
        valid = version_on(self._nodes, provision, state) == version
        own = self._standing(version, state) if valid else ()
        absent = tuple(self._absences(version, state))
        cells = tuple(self._cells(version, state)) if own else ()
        return self._gather(
            iri, provision, version, state, day, own=own, cells=cells, absent=absent
        )

    def state_of_version(self, version: str, day: date | None) -> State:
        """The state of the day, or without one of today or else the last that the version was valid
        in.
        """
        if day is not None:
            return self._graph.state_on(day)
        until = self._nodes.statements(version, HISTORY).first(ZH.validUntil)
        valid = [s for s in self._graph.states if not until or s.valid_from.isoformat() < until]
        now = self._graph.state_on(today())
        return now if now in valid else valid[-1]

    def _gather(
        self,
        iri: str,
        provision: str,
        version: str,
        state: State,
        day: date | None,
        *,
        own: tuple[Claim, ...] = (),
        cells: tuple[Graded, ...] = (),
        absent: tuple[Claim, ...] = (),
    ) -> Explanation:
        stands = bool(own or cells)
        return Explanation(
            iri=iri,
            name=self._nodes.name(provision),
            side=self._side(state, day),
            where=self._where(version, state) if stands else "",
            version=version,
            own=own,
            cells=cells,
            absent=absent,
            removals=() if stands else tuple(self._reasons.removals(provision, state)),
            states=self._graph.states,
        )

    def _side(self, state: State, day: date | None) -> Side:
        """The day asked for; without one it is today, or the first day of an ended state."""
        now = today()
        shown = day or (now if state.holds_on(now) else state.valid_from)
        return Side(shown, state, self._nodes.start_of(state.iri))

    def _state(self, iri: str) -> State:
        return next(state for state in self._graph.states if state.iri == iri)

    def _is_explained(self, iri: str) -> bool:
        if not self._is_known(iri):
            return False
        kinds = {str(kind) for kind in _GRADED}
        attested = bool(self._nodes.subjects(ZH.attests, iri, HISTORY))
        return attested or bool(kinds & set(self._nodes.statements(iri).all(RDF.type)))

    def _is_known(self, iri: str) -> bool:
        try:
            return bool(self._nodes.statements(iri))
        except NotAnAddress:
            return False

    def _where(self, subject: str, state: State) -> str:
        """The graph of the state in which a version or a cell stands, by what is said of its
        provision.
        """
        version = subject.rpartition("/")[0] if parse_provision(subject).part else subject
        provision = self._nodes.statements(version, HISTORY).first(PROV.specializationOf)
        if self._nodes.statements(provision, state.graph):
            return "graph"
        return "possible" if self._nodes.statements(provision, state.possible) else ""

    def _cells(self, version: str, state: State) -> Iterator[Graded]:
        said = self._nodes.statements(version, HISTORY)
        for term in _CELLS:
            found = [(self._nodes.statements(cell, HISTORY), cell) for cell in said.all(term)]
            for _, cell in sorted(found, key=lambda pair: int(pair[0].first(ZH.position) or 0)):
                claims = self._standing(cell, state)
                if claims:
                    yield Graded(cell, kind_of_cell(cell), self._reasons.label(cell), claims)

    def _standing(self, subject: str, state: State) -> tuple[Claim, ...]:
        return tuple(claim for claim in self._reasons.claims(subject, state) if claim.holds)

    def _absences(self, version: str, state: State) -> Iterator[Claim]:
        """The proofs that a version, its words or its cells did not stand in a state."""
        said = self._nodes.statements(version, HISTORY)
        for subject in (version, *said.all(*_CELLS)):
            yield from (claim for claim in self._reasons.claims(subject, state) if not claim.holds)


def _candidates(address: str, first_state: str) -> Iterator[str]:
    """What an address may mean: an IRI, one with a prefix, one below BASE, a path below the act."""
    if "://" in address:
        yield address
        return
    prefix, colon, name = address.partition(":")
    if colon and prefix in PREFIXES:
        yield PREFIXES[prefix] + name
    path = address.strip("/")
    yield f"{BASE}{path}"
    yield f"{first_state.partition('@')[0]}/{path}"
