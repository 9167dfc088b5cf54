"""The engine as a judge of the checks before it: what it takes for SPARQL, and what it reads there.

Questions are put to one process, which has the bounds of a worker: a call to another endpoint finds
no network, and an overrun stack ends that process and not the tests.
"""

import json
import re
import subprocess
import sys
from types import TracebackType

from tests.serving import ROOT

__all__ = ["Oracle", "without_service"]

_JUDGE = """
import json, sys
from pyoxigraph import NamedNode, Quad, Store
from kg.web.settings import Settings
from kg.web.worker.serving import bound_worker

store = Store()
for name in sys.argv[1:]:
    node = NamedNode(name)
    store.add(Quad(node, node, node, node))
bound_worker(Settings(worker_memory=512 << 20), remote=False)
for line in sys.stdin:
    text, rows = json.loads(line)
    try:
        result = store.query(text, base_iri="http://e.org/")
        found = sorted(str([str(v) for v in row]) for row in result) if rows else []
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        found = "no SPARQL" if isinstance(error, SyntaxError) else "SPARQL that fails"
    print(json.dumps(found), flush=True)
"""


class Oracle:
    """The engine in a process of its own, on a store with one triple in each of some graphs."""

    def __init__(self, *graphs: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _JUDGE, *graphs],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Oracle":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def is_sparql(self, text: str) -> bool:
        """Whether the engine takes ``text`` for a query; a SELECT isn't evaluated."""
        return self._ask(text, rows=False) != "no SPARQL"

    def rows(self, text: str) -> list[str] | str:
        """The rows of a SELECT, in no order but the alphabet's; or why there are none."""
        return self._ask(text, rows=True)

    def _ask(self, text: str, *, rows: bool) -> list[str] | str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([text, rows]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the engine's process ended at {text[:2000]!r}"
        found: list[str] | str = json.loads(line)
        return found


def without_service(text: str) -> str:
    """``text`` with another word, of the same length, for ``SERVICE``.

    Where the engine read it as a keyword, what results is no SPARQL any more; where it stood in a
    string, a comment, a name or an address, it still is.
    """
    return re.sub("service", "servicx", text, flags=re.IGNORECASE)
