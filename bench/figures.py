"""What a measurement is: several readings, told by their median, the lowest and the highest."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

__all__ = ["Figure", "figure_of"]


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of several readings, and their spread."""

    median: float
    low: float
    high: float


def figure_of(readings: Iterable[float]) -> Figure:
    """The figure that ``readings`` give; raises ``ValueError`` where there are none."""
    values = sorted(readings)
    if not values:
        raise ValueError("nothing was read")
    return Figure(median(values), values[0], values[-1])
