"""What ``/openapi.json`` says of the addresses is true: schemathesis asks the server by it."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.serving import Server

ADDRESSES = (
    "/", "/docs", "/unknown", "/health", "/diff", "/diff.schema.json", "/timemap/{path}", "/{path}",
)  # fmt: skip
KNOWN = ("ontology", "eli/kz/resolution/2013/78", "graph/reference", "agency/x", "rule/x.ttl")
ASKED = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(hostile: Server) -> Any:
    """The server's own description, and the server behind it."""
    return schemathesis.openapi.from_url(f"{hostile.address}/openapi.json")


def test_addresses_are_all_described(hostile: Server) -> None:
    document = hostile.client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) >= set(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("mode", GenerationMode)
def test_address_answers_as_described(described: Any, address: str, mode: GenerationMode) -> None:
    """All checks: status, content type, schema, what is good taken and what is bad refused."""
    operation = described[address]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.query:
        return  # nothing can be asked wrongly there

    @given(operation.as_strategy(generation_mode=mode), st.sampled_from(KNOWN), st.booleans())
    @ASKED
    def ask(case: Any, known: str, is_known: bool) -> None:
        if is_known and "path" in (case.path_parameters or {}):
            case.path_parameters["path"] = known
        case.call_and_validate()

    ask()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused(hostile: Server, address: str, method: str) -> None:
    response = hostile.client.request(method, address.replace("{path}", "ontology"))
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) >= {"GET", "HEAD"}
    assert response.json()["status"] == 405
