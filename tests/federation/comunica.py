"""Comunica, the query engine of the JavaScript world, run as a client (``make comunica``)."""

import os
import shutil
import subprocess

from tests.needs import need
from tests.roots import ROOT

__all__ = ["run_comunica"]

_PROGRAM = ROOT / ".comunica/node_modules/@comunica/query-sparql/bin/query.js"


def run_comunica(query: str, *sources: str, answer: str = "text/csv") -> str:
    """What it prints when it asks ``sources`` together, in the media type ``answer``.

    A source is told to be an endpoint by what it answers itself. Raises ``CalledProcessError``
    where it fails.
    """
    node = shutil.which("node")
    need(node, "Node")
    need(_PROGRAM.is_file(), "Comunica (make comunica installs it)")
    command = [str(node), str(_PROGRAM), *sources, "--query", query, "--outputType", answer]
    # Its own cache and configuration folders are not to matter.
    environment = {**os.environ, "NODE_OPTIONS": "", "NO_COLOR": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=True, env=environment
    )
    return done.stdout
