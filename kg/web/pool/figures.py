"""What the pool of workers has to say of itself, for those who watch it."""

from dataclasses import dataclass

__all__ = ["KILLS", "REFUSALS", "PoolFigures"]

KILLS = ("deadline", "memory", "result", "gone", "lost", "put back")
"""Why a worker's life ended early: its time, its memory or the size of its answer was used up, its
asker went away, it was ended from outside, or its question was put back to wait for a place."""

REFUSALS = ("queue", "client")
"""Why a question was sent away unasked: too many waited in all, or of its client."""


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """Numbers of now (``workers`` to ``waiting``, ``federating``), and counts since the start.

    ``workers`` are those of the quick lane, ``busy`` those of them at work; ``set_aside`` are
    questions that outran their slice, each with a worker of its own. ``kills`` and ``refused``
    have all names of ``KILLS`` and ``REFUSALS``. ``network`` says in words whether the kernel keeps
    workers from the network.
    """

    workers: int
    busy: int
    set_aside: int
    waiting: int
    questions: int
    kills: dict[str, int]
    refused: dict[str, int]
    network: str
    federating: int
    federated: int
