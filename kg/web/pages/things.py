"""What an address stands for: the thing's IRI, the format its suffix names, and who speaks of it.

An address with a day in it, that of a state (its graphs, its language versions, its effect date) or
of a provision's version (its cells), is fixed: it says the same on all days, and is itself, or a
part of, what another thing was from then on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from kg.asking.asof import State
from kg.asking.formats import GRAPH_FORMATS
from kg.iris import parse_provision, provision_iri
from kg.namespaces import BASE
from kg.web.problems import Problem, Sentence
from kg.web.protocol.negotiate import HTML
from kg.web.protocol.operation import View
from kg.web.service import Service

__all__ = ["SUFFIXED", "Fixed", "Thing", "find_thing", "read_fixed", "resource_iri", "split_suffix"]

SUFFIXED = {f.suffix: f for f in GRAPH_FORMATS if not f.keeps_graphs}
"""The formats that a thing can be had in besides a page, by suffix."""

_PART_OF_STATE = re.compile("graph|possible|effect-date|[a-z]{3}")
"""What of a state is as fixed as it is: its graphs, its effect date, and its language versions
(ISO 639-3)."""

_PART_OF_VERSION = re.compile(r"(responsibility|output)-\d+|deadline|funding")
"""What of a version is as fixed as it is: its cells."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What an address with a day in it is of: the undated thing (an IRI), and the day."""

    of: str
    day: date


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing there is, and the states in which it stands, or only may stand.

    ``suffix`` is that of the address, without its dot, or empty.
    """

    iri: str
    suffix: str = ""
    stands: tuple[State, ...] = ()
    may: tuple[State, ...] = ()

    @property
    def name(self) -> str:
        """The IRI with the suffix that was asked for."""
        return f"{self.iri}.{self.suffix}" if self.suffix else self.iri

    @property
    def wanted(self) -> str:
        """What the suffix asks for, as an ``Accept`` header; empty where there is none."""
        if self.suffix == "html":
            return HTML
        return SUFFIXED[self.suffix].media_type if self.suffix else ""

    @property
    def fixed(self) -> Fixed | None:
        """What it is of, where its address has a day in it."""
        return read_fixed(self.iri)

    def there_in(self, states: Sequence[State], *, possible: bool) -> tuple[State, ...]:
        """Those of ``states`` that have something to say of it.

        A fixed thing, and one that stands in no state at all (an agency, a rule), is there in each:
        what is said of it belongs to no state and joins them all.
        """
        if self.fixed or not (self.stands or self.may):
            return tuple(states)
        return tuple(sorted({*self.stands, *self.may} if possible else self.stands))


def resource_iri(raw_path: bytes) -> str:
    """The IRI that a path stands for: unreserved letters decoded, ``%2F`` and its like left alone.

    >>> resource_iri(b"/eli/kz/resolution/2013/78%402014-10-27")
    'https://w3id.org/zhospar/eli/kz/resolution/2013/78@2014-10-27'
    """
    path = raw_path.decode("ascii", "replace").partition("?")[0]
    decoded = re.sub(r"%[0-9A-Fa-f]{2}", lambda m: _decode_plain(m.group()), path)
    return BASE + decoded.removeprefix("/")


def split_suffix(iri: str) -> tuple[str, str]:
    """An IRI without a suffix that names a format, and that suffix; none where it has none."""
    stem, dot, suffix = iri.rpartition(".")
    if dot and (suffix in SUFFIXED or suffix == "html") and not stem.endswith("/"):
        return stem, suffix
    return iri, ""


def read_fixed(iri: str) -> Fixed | None:
    """The thing and the day of an address like ``…/78@2014-10-27`` or ``…/paragraph-4@2014-10-27``,
    or of a part of what has one: of a cell that thing is its provision.

    >>> read_fixed(BASE + "eli/kz/resolution/2013/78@2014-10-27/graph").of.removeprefix(BASE)
    'eli/kz/resolution/2013/78'
    """
    try:
        address = parse_provision(iri)
    except ValueError:
        return None
    parts = _PART_OF_VERSION if address.path else _PART_OF_STATE
    if address.day is None or (address.part and not parts.fullmatch(address.part)):
        return None
    return Fixed(provision_iri(address.act, address.path), address.day)


async def find_thing(service: Service, name: str) -> Thing:
    """What ``name`` stands for: read without its suffix, or else with it; raises ``Problem``."""
    stem, suffix = split_suffix(name)
    readings = [(stem, suffix), (name, "")] if suffix else [(name, "")]
    for iri, chosen in readings:
        rows = await service.rows("resource-graphs", View(), resource=iri)
        graphs = {row["graph"]["value"] for row in rows}
        loaded = service.pool.loaded
        if graphs or service.triples_in(iri) is not None:
            stands = tuple(state for state in loaded.states if state.graph in graphs)
            may = tuple(state for state in loaded.states if state.possible in graphs)
            return Thing(iri, chosen, stands, may)
    raise Problem(404, Sentence("Nothing is known of %(thing)s.", thing=stem))


def _decode_plain(escape: str) -> str:
    letter = unquote(escape)
    return letter if re.fullmatch(r"[A-Za-z0-9._~@:!$&'()*+,;=-]", letter) else escape.upper()
