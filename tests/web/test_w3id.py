"""docs/w3id/ sends each kind of address to the server: a real Apache runs its very rules."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.build import Making
from tests.needs import need
from tests.proxies import find_program, free_ports
from tests.roots import ROOT
from tests.serving import Server, serve, wait_for

RULES = ROOT / "docs/w3id/.htaccess"
MODULES = Path("/usr/lib/apache2/modules")
PLACE = "https://zhospar.example"
RESOLUTION = "eli/kz/resolution/2013/78"
TURTLE, PAGE = "text/turtle", "text/html"

CONFIGURATION = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
DefaultRuntimeDir {folder}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/www
<Directory {folder}/www>
AllowOverride All
Require all granted
</Directory>
"""


@dataclass(frozen=True)
class Redirecting:
    """An Apache with the rules, and the server that they lead to."""

    apache: httpx.Client
    server: Server


@pytest.fixture(scope="module")
def both(
    making: Making, own_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Redirecting]:
    """w3id.org as it would be with our folder in it; only the server's name is another."""
    program = find_program("apache2", "Apache (apache2-bin)")
    need((MODULES / "mod_rewrite.so").is_file(), "mod_rewrite (apache2-bin)")
    assert making.release
    folder = tmp_path_factory.mktemp("w3id")
    (folder / "www/zhospar").mkdir(parents=True)
    (port,) = free_ports(1)
    configuration = CONFIGURATION.format(port=port, folder=folder, modules=MODULES)
    (folder / "apache.conf").write_text(configuration, encoding="utf-8")
    with serve(own_build) as server:
        rules = RULES.read_text(encoding="utf-8")
        assert rules.count(PLACE) == 4
        (folder / "www/zhospar/.htaccess").write_text(rules.replace(PLACE, server.address))
        command = [program, "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"]
        process = subprocess.Popen(command)
        address = f"http://127.0.0.1:{port}"
        try:
            with httpx.Client(base_url=address, timeout=30) as client:
                wait_for(lambda: process.poll() is not None or answers(client))
                assert process.poll() is None, (folder / "errors").read_text()
                yield Redirecting(client, server)
        finally:
            process.terminate()
            process.wait()


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/zhospar/").status_code < 500
    except httpx.TransportError:
        return False


CASES = [
    ("", PAGE, 303, PAGE),
    (RESOLUTION, TURTLE, 303, TURTLE),
    (RESOLUTION, PAGE, 303, PAGE),
    (RESOLUTION, "application/ld+json", 303, "application/ld+json"),
    (RESOLUTION, "application/rdf+xml", 303, "application/rdf+xml"),
    (f"{RESOLUTION}/plan/section-4/measure-5?at=2015-06-01", TURTLE, 303, TURTLE),
    (f"{RESOLUTION}/paragraph-4@2014-10-27", TURTLE, 303, TURTLE),
    (f"{RESOLUTION}/paragraph-4%402014-10-27", TURTLE, 303, TURTLE),
    (f"{RESOLUTION}@2014-12-30", PAGE, 303, PAGE),
    (f"{RESOLUTION}@2014-12-30/graph", TURTLE, 302, TURTLE),
    (f"{RESOLUTION}@2014-10-27/possible", TURTLE, 302, TURTLE),
    (f"{RESOLUTION}.ttl", "*/*", 302, TURTLE),
    (f"{RESOLUTION}.html?at=2013-06-01", "*/*", 302, PAGE),
    ("agency/ministry-of-finance", TURTLE, 303, TURTLE),
    ("agency/ministry-of-finance.jsonld", "*/*", 302, "application/ld+json"),
    ("place/KZ-KUS", PAGE, 303, PAGE),
    ("concept/output/order", TURTLE, 303, TURTLE),
    ("rule/R8", PAGE, 303, PAGE),
    ("ontology", TURTLE, 303, TURTLE),
    ("ontology", PAGE, 303, PAGE),
    ("graph/history", TURTLE, 302, TURTLE),
    ("graph/catalogue", TURTLE, 302, TURTLE),
    ("dataset", TURTLE, 303, TURTLE),
    ("dataset/state-2013-01-31", PAGE, 303, PAGE),
    ("distribution/zhospar-ttl", TURTLE, 303, TURTLE),
    ("catalogue", TURTLE, 302, TURTLE),
    ("catalogue", PAGE, 302, PAGE),
    ("data/zhospar.ttl", "*/*", 302, TURTLE),
    ("data/measures.csv?at=2013-06-01&include=possible", "*/*", 302, "text/csv"),
    ("data/measures.csv-metadata.json", "*/*", 302, "application/csvm+json"),
    ("data?graph=https%3A%2F%2Fw3id.org%2Fzhospar%2Fgraph%2Fsource", TURTLE, 302, TURTLE),
    (".well-known/void", TURTLE, 302, TURTLE),
    ("diff?from=2013-12-31&to=2015-01-01", "application/json", 302, "application/json"),
    (f"timemap/{RESOLUTION}", "application/json", 302, "application/json"),
    ("unknown", PAGE, 302, PAGE),
    ("openapi.json", "*/*", 302, "application/json"),
    ("sparql?query=ASK%7B%3Fs%20%3Fp%20%22%2B%25%22%7D", "text/boolean,*/*", 307, None),
    ("at/2013-06-01/sparql?query=ASK%20%7B%7D", "*/*", 307, None),
]


