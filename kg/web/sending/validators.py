"""What an answer is known by: its tag, and the conditions of a request (RFC 9110, section 13).

A tag is a digest of all that an answer depends on, so it is known before the answer is: equal tags
mean the same bytes. It stands for the answer as it is; each content coding has an entity tag of its
own (section 8.8.3.3).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.types import Scope

from kg.web.sending.encodings import IDENTITY

__all__ = [
    "DATED",
    "NOT_KEPT",
    "UNDATED",
    "Conditions",
    "entity_tag",
    "freshness",
    "read_conditions",
    "tag_of",
]

DATED = "public, max-age=3600, must-revalidate"
"""An answer for a day named: only a new release changes it."""
UNDATED = "public, max-age=60, must-revalidate"
"""An answer for today: the day changes it too."""
NOT_KEPT = "no-store"

_ENTITY_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def tag_of(*parts: str | None) -> str:
    """The digest of ``parts``, in order; none may hold what another could be taken for."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        encoded = b"-" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:%b" % (-1 if part is None else len(encoded), encoded))
    return digest.hexdigest()


def entity_tag(tag: str, coding: str) -> str:
    """The strong entity tag of an answer in a content coding."""
    return f'"{tag}"' if coding == IDENTITY else f'"{tag}-{coding}"'


def freshness(dated: bool) -> dict[str, str]:
    """How long an answer may be used unasked: one for a day named, or one for today."""
    return {"Cache-Control": DATED if dated else UNDATED}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a request: entity tags, each weak or not, ``None`` without the header."""

    none_match: tuple[tuple[bool, str], ...] | None = None
    match: tuple[tuple[bool, str], ...] | None = None
    any_none_match: bool = False
    any_match: bool = False

    def find_known(self, tag: str | None, coding: str, taken: Iterable[str]) -> str | None:
        """In which coding the client has the answer, so that it needn't be sent (section 13.1.2).

        It is one of ``taken``, all that the client takes, or ``coding``, which it would be sent;
        the latter also where any answer would do (``*``), though there is no ``tag``.
        """
        if self.any_none_match:
            return coding
        return None if tag is None else self.known(tag, (coding, *taken))

    def known(self, tag: str, codings: Iterable[str]) -> str | None:
        """That of ``codings`` in which the client has the answer already.

        Compared weakly: a server between us may have weakened the tag.
        """
        if not self.none_match:
            return None
        listed = {value for _, value in self.none_match}
        for coding in codings:
            if entity_tag(tag, coding)[1:-1] in listed:
                return coding
        return None

    def fails(self, tag: str | None, coding: str) -> bool:
        """Whether ``If-Match`` isn't met (section 13.1.1), strongly compared: 412."""
        if self.match is None or self.any_match:
            return False
        strong = {value for weak, value in self.match if not weak}
        return tag is None or entity_tag(tag, coding)[1:-1] not in strong


_CONDITIONS = frozenset({b"if-none-match", b"if-match"})
_UNCONDITIONAL = Conditions()


def read_conditions(scope: Scope) -> Conditions:
    """The conditions of a request by GET or HEAD; other methods have none here."""
    if not _CONDITIONS.intersection([name for name, _ in scope["headers"]]):
        return _UNCONDITIONAL
    if scope["method"] not in ("GET", "HEAD"):
        return _UNCONDITIONAL
    none_match = _joined(scope, b"if-none-match")
    match = _joined(scope, b"if-match")
    return Conditions(
        none_match=_read_tags(none_match),
        match=_read_tags(match),
        any_none_match=none_match is not None and none_match.strip() == "*",
        any_match=match is not None and match.strip() == "*",
    )


def _joined(scope: Scope, name: bytes) -> str | None:
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(values) if values else None


def _read_tags(field: str | None) -> tuple[tuple[bool, str], ...] | None:
    if field is None:
        return None
    return tuple((bool(m[1]), m[2]) for m in _ENTITY_TAG.finditer(field))
