"""What every answer depends on besides its question: the data that is loaded, and the software."""

import hashlib
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg.web.pool.loaded import Loaded
from kg.web.sending.validators import tag_of
from kg.web.settings import ROOT

__all__ = ["edition_of"]

_SOURCES = (".py", ".html", ".css", ".po", ".rq", ".json")
_WRITERS = ("babel", "brotli", "jinja2", "pyoxigraph", "rdflib", "zstandard")
"""What writes answers, and writes some otherwise in another version."""


def edition_of(loaded: Loaded, queries: Path) -> str:
    """The mark of all answers given from ``loaded`` by this software, in hexadecimal.

    ``queries`` is the folder of the questions that pages offer.
    """
    return tag_of(loaded.release, loaded.fingerprint, _mark_software(queries))


@cache
def _mark_software(queries: Path) -> str:
    digest = hashlib.sha256()
    for path in (
        *_files(ROOT / "kg", _SOURCES),
        *_files(queries),
    ):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    versions = [f"{name} {version(name)}" for name in _WRITERS]
    return tag_of(digest.hexdigest(), zlib.ZLIB_RUNTIME_VERSION, *versions)


def _files(folder: Path, suffixes: Iterable[str] = (".rq",)) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes)
