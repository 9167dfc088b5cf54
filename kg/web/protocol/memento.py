"""Memento (RFC 7089): what an address said on other days, by ``Accept-Datetime`` and by TimeMap.

Pattern 1.1 (section 4.1.1): each address without a day is original resource and TimeGate in one. It
sends a request with ``Accept-Datetime`` to a memento, which is the same address with ``?at=`` and
the first day of a state; without that header it answers for today. A state and a provision's
version have an address of their own, and are fixed: mementos that no TimeGate leads to.

The time that is negotiated is legal time. A state's datetime is the beginning of its first day in
Kazakhstan, told in GMT.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any

from kg.asking.asof import State, start_of
from kg.web.pages.addresses import local_address
from kg.web.pages.things import Thing, read_fixed
from kg.web.problems import Problem, Sentence
from kg.web.protocol.operation import View

__all__ = [
    "LINK_FORMAT",
    "Mementos",
    "mementos_of",
    "read_datetime",
    "tell_datetime",
    "timemap_address",
]

LINK_FORMAT = "application/link-format"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATETIME = re.compile(
    rf"""
    (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\                                # Mon,
    (?P<day>\d\d)\ (?P<month>{"|".join(_MONTHS)})\ (?P<year>\d{{4}})\   # 27 Oct 2014
    (?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)\ GMT            # 00:00:00 GMT
    """,
    re.VERBOSE | re.ASCII,
)


def read_datetime(text: str) -> datetime:
    """The moment in an ``Accept-Datetime`` header (section 2.1.1), in UTC.

    The name of the weekday adds nothing, and isn't held against the date. Raises ``Problem``.
    """
    match = _DATETIME.fullmatch(text.strip())
    if match is None:
        raise Problem(
            400,
            Sentence(
                "Accept-Datetime is '%(text)s', which is not a datetime in the form of RFC 1123: "
                "write it in GMT, such as Mon, 27 Oct 2014 00:00:00 GMT.",
                text=text[:80],
            ),
        )
    month = _MONTHS.index(match["month"]) + 1
    clock = int(match["hour"]), int(match["minute"]), int(match["second"])
    try:
        return datetime(int(match["year"]), month, int(match["day"]), *clock, tzinfo=UTC)
    except ValueError as error:
        raise Problem(
            400, f"Accept-Datetime is '{text[:80]}', and there is no such moment: {error}."
        ) from None


def tell_datetime(day: date) -> str:
    """The beginning of a day in Kazakhstan, in GMT and in the form of RFC 1123.

    >>> tell_datetime(date(2014, 10, 27))
    'Sun, 26 Oct 2014 18:00:00 GMT'
    """
    return format_datetime(start_of(day).astimezone(UTC), usegmt=True)


def timemap_address(name: str, view: View) -> str:
    """The address on this site of the TimeMap of ``name``, an IRI with or without a suffix."""
    return "/timemap" + local_address(name, replace(view, day=None))


@dataclass(frozen=True, slots=True)
class Mementos:
    """The mementos of one address, by the first days of their states, in order.

    ``site`` begins every address, ``name`` is the thing's IRI with the suffix asked for, if any;
    ``view`` is what else the address asks for: what may have stood, a language. ``states`` are the
    fixed addresses of the resolution's states, with their days: its TimeMap lists them too.
    """

    site: str
    name: str
    view: View
    days: tuple[date, ...]
    states: tuple[tuple[date, str], ...] = ()

    @property
    def original(self) -> str:
        """The original resource, which is its own TimeGate."""
        return self.site + local_address(self.name, replace(self.view, day=None))

    @property
    def timemap(self) -> str:
        """The TimeMap."""
        return self.site + timemap_address(self.name, self.view)

    def address_of(self, day: date) -> str:
        """The memento of the state that begins on ``day``."""
        return self.site + local_address(self.name, replace(self.view, day=day.isoformat()))

    def choose(self, moment: datetime) -> date:
        """The day of the memento for a moment: the last until then, or else the first there is."""
        return max((day for day in self.days if start_of(day) <= moment), default=self.days[0])

    def links(self, day: date | None = None) -> str:
        """The ``Link`` header (section 2.2); ``day`` is that of the memento answered with."""
        links = [
            _link(self.original, "original timegate"),
            _link(self.timemap, "timemap", type=LINK_FORMAT),
        ]
        for shown, rel in _relations(self.days, day).items():
            links.append(_link(self.address_of(shown), rel, datetime=tell_datetime(shown)))
        return ", ".join(links)

    def gate_headers(self) -> dict[str, str]:
        """What every answer of the TimeGate says, also one for today, or that there is nothing."""
        return {"Vary": "Accept, accept-datetime", "Link": self.links()}

    def memento_headers(self, day: date) -> dict[str, str]:
        """What the memento of the state that begins on ``day`` says of itself."""
        return {
            "Vary": "Accept",
            "Memento-Datetime": tell_datetime(day),
            "Content-Location": self.address_of(day),
            "Link": self.links(day),
        }

    def fixed_headers(self, day: date) -> dict[str, str]:
        """What a memento with an address of its own says of itself (section 4.3)."""
        return {"Vary": "Accept", "Memento-Datetime": tell_datetime(day), "Link": self.links()}

    def as_links(self) -> str:
        """The TimeMap in link format (section 5)."""
        first, last = self.days[0], self.days[-1]
        span = {"from": tell_datetime(first), "until": tell_datetime(last)}
        links = [
            _link(self.original, "original"),
            _link(self.timemap, "self", type=LINK_FORMAT, **span),
            _link(self.original, "timegate"),
        ]
        ends = _relations(self.days)
        for day, address in self._listed():
            rel = ends.get(day, "memento") if address == self.address_of(day) else "memento"
            links.append(_link(address, rel, datetime=tell_datetime(day)))
        return ",\n".join(links) + "\n"

    def as_json(self) -> dict[str, Any]:
        """The TimeMap as JSON, its datetimes in the form of ISO 8601."""
        listed = [{"datetime": _iso(day), "uri": address} for day, address in self._listed()]
        ends = {"first": self.days[0], "last": self.days[-1]}
        return {
            "original_uri": self.original,
            "timegate_uri": self.original,
            "timemap_uri": self.timemap,
            "mementos": {
                **{
                    name: {"datetime": _iso(day), "uri": self.address_of(day)}
                    for name, day in ends.items()
                },
                "list": listed,
            },
        }

    def _listed(self) -> list[tuple[date, str]]:
        own = [(day, self.address_of(day)) for day in self.days]
        return sorted([*own, *self.states], key=lambda entry: entry[0])


def mementos_of(site: str, thing: Thing, states: Sequence[State], view: View) -> Mementos:
    """The mementos of what ``thing`` is: of itself or, where it is fixed, of what it is of.

    The latter are not looked for: a fixed thing names its original, and leaves them to the TimeMap.
    """
    ending = f".{thing.suffix}" if thing.suffix else ""
    if thing.fixed:
        own_view = View(language=view.language)
        return Mementos(site, thing.fixed.of + ending, own_view, days=())
    days = tuple(state.valid_from for state in thing.there_in(states, possible=view.possible))
    fixed = [(state.valid_from, state.iri) for state in states if _is_state_of(state, thing)]
    here = View(language=view.language)
    own = tuple((day, site + local_address(iri + ending, here)) for day, iri in fixed)
    return Mementos(site, thing.name, view, days, own)


def _is_state_of(state: State, thing: Thing) -> bool:
    fixed = read_fixed(state.iri)
    return fixed is not None and fixed.of == thing.iri


def _relations(days: Sequence[date], day: date | None = None) -> dict[date, str]:
    """The relations to the mementos worth a link, seen from that of ``day``, by their days."""
    places: dict[str, int] = {"first": 0, "last": len(days) - 1} if days else {}
    if day is not None:
        here = days.index(day)
        places |= {"prev": here - 1, "": here, "next": here + 1}
    relations: dict[date, str] = {}
    for place in sorted({place for place in places.values() if 0 <= place < len(days)}):
        names = [name for name, at in places.items() if name and at == place]
        relations[days[place]] = " ".join([*names, "memento"])
    return relations


def _link(address: str, rel: str, **attributes: str) -> str:
    named = {"rel": rel, **attributes}
    return f"<{address}>" + "".join(f'; {name}="{value}"' for name, value in named.items())


def _iso(day: date) -> str:
    return start_of(day).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
