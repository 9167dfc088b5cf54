"""Labels that are made by grammar: every shape of cell, what acts did, and what all of them say."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.build import Making, Reading
from kg.graph.naming.names import LANGUAGES
from kg.iris import graph_iri
from kg.namespaces import BASE, PROV, RDF, SKOS, ZH
from tests.conftest import Compare

CELLS = (ZH.Responsibility, ZH.Output, ZH.Deadline, ZH.Funding)
OTHERS = (
    ZH.Amendment, ZH.PossibleAmendment, ZH.EffectDate, ZH.LegalReference, ZH.CandidateTarget,
    ZH.GroupMembership,
)  # fmt: skip
CYRILLIC = re.compile(r"[\u0400-\u04ff]")

Labels = dict[str, list[Literal]]
"""The labels of each node by its address below ``BASE``."""


def labels_of(making: Making, classes: tuple[URIRef, ...]) -> Labels:
    """The preferred labels of all nodes of some classes, in the history and the reference."""
    graphs = {URIRef(graph_iri(name)) for name in ("history", "reference")}
    nodes = {s for s, p, o, g in making.quads if p == RDF.type and o in classes and g in graphs}
    found: Labels = {str(node).removeprefix(BASE): [] for node in nodes}
    for subject, key, value, graph in making.quads:
        if subject in nodes and key == SKOS.prefLabel and graph in graphs:
            assert isinstance(value, Literal)
            found[str(subject).removeprefix(BASE)].append(value)
    return found


def as_text(labels: Labels) -> str:
    """Each node with its labels, a line a language."""
    return "".join(
        f"{node}\n" + "".join(f"  {one.language} {one}\n" for one in sorted(labels[node], key=_key))
        for node in sorted(labels, key=_in_numbers)
    )


def _key(label: Literal) -> int:
    return LANGUAGES.index(str(label.language))


def _in_numbers(node: str) -> list[str]:
    return [part.zfill(4) for part in re.split(r"(\d+)", node)]


def problems(labels: Labels) -> Iterator[str]:
    """What no label may be: missing, doubled, in the wrong letters, or left unfilled."""
    for node, of_node in labels.items():
        if Counter(label.language for label in of_node) != {"kk": 1, "en": 1, "ru": 1}:
            yield f"{node}: {[label.n3() for label in of_node]}"
        for label in of_node:
            if label.language == "en" and CYRILLIC.search(label):
                yield f"{node}: Cyrillic letters in {label}"
            if re.search(r"None|[{}\n]|  |^\s|\s$|: *$", label):
                yield f"{node}: not filled in: {label!r}"


def test_every_cell_is_named(making: Making, golden: Compare) -> None:
    """All cells of the plan, in three languages; the golden file is there to be read by eye."""
    labels = labels_of(making, CELLS)
    assert len(labels) == 309
    assert list(problems(labels)) == []
    golden("names-of-cells.txt", as_text(labels))


def test_every_change_and_reference_is_named(making: Making, golden: Compare) -> None:
    """Amendments, effect dates, references, candidates and memberships."""
    labels = labels_of(making, OTHERS)
    kinds = Counter(node.partition("/")[0] for node in labels)
    assert kinds == {"amendment": 221, "eli": 3, "reference": 72, "membership": 15}
    assert list(problems(labels)) == []
    golden("names-of-changes.txt", as_text(labels))


def test_a_second_plan_is_named_too(made_up_making: Making, golden: Compare) -> None:
    """No label is written for one plan: those of the made-up one come out by the same grammar."""
    labels = labels_of(made_up_making, (*CELLS, *OTHERS))
    assert len(labels) > 50
    assert list(problems(labels)) == []
    golden("made-up-names.txt", as_text(labels))


def test_every_attestation_is_named(making: Making) -> None:
    """Whose facet, in which state, how sure; what doesn't hold is said not to be there."""
    labels = labels_of(making, (ZH.Attestation,))
    assert len(labels) == len(making.history.attestations) > 1400
    assert list(problems(labels)) == []
    english = {node: next(str(o) for o in of if o.language == "en") for node, of in labels.items()}
    measure = "attestation/resolution/2013/78/plan/section-4/measure-6@2014-10-27"
    assert english[f"{measure}/deadline/2014-10-27/existence"] == (
        "Measure 4.6, deadline: existence in the state of 27 October 2014, unknown"
    )
    section = "attestation/resolution/2013/78/plan/section-3@2013-01-31"
    assert english[f"{section}/2014-10-27/existence"] == (
        "Section 3: existence in the state of 27 October 2014, not there, stated"
    )


