"""The source text and its manifest: bytes in, checked text out.

The manifest is JSON beside the text: identifier, title, language, publisher, how it was obtained,
and the SHA-256 of the bytes, which every build checks.
"""

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from kg.model import Quote, Span

FIELDS = ("identifier", "title", "language", "publisher", "obtained", "file", "sha256")


class SourceError(Exception):
    """The text isn't the one its manifest describes, or the manifest is incomplete."""


class ReadingError(Exception):
    """Words that break a rule of reading or of evidence; the message names file, line, words,
    remedy and the rule.
    """

    def __init__(
        self,
        source: "Source",
        span: Span,
        problem: str,
        rule: str,
        remedy: str | None = None,
    ) -> None:
        self.line = source.line(span.start)
        self.words = source.text[span.start : span.end].strip()
        self.rule = rule
        super().__init__(
            f"{source.name}, line {self.line}: {problem}: «{self.words}». "
            f"{remedy or 'Correct the source.'} (rule: {rule})"
        )


@dataclass(frozen=True)
class Source:
    """A text held, with its manifest (every field of ``FIELDS`` a string).

    ``folder`` is where both lie, as seen from the root they are read below; errors name it.
    """

    text: str
    manifest: dict[str, str]
    folder: str = ""

    @property
    def name(self) -> str:
        """The file of the text, in its folder: ``data/source/P1300000078.kaz.txt``."""
        return str(PurePosixPath(self.folder, self.manifest["file"]))

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


def read_source(manifest_path: Path, root: Path | None = None) -> Source:
    """Read the text that a manifest describes; errors name files as seen from ``root``, if given.

    Raises ``SourceError`` where the manifest lacks a field, or the bytes aren't those it describes.
    """

    def name(path: Path) -> str:
        return path.relative_to(root).as_posix() if root else str(path)

    manifest = _read_manifest(manifest_path, name(manifest_path))
    path = manifest_path.with_name(manifest["file"])
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{name(path)}: the text can't be read: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != manifest["sha256"]:
        raise SourceError(
            f"{name(path)}: its SHA-256 is {digest}, where "
            f"{manifest_path.name} says {manifest['sha256']}; "
            "restore the text, or describe the new one in the manifest"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name(path)}: the text isn't UTF-8: {error.reason}") from error
    return Source(text, manifest, name(manifest_path.parent) if root else "")


def _read_manifest(path: Path, name: str) -> dict[str, str]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{name}: no manifest can be read here: {error.strerror}") from error
    except ValueError as error:
        raise SourceError(f"{name}: no manifest can be read here: {error}") from error
    if not isinstance(manifest, dict):
        raise SourceError(f"{name}: a manifest is a JSON object with {', '.join(FIELDS)}")
    missing = [field for field in FIELDS if not isinstance(manifest.get(field), str)]
    if missing:
        raise SourceError(f"{name}: the manifest lacks {', '.join(missing)}")
    return manifest
