"""The line that is said of each request, without what its user asked unless that is wanted."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache

from starlette.types import Scope

from kg.web.clients import client_of
from kg.web.operating.logs import Log, clock, printable, quote
from kg.web.operating.seen import Seen

__all__ = ["access_lines", "network_of"]

_LONGEST_PATH = 512
_LONGEST_QUERY = 10_000


def access_lines(
    log: Log, *, text: bool, clients: str, queries: bool
) -> Callable[[Scope, Seen, float], None]:
    """What is called after each request, and adds its line to ``log``.

    ``clients`` says how much of a client's address is told: its ``network``, the ``address``, or
    ``none``. The query is told only with ``queries``, the query string of an address never.
    """
    names: dict[str, Callable[[str], str]]
    names = {"network": network_of, "address": str, "none": lambda _: ""}
    name_client = names[clients]
    phrase = _as_text if text else _as_json

    def tell(scope: Scope, seen: Seen, seconds: float) -> None:
        path = (scope.get("raw_path") or scope["path"].encode())[:_LONGEST_PATH].decode("latin-1")
        query = seen.query[:_LONGEST_QUERY] if queries else ""
        log.add(phrase(scope["method"], path, name_client(client_of(scope)), seen, seconds, query))

    return tell


def _as_json(method: str, path: str, client: str, seen: Seen, seconds: float, query: str) -> str:
    """The line as a JSON object; written out, since ``json.dumps`` takes three times as long."""
    asked = f',"query":{quote(query)}' if query else ""
    return (
        f'{{"time":"{clock()}","level":"info","event":"request","request":"{seen.id}",'
        f'"client":{_text(client)},"method":{quote(method)},"path":{quote(path)},'
        f'"kind":"{seen.kind}","status":{seen.status or "null"},"bytes":{seen.size},'
        f'"ms":{seconds * 1000:.3f},"state":{_text(seen.state)},"cache":{_text(seen.cache)},'
        f'"cause":{_text(seen.cause)}{asked}}}'
    )


def _as_text(method: str, path: str, client: str, seen: Seen, seconds: float, query: str) -> str:
    words = [
        *(clock(), client or "-", printable(method), printable(path), str(seen.status or "-")),
        *(f"{seen.size} B", f"{seconds * 1000:.1f} ms", f"[{seen.id}]", seen.state, seen.cache),
        *(printable(seen.cause), printable(query)),
    ]
    return " ".join(word for word in words if word)


def _text(value: str) -> str:
    return quote(value) if value else "null"


@lru_cache(maxsize=4096)
def network_of(client: str) -> str:
    """The network of an address, ``192.0.2.0/24`` or ``2001:db8::/48``: a place, not a person."""
    try:
        network = ipaddress.ip_network(client, strict=False)
    except ValueError:
        return ""
    width = 24 if network.version == 4 else 48
    return str(network.supernet(new_prefix=min(width, network.prefixlen)))
