"""What is being served, as the process that loaded it tells it to the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kg.asking.asof import State
from kg.dumps import Dump

__all__ = ["Loaded", "read_loaded"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is being served: release, states by day, triples in each named graph, quads in all.

    ``network`` says whether the kernel keeps workers from the network, ``at`` when it was loaded.
    ``fingerprint`` tells it from all else that might be served; ``dumps`` are the files that its
    catalogue describes.
    """

    release: str
    states: tuple[State, ...]
    graphs: dict[str, int]
    quads: int
    fingerprint: str = ""
    network: str = ""
    dumps: tuple[Dump, ...] = ()
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def read_loaded(message: Mapping[str, Any]) -> Loaded:
    """What the zygote's first message says (see ``kg.web.pool.zygote``)."""
    return Loaded(
        release=message["release"],
        states=tuple(_read_state(state) for state in message["states"]),
        graphs=message["graphs"],
        quads=message["quads"],
        fingerprint=message["fingerprint"],
        network=message["network"],
        dumps=tuple(Dump(*described) for described in message["dumps"]),
    )


def _read_state(message: Mapping[str, Any]) -> State:
    until, latest = message["until"], message["latest"]
    return State(
        valid_from=date.fromisoformat(message["from"]),
        valid_until=date.fromisoformat(until) if until else None,
        iri=message["iri"],
        graph=message["graph"],
        possible=message["possible"],
        evidence=message["evidence"],
        latest=date.fromisoformat(latest) if latest else None,
    )
