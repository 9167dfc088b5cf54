"""The checks before the engine, fuzzed by coverage with atheris: ``make fuzz``.

Its ``ARGS`` are libFuzzer's: ``make fuzz ARGS=-max_total_time=600``.

Bytes become a text or the parts of a request. Anything raised but what the checks say they raise,
and a text that passes though the engine reads a call of ``SERVICE`` in it, ends the run and is
written to a file of its own; what was found becomes a case of ``test_checks.py``.
"""

import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg.asking", "kg.web", "urllib", "re"]):
    from kg.asking.dataset import blank_clauses, read_clauses
    from kg.asking.errors import AskingError
    from kg.asking.query import check_query
    from kg.asking.tokens import tokenize
    from kg.web.problems import Problem
    from kg.web.protocol.memento import read_datetime
    from kg.web.protocol.negotiate import prefers_page, result_formats
    from kg.web.protocol.operation import read_operation
    from kg.web.worker.guard import check_depth

from tests.hostile.disguises import CALLS, MENTIONS, fill
from tests.hostile.oracle import Oracle, without_service

REQUEST = b"R"
"""Begins what is a request, and not the text of a query."""
TYPES = ("application/x-www-form-urlencoded", "application/sparql-query", "text/plain; charset=x")


def main() -> None:
    """Fuzz until told to stop, or until something is found."""
    with Oracle() as engine:

        def try_one(content: bytes) -> None:
            if content[:1] == REQUEST:
                _try_request(content[1:])
            else:
                _try_text(engine, content[1:].decode("utf-8", "replace"))

        with tempfile.TemporaryDirectory(prefix="zhospar-fuzz-") as folder:
            atheris.Setup([*sys.argv, *_write_beginnings(Path(folder))], try_one)
            atheris.Fuzz()


def _try_text(engine: Oracle, text: str) -> None:
    end = 0
    try:
        for token in tokenize(text):
            if token.start < end or text[token.start : token.end] != token.text:
                raise AssertionError(f"the token {token} is not where it says")
            end = token.end
        check_depth(text)
        tokens = check_query(text)
        read_clauses(text, tokens)
        blank = blank_clauses(text, tokens)
    except AskingError:
        return
    if len(blank) != len(text):
        raise AssertionError("blanks for clauses moved what follows")
    if "service" in text.lower() and engine.is_sparql(text):
        if engine.is_sparql(without_service(text)):
            return
        raise AssertionError(f"a call passes: {text!r}")


def _try_request(content: bytes) -> None:
    kind, query_string, body, *_ = (*content.split(b"\n", 2), b"", b"")
    with suppress(Problem):
        read_operation("POST", TYPES[len(kind) % len(TYPES)], query_string, body)
    header = content.decode("latin-1")
    prefers_page(header)
    result_formats(header)
    with suppress(Problem):
        read_datetime(header)


def _write_beginnings(folder: Path) -> list[str]:
    """Texts and words to begin with, as arguments that name the files they are in."""
    texts = folder / "texts"
    texts.mkdir()
    queries = [fill(query, 9) for query in (*CALLS.values(), *MENTIONS.values())]
    beginnings = [b"T" + query.encode() for query in queries]
    beginnings += [
        REQUEST + b"x\nquery=ASK{}&at=2014-01-01\nquery=ASK{}",
        REQUEST + b"text/*;q=0.5",
    ]
    for number, content in enumerate(beginnings):
        (texts / str(number)).write_bytes(content)
    words = {word for query in queries for word in re.findall(r"[A-Za-z]+|[^\w\s]+", query)}
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words))
    (folder / "words").write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    return [f"-dict={folder / 'words'}", str(texts)]


if __name__ == "__main__":
    main()
