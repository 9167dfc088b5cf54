"""The machine and the programs that figures are from."""

import os
import platform
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe_machine"]

_PACKAGES = ("pyoxigraph", "oxigraph", "rdflib-endpoint", "rdflib")


def describe_machine() -> dict[str, str | int]:
    """Cores, processor, system and versions, by name; what isn't installed is left out."""
    facts: dict[str, str | int] = {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        "processor": _processor(),
        "on": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
    }
    for package in _PACKAGES:
        try:
            facts[package] = version(package)
        except PackageNotFoundError:
            continue
    if virtuoso := _virtuoso():
        facts["Virtuoso"] = virtuoso
    return facts


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    match = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return match[1] if match else platform.machine()


def _virtuoso() -> str:
    try:
        done = subprocess.run(
            ["virtuoso-t", "-?"], check=False, capture_output=True, text=True, timeout=10
        )
    except OSError:
        return ""
    match = re.search(r"Version (\S+)", done.stdout + done.stderr)
    return match[1] if match else ""
