"""The peer: rdflib-endpoint over the same graph, its default graph that of the state on a day.

As a program, ``python -m bench.peer FILE.nq [DAY]`` listens at a free port and prints its address.
Without a day its default graph is that of the last state.
"""

import socket
import sys
from datetime import date
from pathlib import Path

import uvicorn
from rdflib import Dataset, Graph, URIRef
from rdflib_endpoint import SparqlEndpoint

from kg.iris import graph_iri
from kg.namespaces import RDF, ZH


def load_dataset(nquads: Path, day: date) -> Dataset:
    """The graph in ``nquads``; its default graph is what stands on ``day`` and the reference graph.

    Raises ``LookupError`` where no state holds on ``day``.
    """
    dataset = Dataset(default_union=False)
    dataset.parse(nquads, format="nquads")
    reference = dataset.graph(URIRef(graph_iri("reference")))
    for name in (_state_graph(reference, day), reference.identifier):
        for triple in dataset.graph(name):
            dataset.default_graph.add(triple)
    return dataset


def _state_graph(reference: Graph, day: date) -> URIRef:
    for state in reference.subjects(RDF.type, ZH.State):
        start = date.fromisoformat(str(reference.value(state, ZH.validFrom)))
        end = reference.value(state, ZH.validUntil)
        if start <= day and (end is None or day < date.fromisoformat(str(end))):
            return URIRef(str(reference.value(state, ZH.stateGraph)))
    raise LookupError(f"no state holds on {day}")


def serve(dataset: Dataset) -> None:
    """Serve ``dataset`` at ``/sparql`` on a free port of the loopback, until told to end."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = SparqlEndpoint(graph=dataset, path="/sparql")
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    asked = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.max
    serve(load_dataset(Path(sys.argv[1]), asked))
