"""What went wrong, as ``application/problem+json`` (RFC 9457): a status and a sentence."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from kg.web.pool.failures import Failure

__all__ = ["OUR_FAULT", "Problem", "Sentence", "problem_of"]


class Sentence(str):
    """A sentence in English that pages can say in other languages too.

    It is ``template`` with ``arguments`` put in (``%(name)s``), which may be sentences themselves.
    """

    template: str
    arguments: dict[str, object]

    def __new__(cls, template: str, **arguments: object) -> "Sentence":
        """The sentence; raises ``KeyError`` where an argument is missing."""
        sentence = super().__new__(cls, template % arguments)
        sentence.template, sentence.arguments = template, arguments
        return sentence


OUR_FAULT = Sentence("Something went wrong on our side; it is in the server's log.")


@dataclass
class Problem(Exception):
    """An answer that is an error; ``extra`` joins the JSON, ``headers`` the response.

    ``cause`` names it in the log.
    """

    status: int
    detail: str
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    cause: str = ""

    @property
    def title(self) -> str:
        """The name of the status."""
        return HTTPStatus(self.status).phrase

    def as_json(self) -> dict[str, Any]:
        """The problem's members."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }


_STATUS = {
    "MalformedQuery": 400,
    "NotADay": 400,
    "NotAnAddress": 400,
    "RefusedQuery": 400,
    "DayBeforeFirst": 404,
    "NotOffered": 406,
    "EngineFailed": 500,
    "Busy": 503,
    "WorkerLost": 503,
    "QueryTooLong": 413,
    "RemoteFailed": 502,
    "RemoteTooLate": 504,
    "RemoteTooLarge": 507,
    "DeadlinePassed": 504,
    "OutOfMemory": 507,
    "ResultTooLarge": 507,
}

_PLAIN = {
    "EngineFailed": Sentence("The query engine could not finish this query."),
    "WorkerLost": Sentence(
        "The process that worked on this query was ended from outside. Please ask again."
    ),
}
_SENTENCES = {
    "DeadlinePassed": "The query was not done within the {0}. Narrow it: link its patterns with "
    "one another, bind more of its variables, or set a LIMIT on a subquery.",
    "OutOfMemory": "The query needed more memory than the {0}. Long chains of CONCAT, "
    "unlinked patterns and deep nesting take the most.",
    "ResultTooLarge": "The result is larger than the {0}. "
    "Ask for it in parts, with ORDER BY, LIMIT and OFFSET.",
}


def problem_of(failure: Failure) -> Problem:
    """The problem that a failed question is to its asker."""
    status = _STATUS.get(failure.name, 500)
    sentence = _SENTENCES.get(failure.name)
    detail = sentence.format(failure) if sentence else _PLAIN.get(failure.name, str(failure))
    headers = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Problem(status, detail, dict(failure.facts), headers, failure.name)
