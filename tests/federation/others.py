"""Servers of other makes with another publisher's data: Fuseki and Virtuoso with the register."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.processes import free_port, start, wait_until_ready
from bench.virtuoso import execute, load, run_virtuoso
from tests.needs import need
from tests.roots import ROOT

__all__ = ["FUSEKI", "OTHERS", "REGISTER", "Other", "fuseki", "virtuoso"]

REGISTER = ROOT / "docs" / "federation" / "register.ttl"
FUSEKI = ROOT / ".jena" / "fuseki.jar"

_MAY_FEDERATE = (
    'GRANT EXECUTE ON DB.DBA.SPARQL_SINV_IMP TO "SPARQL"; '
    'GRANT SELECT ON DB.DBA.SPARQL_SINV_2 TO "SPARQL"'
)


@dataclass(frozen=True)
class Other:
    """A running server of another make: its endpoint and its process."""

    name: str
    endpoint: str
    process: int

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It still has its connections, and says nothing."""
        os.kill(self.process, signal.SIGSTOP)
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGCONT)


@contextmanager
def fuseki(folder: Path) -> Iterator[Other]:
    """Apache Jena Fuseki with the register; its files go to ``folder``."""
    need(shutil.which("java"), "Java")
    need(FUSEKI.is_file(), "Apache Jena Fuseki (make jena fetches it)")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    # It prints its port alone: one line of Python prints the address, and then becomes it.
    line = "import os, sys; print(sys.argv[1], flush=True); os.execvp(sys.argv[2], sys.argv[2:])"
    main = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
    program = ["java", "-Xmx256m", "-cp", str(FUSEKI), main, "--localhost", f"--port={port}"]
    command = [sys.executable, "-c", line, address, *program, f"--file={REGISTER}", "/register"]
    with start(command, folder) as (process, _):
        wait_until_ready(f"{address}/register/sparql?query=ASK%7B%7D")
        yield Other("Fuseki", f"{address}/register/sparql", process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Other]:
    """OpenLink Virtuoso with the register, allowed to ask others; its files go to ``folder``."""
    need(shutil.which("virtuoso-t") and shutil.which("isql-vt"), "Virtuoso")
    shutil.copy(REGISTER, folder)
    with run_virtuoso(folder, buffers=4000) as (process, address, sql):
        load(sql, REGISTER.name, "https://register.example/")
        execute(sql, _MAY_FEDERATE)
        yield Other("Virtuoso", f"{address}/sparql", process)


OTHERS: dict[str, Callable[[Path], AbstractContextManager[Other]]] = {
    "Fuseki": fuseki,
    "Virtuoso": virtuoso,
}
