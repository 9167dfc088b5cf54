"""The header fields of responses: what a handler said of its answer, and what is added to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.web.sending.cache import Headers
from kg.web.sending.encodings import IDENTITY
from kg.web.sending.validators import NOT_KEPT, entity_tag

__all__ = ["CORS_PREFLIGHT", "Head", "common_headers", "name_coding"]

_POLICY = (
    b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
_FOR_PAGES: Headers = (
    (b"content-security-policy", _POLICY),
    (b"referrer-policy", b"no-referrer"),
)
_EXPOSED = (
    b"ETag, X-Zhospar-Release, X-Zhospar-State, X-Zhospar-State-Evidence, "
    b"X-Zhospar-Near-Bound, Content-Location, Link, Memento-Datetime, Retry-After, "
    b"Accept-Ranges, Content-Disposition, Content-Range, "
    b"X-Request-Id"
)
CORS_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Content-Type, If-Match, If-None-Match, If-Range, Range"
    ),
    "Access-Control-Max-Age": "86400",
}
"""What a browser asks before it sends a request with fields that aren't plain (Fetch, 4.8)."""

_OURS = frozenset({b"cache-control", b"content-length", b"etag", b"vary"})
_CODING = b"Accept-Encoding"


def common_headers(release: str, content_type: bytes) -> Headers:
    """What every response has; those for pages only protect pages."""
    common: Headers = (
        (b"x-zhospar-release", release.encode("latin-1", "replace")),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", _EXPOSED),
        (b"x-content-type-options", b"nosniff"),
    )
    return common + _FOR_PAGES if content_type.startswith(b"text/html") else common


def name_coding(headers: Headers, tag: str, coding: str) -> Headers:
    """``headers`` with the entity tag of another coding."""
    named = entity_tag(tag, coding).encode()
    return tuple((name, named if name == b"etag" else value) for name, value in headers)


@dataclass(slots=True)
class Head:
    """The header fields of one response, by its content coding.

    ``tag`` is what the answer is kept by, ``None`` where it may not be; ``fields`` are those of the
    handler. An answer that isn't ``fresh``, such as one to a POST, has no entity tag.
    """

    tag: str | None
    fields: Mapping[bytes, bytes]
    common: Headers
    fresh: bool = True

    def plain(self) -> Headers:
        """Those of a response that isn't an answer: a problem, a redirect."""
        control = self.fields.get(b"cache-control", NOT_KEPT.encode())
        kept = [item for item in self.fields.items() if item[0] != b"cache-control"]
        return (*kept, (b"cache-control", control), *self.common)

    def full(self, coding: str, length: int | None) -> Headers:
        """Those of an answer in a coding; ``length`` is that of the coded body, if known."""
        fields = [item for item in self.fields.items() if item[0] not in _OURS]
        if length is not None:
            fields.append((b"content-length", b"%d" % length))
        if coding != IDENTITY:
            fields.append((b"content-encoding", coding.encode()))
        return (*fields, *self._validators(coding), *self.common)

    def not_modified(self, coding: str) -> Headers:
        """Those of a 304 (RFC 9110, section 15.4.5)."""
        place = [item for item in self.fields.items() if item[0] == b"content-location"]
        return (*place, *self._validators(coding), *self.common)

    def _validators(self, coding: str) -> Headers:
        vary = (b"vary", b", ".join(filter(None, (self.fields.get(b"vary"), _CODING))))
        if self.tag is None or not self.fresh:
            return (vary, (b"cache-control", NOT_KEPT.encode()))
        control = (b"cache-control", self.fields[b"cache-control"])
        return (vary, control, (b"etag", entity_tag(self.tag, coding).encode()))
