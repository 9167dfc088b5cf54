"""The places for long questions: what few addresses can hold of them."""

from pathlib import Path

from tests.serving import Server, endless, serve, wait_for
from tests.web.crowding import kept_busy, left_open

CROWDING = ("127.0.0.2", "127.0.0.3")


def places_held(server: Server) -> int:
    """How many workers there are beside those of the quick lane."""
    return len(server.children()["workers"]) - 2


def test_two_addresses_leave_a_place_for_a_third(build: Path) -> None:
    """However much they ask: the last place is for a client that has none."""
    asked = [address for address in CROWDING for _ in range(4)]
    with serve(build, KG_WORKERS="2") as running, kept_busy(running, *asked, aside=3):
        with left_open(running, "127.0.0.4", endless(9)):
            wait_for(lambda: places_held(running) == 4)
        wait_for(lambda: places_held(running) == 3)
