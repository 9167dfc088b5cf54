"""Why a question was not answered; where a limit was met, which, and how to change it."""

from typing import Any

from kg.web.settings import Settings

__all__ = [
    "Failure",
    "client_busy",
    "deadline_passed",
    "out_of_memory",
    "queue_full",
    "result_too_large",
    "waited_too_long",
]


class Failure(Exception):
    """A question that was not answered: ``name`` says why, ``facts`` what is known of it.

    Names are those of ``kg.asking.errors``, and ``Busy``, ``DeadlinePassed``, ``OutOfMemory``,
    ``ResultTooLarge``, ``WorkerLost``, ``EngineFailed``. Where a limit was met, ``str()`` is the
    end of a sentence that names it.
    """

    def __init__(self, name: str, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.name = name
        self.facts = facts


def deadline_passed(settings: Settings) -> Failure:
    """It took too long."""
    return Failure(
        "DeadlinePassed", f"{settings.deadline:g} s a query may take (KG_QUERY_DEADLINE_S)"
    )


def out_of_memory(settings: Settings) -> Failure:
    """It took too much memory."""
    mib = settings.worker_memory >> 20
    return Failure("OutOfMemory", f"{mib} MiB it may use (KG_WORKER_MEMORY_MB)")


def result_too_large(settings: Settings) -> Failure:
    """The answer has too many bytes."""
    mib = settings.result_limit >> 20
    return Failure("ResultTooLarge", f"{mib} MiB that are given out at once (KG_RESULT_MAX_MB)")


def queue_full(settings: Settings) -> Failure:
    """Too many wait already."""
    return Failure(
        "Busy",
        f"All workers are busy, and {settings.waiting} questions wait already, "
        "which is as many as may (KG_WAITING). Please try again in a moment.",
    )


def client_busy(settings: Settings) -> Failure:
    """Too many of one client wait already."""
    return Failure(
        "Busy",
        f"{settings.client_waiting} questions from your address wait already, which is as many as "
        "may (KG_CLIENT_WAITING). Ask again when some of them are answered.",
    )


def waited_too_long(settings: Settings, lane: str, *, over_share: bool) -> Failure:
    """No turn came in time; ``over_share`` where the client's own are in the way."""
    reasons = {
        "quick": "All workers were busy with other questions",
        "long": f"Questions that take long have {settings.set_aside} places (KG_SET_ASIDE), "
        "and none became free",
        "remote": f"Questions to other endpoints have {settings.federation} places "
        f"(KG_FEDERATION), of which one address has {settings.client_federation} "
        "(KG_CLIENT_FEDERATION), and none became free",
    }
    reason = (
        f"Questions from your address that take long have {settings.client_set_aside} places "
        "(KG_CLIENT_SET_ASIDE), and none became free"
        if over_share
        else reasons[lane]
    )
    return Failure(
        "Busy", f"{reason} within {settings.wait:g} s (KG_WAIT_S). Please try again in a moment."
    )
