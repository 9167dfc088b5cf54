"""The network taken from workers by the kernel; where it refuses, two other bars stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.web.pool.network import try_to_leave_network
from tests.needs import need
from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import ROOT, Server, serve

OURS = Path("/proc/self/ns/net")
REFUSING = [
    *("unshare", "--user", "--map-root-user", "sh", "-c"),
    'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"',
    "sh",
]
"""Runs a command where the kernel gives no process another network namespace."""


def test_worker_has_a_network_of_its_own_with_nothing_in_it(build: Path) -> None:
    need(OURS.exists() and not try_to_leave_network(), "network namespaces for everyone")
    with serve(build, KG_NETWORK_NAMESPACE="required") as running:
        for worker in running.children()["workers"]:
            assert Path(f"/proc/{worker}/ns/net").readlink() != OURS.readlink()
            devices = Path(f"/proc/{worker}/net/dev").read_text().splitlines()[2:]
            assert [line.split(":")[0].strip() for line in devices] == ["lo"]
        assert "taken away" in running.client.get("/health").json()["network"]


def test_without_a_namespace_the_other_bars_stand(build: Path) -> None:
    with serve(build, KG_NETWORK_NAMESPACE="never") as running:
        for worker in running.children()["workers"]:
            assert Path(f"/proc/{worker}/ns/net").readlink() == OURS.readlink()
        _check_other_bars(running)
        assert "KG_NETWORK_NAMESPACE" in running.client.get("/health").json()["network"]


def test_kernel_that_refuses_is_told_of(build: Path) -> None:
    _need_refusal()
    with serve(build, command=REFUSING) as running:
        _check_other_bars(running)
        assert "the kernel refuses" in running.client.get("/health").json()["network"]


def test_kernel_that_refuses_what_is_required_ends_the_start(build: Path) -> None:
    _need_refusal()
    done = subprocess.run(
        [*REFUSING, sys.executable, "server.py"],
        cwd=ROOT,
        env={
            **os.environ,
            "PORT": "0",
            "KG_BUILD": str(build),
            "KG_NETWORK_NAMESPACE": "required",
        },
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "KG_NETWORK_NAMESPACE" in done.stderr
    assert "Traceback" not in done.stderr


def _need_refusal() -> None:
    need(shutil.which("unshare"), "unshare")
    tried = subprocess.run([*REFUSING, "true"], capture_output=True, check=False)
    need(tried.returncode == 0, "user namespaces")


def _check_other_bars(running: Server) -> None:
    for worker in running.children()["workers"]:
        limits = Path(f"/proc/{worker}/limits").read_text()
        assert re.search(r"Max open files +0 +0 ", limits)
    assert running.ask("SELECT * { SERVICE <http://127.0.0.1:1024/> {} }").status_code == 400
    assert running.answers(MEASURES) == "n 2"


@pytest.mark.parametrize("value", ["yes", "AUTO", "0"])
def test_setting_is_one_of_three(value: str) -> None:
    done = subprocess.run(
        [sys.executable, "server.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": "0", "KG_NETWORK_NAMESPACE": value},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert "auto, required, never" in done.stderr
