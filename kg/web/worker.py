"""A worker: a process that evaluates one question at a time and may be killed at any moment.

It is forked from the zygote with the graph already in memory, reads question frames from its socket
and writes the answer back in frames. Its memory is bounded, and it can open no file and no
connection.
"""

import io
import json
import os
import resource
import sys
import traceback
from dataclasses import asdict
from datetime import date
from pathlib import Path
from socket import socket
from typing import IO, Any, cast

from kg.asking.dataset import DatasetClause
from kg.asking.diff_formats import answer_diff
from kg.asking.errors import AskingError, DayBeforeFirst, MalformedQuery
from kg.asking.formats import Format, Kind, format_named
from kg.asking.query import Answer, Asker, Question, preferred_formats, serialize_graph
from kg.asking.rows import read_rows
from kg.asking.void import describe_data
from kg.web.frames import DATA, END, ERROR, HEAD, read_frame, write_frame
from kg.web.guard import check_depth

__all__ = ["bound_worker", "serve_questions"]

_CHUNK = 64 << 10


def bound_worker(memory: int) -> None:
    """Bound this process: memory beyond what the graph takes, no core file, nothing opened."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A descriptor number above the limit can't be given out: what is open stays, nothing new opens.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def serve_questions(connection: socket, asker: Asker) -> None:
    """Answer questions until the other side is gone."""
    while (frame := read_frame(connection)) is not None:
        try:
            request = json.loads(frame[1])
            if "diff" in request:
                _compare(connection, asker, request["diff"])
            elif "void" in request:
                _describe_data(connection, asker, request["void"])
            else:
                _answer(connection, asker, request)
        except AskingError as error:
            _report(connection, error)
        except MemoryError:
            _send_error(connection, "OutOfMemory", "")
        except OSError:
            return
        except Exception as error:  # whatever happens, the server must be told
            traceback.print_exc(file=sys.stderr)
            _send_error(connection, "EngineFailed", str(error))


def _answer(connection: socket, asker: Asker, request: dict[str, Any]) -> None:
    """Evaluate one question and send the answer, as a stream or as the first ``rows`` rows."""
    limit = request.get("rows")
    formats = _read_formats(request) if limit is None else preferred_formats()
    check_depth(request["text"])
    answer = asker.ask(_read_question(request), formats)
    body = cast(IO[bytes], _FrameWriter(connection))
    if limit is not None:
        content = json.dumps(asdict(read_rows(answer, limit))).encode()
        _send_head(connection, answer, count=-1)
        body.write(content)
    elif request.get("sorted"):
        answer = answer.in_order()
        _send_head(connection, answer, count=len(cast(list[object], answer.result)))
        answer.write(body)
    else:
        _send_head(connection, answer, count=-1)
        answer.write(body)
    body.flush()
    write_frame(connection, END)


def _compare(connection: socket, asker: Asker, request: dict[str, str]) -> None:
    """Compare two days and send the answer in the format asked for."""
    before, after = (date.fromisoformat(request[name]) for name in ("from", "to"))
    content = answer_diff(asker.graph, before, after, request["format"])
    head = {"kind": "diff", "format": request["format"], "count": -1}
    write_frame(connection, HEAD, json.dumps(head).encode())
    body = _FrameWriter(connection)
    for start in range(0, len(content), _CHUNK):
        body.write(content[start : start + _CHUNK])
    body.flush()
    write_frame(connection, END)


def _describe_data(connection: socket, asker: Asker, request: dict[str, str]) -> None:
    """Send the description of what is loaded, for a site and in an RDF format."""
    form = format_named(request["format"])
    triples = describe_data(asker.graph, asker.graph.statistics, request["site"])
    head = {"kind": "graph", "format": form.name, "count": len(triples)}
    write_frame(connection, HEAD, json.dumps(head).encode())
    body = _FrameWriter(connection)
    serialize_graph(triples, form, cast(IO[bytes], body))
    body.flush()
    write_frame(connection, END)


def _read_question(request: dict[str, Any]) -> Question:
    day = request.get("day")
    return Question(
        text=request["text"],
        day=date.fromisoformat(day) if day else None,
        possible=bool(request.get("possible")),
        dataset=DatasetClause(tuple(request.get("default", ())), tuple(request.get("named", ()))),
        bindings=request.get("bindings", {}),
    )


def _read_formats(request: dict[str, Any]) -> dict[Kind, Format]:
    return {kind: format_named(name) for kind, name in request["formats"].items()}


def _send_head(connection: socket, answer: Answer, count: int) -> None:
    head = {
        "kind": answer.kind,
        "format": answer.format.name,
        "state": answer.state.iri if answer.state else None,
        "evidence": answer.state.evidence if answer.state else None,
        "count": count,
    }
    write_frame(connection, HEAD, json.dumps(head).encode())


def _report(connection: socket, error: AskingError) -> None:
    extra: dict[str, Any] = {}
    if isinstance(error, MalformedQuery):
        extra = {"line": error.line, "column": error.column}
    elif isinstance(error, DayBeforeFirst):
        extra = {"first": error.first.isoformat()}
    _send_error(connection, type(error).__name__, str(error), **extra)


def _send_error(connection: socket, name: str, detail: str, **extra: Any) -> None:
    content = json.dumps({"error": name, "detail": detail, **extra}).encode()
    write_frame(connection, ERROR, content)


class _FrameWriter(io.RawIOBase):
    """Gathers what the engine writes, 8 KiB at a time, into larger data frames."""

    def __init__(self, connection: socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._buffer += content
        if len(self._buffer) >= _CHUNK:
            self.flush()
        return len(content)

    def flush(self) -> None:
        if self._buffer:
            write_frame(self._connection, DATA, bytes(self._buffer))
            self._buffer.clear()


def leave() -> None:
    """End this process at once, without the clean-up that belongs to its parent."""
    os._exit(0)
