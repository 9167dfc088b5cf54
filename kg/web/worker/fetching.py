"""A question put to another endpoint: its answer whole, or why there is none.

SPARQL 1.1 Protocol, 2.1.2: a POST with URL-encoded parameters, since not every server ends a POST
whose body is the query itself (Virtuoso 7 doesn't). Redirects aren't followed, for they might lead
anywhere; proxies that the environment names aren't used.
"""

import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import quote, urlencode, urlsplit

from kg.asking.errors import RemoteFailed, RemoteTooLarge, RemoteTooLate
from kg.asking.solutions import SOLUTION_TYPES, check_solutions

__all__ = ["fetch_solutions"]

_HEADERS = {
    "Accept": "application/sparql-results+json, application/sparql-results+xml;q=0.9",
    "Accept-Encoding": "identity",
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "Zhospar (SPARQL 1.1 Federated Query)",
}
_AS_IT_STANDS = "%/?:@!$&'()*+,;=~[]"
_EXCERPT = 200


def fetch_solutions(endpoint: str, query: str, most: int, ends_at: float) -> tuple[str, bytes]:
    """The media type and the bytes of an endpoint's answer to ``query``, which is whole.

    Raises ``RemoteTooLarge`` beyond ``most`` bytes, ``RemoteTooLate`` where it isn't there at
    ``ends_at`` (on the monotonic clock), and ``RemoteFailed`` for all else.
    """
    address = urlsplit(endpoint)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    target = quote(address._replace(scheme="", netloc="", fragment="").geturl(), _AS_IT_STANDS)
    connection = kind(str(address.hostname), address.port, timeout=_left(endpoint, ends_at))
    try:
        connection.request("POST", target or "/", urlencode({"query": query}), _HEADERS)
        response = connection.getresponse()
        media_type = _check_head(endpoint, response)
        content = _read(endpoint, response, connection, most, ends_at)
        check_solutions(content, media_type)
    except TimeoutError:
        raise _too_late(endpoint) from None
    except ssl.SSLError as error:
        raise RemoteFailed(endpoint, f"TLS failed ({error.reason or error})") from None
    except OSError as error:
        raise RemoteFailed(endpoint, f"the connection failed ({_tell(error)})") from None
    except HTTPException as error:
        raise RemoteFailed(endpoint, f"its answer isn't whole HTTP ({_tell(error)})") from None
    except ValueError as error:
        raise RemoteFailed(endpoint, f"its answer is of no use: {error}") from None
    finally:
        connection.close()
    return media_type, content


def _check_head(endpoint: str, response: HTTPResponse) -> str:
    """The media type of an answer that is to be read on; raises ``RemoteFailed`` for others."""
    if 300 <= response.status < 400:
        there = response.headers.get("Location", "nowhere")
        raise RemoteFailed(endpoint, f"it sends on to {there}, and redirects aren't followed")
    if response.status != 200:
        said = " ".join(response.read(_EXCERPT).decode("utf-8", "replace").split())
        status = f"{response.status} {response.reason}".strip()
        raise RemoteFailed(endpoint, f"it answered {status}{said and f': {said}'}")
    media_type = response.headers.get_content_type()
    if media_type not in SOLUTION_TYPES:
        raise RemoteFailed(endpoint, f"its answer is {media_type}, and no SPARQL results")
    return media_type


def _read(
    endpoint: str, response: HTTPResponse, connection: HTTPConnection, most: int, ends_at: float
) -> bytes:
    """The body of a response; in steps, so that one that comes drop by drop ends in time too."""
    content = bytearray()
    declared = response.length
    while part := response.read1(1 << 16):
        content += part
        if len(content) > most:
            raise RemoteTooLarge(
                endpoint,
                f"it is larger than the {most >> 20} MB that are taken (KG_SERVICE_MAX_MB). "
                "Ask it for less, by VALUES, FILTER or a subquery inside SERVICE",
            )
        left = _left(endpoint, ends_at)
        if connection.sock:
            connection.sock.settimeout(left)
    if declared is not None and len(content) < declared:
        raise HTTPException(f"{len(content)} bytes of {declared} came")
    return bytes(content)


def _left(endpoint: str, ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise _too_late(endpoint)
    return left


def _too_late(endpoint: str) -> RemoteTooLate:
    return RemoteTooLate(endpoint, "it took too long")


def _tell(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
