"""Start-up and end of the server: settings, the process that makes workers, then the site."""

import asyncio
import gc
import logging
import math
import resource
import signal
import socket
import sys
from types import FrameType

import uvicorn

from kg.asking.errors import UnusableBuild
from kg.web.app import create_site
from kg.web.operating.access import access_lines
from kg.web.operating.logs import Log, tell_of_everything, text_is_meant
from kg.web.operating.observe import Observed
from kg.web.operating.rest import Rest
from kg.web.pool.lanes import WorkerPool
from kg.web.pool.processes import Zygote
from kg.web.sending.connections import bounded_protocol
from kg.web.settings import InvalidSetting, Settings, read_settings

__all__ = ["main"]

_LOG = logging.getLogger(__name__)
_PARTING_S = 1.0
"""How long the last answers may take to be taken from the server, once it has ended them."""
_COLLECTIONS = (2_000, 10, 50)
"""How many new objects call for a look at the youngest, and so on (see ``gc.set_threshold``)."""
_DESCRIPTORS = 100
"""File descriptors that are kept for the server itself."""

_TRIAL = (
    "PREFIX zh: <https://w3id.org/zhospar/ontology#> "
    "SELECT (COUNT(*) AS ?measures) WHERE { ?m a zh:Measure }"
)


def main() -> int:
    """Serve until told to stop; returns 1 for a graph, 2 for a setting, that can't be used."""
    # Before the site is up; stopping when told to is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        settings = read_settings()
        listener = _listen(settings)
    except InvalidSetting as error:
        _complain(str(error))
        return 2
    log = Log(sys.stderr.fileno())
    try:
        tell_of_everything(log, text=text_is_meant(settings.log))
        return _serve(settings, listener, log)
    except KeyboardInterrupt:
        return 0
    finally:
        log.close()


def _serve(settings: Settings, listener: socket.socket, log: Log) -> int:
    zygote = Zygote(settings)
    try:
        loaded = zygote.wait_until_loaded()
    except (UnusableBuild, InvalidSetting) as error:
        zygote.process.wait()
        _complain(str(error))
        return 2 if isinstance(error, InvalidSetting) else 1
    pool = WorkerPool(zygote, loaded, settings)
    site = create_site(pool)
    _tell(site, settings, log)
    config = uvicorn.Config(
        site,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=bounded_protocol(_connections(settings), settings.patience),
        lifespan="on",
        ws="none",
        # Who asks is counted by address: it is believed of no one who wasn't named.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=math.ceil(settings.stop + _PARTING_S) + 1,  # the last resort
    )
    try:
        _Server(config, site, settings.stop, _welcome(settings, listener)).run(sockets=[listener])
    finally:
        pool.end_now()
        _LOG.info("Stopped.")
    return 0


def _tell(site: Observed, settings: Settings, log: Log) -> None:
    """Have the site's requests and its lost lines told of, as the settings want it."""
    site.service.lines_lost = lambda: log.lost
    if settings.log == "off":
        return
    logging.getLogger("kg.web").setLevel(logging.INFO)
    site.tell = access_lines(
        log,
        text=text_is_meant(settings.log),
        clients=settings.log_clients,
        queries=settings.log_queries,
    )


def _connections(settings: Settings) -> int:
    """How many connections there may be: as set, or fewer where descriptors don't suffice."""
    workers = settings.workers + settings.set_aside + settings.federation
    others = _DESCRIPTORS + 8 * workers
    wanted = settings.connections + others
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY in (allowed, most) or allowed >= wanted:
        return settings.connections
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))
    return max(1, min(wanted, most) - others)


class _Server(uvicorn.Server):
    """Says where to look once it listens; stops in ``stop`` seconds, or at a second signal."""

    def __init__(self, config: uvicorn.Config, site: Observed, stop: float, welcome: str) -> None:
        super().__init__(config)
        self._site = site
        self._stop = stop
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        # Answers that are kept are no garbage: to look through them all stops the server for tens
        # of milliseconds. What a request leaves behind is found while it is young.
        gc.freeze()
        gc.set_threshold(*_COLLECTIONS)
        Rest(self._site.running).start()
        if self.started:
            sys.stdout.write(self._welcome)
            sys.stdout.flush()
            _LOG.info("Serving release %s.", self._site.service.release)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # uvicorn's own way out at a second signal would leave workers and connections as they are.
        if self.should_exit:
            self._loop.call_soon_threadsafe(self._end, 0.1)
        self.should_exit = True
        self._site.stop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        _LOG.info("Told to stop: requests that run have %g seconds to finish.", self._stop)
        self._loop.call_later(self._stop, self._end, _PARTING_S)
        await super().shutdown(sockets)
        self._abort()
        await asyncio.sleep(0)  # the loop lets go of the connections in its next round

    def _end(self, parting: float) -> None:
        """End the requests that run, and what is left of their connections ``parting`` s later."""
        self._site.end_all()
        self._loop.call_later(parting, self._abort)

    def _abort(self) -> None:
        """Break the connections whose other end takes nothing."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def _listen(settings: Settings) -> socket.socket:
    """A socket at ``HOST`` and ``PORT``, 0 being the kernel's choice; raises ``InvalidSetting``."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise InvalidSetting(
            f"Nothing can listen at HOST {settings.host}, PORT {settings.port}: {reason}."
        ) from None
    return listener


def _welcome(settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    host = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
    address = f"http://{host}:{listener.getsockname()[1]}"
    return (
        f"Zhospar is at {address}/\n"
        "Try:\n"
        f"  curl -G {address}/at/2013-06-01/sparql -H 'Accept: text/csv' "
        f"--data-urlencode 'query={_TRIAL}'\n"
    )


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
