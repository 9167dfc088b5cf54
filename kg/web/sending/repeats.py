"""Requests seen before, answered at once: from the request as it came to the response as it left.

A request is known by all that a response depends on. What is remembered ends with the release, and
with the day in Kazakhstan, since a request that names none is about today.
"""

from datetime import timedelta
from time import time

from starlette.types import Scope

from kg.asking.asof import start_of, today
from kg.web.pool.loaded import Loaded
from kg.web.protocol.languages import DEFAULT, choose_language
from kg.web.sending.cache import Headers, Ready
from kg.web.sending.encodings import choose_coding
from kg.web.sending.heads import name_coding
from kg.web.sending.responses import header
from kg.web.sending.validators import read_conditions
from kg.web.service import Service

__all__ = ["Repeats", "request_key"]

_Asked = tuple[bytes | str, ...]
Found = tuple[int, Headers, bytes]
"""Status, headers and body of a response."""

_PLACES = {b"accept": 0, b"accept-encoding": 1, b"host": 2, b"accept-datetime": 3, b"range": 4}
_LANGUAGE = b"accept-language"
_KEY = "zhospar.request-key"
_CONDITIONS = (b"if-none-match", b"if-match")


class Repeats:
    """Finds the response to a request that was answered before."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._cache = service.cache
        self._ready = service.cache.ready
        self._loaded: Loaded | None = None
        self._until = 0.0

    def find(self, scope: Scope) -> Found | None:
        """The response, where it is known; for another method than GET and HEAD it never is."""
        if self._service.pool.loaded is not self._loaded or time() >= self._until:
            self._renew()
        if not self._ready or scope["method"] not in ("GET", "HEAD"):
            return None
        asked, language, condition = _read_request(scope)
        scope[_KEY] = asked, language
        ready = self._ready.get((asked, language))
        if ready is None:
            return None
        if not condition:
            self._cache.touch(ready.entry)
            return 200, ready.headers, ready.body
        return self._answer_condition(scope, ready)

    def _answer_condition(self, scope: Scope, ready: Ready) -> Found | None:
        """The same for a request with conditions; one that fails is left to others."""
        conditions = read_conditions(scope)
        tag, taken = ready.entry.tag, choose_coding(header(scope, b"accept-encoding"))
        if conditions.fails(tag, ready.coding):
            return None
        self._cache.touch(ready.entry)
        known = conditions.find_known(tag, ready.coding, taken.taken if taken else ())
        if known is None:
            return 200, ready.headers, ready.body
        return 304, name_coding(ready.not_modified, tag, known), b""

    def _renew(self) -> None:
        """Forget what was true of another release or day."""
        loaded = self._service.pool.loaded
        if loaded is not self._loaded:
            self._cache.clear()
        self._cache.forget_requests()
        self._loaded = loaded
        self._until = start_of(today() + timedelta(days=1)).timestamp()


def request_key(scope: Scope) -> tuple[tuple[_Asked, str], int]:
    """What a request is known by, and how many bytes that takes.

    The first part is what any answer depends on, the second the language, on which pages do.
    """
    key: tuple[_Asked, str] = scope.get(_KEY) or _read_request(scope)[:2]
    return key, sum(map(len, key[0])) + len(key[1])


def _read_request(scope: Scope) -> tuple[_Asked, str, bool]:
    """What a request is known by, the language it would have, and whether it has a condition."""
    fields = [b""] * len(_PLACES)
    accepted = b""
    condition = False
    for name, value in scope["headers"]:
        place = _PLACES.get(name)
        if place is not None:
            # Two headers of a name count as one, joined (RFC 9110, section 5.3).
            fields[place] = fields[place] + b"," + value if fields[place] else value
        elif name == _LANGUAGE:
            accepted = accepted + b"," + value if accepted else value
        elif name in _CONDITIONS:
            condition = True
    # Of languages what is chosen counts: there are many ways to ask for the same.
    language = choose_language(accepted.decode("latin-1")) if accepted else DEFAULT
    path = scope.get("raw_path") or scope["path"].encode()
    asked = path, scope["query_string"], scope.get("scheme", "http"), *fields
    return asked, language, condition
