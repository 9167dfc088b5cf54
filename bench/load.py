"""Requests a second: a load generator that keeps some connections busy for some seconds."""

import asyncio
import re
import shutil
import subprocess
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

__all__ = ["Generator", "Load", "LoadFailed", "choose_generator"]

_RATE = re.compile(r"^Requests/sec:\s+(?P<rate>[\d.]+)$", re.MULTILINE)
_TROUBLE = re.compile(r"^\s*(?:Non-2xx or 3xx responses|Socket errors):.*$", re.MULTILINE)


class LoadFailed(Exception):
    """A server answered with errors, or not at all: its rate would say nothing."""


@dataclass(frozen=True, slots=True)
class Load:
    """How a server is loaded: by how many connections at a time, for how many seconds."""

    connections: int
    seconds: int


Generator = Callable[[str, str], float]
"""From an address and the media type to accept to requests a second; raises ``LoadFailed``."""


def choose_generator(load: Load) -> tuple[str, Generator]:
    """The generator of ``load``, after its name: wrk where the machine has it, else one in Python.

    The one in Python can keep up with 30,000 requests a second.
    """
    if shutil.which("wrk"):
        return "wrk", partial(_load_with_wrk, load)
    return "python", partial(_load_with_python, load)


def _load_with_wrk(load: Load, address: str, media_type: str) -> float:
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{load.seconds}s"]
    done = subprocess.run(
        [*command, "-H", f"Accept: {media_type}", address],
        check=False,
        capture_output=True,
        text=True,
    )
    trouble, rate = _TROUBLE.findall(done.stdout), _RATE.search(done.stdout)
    if trouble or rate is None:
        said = trouble or [done.stdout, done.stderr]
        raise LoadFailed("; ".join(line.strip() for line in said if line))
    return float(rate["rate"])


def _load_with_python(load: Load, address: str, media_type: str) -> float:
    return asyncio.run(_keep_busy(load, address, media_type))


async def _keep_busy(load: Load, address: str, media_type: str) -> float:
    parts = urllib.parse.urlsplit(address)
    lines = (
        f"GET {parts.path}?{parts.query} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Accept: {media_type}",
        "\r\n",
    )
    request = "\r\n".join(lines).encode("ascii")
    started = time.perf_counter()
    connections = [
        _ask_repeatedly(parts.hostname or "", parts.port or 80, request, started + load.seconds)
        for _ in range(load.connections)
    ]
    try:
        answered = sum(await asyncio.gather(*connections))
    except (OSError, EOFError) as error:
        raise LoadFailed(f"the server broke a connection: {error}") from error
    return answered / (time.perf_counter() - started)


async def _ask_repeatedly(host: str, port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    answered = 0
    try:
        while time.perf_counter() < until:
            writer.write(request)
            await _read_response(reader)
            answered += 1
    finally:
        writer.close()
    return answered


async def _read_response(reader: asyncio.StreamReader) -> None:
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    if not status.startswith("HTTP/1.1 2"):
        raise LoadFailed(f"a response began {status!r}")
    fields = dict(line.lower().split(":", 1) for line in lines if line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
        return
    # Chunked (RFC 9112, 7.1): a length in hexadecimal before each chunk, and 0 before none.
    while length := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        await reader.readexactly(length + 2)
    await reader.readuntil(b"\r\n")