def test_the_cases_are_collected() -> None:
    assert len(CASES) == 38


@pytest.mark.parametrize(("path", "accept", "status", "kind"), CASES, ids=lambda value: str(value))
def test_each_kind_of_address_leads_to_the_server(
    both: Redirecting, path: str, accept: str, status: int, kind: str | None
) -> None:
    """The address goes along to the letter, escapes and query string too; the answer is 200."""
    headers = {"Accept": accept}
    response = both.apache.get(f"/zhospar/{path}", headers=headers)
    assert response.status_code == status
    assert response.headers["location"] == f"{both.server.address}/{path}"
    assert response.headers["access-control-allow-origin"] == "*"
    answer = both.server.client.get(response.headers["location"], headers=headers)
    assert answer.status_code == 200, answer.text
    if kind:
        assert answer.headers["content-type"].partition(";")[0] == kind


def test_a_question_by_post_is_asked_again_with_its_body(both: Redirecting) -> None:
    """307 keeps the method and the body, which 302 and 303 do not (RFC 9110, section 15.4)."""
    for path in ("sparql", "at/2013-06-01/sparql"):
        response = both.apache.post(
            f"/zhospar/{path}",
            content="ASK { ?s ?p ?o }",
            headers={"Content-Type": "application/sparql-query"},
            follow_redirects=True,
        )
        assert response.status_code == 200
        assert response.json()["boolean"] is True


def test_a_term_is_had_from_its_ontology(both: Redirecting) -> None:
    """What follows # is never sent: the client looks for it in what it is sent to."""
    response = both.apache.get(
        "/zhospar/ontology#Measure", headers={"Accept": TURTLE}, follow_redirects=True
    )
    assert response.status_code == 200
    assert "zh:Measure" in response.text


def test_a_datetime_goes_along(both: Redirecting) -> None:
    """A client of Memento sends its header again to where it is sent (RFC 7089)."""
    response = both.apache.get(
        f"/zhospar/{RESOLUTION}/paragraph-4",
        headers={"Accept": TURTLE, "Accept-Datetime": "Sat, 15 Nov 2014 00:00:00 GMT"},
        follow_redirects=True,
    )
    assert response.status_code == 200
    assert "at=2014-10-27" in str(response.url)


@pytest.mark.parametrize(
    "path", ["/evil.example/", "@evil.example", "%0d%0aSet-Cookie:x=1", "..%2f"]
)
def test_no_address_leads_elsewhere(both: Redirecting, path: str) -> None:
    response = both.apache.get(f"/zhospar/{path}")
    if response.is_redirect:
        location = httpx.URL(response.headers["location"])
        assert f"{location.scheme}://{location.host}:{location.port}" == both.server.address
        assert "set-cookie" not in response.headers
    else:
        assert response.status_code in (400, 404)
