"""The peer in Python: ``python -m bench.rdflib_peer FILE.nq DEFAULT.nt`` runs rdflib-endpoint.

The graph is held in memory; its default graph is what ``DEFAULT.nt`` holds. It listens at a free
port of the loopback and prints its address.
"""

import socket
import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main(nquads: str, default: str) -> None:
    """Load and serve, until told to end."""
    dataset = Dataset(default_union=False)
    dataset.parse(nquads, format="nquads")
    dataset.default_graph.parse(default, format="nt")
    listener = socket.create_server(("127.0.0.1", 0))
    app = SparqlEndpoint(graph=dataset, path="/sparql")
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
