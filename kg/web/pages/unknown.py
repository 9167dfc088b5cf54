"""The page of what isn't known: the open questions of the graph, and what would settle each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi.responses import HTMLResponse, Response

from kg.web.pages.rendering import Pages
from kg.web.protocol.languages import wanted
from kg.web.protocol.operation import View
from kg.web.sending.validators import freshness
from kg.web.service import Service

__all__ = ["Asked", "Kind", "arrange_questions", "show_unknown"]

Row = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: its own address, its words, what it is about, and what would settle it
    where that is known better than for its kind.
    """

    iri: str
    words: str
    about: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question with its questions; ``settled_by`` is what would settle any of them."""

    iri: str
    name: str
    settled_by: str
    questions: list[Asked] = field(default_factory=list)


def arrange_questions(rows: Iterable[Row], language: str) -> list[Kind]:
    """The questions in a language, by kind, in the order of the rows."""
    kinds: dict[str, Kind] = {}
    for row in rows:
        said = {name: cell["value"] for name, cell in row.items()}
        if said["language"] != language:
            continue
        parts = (said["kind"], said["kindName"], said["ofKind"])
        kind = kinds.setdefault(said["kind"], Kind(*parts))
        asked = Asked(said["asked"], said["question"], said["about"], said.get("ofThis", ""))
        kind.questions.append(asked)
    return list(kinds.values())


async def show_unknown(service: Service, pages: Pages) -> Response:
    """The page, in the language of the request. Raises ``Problem``."""
    rows = await service.rows("unknown-questions", View())
    page = pages.unknown(arrange_questions(rows, wanted.get().code))
    return HTMLResponse(page, headers=freshness(False))
