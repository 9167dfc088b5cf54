"""Behind nginx and behind Caddy, as docs/deploy/ sets them up: what must pass through them does."""

import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from tests.needs import need
from tests.proxies import DEPLOY, Proxy, caddy, find_program, nginx
from tests.serving import COUNT_MEASURES, CSV, ENDLESS, Server, at_work, serve, wait_for

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

Start = Callable[[str, Path], AbstractContextManager[Proxy]]


@pytest.fixture(scope="module")
def behind(build: Path) -> Iterator[Server]:
    """The server behind the proxies, with little room for results, and one line a request."""
    with serve(
        build,
        KG_RESULT_MAX_MB="24",
        KG_TRUSTED_PROXIES="127.0.0.1",
        KG_CLIENT_SET_ASIDE="4",
        KG_LOG="json",
        KG_LOG_CLIENTS="address",
        KG_QUERY_DEADLINE_S="10",
        KG_CLIENT_PATIENCE_S="5",
    ) as running:
        yield running


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(
    request: pytest.FixtureRequest, behind: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    start: Start = request.param
    upstream = behind.address.removeprefix("http://")
    with start(upstream, tmp_path_factory.mktemp("proxy")) as running:
        yield running


def _connect(proxy: Proxy) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
    return proxy.trust.wrap_socket(plain, server_hostname="localhost")


def test_answer_over_tls(proxy: Proxy) -> None:
    response = proxy.client.get("/sparql", params={"query": COUNT_MEASURES}, headers=CSV)
    assert response.status_code == 200
    assert response.text.split() == ["n", "2"]
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_addresses_are_those_that_the_client_sees(proxy: Proxy) -> None:
    description = proxy.client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert f"<https://localhost:{proxy.port}/sparql>" in description


def test_stream_comes_before_it_is_done(proxy: Proxy, behind: Server) -> None:
    """The first bytes are there while the worker is at work: nothing gathers the answer first."""
    assert at_work(behind) == 0
    parameters = {"query": f"{LARGE} LIMIT 30000"}
    with proxy.client.stream(
        "GET", "/sparql", params=parameters, headers={**CSV, "Accept-Encoding": "identity"}
    ) as response:
        chunks = response.iter_raw(1 << 16)
        content = next(chunks)
        assert content.startswith(b"a,b,c")
        assert at_work(behind) == 1
        content += b"".join(chunks)
    assert content.count(b"\r\n") == 30001


def test_validators_and_codings_pass_through(proxy: Proxy) -> None:
    asked = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 100"}
    first = proxy.client.get(
        "/at/2013-06-01/sparql", params=asked, headers={**CSV, "Accept-Encoding": "gzip"}
    )
    assert first.headers["Content-Encoding"] == "gzip"
    assert len(first.text.splitlines()) > 20
    again = proxy.client.get(
        "/at/2013-06-01/sparql",
        params=asked,
        headers={**CSV, "Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_broken_stream_is_noticed(proxy: Proxy) -> None:
    with (
        pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"),
        proxy.client.stream("GET", "/sparql", params={"query": LARGE}, headers=CSV) as response,
    ):
        assert response.status_code == 200
        response.read()


def test_broken_stream_is_noticed_over_http_2(proxy: Proxy) -> None:
    curl = shutil.which("curl")
    said = subprocess.run([curl or "true", "--version"], capture_output=True, text=True, check=True)
    need("HTTP2" in said.stdout, "curl that speaks HTTP/2")
    done = subprocess.run(
        [
            *(str(curl), "--insecure", "--silent", "--http2", "-G", "-H", "Accept: text/csv"),
            *("-o", "/dev/null", "-w", "%{http_version} %{http_code}"),
            *("--data-urlencode", f"query={LARGE}", f"https://localhost:{proxy.port}/sparql"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "2 200"
    assert done.returncode != 0


def test_client_that_goes_frees_its_worker(proxy: Proxy, behind: Server) -> None:
    request = httpx.Request("GET", "http://localhost/sparql", params={"query": ENDLESS})
    with _connect(proxy) as client:
        head = f"GET {request.url.raw_path.decode()} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        client.sendall(head.encode())
        wait_for(lambda: at_work(behind) == 1)
    # Well before the deadline would end the question.
    wait_for(lambda: at_work(behind) == 0, seconds=5)


def test_client_is_told_on_and_can_not_lie(proxy: Proxy, behind: Server) -> None:
    assert behind.process.stdout is not None
    told = {"X-Forwarded-For": "198.51.100.7", "X-Request-Id": "forged"}
    response = proxy.client.get("/health/live", headers=told)
    id_ = response.headers["X-Request-Id"]
    assert id_ != "forged"
    line = next(line for line in behind.process.stdout if f'"{id_}"' in line)
    assert json.loads(line)["client"] == "127.0.0.1"


def test_server_believes_the_proxy(behind: Server) -> None:
    """Straight from the loopback, as a proxy asks: the client is the one that it names."""
    assert behind.process.stdout is not None
    told = {"X-Forwarded-For": "198.51.100.7", "X-Request-Id": "told-by-a-proxy"}
    behind.client.get("/health/live", headers=told)
    line = next(line for line in behind.process.stdout if '"told-by-a-proxy"' in line)
    assert json.loads(line)["client"] == "198.51.100.7"


def test_large_body_is_refused(proxy: Proxy) -> None:
    """Up to 2 MB by the server itself, which says why; beyond that by the proxy."""
    form = {"Content-Type": "application/sparql-query"}
    refused = proxy.client.post("/sparql", content=b"#" * 1_500_000, headers=form)
    assert refused.status_code == 413
    assert refused.headers["Content-Type"] == "application/problem+json"
    try:
        status = proxy.client.post("/sparql", content=b"#" * 9_000_000, headers=form).status_code
    except httpx.TransportError:
        return  # closed while the rest was being sent
    assert status == 413


def test_slow_body_is_given_up(proxy: Proxy, behind: Server) -> None:
    """By nginx, before the server hears of it. Caddy hands on what comes, and breaks that off.

    Caddy leaves its own client without an answer, but the server has no request left to wait for.
    """
    given_up = _posts_given_up(behind)
    with _connect(proxy) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        if proxy.name == "caddy":
            wait_for(lambda: _posts_given_up(behind) == given_up + 1, seconds=20)
        else:
            assert client.recv(4096) == b""  # long before the 20 s of the socket
            assert _posts_given_up(behind) == given_up
    assert at_work(behind) == 0


def _posts_given_up(server: Server) -> int:
    """How many posted questions had not come whole when they were given up."""
    counts = re.findall(
        r'^zhospar_requests_total\{kind="sparql-post",status="(?:none|408)"\} (\d+)',
        server.client.get("/metrics").text,
        re.MULTILINE,
    )
    return sum(map(int, counts))


def test_counts_are_not_for_everybody(proxy: Proxy) -> None:
    """From this machine they can be had; both files say who else may."""
    assert proxy.client.get("/metrics").status_code == 200
    text = (DEPLOY / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[proxy.name]).read_text()
    assert "/metrics" in text


def test_server_that_is_gone_is_a_502(build: Path, tmp_path: Path) -> None:
    find_program("nginx", "nginx")
    with serve(build) as running:
        upstream = running.address.removeprefix("http://")
        with nginx(upstream, tmp_path) as proxy:
            running.process.terminate()
            wait_for(lambda: running.process.poll() is not None)
            assert proxy.client.get("/health/ready").status_code == 502
