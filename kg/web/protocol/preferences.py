"""What a client would rather have: the elements of an ``Accept…`` header with their weights.

RFC 9110, section 12.4.2: ``q`` is from 0, "not at all", to 1, with at most three decimals.
"""

import re
from collections.abc import Iterable

__all__ = ["read_preferences"]

_MOST = 100
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def read_preferences(field: str) -> list[tuple[str, float]]:
    """The first hundred elements of a header, in lower case and in its order, with their weights.

    What is no weight counts as none given, which is 1.
    """
    preferences = []
    for part in field.split(",", _MOST)[:_MOST]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            preferences.append((name, _read_quality(parameters)))
    return preferences


def _read_quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q" and _QUALITY.fullmatch(value.strip()):
            return float(value)
    return 1.0
