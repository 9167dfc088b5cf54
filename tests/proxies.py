"""nginx and Caddy in front of a server, run from the very files of docs/deploy/.

Only what is a machine's own is replaced in them: ports, the certificate, and some time-outs, so
that a test needn't wait for them.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.needs import need
from tests.roots import ROOT, replace_once
from tests.serving import wait_for

DEPLOY = ROOT / "docs" / "deploy"


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs: its port, a client that trusts its certificate, and that trust."""

    name: str
    port: int
    client: httpx.Client
    trust: ssl.SSLContext


def find_program(name: str, what: str) -> str:
    """The path of a program: one that the pins installed, or the machine's; ``need``s it."""
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]
    path = shutil.which(name, path=os.pathsep.join(places))
    need(path, what)
    return str(path)


@contextmanager
def nginx(upstream: str, folder: Path) -> Iterator[Proxy]:
    """nginx with docs/deploy/nginx.conf in front of the server at ``upstream``."""
    program = find_program("nginx", "nginx")
    certificate, key = _make_certificate(folder)
    port, plain = free_ports(2)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("/etc/ssl/zhospar/fullchain.pem", str(certificate)),
        ("/etc/ssl/zhospar/privkey.pem", str(key)),
        ("server 127.0.0.1:8000;", f"server {upstream};"),
        ("client_body_timeout 10s;", "client_body_timeout 1s;"),
    ):
        site = replace_once(site, old, new)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    kept = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;\n"
        f"events {{}}\nhttp {{ access_log off; {kept}\ninclude {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    trust = ssl.create_default_context(cafile=str(certificate))
    command = [program, "-p", str(folder), "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]
    subprocess.run([*command, "-t", "-q"], check=True, timeout=30)
    with _run("nginx", command, port, lambda: trust, folder) as proxy:
        yield proxy


@contextmanager
def caddy(upstream: str, folder: Path) -> Iterator[Proxy]:
    """Caddy with docs/deploy/Caddyfile in front of the server at ``upstream``."""
    program = find_program("caddy", "Caddy")
    (port,) = free_ports(1)
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for old, new in (
        (
            "{\n\tservers {",
            "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tservers {",
        ),
        ("zhospar.example {", f"https://localhost:{port} {{\n\ttls internal\n\tbind 127.0.0.1"),
        ("reverse_proxy 127.0.0.1:8000 {", f"reverse_proxy {upstream} {{"),
        ("read_body 10s", "read_body 1s"),
    ):
        site = replace_once(site, old, new)
    (folder / "Caddyfile").write_text(site, encoding="utf-8")
    root = folder / "data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def trust() -> ssl.SSLContext:
        wait_for(root.exists)
        return ssl.create_default_context(cafile=str(root))

    command = [program, "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]
    with _run("caddy", command, port, trust, folder) as proxy:
        yield proxy


@contextmanager
def _run(
    name: str, command: list[str], port: int, trust: Callable[[], ssl.SSLContext], folder: Path
) -> Iterator[Proxy]:
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": f"{folder}/data",
        "XDG_CONFIG_HOME": f"{folder}/config",
    }
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        context = trust()
        address = f"https://localhost:{port}"
        with httpx.Client(base_url=address, verify=context, timeout=30) as client:
            wait_for(lambda: process.poll() is not None or _answers(client))
            assert process.poll() is None, (folder / "said").read_text()
            yield Proxy(name, port, client, context)
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # Caddy waits for connections that are still open
            process.kill()
            process.wait()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def free_ports(count: int) -> list[int]:
    """Ports that the kernel gives and nobody has taken yet."""
    holders = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [holder.getsockname()[1] for holder in holders]
    for holder in holders:
        holder.close()
    return ports


def _make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for ``localhost`` that signs itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    program = find_program("openssl", "openssl")
    subprocess.run(
        [
            *(program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
        timeout=30,
    )
    return certificate, key
