"""Commands run as people run them: as programs of their own."""

import subprocess
import sys
from pathlib import Path

from tests.roots import ROOT


def run(*arguments: str | Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """One command, its output caught: neither end is a terminal."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
