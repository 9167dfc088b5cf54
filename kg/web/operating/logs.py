"""What the server says on standard error: one line each, as JSON or as text.

A line can't be forged by what is in it: JSON escapes line ends and control characters, and in text
they are escaped or, in a traceback, indented. Lines are written in batches by a thread of their
own, so that no answer waits for whoever reads them.
"""

import json
import logging
import os
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quote
from typing import IO, Any

__all__ = [
    "REQUEST",
    "Log",
    "Phrasing",
    "clock",
    "printable",
    "quote",
    "relay",
    "tell_of_everything",
    "text_is_meant",
]

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""The id of the request being answered, for what is said on the way."""

_MOST_WAITING = 50_000
_LONGEST_RELAYED = 2000


class Log:
    """Lines on their way to a file descriptor.

    ``lost`` counts those that found no room, since nobody read, or nowhere to go. ``close`` writes
    what is still there, for at most ``patience`` seconds.
    """

    def __init__(self, descriptor: int, gather: float = 0.1) -> None:
        self.lost = 0
        self._descriptor = descriptor
        self._gather = gather
        self._lines: deque[str] = deque()
        self._some = threading.Event()
        self._closing = threading.Event()
        self._writer = threading.Thread(target=self._write_on, name="log", daemon=True)
        self._writer.start()

    def add(self, line: str) -> None:
        """Have ``line`` written; it has no line end."""
        if len(self._lines) >= _MOST_WAITING:
            self.lost += 1
            return
        self._lines.append(line)
        if not self._some.is_set():
            self._some.set()

    def close(self, patience: float = 1.0) -> None:
        """Write what is there, and no more after it."""
        self._closing.set()
        self._some.set()
        self._writer.join(patience)

    def _write_on(self) -> None:
        while not self._closing.is_set():
            self._some.wait()
            self._closing.wait(self._gather)  # more come at once under load: one write for all
            self._some.clear()
            self._write()

    def _write(self) -> None:
        count = len(self._lines)
        text = "".join(f"{self._lines.popleft()}\n" for _ in range(count))
        content = memoryview(text.encode("utf-8", "backslashreplace"))
        try:
            while content:
                content = content[os.write(self._descriptor, content) :]
        except OSError:  # whoever read is gone, and there is nowhere else to say so
            self.lost += count


class Phrasing(logging.Formatter):
    """Log records as lines: JSON, or text for people."""

    def __init__(self, *, text: bool) -> None:
        super().__init__()
        self._text = text

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, with the id of the request it belongs to and its traceback."""
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        message = record.getMessage().strip()
        if self._text:
            belongs = f" [{REQUEST.get()}]" if REQUEST.get() else ""
            lines = "".join(f"\n    {printable(line)}" for line in trace.splitlines())
            return f"{clock()} {record.levelname.lower()}{belongs} {printable(message)}{lines}"
        said: dict[str, Any] = {
            "time": clock(),
            "level": record.levelname.lower(),
            "event": "message",
            "request": REQUEST.get() or None,
            "logger": record.name,
            "message": message,
        }
        if trace:
            said["traceback"] = trace
        return json.dumps(said)


class _ToLog(logging.Handler):
    def __init__(self, log: Log, *, text: bool) -> None:
        super().__init__()
        self._log = log
        self.setFormatter(Phrasing(text=text))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._log.add(self.format(record))
        except Exception:
            self.handleError(record)


def tell_of_everything(log: Log, *, text: bool) -> None:
    """Have all that Python's ``logging`` and ``warnings`` say go to ``log``, the server's too."""
    handler = _ToLog(log, text=text)
    handler.addFilter(_without_expected)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)


def relay(stream: IO[bytes]) -> None:
    """Say, line by line, what the workers' processes say: a thread reads ``stream`` to its end.

    These are an engine's last words (``memory allocation of … bytes failed``).
    """
    logger = logging.getLogger("kg.web.pool.lanes")

    def read() -> None:
        with stream, suppress(ValueError, OSError):
            while line := stream.readline(_LONGEST_RELAYED):
                logger.warning("%s", line.decode("utf-8", "replace").rstrip())

    threading.Thread(target=read, name="relay", daemon=True).start()


def clock() -> str:
    """The time now, in UTC, as RFC 3339 writes it, with milliseconds."""
    now = time.time()
    whole = int(now)
    return f"{_second(whole)}.{int((now - whole) * 1000):03d}Z"


@lru_cache(maxsize=2)
def _second(whole: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))


def printable(text: str) -> str:
    """``text`` on one line, with what a terminal would obey escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def text_is_meant(how: str) -> bool:
    """Whether lines are text: as the setting says, or where it says nothing, for a terminal."""
    return how == "text" or (how != "json" and sys.stderr.isatty())


def _without_expected(record: logging.LogRecord) -> bool:
    """Whether to say it: an answer broken off on purpose is told of by its request's line."""
    error = record.exc_info[1] if record.exc_info else None
    return not getattr(error, "expected", False)
