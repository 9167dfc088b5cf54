"""Who asks: the name under which a client's questions are counted and bounded.

It is the address of the connection's other end, or what a trusted proxy says it is (see
``KG_TRUSTED_PROXIES``: the server puts that in ``scope``). An IPv6 client is its network of 64
bits, since whoever has one such address has them all (RFC 6177).
"""

import ipaddress
from contextvars import ContextVar
from functools import lru_cache

from starlette.types import Scope

__all__ = ["asking_client", "client_of"]

asking_client: ContextVar[str] = ContextVar("asking_client", default="")
"""The client of the request being answered: what its pages ask is asked in its name."""


def client_of(scope: Scope) -> str:
    """The client of a request: an IPv4 address, or an IPv6 network such as ``2001:db8::/64``.

    Empty for a connection that has no address, such as one over a Unix socket.
    """
    peer = scope.get("client")
    return _name(peer[0]) if peer else ""


@lru_cache(maxsize=4096)
def _name(host: str) -> str:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
