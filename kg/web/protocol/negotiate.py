"""Which of the formats there are a client would rather have, by its ``Accept`` header.

RFC 9110, section 12.5.1: the most specific range that matches a media type says how much it is
wanted; ``q=0`` is "not at all". Among equals the server's order decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from kg.asking.formats import FORMATS, GRAPH_FORMATS, Format, Kind
from kg.web.protocol.preferences import read_preferences

__all__ = [
    "HTML",
    "Offer",
    "choose",
    "content_type",
    "describable_formats",
    "offers_of",
    "prefers_page",
    "result_formats",
]

T = TypeVar("T")

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """Something that can be had, and the media type under which."""

    media_type: str
    what: T


_KEPT = 512
"""The longest header whose reading is kept: most clients send one of a few."""


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How closely this range fits a media type: 2 itself, 1 its kind, 0 anything, -1 not."""
        kind, _, subtype = media_type.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 2
        if (self.kind, self.subtype) == (kind, "*"):
            return 1
        return 0 if (self.kind, self.subtype) == ("*", "*") else -1


def choose(accept: str, offers: Iterable[Offer[T]]) -> Offer[T] | None:
    """The offer that ``accept`` (the header; empty accepts all) likes best, or ``None``."""
    ranges = _parse(accept)
    best: Offer[T] | None = None
    best_quality = 0.0
    for offer in offers:
        quality = _quality(ranges, offer.media_type)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def offers_of(formats: Sequence[Format]) -> list[Offer[Format]]:
    """Each format under its own media type, then under its further ones."""
    proper = [Offer(f.media_type, f) for f in formats]
    return proper + [Offer(alias, f) for f in formats for alias in f.aliases]


def content_type(offer: Offer[Format]) -> str:
    """The ``Content-Type`` of an answer: the media type that was chosen, text with its charset."""
    if offer.media_type.startswith("text/"):
        return f"{offer.media_type}; charset=utf-8"
    return offer.media_type


def result_formats(accept: str) -> dict[Kind, Offer[Format]]:
    """For each kind of answer the format ``accept`` likes best; kinds without one are left out."""
    return dict((_result_formats if len(accept) <= _KEPT else _result_formats.__wrapped__)(accept))


@lru_cache(maxsize=256)
def _result_formats(accept: str) -> dict[Kind, Offer[Format]]:
    kinds: tuple[Kind, ...] = ("solutions", "boolean", "graph")
    chosen = {
        kind: choose(accept, offers_of([f for f in FORMATS if kind in f.kinds])) for kind in kinds
    }
    return {kind: offer for kind, offer in chosen.items() if offer is not None}


def describable_formats() -> list[Offer[Format]]:
    """What a graph of triples can be had in, each format under its media types."""
    return offers_of([f for f in GRAPH_FORMATS if not f.keeps_graphs])


def prefers_page(accept: str) -> bool:
    """Whether a page is wanted rather than data: browsers say so, programs don't."""
    return (_prefers_page if len(accept) <= _KEPT else _prefers_page.__wrapped__)(accept)


@lru_cache(maxsize=256)
def _prefers_page(accept: str) -> bool:
    ranges = _parse(accept)
    page = max((r.quality for r in ranges if r.specificity(HTML) == 2), default=0.0)
    data = max(
        (_quality(ranges, o.media_type) for o in offers_of([*FORMATS, *GRAPH_FORMATS])), default=0.0
    )
    return page > 0 and page >= data


def _quality(ranges: list[_Range], media_type: str) -> float:
    fitting = [(r.specificity(media_type), r.quality) for r in ranges]
    return max(((s, q) for s, q in fitting if s >= 0), default=(0, 0.0))[1]


def _parse(accept: str) -> list[_Range]:
    """The media ranges of the header; what is not one is passed over."""
    if not accept.strip():
        return [_Range("*", "*", 1.0)]
    ranges = []
    for media_range, quality in read_preferences(accept):
        kind, slash, subtype = media_range.partition("/")
        if not (slash and kind and subtype) or (kind == "*" and subtype != "*"):
            continue
        ranges.append(_Range(kind, subtype, quality))
    return ranges
