"""A worker: a process that evaluates one question at a time and may be killed at any moment.

It is forked from the zygote with the graph already in memory, reads question frames from its socket
and writes the answer back in frames. Its memory is bounded, and it can open no file and no
connection; but for one that asks other endpoints (``remote``), which answers one question and ends.
"""

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
from kg.asking.endpoints import Call, column_as_written, redirect_calls
from kg.asking.errors import AskingError, DayBeforeFirst, MalformedQuery, RemoteFailed
from kg.asking.formats import Format, Kind, format_named
from kg.asking.query import Answer, Asker, Question, preferred_formats, serialize_graph
from kg.asking.rows import read_rows
from kg.asking.void import describe_data
from kg.web.pool.failures import out_of_memory
from kg.web.pool.network import leave_network
from kg.web.settings import Settings
from kg.web.worker.answering import AnswerWriter, Channel, TooManyRows, leave
from kg.web.worker.guard import check_depth, check_length
from kg.web.worker.relay import Relay
from kg.web.worker.rowcount import row_counter

__all__ = ["bound_worker", "leave", "serve_questions"]

STACK = 64 << 20
"""Room for the engine's recursion: what ``kg.web.worker.guard`` lets pass never overruns it."""


def bound_worker(settings: Settings, *, remote: bool) -> None:
    """Bound this process: its memory beyond what the graph takes, no core file, no network.

    Raises ``OSError`` where the kernel doesn't take the network away, and it must.
    """
    if not remote and settings.network_namespace != "never":
        try:
            leave_network()
        except OSError:
            if settings.network_namespace == "required":
                raise
    # The engine complains of memory there, and the server tells of it.
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stderr.fileno())
    os.close(silent)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + settings.worker_memory
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
    if not remote:
        # A descriptor number above the limit can't be given out: what is open stays, nothing new
        # opens.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def serve_questions(
    connection: socket, asker: Asker, settings: Settings, *, remote: bool = False
) -> None:
    """Answer questions until the other side is gone."""
    channel = Channel(connection)
    while (content := channel.read()) is not None:
        try:
            _serve(channel, asker, settings, json.loads(content), remote=remote)
        except TooManyRows as error:
            channel.send_error("ResultTooLarge", str(error))
        except AskingError as error:
            _report(channel, error)
        except MemoryError:
            channel.send_error(*_named(out_of_memory(settings)))
        except Exception as error:  # whatever happens, the server must be told
            # Where, and not what: a message may hold the question.
            where = "".join(traceback.format_tb(error.__traceback__))
            channel.send_error("EngineFailed", str(error), trace=f"{where}{type(error)}")
        if remote:
            return


def _serve(
    channel: Channel, asker: Asker, settings: Settings, request: dict[str, Any], *, remote: bool
) -> None:
    if "diff" in request:
        _compare(channel, asker, request["diff"])
        return
    if "void" in request:
        _describe_data(channel, asker, request["void"])
        return
    check_length(request["text"], settings.query_limit)
    check_depth(request["text"], settings.query_depth)
    if remote:
        _answer_by_others(channel, asker, settings, request)
    else:
        _answer(channel, asker, settings, request)


def _answer_by_others(
    channel: Channel, asker: Asker, settings: Settings, request: dict[str, Any]
) -> None:
    """Answer a question whose calls to other endpoints a relay makes."""
    text = request["text"]
    calls = [call for call in asker.calls_in(text) if not call.nested]
    relay = Relay(calls, settings)
    redirected = {**request, "text": redirect_calls(text, calls, relay.addresses)}
    try:
        _answer(channel, asker.allowing(relay.addresses), settings, redirected, relay)
    except MalformedQuery as error:
        column = column_as_written(text, calls, relay.addresses, error.line, error.column)
        raise MalformedQuery(error.detail, error.line, column) from None
    except (OSError, RuntimeError) as error:
        raise relay.failure or _failed_at_one_of(calls, error) from None


def _failed_at_one_of(calls: list[Call], error: Exception) -> RemoteFailed:
    return RemoteFailed(", ".join(dict.fromkeys(call.endpoint for call in calls)), str(error))


def _answer(
    channel: Channel,
    asker: Asker,
    settings: Settings,
    request: dict[str, Any],
    relay: Relay | None = None,
) -> None:
    """Evaluate one question and send the answer, as a stream or as the first ``rows`` rows."""
    limit = request.get("rows")
    remote = relay is not None
    formats = _read_formats(request) if limit is None else preferred_formats()
    answer = asker.ask(_read_question(request), formats, remote=remote)
    if limit is not None:
        content = json.dumps(asdict(read_rows(answer, limit))).encode()
        body = AnswerWriter(channel, _head(answer, count=-1, remote=remote))
        body.write(content)
    else:
        most = settings.result_rows
        counted = "" if answer.kind == "boolean" else answer.format.name
        if row_counter(counted) is None:
            answer = answer.bounded(most, TooManyRows(most))
        count = -1
        if request.get("sorted"):
            answer = answer.in_order()
            count = len(cast(list[object], answer.result))
        body = AnswerWriter(channel, _head(answer, count, remote=remote), most, counted)
        answer.write(cast(IO[bytes], body))
    if relay is not None and relay.failure:
        raise relay.failure  # the engine may have passed over it
    body.end()


def _compare(channel: Channel, asker: Asker, request: dict[str, str]) -> None:
    """Compare two days and send the answer in the format asked for."""
    before, after = (date.fromisoformat(request[name]) for name in ("from", "to"))
    content = answer_diff(asker.graph, before, after, request["format"])
    body = AnswerWriter(channel, {"kind": "diff", "format": request["format"], "count": -1})
    for start in range(0, len(content), 64 << 10):
        body.write(content[start : start + (64 << 10)])
    body.end()


def _describe_data(channel: Channel, asker: Asker, request: dict[str, str]) -> None:
    """Send the description of what is loaded, for a site and in an RDF format."""
    form = format_named(request["format"])
    triples = describe_data(asker.graph, asker.graph.statistics, request["site"])
    head = {"kind": "graph", "format": form.name, "count": len(triples), "stable": True}
    body = AnswerWriter(channel, head)
    serialize_graph(triples, form, cast(IO[bytes], body))
    body.end()


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


def _head(answer: Answer, count: int, *, remote: bool) -> dict[str, Any]:
    """What is said of an answer; a ``remote`` one may be another the next time."""
    return {
        "kind": answer.kind,
        "format": answer.format.name,
        "state": answer.state.iri if answer.state else None,
        "evidence": answer.state.evidence if answer.state else None,
        "count": count,
        "stable": answer.stable,
        "remote": remote,
    }


def _report(channel: Channel, error: AskingError) -> None:
    extra: dict[str, Any] = {}
    if isinstance(error, MalformedQuery):
        extra = {"line": error.line, "column": error.column}
    elif isinstance(error, DayBeforeFirst):
        extra = {"first": error.first.isoformat()}
    channel.send_error(type(error).__name__, str(error), **extra)


def _named(failure: Exception) -> tuple[str, str]:
    return getattr(failure, "name", "EngineFailed"), str(failure)
