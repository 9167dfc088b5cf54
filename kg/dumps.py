"""The files of a release: what each is called, what it holds, and by what it is known.

The making describes them in the catalogue, the answering writes and serves them; both speak of them
in these words.
"""

from dataclasses import dataclass
from datetime import date

__all__ = ["DATA", "DUMPS_FOLDER", "Dump", "everything_file", "state_file", "table_file"]

DATA = "data/"
"""Where the files stand, after ``BASE`` and on a site."""
DUMPS_FOLDER = "dumps"
"""Their folder within a build."""


@dataclass(frozen=True, slots=True, order=True)
class Dump:
    """A file: its name, its size in bytes, its SHA-256 in hexadecimal.

    ``day`` is the first day of the state it holds; a file of everything has none. One with
    ``possible`` counts what only may have stood among the rows of its table.
    """

    name: str
    size: int
    sha256: str
    day: date | None = None
    possible: bool = False

    @property
    def suffix(self) -> str:
        """What says the format: ``ttl``, ``nq``, ``csv``."""
        return self.name.rpartition(".")[2]

    @property
    def slug(self) -> str:
        """The name as a part of an address that no suffix is read from: ``zhospar-nq``."""
        return self.name.replace(".", "-")


def everything_file(suffix: str) -> str:
    """The name of the file of all graphs but the catalogue."""
    return f"zhospar.{suffix}"


def state_file(day: date, suffix: str) -> str:
    """The name of the file of the state that began on ``day``."""
    return f"state-{day.isoformat()}.{suffix}"


def table_file(day: date, *, possible: bool = False) -> str:
    """The name of the table of the rows of the state that began on ``day``."""
    return f"measures-{day.isoformat()}{'-possible' if possible else ''}.csv"