def test_every_named_graph_is_named(making: Making) -> None:
    """Those of all days and those of each state, in the catalogue."""
    catalogue = URIRef(graph_iri("catalogue"))
    graphs = {graph for *_, graph in making.quads}
    names = Counter(
        subject
        for subject, key, _, graph in making.quads
        if graph == catalogue and key == SKOS.prefLabel and subject in graphs
    )
    assert set(names) == graphs
    assert set(names.values()) == {3}


def test_names_of_cells_tell_them_apart(making: Making) -> None:
    """A list of cells, whatever it lists them for, has no two lines alike in any language."""
    cells: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for node, labels in labels_of(making, CELLS).items():
        for label in labels:
            cells[label.language, str(label)].add(node)
    assert {name: nodes for name, nodes in cells.items() if len(nodes) > 1} == {}


def test_what_a_cell_says_is_its_second_name(making: Making) -> None:
    """Without its place, for tables whose rows name it: three languages for each but the bodies."""
    graph = URIRef(graph_iri("history"))
    second = Counter(
        str(subject).rpartition("/")[2].partition("-")[0]
        for subject, key, _, name in making.quads
        if key == SKOS.altLabel and name == graph and "@" in str(subject).rpartition("/")[0]
    )
    assert second == {"output": 3 * 36, "deadline": 3 * 37, "funding": 3 * 35}


def test_all_cells_of_the_text_are_among_those_named(reading: Reading, making: Making) -> None:
    """Each provision's cells, once for each version with words."""
    labels = labels_of(making, CELLS)
    for provision in reading.plan.provisions:
        own = [node for node in labels if f"/{provision.path}@" in node]
        cells = provision.cells
        count = len(cells.responsibilities) + len(cells.outputs)
        count += (cells.deadline is not None) + (cells.funding is not None)
        assert len(own) >= count


@pytest.mark.parametrize(("plan", "several"), [("making", 2), ("made_up_making", 1)])
def test_names_of_versions_tell_which(
    plan: str, several: int, request: pytest.FixtureRequest
) -> None:
    """No two versions of a provision share a label in any language, nor has one the provision's."""
    quads = request.getfixturevalue(plan).quads
    versions: dict[Node, set[Node]] = defaultdict(set)
    names: dict[Node, Counter[Node]] = defaultdict(Counter)
    for subject, key, value, _ in quads:
        if key == PROV.specializationOf:
            versions[value].add(subject)
        if key in (SKOS.prefLabel, SKOS.altLabel):
            names[subject][value] += 1
    assert sum(len(of_one) > 1 for of_one in versions.values()) == several
    for provision, of_one in versions.items():
        assert all(len(names[version]) % 3 == 0 and names[version] for version in of_one)
        shared = Counter(name for thing in (provision, *of_one) for name in set(names[thing]))
        assert {str(name) for name, count in shared.items() if count > 1} == set()


def test_a_version_is_named_by_its_first_day(making: Making) -> None:
    """Whatever it is called: by its place, as here, or by a title too."""
    names = labels_of(making, (ZH.ProvisionVersion,))
    assert {str(one) for one in names["eli/kz/resolution/2013/78/paragraph-4@2014-10-27"]} == {
        "4-тармақ (2014 жылғы 27 қазан күнгі редакция)",
        "Paragraph 4 (version of 27 October 2014)",
        "Пункт 4 (редакция от 27 октября 2014 года)",
    }
    assert list(problems(names)) == []
