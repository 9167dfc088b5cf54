"""Calls after a fixed time: each once, in order, unless it was cancelled; by loop."""

import asyncio

from kg.web.alarms import Alarms


def test_what_is_due_is_called_in_order_and_what_is_cancelled_is_not() -> None:
    alarms = Alarms(0.01)
    called: list[str] = []

    async def ask_for_several() -> None:
        done = asyncio.Event()
        first = alarms.set(lambda: called.append("first"))
        alarms.set(lambda: called.append("second"))
        alarms.set(lambda: called.append("third")).cancel()
        first.cancel()
        first.cancel()
        alarms.set(done.set)
        await done.wait()
        again = asyncio.Event()  # the timer is set anew after a pause
        alarms.set(again.set)
        await again.wait()

    asyncio.run(ask_for_several())
    asyncio.run(ask_for_several())  # what another loop waited for is nothing to this one
    assert called == ["second", "second"]


def test_call_that_fails_keeps_no_other_from_being_called() -> None:
    told: list[dict[str, object]] = []

    def fail() -> None:
        raise LookupError

    async def ask_for_two() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, facts: told.append(facts))
        alarms, done = Alarms(0.01), asyncio.Event()
        alarms.set(fail)
        alarms.set(done.set)
        await done.wait()

    asyncio.run(ask_for_two())
    assert [type(facts["exception"]) for facts in told] == [LookupError]
