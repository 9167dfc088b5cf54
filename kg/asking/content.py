"""What a provision says in a state: its statements and those of its cells, ready to be compared.

Left out is what isn't content: grades, spans, labels (ours), the place in the order of the text,
and the shortcuts ``zh:responsibleAgency`` and ``zh:effectiveResponsibility``, which repeat the
cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.asking.asof import State
from kg.asking.changes import Item, Open, Proof, Said, Standing
from kg.asking.nodes import Nodes, Statements
from kg.iris import graph_iri, local_name
from kg.namespaces import ELI, PROV, SKOS, ZH

__all__ = ["HISTORY", "Content", "find_proof", "label_cell", "read_contents", "version_on"]

HISTORY = graph_iri("history")

_CELLS = {
    "responsibility": (ZH.responsibility, ZH.agency),
    "output": (ZH.output, ZH.outputType),
    "deadline": (ZH.deadline, None),
    "funding": (ZH.funding, None),
}
"""The kinds of cell: the property that leads to one, and the one that tells cells of a kind apart.
"""
_SINGLE = {"place": ELI.is_part_of, "number": ZH.number, "words": ZH.text}
_SEVERAL = {
    "printed with": ZH.printedWith,
    "topic": ZH.topic,
    "duty": ZH.duty,
    "cited act": ELI.cites,
    "stands for": ZH.standsFor,
}
_NOT_SAID_BY_A_CELL = frozenset({str(term) for term in (ZH.evidence, ZH.evidencedBy, ZH.position)})
_NOTE = "note"


@dataclass(frozen=True, slots=True)
class Content:
    """One provision in one state: how it stands, where, and its statements."""

    standing: Standing
    position: int
    is_note: bool
    items: tuple[Item, ...]

    def open(self) -> Iterator[Open]:
        """What isn't known of it."""
        if self.standing.existence == "Unknown":
            yield Open("existence", "whether it was there")
        if self.standing.lost:
            yield Open("words", "its words, which are not preserved")
        elif self.standing.words == "Unknown":
            yield Open("words", "its words")
        if self.standing.parts_lost:
            yield Open("parts", "its parts, which are not preserved")
        for item in self.items:
            if item.said.node and item.said.grade == "Unknown":
                yield Open(item.what, item.said.label, item.said.node)


def read_contents(nodes: Nodes, state: State) -> dict[str, Content]:
    """All provisions of a state by IRI, those that only may stand included."""
    contents = {}
    places: tuple[tuple[Literal["graph", "possible"], str], ...] = (
        ("graph", state.graph),
        ("possible", state.possible),
    )
    for where, graph in places:
        for provision in nodes.instances(ZH.Provision, graph):
            said = nodes.statements(provision, graph)
            standing = _read_standing(said, where)
            items = tuple(_read_items(nodes, provision, said, standing, state, graph))
            is_note = said.local(ZH.textUnitKind) == _NOTE
            contents[provision] = Content(standing, _position(said), is_note, items)
    return contents


def version_on(nodes: Nodes, provision: str, state: State) -> str | None:
    """The version (IRI) of a provision that is valid in a state, if any."""
    day = state.valid_from.isoformat()
    for version in nodes.subjects(PROV.specializationOf, provision, HISTORY):
        said = nodes.statements(version, HISTORY)
        begun = said.first(ZH.validFrom) <= day
        if begun and all(day < until for until in said.all(ZH.validUntil)):
            return version
    return None


def find_proof(nodes: Nodes, subject: str, state: State, facet: str) -> Proof | None:
    """The attestation (IRI) that a version or cell, or its words, were not there in a state, or
    nothing.
    """
    for attestation in nodes.subjects(ZH.attests, subject, HISTORY):
        said = nodes.statements(attestation, HISTORY)
        if (
            said.first(ZH.inState) == state.iri
            and said.first(ZH.facet) == str(facet)
            and said.first(ZH.holds) == "false"
        ):
            rules = tuple(local_name(rule) for rule in said.all(ZH.byRule))
            return Proof(attestation, rules)
    return None


def _read_standing(said: Statements, where: Literal["graph", "possible"]) -> Standing:
    existence, words = said.local(ZH.evidence), said.local(ZH.textEvidence)
    return Standing(where, existence, words, said.local(ZH.textStatus), ZH.partsStatus in said)


def _position(said: Statements) -> int:
    return int(said.first(ZH.position) or 0)


def _read_items(
    nodes: Nodes, provision: str, said: Statements, standing: Standing, state: State, graph: str
) -> Iterator[Item]:
    spans = nodes.quotes(said.all(ZH.evidencedBy))
    for what, term in _SINGLE.items():
        for value in said.all(term):
            grade = standing.words if what == "words" else standing.existence
            if what == "number":
                grade = _grade_of_number(nodes, provision, state)
            label = str(nodes.name(value)) if what == "place" else value
            yield Item(what, str(term), "", (value,), 0, Said(value, label, grade, quotes=spans))
    for what, term in _SEVERAL.items():
        for value in said.all(term):
            found = Said(value, nodes.label(value), standing.words, quotes=spans)
            yield Item(what, str(term), value, (value,), 0, found)
    for what, (term, about) in _CELLS.items():
        cells = [(cell, nodes.statements(cell, graph)) for cell in said.all(term)]
        for cell, its in sorted(cells, key=lambda pair: (_position(pair[1]), pair[0])):
            yield _read_cell(nodes, what, term, about, cell, its)


def _grade_of_number(nodes: Nodes, provision: str, state: State) -> str:
    version = version_on(nodes, provision, state)
    for attestation in nodes.subjects(ZH.attests, version, HISTORY) if version else []:
        said = nodes.statements(attestation, HISTORY)
        if said.first(ZH.inState) == state.iri and said.local(ZH.facet) == "NumberFacet":
            return said.local(ZH.grade)
    return ""


def _read_cell(
    nodes: Nodes, what: str, term: str, about: str | None, cell: str, said: Statements
) -> Item:
    properties = tuple(
        (local_name(predicate), value)
        for predicate, values in sorted(said.values.items())
        if predicate.startswith(str(ZH._NS)) and predicate not in _NOT_SAID_BY_A_CELL
        for value in values
    )
    found = Said(
        value=said.first(ZH.text),
        label=label_cell(nodes, cell, said),
        grade=said.local(ZH.evidence),
        node=cell,
        properties=properties,
        quotes=nodes.quotes(said.all(ZH.evidencedBy)),
    )
    key = tuple(f"{name} {value}" for name, value in properties)
    told_apart = said.first(about) if about else ""
    return Item(what, str(term), told_apart, key, _position(said), found)


def label_cell(nodes: Nodes, cell: str, said: Statements) -> str:
    """A cell in English, by what it says: its second name or, for a responsibility, its body."""
    named = nodes.english(cell, SKOS.altLabel)
    if named:
        return named
    parts = [nodes.label(value) for value in said.all(ZH.agency)]
    parts += [f"({nodes.label(value)})" for value in said.all(ZH.capacity, ZH.heldBy)]
    if said.first(ZH.byAgreement) == "true":
        parts.append("(by agreement)")
    return " ".join(parts) or nodes.label(cell)
