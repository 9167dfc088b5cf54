"""What the environment says of how to serve; every setting has a default that works."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOT", "InvalidSetting", "Settings", "read_settings"]

ROOT = Path(__file__).parents[2]
"""The project's folder."""


class InvalidSetting(ValueError):
    """A setting that can't be used; ``str()`` says which, and what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve. Sizes are in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    deadline: float = 30.0
    worker_memory: int = 1024 << 20
    result_limit: int = 256 << 20
    build: Path = Path("build")
    queries: Path = ROOT / "queries"
    waiting: int = 64
    """How many questions may wait for a worker before others are sent away."""
    request_limit: int = 1 << 20
    """The longest body or query taken."""
    held: int = 1 << 20
    """How much of an answer is held back before its status line goes out."""
    stop: float = 10.0
    """How long running requests may take to finish once the server is told to stop."""
    log: str = ""
    """Lines for requests: ``json``, ``text``, ``off``; empty is text for a terminal, else JSON."""
    log_queries: bool = False
    log_clients: str = "network"
    """How much of a client's address is logged: ``network``, ``address`` or ``none``."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in ``environment``; raises ``InvalidSetting``."""
    read = _Reader(environment)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Settings(
        host=environment.get("HOST") or "127.0.0.1",
        port=read.whole("PORT", 8000, least=0, most=65535),
        workers=read.whole("KG_WORKERS", cores or 2, least=1, most=256),
        deadline=read.seconds("KG_QUERY_DEADLINE_S", 30.0),
        worker_memory=read.whole("KG_WORKER_MEMORY_MB", 1024, least=64, most=1 << 20) << 20,
        result_limit=read.whole("KG_RESULT_MAX_MB", 256, least=1, most=1 << 20) << 20,
        build=Path(environment.get("KG_BUILD") or "build"),
        stop=read.seconds("KG_STOP_S", 10.0),
        log=read.one_of("KG_LOG", "json", "text", "off", default=""),
        log_queries=read.one_of("KG_LOG_QUERIES", "0", "1", default="0") == "1",
        log_clients=read.one_of("KG_LOG_CLIENTS", "network", "address", "none", default="network"),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    environment: Mapping[str, str]

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise InvalidSetting(
                f"{name} must be a whole number from {least} to {most}, not '{text}'."
            )
        return int(text)

    def one_of(self, name: str, *words: str, default: str) -> str:
        """One of the words that can be said."""
        word = self.environment.get(name, "").strip() or default
        if word not in (*words, default):
            raise InvalidSetting(f"{name} must be one of {', '.join(words)}, not '{word}'.")
        return word

    def seconds(self, name: str, default: float) -> float:
        """A number of seconds, more than none and at most a day."""
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0.0 < value <= 86400.0:
            raise InvalidSetting(f"{name} must be a number of seconds above 0, not '{text}'.")
        return value
