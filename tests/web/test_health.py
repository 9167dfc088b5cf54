"""Health: what a supervisor, a load balancer and people are told."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.serving import ENDLESS, Server, at_work, serve, wait_for


def test_what_is_loaded(server: Server) -> None:
    found = server.client.get("/health").json()
    assert set(found) == {
        *("live", "ready", "version", "release", "loaded", "quads", "workers", "network", "states")
    }
    assert found["ready"] is True
    assert found["release"] == server.client.get("/health").headers["X-Zhospar-Release"]
    assert found["quads"] > 0
    assert [state["from"] for state in found["states"]] == [
        "2013-01-31",
        "2014-10-27",
        "2014-12-30",
    ]
    assert set(found["workers"]) == {"all", "busy", "setAside", "waiting"}
    assert found["network"]


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_answers_that_nobody_may_keep(server: Server, path: str) -> None:
    response = server.client.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    head = server.client.head(path)
    assert (head.status_code, head.content) == (200, b"")


def test_answers_while_all_workers_are_at_work(build: Path) -> None:
    with serve(build, KG_WORKERS="1", KG_SET_ASIDE="1", KG_STOP_S="0.1") as running:
        asker = threading.Thread(target=lambda: running.ask(ENDLESS))
        asker.start()
        wait_for(lambda: at_work(running) == 1)
        assert running.client.get("/health/ready").status_code == 200
        assert running.client.get("/metrics").status_code == 200
        running.process.terminate()
        asker.join(timeout=10)


def test_not_ready_but_live_without_what_makes_workers(build: Path, tmp_path: Path) -> None:
    """The zygote is killed, and its graph is gone: it can't come back."""
    folder = tmp_path / "build"
    folder.mkdir()
    for file in build.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    with serve(folder) as running:
        (folder / "kg.nq").unlink()
        (zygote,) = running.children()["zygote"]
        os.kill(zygote, signal.SIGKILL)
        wait_for(lambda: running.client.get("/health/ready").status_code == 503)
        assert running.client.get("/health").status_code == 503
        assert running.client.get("/health").json()["ready"] is False
        assert running.client.get("/health/live").status_code == 200
