"""Two wordings compared word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

__all__ = ["Run", "compare_words"]

_WORD = re.compile(r"\s+|\w+(?:[-–]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that both wordings have, or only the one before, or only the one after."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The runs that lead from one wording to the other: those not added make up ``before``, those
    not removed ``after``.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs: list[Run] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(old[start:end])))
            continue
        if start < end:
            runs.append(Run("removed", "".join(old[start:end])))
        if new_start < new_end:
            runs.append(Run("added", "".join(new[new_start:new_end])))
    return tuple(runs)
