"""Rows counted in what the engine writes, as it writes it: a few searches for bytes a chunk.

The formats are those of SPARQL 1.1 Query Results: JSON, XML, CSV and TSV, as the engine lays them
out, without blanks between their parts; and N-Triples, which have a line for each triple.
"""

from collections.abc import Callable

__all__ = ["row_counter"]

Count = Callable[[bytes], int]


def row_counter(name: str) -> Count | None:
    """A function that is given each chunk of a result and returns the rows so far.

    ``name`` is that of a format of ``kg.asking.formats``; ``None`` where rows can't be told.
    """
    makers: dict[str, Callable[[], Count]] = {
        "json": lambda: _Sought({b'},{"': 1, b'},{",': -1, b'},{"}': -1, b",{}": 1}, first=1),
        "xml": lambda: _Sought({b"<result>": 1}),
        "tsv": lambda: _Sought({b"\n": 1}, first=-1),
        "nt": lambda: _Sought({b"\n": 1}),
        "csv": _Lines,
    }
    maker = makers.get(name)
    return maker() if maker else None


class _Sought:
    """Adds up what is sought; ``first`` is the count before anything is found.

    In JSON a new row begins with ``},{"`` and the name of a variable. In a string the quotation
    mark would be escaped, or end the string, and then a comma or a brace follows it. A row without
    any value is ``,{}``; a text that has this in it counts as a row more, and none goes uncounted.
    In XML, TSV and N-Triples what is sought is escaped within values.
    """

    def __init__(self, sought: dict[bytes, int], first: int = 0) -> None:
        self._sought = sought
        self._reach = max(map(len, sought)) - 1
        self._end = b""
        self._found = first

    def __call__(self, chunk: bytes) -> int:
        text = self._end + chunk
        for pattern, weight in self._sought.items():
            # What lies wholly in the end of the last chunk was counted with it.
            self._found += weight * (text.count(pattern) - self._end.count(pattern))
        self._end = text[-self._reach :] if self._reach else b""
        return self._found


class _Lines:
    """Counts the lines of CSV (RFC 4180): line ends outside quotation marks, but for the header."""

    def __init__(self) -> None:
        self._quoted = False
        self._found = -1

    def __call__(self, chunk: bytes) -> int:
        if b'"' not in chunk:
            self._found += 0 if self._quoted else chunk.count(b"\n")
            return self._found
        parts = chunk.split(b'"')
        self._found += sum(part.count(b"\n") for part in parts[self._quoted :: 2])
        self._quoted ^= len(parts) % 2 == 0
        return self._found
