"""The calls that a question makes to other endpoints, made in the engine's stead.

SPARQL 1.1 Federated Query. The engine is given an address of this process for each call, and gets
there a whole answer or an error. For its own client takes an answer in XML that breaks off for
whole, fills the memory where a connection breaks, and posts in a way that some never answer;
and within EXISTS the engine asks anew for each row, and takes an error for no match. Here each call
is made once for a question, and what failed is known at its end, unless the query says SILENT.
"""

import secrets
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kg.asking.endpoints import Call
from kg.asking.errors import RemoteFailed, RemoteTooLarge, RemoteTooLate
from kg.web.settings import Settings
from kg.web.worker.fetching import fetch_solutions

__all__ = ["Relay"]

_Fetched = tuple[str, bytes] | None


class Relay:
    """What the engine asks in the stead of the endpoints of ``calls``, while this process lives.

    ``addresses`` are those it is to ask, one for each call. ``failure`` is why the answer can't be
    given, as soon as a call has failed that may not.
    """

    def __init__(self, calls: Sequence[Call], settings: Settings) -> None:
        self.failure: RemoteFailed | None = None
        self._calls = calls
        self._settings = settings
        # The server ends this process at the deadline: what took too long is to be told before.
        self._ends_at = time.monotonic() + settings.deadline - min(0.5, settings.deadline / 5)
        self._fetched: dict[tuple[int, str], _Fetched] = {}
        self._lock = threading.Lock()
        key = secrets.token_urlsafe()  # others on this machine are not to ask through here
        self._paths = {f"/{key}/{number}": number for number in range(len(calls))}
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addresses = [f"http://127.0.0.1:{server.server_port}{path}" for path in self._paths]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Answer the engine, which posts the query itself."""
                query = self.rfile.read(int(self.headers["Content-Length"])).decode()
                number = relay._paths.get(self.path)
                fetched = None if number is None else relay._fetch_once(number, query)
                media_type, content = fetched or ("text/plain", b"")
                self.send_response(200 if fetched else 502)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _fetch_once(self, number: int, query: str) -> _Fetched:
        with self._lock:
            if (number, query) not in self._fetched:
                self._fetched[number, query] = self._fetch(self._calls[number], query)
            return self._fetched[number, query]

    def _fetch(self, call: Call, query: str) -> _Fetched:
        settings = self._settings
        try:
            return fetch_solutions(call.endpoint, query, settings.service_limit, self._ends_at)
        except RemoteTooLate:
            failure: RemoteFailed = RemoteTooLate(
                call.endpoint,
                "it took nearly all of the "
                f"{settings.deadline:g} s a query may take (KG_QUERY_DEADLINE_S)",
            )
        except RemoteFailed as error:
            failure = error
        except MemoryError:
            failure = RemoteTooLarge(call.endpoint, "it is larger than this server's memory allows")
        if not call.silent:
            self.failure = self.failure or failure
        return None
