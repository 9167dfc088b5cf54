"""Why: the attestations of the history as chains of reasons, down to spans, facts and acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.asking.asof import State
from kg.asking.content import HISTORY, label_cell
from kg.asking.nodes import Nodes, Quote, Start, Statements
from kg.iris import graph_iri, local_name, parse_provision
from kg.namespaces import DCTERMS, ELI, PROV, RDF, ZH

__all__ = ["Claim", "Reason", "Reasons", "Removal", "Rule", "Source", "kind_of_cell"]

_REFERENCE = graph_iri("reference")
_FACETS = ("existence", "number", "words", "parts", "start")
"""The order in which facets are told; others come after."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its short name (``R8``), in words: what it concludes, and its limit."""

    name: str
    label: str
    conclusion: str
    limit: str


@dataclass(frozen=True, slots=True)
class Source:
    """A sourced fact or an act that a rule rests on; what isn't held of it is empty."""

    iri: str
    label: str
    day: str
    confidence: str
    source: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An attestation: the grade of one facet of a version or cell in a state, and why.

    ``premises`` are spans, facts or acts, and other attestations; ``seen`` is true for one that is
    being explained already, whose premises are left out. ``subject`` names what it speaks of.
    """

    iri: str
    subject: str
    facet: str
    state_day: str
    grade: str
    holds: bool
    status: str
    rules: tuple[Rule, ...]
    premises: tuple["Reason", ...]
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """The amendment that removed a provision for certain, before the day or on it."""

    iri: str
    act: str
    start: Start
    quotes: tuple[Quote, ...]


Reason = Quote | Source | Claim
"""What a rule rests on: words of the source, a sourced fact or an act, or another attestation."""


class Reasons:
    """Reads attestations of a build, and what they rest on."""

    def __init__(self, nodes: Nodes, states: Sequence[State]) -> None:
        self._nodes = nodes
        self._days = {state.iri: state.valid_from.isoformat() for state in states}

    def label(self, cell: str) -> str:
        """What a cell is called in English."""
        return label_cell(self._nodes, cell, self._nodes.statements(cell, HISTORY))

    def claims(self, subject: str, state: State) -> list[Claim]:
        """What is attested of a version or cell in a state; its start, in whichever state."""
        claims = [self.claim(iri) for iri in self._nodes.subjects(ZH.attests, subject, HISTORY)]
        day = state.valid_from.isoformat()
        found = [c for c in claims if c.state_day == day or c.facet == "start"]
        return sorted(found, key=_facet_rank)

    def claim(self, iri: str, above: frozenset[str] = frozenset()) -> Claim:
        """An attestation with its premises; those ``above`` it aren't followed again."""
        said = self._nodes.statements(iri, HISTORY)
        seen = iri in above
        premises = [] if seen else [self._premise(p, above | {iri}) for p in said.all(ZH.premise)]
        return Claim(
            iri=iri,
            subject=self._subject(said.first(ZH.attests)),
            facet=local_name(iri),
            state_day=self._days[said.first(ZH.inState)],
            grade=said.local(ZH.grade),
            holds=said.first(ZH.holds) == "true",
            status=said.local(ZH.textStatus),
            rules=self.rules(said.all(ZH.byRule)),
            premises=tuple(sorted(premises, key=_rank)),
            seen=seen,
        )

    def premises(self, iris: Sequence[str]) -> tuple[Reason, ...]:
        """What a rule rests on: spans, facts or acts, and attestations with what they rest on."""
        return tuple(sorted((self._premise(iri, frozenset()) for iri in iris), key=_rank))

    def rules(self, iris: Sequence[str]) -> tuple[Rule, ...]:
        """Rules in words, by their numbers."""
        return tuple(self._rule(iri) for iri in sorted(iris, key=_by_number))

    def _subject(self, iri: str) -> str:
        """What an attestation speaks of, in English: a provision, or a cell of one."""
        part = parse_provision(iri).part
        version = iri.removesuffix(f"/{part}") if part else iri
        provision = self._nodes.statements(version, HISTORY).first(PROV.specializationOf)
        place = self._nodes.name(provision).place
        return f"{kind_of_cell(iri)} {self.label(iri)} of {place}" if part else place

    def _premise(self, iri: str, above: frozenset[str]) -> Reason:
        quote = self._nodes.quote(iri)
        if quote is not None:
            return quote
        if self._nodes.statements(iri, HISTORY).first(ZH.attests):
            return self.claim(iri, above)
        return self._source(iri, self._nodes.statements(iri, _REFERENCE))

    def _source(self, iri: str, said: Statements) -> Source:
        decided = said.first(ZH.decidedBy)
        return Source(
            iri=iri,
            label=self._nodes.label(iri),
            day=said.first(ZH.onDate) or said.first(ELI.date_document),
            confidence=said.local(ZH.confidence).removeprefix("Confidence"),
            source="; ".join(said.all(DCTERMS.source)),
            decided_by=self._nodes.label(decided) if decided else "",
        )

    def _rule(self, iri: str) -> Rule:
        words = (self._nodes.english(iri, ZH.conclusion), self._nodes.english(iri, ZH.limit))
        return Rule(local_name(iri), self._nodes.label(iri), *words)

    def removals(self, provision: str, state: State) -> Iterator[Removal]:
        """The amendments that removed a provision for certain, up to a state."""
        for iri in self._nodes.subjects(ZH.amends, provision, HISTORY):
            said = self._nodes.statements(iri, HISTORY)
            start = self._nodes.start_of(iri)
            certain = str(ZH.Amendment) in said.all(RDF.type)
            gone = said.all(PROV.invalidated) and not said.all(PROV.generated)
            if certain and gone and start.earliest <= state.valid_from.isoformat():
                quotes = self._nodes.quotes(said.all(ZH.evidencedBy))
                yield Removal(iri, self._nodes.label(said.first(ZH.byAct)), start, quotes)


def kind_of_cell(cell: str) -> str:
    """The kind of a cell, by its address: ``responsibility-1`` is a responsibility."""
    return local_name(cell).partition("-")[0]


def _by_number(rule: str) -> int:
    digits = local_name(rule).removeprefix("R")
    return int(digits) if digits.isdigit() else 0


def _rank(reason: Reason) -> tuple[int, int, str]:
    """Spans first, in the order of the text, then facts and acts, then other attestations."""
    if isinstance(reason, Quote):
        return 0, reason.line, reason.iri
    return (1 if isinstance(reason, Source) else 2), 0, reason.iri


def _facet_rank(claim: Claim) -> tuple[int, str]:
    rank = _FACETS.index(claim.facet) if claim.facet in _FACETS else len(_FACETS)
    return rank, claim.facet
