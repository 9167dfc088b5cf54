"""What can be wrong with a question, each with a sentence that a researcher understands."""

from datetime import date

__all__ = [
    "AskingError",
    "DayBeforeFirst",
    "MalformedQuery",
    "NeedsNetwork",
    "NotADay",
    "NotAnAddress",
    "NotOffered",
    "NothingToExplain",
    "OnlyInEnglish",
    "RefusedQuery",
    "RemoteFailed",
    "RemoteTooLarge",
    "RemoteTooLate",
    "UnusableBuild",
]


class AskingError(Exception):
    """A question that has no answer, for a reason that can be told; ``str()`` is that reason."""


class MalformedQuery(AskingError):
    """Not SPARQL 1.1, from ``line`` and ``column`` on, which count from 1."""

    def __init__(self, detail: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {detail}")
        self.detail = detail
        self.line = line
        self.column = column


class RefusedQuery(AskingError):
    """SPARQL that isn't answered here: an update, or a request to another endpoint."""


class NeedsNetwork(AskingError):
    """A question that asks another endpoint, put to a process that can't."""


class RemoteFailed(AskingError):
    """Another endpoint that the question asks gave no whole answer."""

    def __init__(self, endpoint: str, reason: str) -> None:
        super().__init__(
            f"The query asks {endpoint}, and no whole answer came from there: {reason.strip()}."
        )


class RemoteTooLate(RemoteFailed):
    """Another endpoint that the question asks didn't answer in time."""


class RemoteTooLarge(RemoteFailed):
    """Another endpoint's answer is larger than is taken."""


class NotOffered(AskingError):
    """The answer can't be given in any of the formats asked for."""


class NotADay(AskingError):
    """Not a day of the calendar written ``YYYY-MM-DD``."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is not a day of the calendar: write it as YYYY-MM-DD, such as 2014-10-27."
        )
        self.text = text


class NotAnAddress(AskingError):
    """Not an absolute address (IRI) where one is needed."""

    def __init__(self, text: str) -> None:
        super().__init__(f"'{text}' is not an absolute address (IRI).")


class NothingToExplain(AskingError):
    """An address that isn't in the graph, or of something that has no grade."""


class OnlyInEnglish(AskingError):
    """An explanation asked for in a language that things of its sort aren't explained in."""

    def __init__(self, iri: str, language: str) -> None:
        super().__init__(
            f"{iri} is explained in English only, not in '{language}': leave --lang away. "
            "Anomalies are explained in Kazakh and Russian too."
        )


class DayBeforeFirst(AskingError):
    """A day for which there is no state; ``first`` is the first day for which there is one."""

    def __init__(self, day: date, first: date) -> None:
        super().__init__(
            f"There is no state of the plan on {day.isoformat()}: "
            f"the first day for which there is one is {first.isoformat()}."
        )
        self.first = first


class UnusableBuild(AskingError):
    """There is no built graph where one was looked for, or it isn't fit to be asked."""
