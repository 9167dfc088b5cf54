"""What is seen of one request on its way, by whoever answers it and for whoever watches."""

import itertools
import re
import secrets
import time

from starlette.types import Scope

from kg.web.operating.kinds import kind_of

__all__ = ["Seen", "see", "seen_of"]

_KEY = "zhospar.seen"
_SANE = re.compile(rb"[A-Za-z0-9._:=+/-]{1,128}")
_PROCESS = secrets.token_hex(6)
_count = itertools.count(1)


class Seen:
    """One request: its id, its kind, when it began (seconds), and what became of it.

    ``status`` is 0 until the status line is out; ``size`` are the bytes of the body sent so far.
    ``cause`` names what failed, and ``query`` is what was asked.
    """

    __slots__ = (
        *("began", "cache", "cause", "complete", "id"),
        *("kind", "query", "size", "state", "status"),
    )

    def __init__(self, id_: str, kind: str) -> None:
        self.id = id_
        self.kind = kind
        self.began = time.perf_counter()
        self.status = 0
        self.size = 0
        self.complete = False
        self.state = ""
        self.cache = ""
        self.cause = ""
        self.query = ""


def see(scope: Scope) -> Seen:
    """Begin to see a request: the id is that of ``X-Request-Id`` where it is sane, else a new one.

    Sane is one header of 1 to 128 letters, digits and ``._:=+/-`` of ASCII.
    """
    given = b""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = b" " if given else value  # two are none
    sane = given and _SANE.fullmatch(given)
    id_ = given.decode("ascii") if sane else f"{_PROCESS}-{next(_count):x}"
    seen = scope[_KEY] = Seen(id_, kind_of(scope["method"], scope["path"]))
    return seen


def seen_of(scope: Scope) -> Seen:
    """What is seen of the request of ``scope``; something of no account where nobody watches."""
    return scope.get(_KEY) or Seen("", "other")
