"""Success responses: what an answer says of itself.

SPARQL 1.1 Protocol, section 2.1.6.
"""

from tests.serving import COUNT_MEASURES as MEASURES
from tests.serving import RESOLUTION, Server


def test_state_and_its_evidence_and_release(server: Server) -> None:
    headers = server.ask(MEASURES, at="2014-11-01").headers
    assert headers["x-zhospar-state"] == f"{RESOLUTION}@2014-10-27"
    assert headers["x-zhospar-state-evidence"] == "Unknown"
    assert headers["x-zhospar-release"] == "2026.11-example"
    assert headers["access-control-allow-origin"] == "*"
