"""Endpoints over TLS: asked where the certificate is right, and an error that says so where not.

The other side is a server of ours behind Caddy, whose own authority signed the certificate, and
behind nginx with a certificate that signed itself; both are for ``localhost`` alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.proxies import caddy, nginx
from tests.serving import COUNT_MEASURES, Server, serve

COUNT = (
    "SELECT (COUNT(*) AS ?n) { SERVICE <%s> { ?m a <https://w3id.org/zhospar/ontology#Measure> } }"
)


@dataclass(frozen=True)
class Secure:
    """Endpoints over TLS, by what is to be seen of each, and the authorities' certificates."""

    endpoints: dict[str, str]
    authorities: Path

    def serve(self, build: Path, **settings: str) -> Iterator[Server]:
        with serve(build, KG_SERVICE_ALLOW=",".join(self.endpoints.values()), **settings) as asking:
            yield asking


@pytest.fixture(scope="module")
def secure(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    upstream = server.address.removeprefix("http://")
    folders = tmp_path_factory.mktemp("caddy"), tmp_path_factory.mktemp("nginx")
    with caddy(upstream, folders[0]) as signed, nginx(upstream, folders[1]) as itself:
        root = folders[0] / "data/caddy/pki/authorities/local/root.crt"
        authorities = tmp_path_factory.mktemp("authorities") / "authorities.pem"
        own = folders[1] / "certificate.pem"
        authorities.write_text(root.read_text() + own.read_text(), encoding="utf-8")
        endpoints = {
            "signed": f"https://localhost:{signed.port}/sparql",
            "signed by itself": f"https://localhost:{itself.port}/sparql",
            "of another name": f"https://127.0.0.1:{itself.port}/sparql",
            "no TLS": f"https://{upstream}/sparql",
        }
        yield Secure(endpoints, authorities)


@pytest.fixture(scope="module")
def trusting(secure: Secure, build: Path) -> Iterator[Server]:
    """A server that is told which authorities to trust."""
    yield from secure.serve(build, SSL_CERT_FILE=str(secure.authorities))


@pytest.fixture(scope="module")
def wary(secure: Secure, build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts nobody."""
    nobody = tmp_path_factory.mktemp("nobody") / "nobody.pem"
    nobody.write_text("", encoding="utf-8")
    yield from secure.serve(build, SSL_CERT_FILE=str(nobody))


@pytest.mark.parametrize("name", ["signed", "signed by itself"])
def test_a_trusted_endpoint_is_asked(trusting: Server, secure: Secure, name: str) -> None:
    assert trusting.answers(COUNT % secure.endpoints[name]) == "n 2"


def assert_fails(asking: Server, endpoint: str, reason: str) -> None:
    """502 with the endpoint and the reason; SILENT gives no row of theirs; others are answered."""
    response = asking.ask(COUNT % endpoint)
    assert response.status_code == 502, response.text
    detail = response.json()["detail"]
    assert endpoint in detail
    assert "TLS failed" in detail
    assert reason in detail
    silent = asking.answers((COUNT % endpoint).replace("SERVICE", "SERVICE SILENT"))
    assert silent == "n 1"  # the empty solution
    assert asking.answers(COUNT_MEASURES) == "n 2"


@pytest.mark.parametrize("name", ["signed", "signed by itself"])
def test_an_authority_that_is_not_known_is_an_error(
    wary: Server, secure: Secure, name: str
) -> None:
    assert_fails(wary, secure.endpoints[name], "CERTIFICATE_VERIFY_FAILED")


def test_a_certificate_for_another_name_is_an_error(trusting: Server, secure: Secure) -> None:
    assert_fails(trusting, secure.endpoints["of another name"], "is not valid for '127.0.0.1'")


def test_an_endpoint_that_speaks_no_tls_is_an_error(trusting: Server, secure: Secure) -> None:
    assert_fails(trusting, secure.endpoints["no TLS"], "WRONG_VERSION_NUMBER")
