"""The server that browsers are pointed at."""

from collections.abc import Iterator

import pytest

from tests.serving import ROOT, Server, serve


@pytest.fixture(scope="package")
def site() -> Iterator[Server]:
    """A server on the real build."""
    with serve(ROOT / "build") as running:
        yield running
