"""Calls after a fixed time, most of which are cancelled before: one timer for all of them.

A timer of the loop's own for each takes longer than much of what a request needs.
"""

import asyncio
from collections.abc import Callable

__all__ = ["Alarm", "Alarms"]


def _nothing() -> None:
    """The call of an alarm that is over."""


class Alarm:
    """A call to come, until it is cancelled."""

    __slots__ = ("_all", "call", "due")

    def __init__(self, due: float, call: Callable[[], object], all_: dict["Alarm", None]) -> None:
        self.due = due
        self.call = call
        self._all = all_

    def cancel(self) -> None:
        """Have it not called, and let go of the call; nothing happens where it was."""
        self._all.pop(self, None)
        self.call = _nothing


class Alarms:
    """Calls, each ``seconds`` after it was asked for, so they come in the order of asking."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[Alarm, None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._armed = False

    def set(self, call: Callable[[], object]) -> Alarm:
        """Have ``call`` called by the running loop when the time has passed."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._waiting, self._armed = loop, {}, False
        alarm = Alarm(loop.time() + self._seconds, call, self._waiting)
        self._waiting[alarm] = None
        if not self._armed:
            self._arm(loop)
        return alarm

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        first = next(iter(self._waiting), None)
        self._armed = first is not None
        if first is not None:
            loop.call_at(first.due, self._ring, loop)

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        """Call what is due, as the loop calls anything: what fails doesn't keep others waiting."""
        if loop is not self._loop:
            return
        now = loop.time()
        while (alarm := next(iter(self._waiting), None)) is not None and alarm.due <= now:
            loop.call_soon(alarm.call)
            alarm.cancel()
        self._arm(loop)
