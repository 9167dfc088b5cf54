"""What the environment says of how to serve; every setting has a default that works.

``docs/settings.md`` lists them.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from kg.web.environment import InvalidSetting, Reader

__all__ = [
    "ROOT",
    "InvalidSetting",
    "Settings",
    "pack",
    "read_settings",
    "settings_of",
    "unpack",
]

ROOT = Path(__file__).parents[2]
"""The project's folder."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve. Sizes are in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8000
    build: Path = Path("build")
    queries: Path = ROOT / "queries"
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks whose ``X-Forwarded-For`` says who asks."""

    workers: int = 2
    """Processes of the quick lane."""
    slice: float = 0.1
    """After how long a question is set aside; after how much of a processor, behind others too."""
    set_aside: int = 4
    """How many questions may be set aside at once; each has a worker of its own."""
    client_set_aside: int = 2
    """The same for one client."""
    waiting: int = 256
    """How many questions may wait for a worker before others are sent away."""
    client_waiting: int = 64
    """The same for one client."""
    wait: float = 30.0
    """How long a question may wait for its turn."""

    deadline: float = 30.0
    """How long a question may be worked on."""
    worker_memory: int = 1024 << 20
    """Memory of a worker beyond what it shares with the others, which is the graph."""
    result_limit: int = 256 << 20
    result_rows: int = 1_000_000
    """The most solutions, or triples of a graph, in an answer."""
    request_limit: int = 1 << 20
    """The longest body or address taken."""
    query_limit: int = 256 << 10
    """The longest query taken, in bytes of UTF-8."""
    query_depth: int = 100
    """Brackets within brackets, and signs before signs."""
    connections: int = 1000
    """How many connections there may be; idle ones make room for more."""
    patience: float = 30.0
    """How long a client may take to send its request, or to take a part of its answer."""
    held: int = 1 << 20
    """How much of an answer is held back before its status line goes out."""
    cache: int = 128 << 20
    """Room for answers that are kept; none where it is 0."""
    stop: float = 10.0
    """How long running requests may take to finish once the server is told to stop."""
    log: str = "auto"
    """Lines for requests: ``json``, ``text``, ``off``; ``auto`` is text for a terminal, else JSON.
    """
    log_queries: bool = False
    log_clients: str = "network"
    """How much of a client's address is logged: ``network``, ``address`` or ``none``."""

    services: frozenset[str] = field(default_factory=frozenset)
    """The endpoints (IRIs) that ``SERVICE`` may name."""
    service_limit: int = 64 << 20
    """The largest answer taken from one of them."""
    federation: int = 2
    """How many questions may ask other endpoints at once; each has a worker of its own."""
    client_federation: int = 1
    """The same for one client."""
    network_namespace: str = "auto"
    """Whether workers leave the network: ``auto`` where the kernel lets them, ``required``,
    ``never``."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in ``environment``; raises ``InvalidSetting``."""
    return settings_of(Reader(environment))


def settings_of(read: Reader) -> Settings:
    """The settings that ``read`` finds; it keeps the name and default of each."""
    return Settings(
        host=read.text("HOST", "127.0.0.1"),
        port=read.whole("PORT", 8000, least=0, most=65535),
        build=Path(read.text("KG_BUILD", "build")),
        trusted_proxies=read.networks("KG_TRUSTED_PROXIES"),
        workers=read.whole("KG_WORKERS", _cores(), least=1, most=256),
        slice=read.seconds("KG_SLICE_S", 0.1),
        set_aside=read.whole("KG_SET_ASIDE", 4, least=1, most=256),
        client_set_aside=read.whole("KG_CLIENT_SET_ASIDE", 2, least=1, most=256),
        waiting=read.whole("KG_WAITING", 256, least=0, most=100_000),
        client_waiting=read.whole("KG_CLIENT_WAITING", 64, least=0, most=100_000),
        wait=read.seconds("KG_WAIT_S", 30.0),
        deadline=read.seconds("KG_QUERY_DEADLINE_S", 30.0),
        worker_memory=read.size("KG_WORKER_MEMORY_MB", 1024, least=64, most=1 << 20),
        result_limit=read.size("KG_RESULT_MAX_MB", 256, least=1, most=1 << 20),
        result_rows=read.whole("KG_RESULT_MAX_ROWS", 1_000_000, least=1, most=10**12),
        request_limit=read.size("KG_REQUEST_MAX_KB", 1024, least=1, most=1 << 20),
        query_limit=read.size("KG_QUERY_MAX_KB", 256, least=1, most=1 << 20),
        query_depth=read.whole("KG_QUERY_MAX_DEPTH", 100, least=1, most=500),
        connections=read.whole("KG_CONNECTIONS", 1000, least=1, most=1 << 20),
        patience=read.seconds("KG_CLIENT_PATIENCE_S", 30.0),
        held=read.size("KG_HELD_KB", 1024, least=1, most=1 << 20),
        cache=read.size("KG_CACHE_MB", 128, least=0, most=1 << 20),
        services=read.addresses("KG_SERVICE_ALLOW"),
        service_limit=read.size("KG_SERVICE_MAX_MB", 64, least=1, most=1 << 20),
        federation=read.whole("KG_FEDERATION", 2, least=1, most=256),
        client_federation=read.whole("KG_CLIENT_FEDERATION", 1, least=1, most=256),
        network_namespace=read.one_of(
            "KG_NETWORK_NAMESPACE", "auto", "required", "never", default="auto"
        ),
        stop=read.seconds("KG_STOP_S", 10.0),
        log=read.one_of("KG_LOG", "auto", "json", "text", "off", default="auto"),
        log_queries=read.one_of("KG_LOG_QUERIES", "0", "1", default="0") == "1",
        log_clients=read.one_of("KG_LOG_CLIENTS", "network", "address", "none", default="network"),
    )


def pack(settings: Settings) -> str:
    """Settings as a text that ``unpack`` reads: a process's argument."""
    return json.dumps(asdict(settings), default=_plain)


def unpack(text: str) -> Settings:
    """The settings that ``pack`` wrote."""
    kept = json.loads(text)
    kinds = {f.name: f.type for f in fields(Settings)}
    for name, kind in kinds.items():
        if kind is Path:
            kept[name] = Path(kept[name])
    kept["trusted_proxies"] = tuple(kept["trusted_proxies"])
    kept["services"] = frozenset(kept["services"])
    return Settings(**kept)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 2
