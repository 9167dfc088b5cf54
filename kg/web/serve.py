"""Start-up and end of the server: settings, the zygote before any thread, then the site."""

import signal
import socket
import sys
from contextlib import suppress

import uvicorn

from kg.asking.errors import UnusableBuild
from kg.web.app import create_site
from kg.web.processes import Zygote
from kg.web.settings import InvalidSetting, Settings, read_settings
from kg.web.workers import WorkerPool

__all__ = ["main"]

_TRIAL = (
    "PREFIX zh: <https://w3id.org/zhospar/ontology#> "
    "SELECT (COUNT(*) AS ?measures) WHERE { ?m a zh:Measure }"
)


def main() -> int:
    """Serve until told to stop; returns 1 for a graph, 2 for a setting, that can't be used."""
    try:
        settings = read_settings()
        listener = _listen(settings)
    except InvalidSetting as error:
        _complain(str(error))
        return 2
    zygote = Zygote(settings)
    try:
        loaded = zygote.wait_until_loaded()
    except (UnusableBuild, InvalidSetting) as error:
        zygote.process.wait()
        _complain(str(error))
        return 2 if isinstance(error, InvalidSetting) else 1
    site = create_site(WorkerPool(zygote, loaded, settings))
    config = uvicorn.Config(
        site,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        # Who asks is counted by address: it is believed of no one who wasn't named.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=5,
    )
    # Once it has stopped, uvicorn raises the signal anew: stopping when told to is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        _Server(config, _welcome(settings, listener)).run(sockets=[listener])
    return 0


class _Server(uvicorn.Server):
    """Says where to look once it listens."""

    def __init__(self, config: uvicorn.Config, welcome: str) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(self._welcome)
            sys.stdout.flush()


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
