"""No statement of a state's graphs can be taken out, and none put in, without being found out."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.build import Making
from kg.graph.agreement import find_disagreements
from kg.graph.partition import Graphs, Triple, find_states
from kg.graph.quads import to_nquads
from kg.graph.report import SHAPES
from kg.namespaces import BASE, ELI, ZH
from tests.graph.ways import graphs_of
from tests.roots import ROOT

SAMPLE = 40
ACT = f"{BASE}eli/kz/resolution/2013/78"
STATES = ("2013-01-31", "2014-10-27", "2014-12-30")
NAMES = [f"{ACT}@{day}/{part}" for day in STATES for part in ("graph", "possible")][:-1]


@pytest.fixture(scope="module")
def graphs(making: Making) -> Graphs:
    """The named graphs of the project's own plan; each test leaves them as they were."""
    return graphs_of(making.quads)


def sample(graphs: Graphs, name: str) -> list[Triple]:
    """Statements of a graph, always the same ones."""
    triples = sorted(graphs[URIRef(name)], key=str)
    chance = random.Random(name)  # noqa: S311 - a sample is no secret
    return chance.sample(triples, min(SAMPLE, len(triples)))


def batches(triples: list[Triple]) -> list[list[Triple]]:
    """The statements, divided so that no two of a batch are said of one node."""
    divided: list[dict[Node, Triple]] = []
    for triple in triples:
        free = next((batch for batch in divided if triple[0] not in batch), None)
        if free is None:
            divided.append(free := {})
        free[triple[0]] = triple
    return [list(batch.values()) for batch in divided]


def find(graphs: Graphs) -> set[tuple[str, str, str]]:
    """The graph, node and rule of each disagreement."""
    problems = find_disagreements(graphs, find_states(graphs))
    return {(p.graph, p.focus_node, p.constraint.removeprefix(SHAPES)) for p in problems}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.removeprefix(ACT))
def test_a_statement_taken_out_is_named(graphs: Graphs, name: str) -> None:
    """By the graph and the node that it was said of, and by no other."""
    for batch in batches(sample(graphs, name)):
        graphs[URIRef(name)] -= set(batch)
        assert find(graphs) == {(name, str(node), "state-lost") for node, *_ in batch}
        graphs[URIRef(name)] |= set(batch)


def foreign(triple: Triple) -> Triple:
    """A statement like this one, that nothing bears out."""
    subject, predicate, value = triple
    other: Node = URIRef(f"{value}-of-old")
    if isinstance(value, Literal):
        other = Literal(f"{value}0", lang=value.language, datatype=value.datatype, normalize=False)
    return subject, predicate, other


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.removeprefix(ACT))
def test_a_statement_put_in_is_named(graphs: Graphs, name: str) -> None:
    """Another value, and a statement of a node that the state doesn't have."""
    stranger = (URIRef(f"{ACT}/plan/section-9"), ELI.is_part_of, URIRef(f"{ACT}/plan"))
    for batch in batches([*map(foreign, sample(graphs, name)), stranger]):
        assert not graphs[URIRef(name)] & set(batch)
        graphs[URIRef(name)] |= set(batch)
        assert find(graphs) == {(name, str(node), "state-unfounded") for node, *_ in batch}
        graphs[URIRef(name)] -= set(batch)


def test_a_provision_put_into_another_state_is_named(graphs: Graphs) -> None:
    """A whole row of the last state, true as it is there, in the first."""
    row = URIRef(f"{ACT}/plan/section-4/measure-10")
    moved = {t for t in graphs[URIRef(f"{ACT}@2014-12-30/graph")] if t[0] == row}
    first = URIRef(f"{ACT}@2013-01-31/graph")
    assert moved
    graphs[first] |= moved
    assert find(graphs) == {(str(first), str(row), "state-unfounded")}
    graphs[first] -= moved


def validate(making: Making, folder: Path, lines: list[str]) -> subprocess.CompletedProcess[str]:
    """``kg validate`` on a build that holds these lines."""
    folder.mkdir()
    (folder / "kg.nq").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "validate", "--build", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_validate_names_what_was_taken_out_and_put_in(making: Making, tmp_path: Path) -> None:
    """On the command line: exit code 1, and the node's address in the report."""
    lines = to_nquads(making.quads).splitlines(keepends=True)
    row = f"{ACT}/plan/section-1/measure-1"
    graph = f"<{ACT}@2014-10-27/graph>"
    said = f"<{row}> <{ELI.cites}> <{BASE}eli/kz/law/2013/101-V> {graph} .\n"
    (out,) = [x for x in lines if f"<{row}> <{ZH.responsibleAgency}>" in x and graph in x][:1]
    for name, tampered, rule in (
        ("out", [line for line in lines if line != out], "state-lost"),
        ("in", sorted([*lines, said]), "state-unfounded"),
    ):
        done = validate(making, tmp_path / name, tampered)
        assert done.returncode == 1, done.stderr
        assert f"{row}\n    in {graph.strip('<>')}" in done.stdout + done.stderr
        assert f"rule: {rule}" in done.stdout + done.stderr
