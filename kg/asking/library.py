"""The questions kept in ``queries/``: SPARQL files whose first lines say what they ask.

A line ``#+ name: value`` on top is metadata, after the form that grlc reads; ``summary`` is the one
that must be there, in English; ``summary@kk`` and ``summary@ru`` say the same in other languages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["StoredQuery", "read_queries", "read_query"]

_HEADER = re.compile(
    r"^#\+[ ]?(?P<name>[A-Za-z_-]+(?:@[a-z]{2})?):[ ]*(?P<value>.*?)[ ]*$"
)  # #+ summary: What is due?
_CONTINUED = re.compile(r"^#\+[ ]{2,}(?P<value>.*?)[ ]*$")


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question: its file's name without ``.rq``, its metadata, and its text as it stands."""

    name: str
    metadata: Mapping[str, str]
    text: str

    @property
    def summary(self) -> str:
        """What it asks, in an English sentence."""
        return self.metadata.get("summary", self.name)

    @property
    def summaries(self) -> dict[str, str]:
        """What it asks, by language (``en``, ``kk``, ``ru``): in English at least."""
        told = {
            name.removeprefix("summary@"): value
            for name, value in self.metadata.items()
            if name.startswith("summary@")
        }
        return {"en": self.summary, **told}

    @property
    def body(self) -> str:
        """The text without the metadata on top."""
        return "\n".join(
            line for line in self.text.split("\n") if not line.startswith("#+")
        ).strip()


def read_query(path: Path) -> StoredQuery:
    """The question in a file; raises ``OSError`` where it can't be read."""
    text = path.read_text(encoding="utf-8")
    metadata: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        if header := _HEADER.match(line):
            name = header["name"].lower()
            metadata[name] = header["value"]
        elif name and (continued := _CONTINUED.match(line)):
            metadata[name] = f"{metadata[name]} {continued['value']}".strip()
        elif line.strip():
            break
    return StoredQuery(path.stem, metadata, text)


def read_queries(folder: Path) -> list[StoredQuery]:
    """All questions in a folder, by name; none where there is no such folder."""
    return [read_query(path) for path in sorted(folder.glob("*.rq"))]
