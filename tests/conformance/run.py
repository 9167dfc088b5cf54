"""All cases of all suites, run against real servers; what became of each."""

import tempfile
from collections import defaultdict
from pathlib import Path

from tests.conformance.descriptions import run_description_case
from tests.conformance.federation import run_federated
from tests.conformance.holding import path_of, read_data, read_graph, write_build
from tests.conformance.outcomes import Outcome
from tests.conformance.protocol import (
    arrange_rounds,
    protocol_data,
    run_graph_case,
    run_protocol_case,
    run_round,
)
from tests.conformance.queries import run_query_case
from tests.conformance.suite import SUITES, Case, collect
from tests.serving import serve

__all__ = ["GRAPH_STORE_READS", "run_all"]

GRAPH_STORE_READS = 12
"""The requests by GET and HEAD among the graph store's cases that name their graph indirectly."""

_ASKING = ("query", "csv-tsv", "json")


def run_all(folder: Path) -> list[Outcome]:
    """What became of every case of the tests in ``folder``, suite after suite."""
    cases = {name: collect(folder, suite) for name, suite in SUITES.items()}
    asking = [case for name in _ASKING for case in cases[name]]
    graphs = read_data(folder, asking)
    for address, file in protocol_data(cases["protocol"]).items():
        path = path_of(folder, file)
        graphs[address] = read_graph(path.read_bytes(), path.suffix, address)
    with tempfile.TemporaryDirectory() as target:
        build = write_build(Path(target), graphs)
        with serve(build) as server:
            outcomes = [run_query_case(server.client, folder, case) for case in asking]
            outcomes += [run_protocol_case(server.client, case) for case in cases["protocol"]]
            outcomes += [
                run_description_case(server.client, case) for case in cases["service-description"]
            ]
    outcomes += _run_graph_store(cases["graph-store"])
    with tempfile.TemporaryDirectory() as target:
        federated = [*cases["service"], *cases["syntax-fed"]]
        return outcomes + run_federated(folder, Path(target), federated)


def _run_graph_store(cases: list[Case]) -> list[Outcome]:
    """The graph store's cases: the reading requests each on a build that holds what they need."""
    reads: defaultdict[str, dict[int, str]] = defaultdict(dict)
    rounds = arrange_rounds(cases)
    assert sum(len(round_.reads) for round_ in rounds) == GRAPH_STORE_READS
    for round_ in rounds:
        with tempfile.TemporaryDirectory() as target:
            build = write_build(Path(target), round_.graphs)
            with serve(build) as server:
                for case, place, wrong in run_round(server.client, round_):
                    reads[case.name][place] = wrong
    with tempfile.TemporaryDirectory() as target, serve(write_build(Path(target), {})) as server:
        return [run_graph_case(server.client, case, reads[case.name]) for case in cases]
