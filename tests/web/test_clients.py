"""Who a client is."""

import pytest

from kg.web.clients import client_of


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        (("203.0.113.7", 4000), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 4000), "2001:db8:1:2::/64"),
        (("2001:db8:1:2::9", 0), "2001:db8:1:2::/64"),
        (("::ffff:203.0.113.7", 4000), "203.0.113.7"),
        (("fe80::1%eth0", 4000), "fe80::/64"),
        (("unknown", 0), "unknown"),
        (None, ""),
    ],
)
def test_client(peer: tuple[str, int] | None, client: str) -> None:
    assert client_of({"type": "http", "client": peer}) == client


def test_a_name_that_a_proxy_hands_on_is_bounded() -> None:
    assert client_of({"client": ("x" * 10_000, 0)}) == "x" * 64
