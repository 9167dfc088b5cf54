"""What became of a case."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Outcome", "Status"]

Status = Literal["passed", "equal", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case of a suite, whether it passed, and where it didn't, what was found instead.

    ``equal`` is a case whose answer has the values expected, some in another lexical form;
    ``refused`` is a case that writes, or asks an endpoint that only an answer names, and was
    answered with a refusal as it should be here.
    """

    suite: str
    case: str
    status: Status
    found: str = ""
