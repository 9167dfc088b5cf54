"""What a server does when it has nothing to do: it gives back the memory that it needs no more.

Under load garbage is looked for rarely (see ``kg.web.serve``), and the C library keeps what was
freed. So after large answers the process would stay large until as many came again.
"""

import asyncio
import ctypes
import gc
import resource
from collections.abc import Callable
from pathlib import Path

__all__ = ["Rest"]

_GROWN = 16 << 20
"""How many bytes more than last time are worth a look."""
_STATM = Path("/proc/self/statm")


class Rest:
    """Looks every ``seconds`` whether nothing runs, as ``running`` counts, and memory has grown."""

    def __init__(self, running: Callable[[], int], seconds: float = 1.0) -> None:
        self._running = running
        self._seconds = seconds
        self._resident = _resident()
        self._give_back = _find_trim()

    def start(self) -> None:
        """Look from now on, as long as the running loop does."""
        self._loop = asyncio.get_running_loop()
        self._loop.call_later(self._seconds, self._look)

    def _look(self) -> None:
        if not self._running():
            resident = _resident()
            if resident > self._resident + _GROWN:
                gc.collect()
                self._give_back(0)
                self._resident = _resident()
            self._resident = min(self._resident, resident)
        self._loop.call_later(self._seconds, self._look)


def _resident() -> int:
    """Bytes of this process that are in memory (proc(5))."""
    return int(_STATM.read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _find_trim() -> Callable[[int], object]:
    """malloc_trim(3), which the GNU C library has; elsewhere nothing in its place."""
    trim: Callable[[int], object] = getattr(ctypes.CDLL(None), "malloc_trim", lambda pad: None)
    return trim
