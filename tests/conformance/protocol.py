"""Cases of the protocol manifest and of the graph store manifest, run over HTTP.

What writes must be refused, with a status from 400 to 499 (405 and ``Allow`` at the graph store),
and is counted apart. What the graph store's cases read after writing is read all the same: the
build holds then what the writing would have left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from pyoxigraph import Triple
from rdflib import RDFS, Namespace

from tests.conformance.exchanges import Exchange, read_exchanges, send, status_fits
from tests.conformance.holding import STATE_GRAPH, read_graph, state_statements
from tests.conformance.outcomes import Outcome, Status
from tests.conformance.results import compare_graphs, read_answer
from tests.conformance.suite import BASE, Case

__all__ = [
    "Round",
    "arrange_rounds",
    "protocol_data",
    "run_graph_case",
    "run_protocol_case",
    "run_round",
]

UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_SOLUTIONS = {
    "application/sparql-results+xml": ".srx",
    "application/sparql-results+json": ".srj",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
_RDF = {"text/turtle": ".ttl", "application/n-triples": ".nt", "application/rdf+xml": ".rdf"}
_READS = ("GET", "HEAD")


def protocol_data(cases: Iterable[Case]) -> dict[str, str]:
    """The files that the protocol's cases have as data, by the address they are held under."""
    found = {}
    for case in cases:
        for data in case.manifest.objects(case.node, UT.graphData):
            label, file = (case.manifest.value(data, term) for term in (RDFS.label, UT.graph))
            found[str(label)] = str(file)
    return found


def run_protocol_case(client: httpx.Client, case: Case) -> Outcome:
    """Send the requests of a case; after an update that is refused there is nothing to ask."""
    for exchange in read_exchanges(case):
        response = send(client, exchange, exchange.path)
        if exchange.updates:
            refused = 400 <= response.status_code < 500
            status: Status = "refused" if refused else "failed"
            return Outcome(case.suite, case.name, status, f"status {response.status_code}")
        found = _check(exchange, response)
        if found:
            return Outcome(case.suite, case.name, "failed", found)
    return Outcome(case.suite, case.name, "passed")


def _check(exchange: Exchange, response: httpx.Response) -> str:
    """What is wrong with a response to a query."""
    if not status_fits(exchange, response.status_code):
        return f"status {response.status_code}"
    sent = response.headers["content-type"].partition(";")[0]
    if exchange.format == "RDF":
        if sent not in _RDF:
            return f"it came as {sent}"
        read_graph(response.content, _RDF[sent], BASE)
    elif exchange.format:
        tables = ("xml", "json") if exchange.format == "boolean" else ("xml", "json", "csv", "tab")
        if sent not in _SOLUTIONS or not any(name in sent for name in tables):
            return f"it came as {sent}"
        answer = read_answer(response.content, _SOLUTIONS[sent])
        if exchange.boolean is not None and answer != exchange.boolean:
            return f"it is {answer}"
    return ""


@dataclass
class Round:
    """Graph store requests that one build can answer: those, and the graphs it holds."""

    graphs: dict[str, list[Triple]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    reads: list[tuple[Case, Exchange]] = field(default_factory=list)

    def takes(self, graph: str, held: list[Triple] | None) -> bool:
        """Whether a request that needs ``graph`` to be so can join."""
        if held is None:
            return graph not in self.graphs
        if graph in self.absent:
            return False
        return graph not in self.graphs or not compare_graphs(self.graphs[graph], held)

    def add(self, case: Case, exchange: Exchange, graph: str, held: list[Triple] | None) -> None:
        """Let a request join."""
        self.reads.append((case, exchange))
        if held is None:
            self.absent.add(graph)
        else:
            self.graphs.setdefault(graph, held)


def arrange_rounds(cases: Iterable[Case]) -> list[Round]:
    """The reading requests of ``cases``, in as few rounds as come about by taking each in turn."""
    rounds: list[Round] = []
    for case in cases:
        for exchange in read_exchanges(case):
            graph = _graph_of(exchange) if exchange.method in _READS else None
            if graph is None:
                continue
            held = _held_for(exchange, graph)
            for candidate in (*rounds, Round()):
                if candidate.takes(graph, held):
                    candidate.add(case, exchange, graph, held)
                    if candidate not in rounds:
                        rounds.append(candidate)
                    break
    return rounds


def _graph_of(exchange: Exchange) -> str | None:
    """The graph that a request names, ``None`` where its path would name it itself."""
    parts = urlsplit(exchange.path)
    parameters = parse_qs(parts.query, keep_blank_values=True)
    if parts.path != "/gsp":
        return None
    return STATE_GRAPH if "default" in parameters else parameters["graph"][0]


def _held_for(exchange: Exchange, graph: str) -> list[Triple] | None:
    if "NotFound" in exchange.statuses:
        return None
    document = exchange.document or f"<{graph}> a <{BASE}graph> ."
    return read_graph(document.encode(), ".ttl", graph)


def run_graph_case(client: httpx.Client, case: Case, reads: dict[int, str]) -> Outcome:
    """Send the writing requests of a case; ``reads`` has what was wrong with its reading ones.

    The keys are the places of those among the case's requests.
    """
    wrong, writes = [], 0
    for place, exchange in enumerate(read_exchanges(case)):
        if exchange.method in _READS:
            wrong.append(reads.get(place, ""))
            continue
        writes += 1
        response = send(client, exchange, exchange.path.replace("/gsp", "/data", 1))
        if response.status_code != 405 or "GET" not in response.headers.get("allow", ""):
            wrong.append(f"{exchange.method} has status {response.status_code}")
    found = "; ".join(filter(None, wrong))
    status: Status = "failed" if found else "refused" if writes else "passed"
    return Outcome(case.suite, case.name, status, found)


def run_round(client: httpx.Client, round_: Round) -> Iterator[tuple[Case, int, str]]:
    """Each reading request of a round by its case and its place there, and what was wrong."""
    for case, exchange in round_.reads:
        place = read_exchanges(case).index(exchange)
        response = send(client, exchange, exchange.path.replace("/gsp", "/data", 1))
        yield case, place, _check_read(exchange, response)


def _check_read(exchange: Exchange, response: httpx.Response) -> str:
    if not status_fits(exchange, response.status_code):
        return f"{exchange.method} has status {response.status_code}"
    if not exchange.document:
        return "HEAD has a body" if exchange.method == "HEAD" and response.content else ""
    sent = response.headers["content-type"].partition(";")[0]
    found = read_graph(response.content, _RDF[sent], BASE)
    graph = _graph_of(exchange)
    if graph == STATE_GRAPH:  # the default graph is a merge of the state's and of the reference
        found = [triple for triple in found if triple not in state_statements()]
    return compare_graphs(found, read_graph(exchange.document.encode(), ".ttl", str(graph)))
