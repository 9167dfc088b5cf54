"""The files of the release that is served, held open from when it was loaded.

So another build in the same folder changes nothing of what is sent. A file is sent only if it is
the one that the catalogue describes: it is read and compared once, when it is first asked for.
"""

import asyncio
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.dumps import Dump

__all__ = ["OpenFile", "ReleaseFiles"]


@dataclass(slots=True, eq=False)
class OpenFile:
    """A file by its descriptor; ``checked`` is whether its bytes were found to be right."""

    dump: Dump
    descriptor: int
    checked: bool = False

    @property
    def path(self) -> str:
        """Where the file can be opened anew, though it may have no name any more."""
        return f"/proc/self/fd/{self.descriptor}"


class ReleaseFiles:
    """The files in ``folder`` of those that a catalogue describes."""

    def __init__(self, folder: Path, dumps: Iterable[Dump]) -> None:
        self._files: dict[str, OpenFile] = {}
        for dump in dumps:
            try:
                descriptor = os.open(folder / dump.name, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                continue  # to be told to those who ask for it
            self._files[dump.name] = OpenFile(dump, descriptor)

    async def find(self, name: str) -> OpenFile | None:
        """The file called ``name``; ``None`` where it isn't there or isn't the right one."""
        file = self._files.get(name)
        if file is None or (file.checked or await asyncio.to_thread(_is_right, file)):
            return file
        return None

    def close(self) -> None:
        """Let go of the files; those that are being sent have been opened anew."""
        for file in self._files.values():
            os.close(file.descriptor)
        self._files.clear()


def _is_right(file: OpenFile) -> bool:
    with Path(file.path).open("rb") as content:
        file.checked = hashlib.file_digest(content, "sha256").hexdigest() == file.dump.sha256
    return file.checked
