"""The peer of OpenLink, Virtuoso 7: its settings, its loading, its start.

It has no default graph of its own: each day's merge is a named graph, and ``default-graph-uri``
picks it. With that, ``GRAPH`` sees nothing, so questions to named graphs go without it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.graphs import AskedGraph
from bench.processes import free_port, start, wait_until_ready

__all__ = ["default_graph_iri", "execute", "load", "run_virtuoso", "start_virtuoso"]

# What the Debian package's own settings have for a small machine; only the loopback is listened at.
_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
MaxKeepAlives = 20
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
"""
_QUADS, _TRIPLES = 512, 0  # how DB.DBA.TTLP is told the syntax


def default_graph_iri(day: date | None) -> str:
    """The named graph that holds the default graph of ``day``."""
    return f"urn:bench:{day or 'last'}"


@contextmanager
def start_virtuoso(graph: AskedGraph, scratch: Path) -> Iterator[tuple[int, str]]:
    """Its process id and address, ``graph`` loaded; its files go to ``scratch``."""
    (scratch / "graph.nq").symlink_to(graph.nquads.resolve())
    with run_virtuoso(scratch) as (process, address, sql):
        load(sql, "graph.nq", "urn:bench:none", _QUADS)
        for day, path in graph.defaults.items():
            (scratch / path.name).symlink_to(path.resolve())
            load(sql, path.name, default_graph_iri(day))
        yield process, address


@contextmanager
def run_virtuoso(scratch: Path, buffers: int = 85000) -> Iterator[tuple[int, str, int]]:
    """Its process id, its address and the port of its SQL; empty, its files in ``scratch``.

    ``buffers`` are pages of 8 KiB.
    """
    sql, http = free_port(), free_port()
    settings = _SETTINGS.format(sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4)
    (scratch / "virtuoso.ini").write_text(settings, encoding="ascii")
    # Virtuoso prints no address: one line of Python does, and then becomes it.
    line = "import os, sys; print(sys.argv[1], flush=True); os.execvp(sys.argv[2], sys.argv[2:])"
    program = ["virtuoso-t", "-f", "-c", "virtuoso.ini"]
    address = f"http://127.0.0.1:{http}"
    with start([sys.executable, "-c", line, address, *program], scratch) as (process, _):
        wait_until_ready(f"{address}/sparql?query=ASK%7B%7D")
        yield process, address, sql


def load(port: int, name: str, graph: str, syntax: int = _TRIPLES) -> None:
    """Load a file of its folder into a named graph; raises ``OSError``."""
    text = f"file_to_string_output('{name}')"
    execute(port, f"DB.DBA.TTLP_MT({text}, '', '{graph}', {syntax}); checkpoint")


def execute(port: int, statements: str) -> None:
    """Execute SQL, statements with semicolons between them; raises ``OSError``."""
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statements};"],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode or "*** Error" in done.stdout + done.stderr:
        raise OSError(f"Virtuoso did not take this: {statements}\n{done.stdout}{done.stderr}")
