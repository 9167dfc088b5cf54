"""Whether the service is up, and what it has loaded: ``/health``."""

from dataclasses import asdict
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from kg.iris import local_name
from kg.web.service import Service

__all__ = ["add_health", "describe_health"]

_FRESH = {"Cache-Control": "no-store"}


def add_health(app: FastAPI, service: Service) -> None:
    """Give ``app`` the addresses ``/health``, ``/health/live`` and ``/health/ready``."""

    @app.get("/health", summary="Whether the service is up, and what it has loaded")
    @app.head("/health", include_in_schema=False)
    async def health() -> JSONResponse:
        """Live, ready, the release, its states, the quads loaded, workers; 503 while not ready."""
        return JSONResponse(describe_health(service), _status(service), _FRESH)

    @app.get("/health/live", summary="Whether the process answers")
    @app.head("/health/live", include_in_schema=False)
    async def live() -> JSONResponse:
        """200 as long as the server answers at all: what a supervisor restarts it by."""
        return JSONResponse({"live": True}, headers=_FRESH)

    @app.get("/health/ready", summary="Whether questions are answered")
    @app.head("/health/ready", include_in_schema=False)
    async def ready() -> JSONResponse:
        """200 where questions are answered, else 503: what a load balancer sends by."""
        return JSONResponse({"ready": service.ready}, _status(service), _FRESH)


def describe_health(service: Service) -> dict[str, Any]:
    """The members of ``/health``; times are in UTC as RFC 3339 writes them."""
    loaded = service.pool.loaded
    figures = asdict(service.pool.figures())
    return {
        "live": True,
        "ready": service.ready,
        "version": service.version,
        "release": loaded.release,
        "loaded": loaded.at.isoformat(timespec="seconds"),
        "quads": loaded.quads,
        "workers": {
            "all": figures["workers"],
            "busy": figures["busy"],
            "setAside": figures["set_aside"],
            "waiting": figures["waiting"],
        },
        "network": figures["network"],
        "states": [
            {
                "iri": state.iri,
                "from": state.valid_from.isoformat(),
                "until": state.valid_until.isoformat() if state.valid_until else None,
                "evidence": local_name(state.evidence),
            }
            for state in loaded.states
        ],
    }


def _status(service: Service) -> int:
    return 200 if service.ready else 503
