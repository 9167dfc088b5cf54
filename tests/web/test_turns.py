"""Whose turn it is."""

from kg.web.pool.turns import Places, Turns


def test_clients_take_turns_however_much_each_has_waiting() -> None:
    turns: Turns[str] = Turns()
    for client, thing in [("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1")]:
        turns.add(client, thing)
    order = [turns.next(lambda _: True) for _ in range(5)]
    assert [turn[1] for turn in order if turn] == ["a1", "b1", "c1", "a2", "a3"]
    assert (len(turns), turns.next(lambda _: True)) == (0, None)


def test_client_that_may_not_is_passed_over_and_keeps_its_place() -> None:
    turns: Turns[str] = Turns()
    turns.add("a", "a1")
    turns.add("b", "b1")
    assert turns.next(lambda client: client != "a") == ("b", "b1")
    assert turns.next(lambda client: client != "a") is None
    assert turns.next(lambda _: True) == ("a", "a1")


def test_what_is_removed_is_not_given() -> None:
    turns: Turns[str] = Turns()
    turns.add("a", "a1")
    turns.add("a", "a2")
    turns.remove("a", "a1")
    turns.remove("a", "a1")
    turns.remove("b", "b1")
    assert (len(turns), turns.of("a"), turns.of("b")) == (1, 1, 0)
    assert turns.next(lambda _: True) == ("a", "a2")


def test_places_are_bounded_in_all_and_by_client() -> None:
    places = Places(3, 2)
    places.take("a")
    places.take("a")
    assert (places.has_share("a"), places.has_room("a"), places.has_room("b")) == (
        False,
        False,
        True,
    )
    places.take("b")
    assert (places.has_share("b"), places.has_room("b"), places.taken) == (True, False, 3)
    places.release("a")
    assert (places.has_room("a"), places.has_room("b"), places.taken) == (False, False, 2)
    assert places.has_room("c")


def test_one_client_may_be_given_all_places() -> None:
    places = Places(2, 2)
    places.take("a")
    assert places.has_room("a")
