"""The source text and its manifest: bytes in, checked text out.

The manifest is JSON beside the text: identifier, title, language, publisher, how it was obtained,
and the SHA-256 of the bytes, which every build checks.
"""

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.model import Quote, Span

FIELDS = ("identifier", "title", "language", "publisher", "obtained", "file", "sha256")


class SourceError(Exception):
    """The text isn't the one its manifest describes, or the manifest is incomplete."""


class ReadingError(Exception):
    """Words that the grammar or the vocabulary doesn't know; the message names line, words and
    remedy.
    """

    def __init__(self, source: "Source", span: Span, problem: str, remedy: str) -> None:
        self.line = source.line(span.start)
        self.words = source.text[span.start : span.end].strip()
        super().__init__(
            f"{source.manifest['file']}, line {self.line}: {problem}: «{self.words}». "
            f"{remedy or 'Correct the source.'}"
        )


@dataclass(frozen=True)
class Source:
    """A text held, with its manifest (every field of ``FIELDS`` a string)."""

    text: str
    manifest: dict[str, str]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, character in enumerate(self.text) if character == "\n")]

    def line(self, offset: int) -> int:
        """The number of the line, from 1, that holds the code point at ``offset``."""
        return bisect_right(self._line_starts, offset)

    def quote(self, start: int, end: int) -> Quote:
        """The words from ``start`` to ``end`` without the blanks around them.

        Raises ``ValueError`` where there is nothing but blanks.
        """
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        return Quote(Span(start, start + len(words)), words)

    def within(self, outer: Quote, start: int, end: int) -> Quote:
        """The words from ``start`` to ``end`` of another quote."""
        return self.quote(outer.span.start + start, outer.span.start + end)


def read_source(manifest_path: Path) -> Source:
    """Read the text that a manifest describes.

    Raises ``SourceError`` where the manifest lacks a field, or the bytes aren't those it describes.
    """
    try:
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{manifest_path}: no manifest can be read here: {error}") from error
    if not isinstance(manifest, dict):
        raise SourceError(f"{manifest_path}: a manifest is a JSON object with {', '.join(FIELDS)}")
    missing = [name for name in FIELDS if not isinstance(manifest.get(name), str)]
    if missing:
        raise SourceError(f"{manifest_path}: the manifest lacks {', '.join(missing)}")
    path = manifest_path.with_name(manifest["file"])
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: the text can't be read: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != manifest["sha256"]:
        raise SourceError(
            f"{path}: its SHA-256 is {digest}, where "
            f"{manifest_path.name} says {manifest['sha256']}; "
            "restore the text, or describe the new one in the manifest"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: the text isn't UTF-8: {error.reason}") from error
    return Source(text, manifest)
