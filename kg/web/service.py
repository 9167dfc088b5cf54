"""What all parts of the site share: the pool, the pages' questions, the state of a day."""

import json
import secrets
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kg.asking.asof import NearBound, State, near_bounds, parse_day, state_at, today
from kg.asking.errors import DayBeforeFirst
from kg.asking.library import StoredQuery, read_queries
from kg.iris import local_name
from kg.web.pool.lanes import Failure, WorkerPool
from kg.web.pool.loaded import Loaded
from kg.web.problems import Problem, Sentence, problem_of
from kg.web.protocol.operation import View
from kg.web.sending.cache import Cache
from kg.web.sending.edition import edition_of
from kg.web.settings import ROOT, Settings

__all__ = ["Service", "state_headers"]

_PAGE_LIMIT = 8 << 20
_QUESTIONS = Path(__file__).parent / "pages" / "questions"


@dataclass
class Service:
    """The site's own view of the graph; the pages' questions are kept beside this file."""

    pool: WorkerPool
    settings: Settings
    questions: dict[str, str] = field(
        default_factory=lambda: {q.name: q.text for q in read_queries(_QUESTIONS)}
    )
    stopping: bool = False
    """Whether the server has been told to stop, and takes no more requests."""
    lines_lost: Callable[[], int] = lambda: 0
    """How many lines of the log were lost."""
    cache: Cache = field(init=False)

    def __post_init__(self) -> None:
        """Make room for answers; ``loading`` marks what only this loading of the graph says."""
        self.cache = Cache(self.settings.cache)
        self._marked: Loaded | None = None
        self._edition = ""
        self.loading = ""

    @property
    def ready(self) -> bool:
        """Whether questions are answered."""
        return self.pool.ready and not self.stopping

    @property
    def release(self) -> str:
        """The release that is served."""
        return self.pool.loaded.release

    @property
    def edition(self) -> str:
        """The mark of what answers now: another release, or other software, has another."""
        loaded = self.pool.loaded
        if self._marked is not loaded:
            self._edition = edition_of(loaded, self.settings.queries)
            self.loading = secrets.token_hex(16)
            self._marked = loaded
        return self._edition

    @cached_property
    def version(self) -> str:
        """The version of this software."""
        with (ROOT / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])

    @cached_property
    def examples(self) -> list[StoredQuery]:
        """The questions offered on the query page."""
        return read_queries(self.settings.queries)

    def triples_in(self, graph: str) -> int | None:
        """How many triples a named graph has; ``None`` where there is no such graph.

        A graph that a state has for itself is there though it may be empty, and then no pattern
        finds it: RDF 1.1 Concepts, section 4, leaves it open whether empty graphs are kept.
        """
        loaded = self.pool.loaded
        own = any(graph in (state.graph, state.possible) for state in loaded.states)
        return loaded.graphs.get(graph, 0 if own else None)

    def day_of(self, view: View) -> date:
        """The day asked for, or today."""
        return parse_day(view.day) if view.day else today()

    def find_state(self, day: date) -> State | None:
        """The state in force on ``day``, if there is one yet."""
        return next((state for state in self.pool.loaded.states if state.holds_on(day)), None)

    def state_of(self, view: View) -> State:
        """The state that answers; raises ``Problem`` where there is none yet."""
        day = self.day_of(view)
        try:
            return state_at(self.pool.loaded.states, day)
        except DayBeforeFirst as error:
            sentence = Sentence(
                "There is no state of the plan on %(day)s: the first day for which there is one is "
                "%(first)s.",
                day=day.isoformat(),
                first=error.first.isoformat(),
            )
            raise Problem(404, sentence, {"first": error.first.isoformat()}) from None

    def near(self, view: View) -> tuple[NearBound, ...]:
        """The starts near the day asked for of which only bounds are known."""
        return near_bounds(self.pool.loaded.states, self.day_of(view))

    async def rows(
        self,
        question: str,
        view: View,
        limit: int = 5000,
        among: tuple[str, Iterable[str]] | None = None,
        **bindings: str,
    ) -> list[dict[str, dict[str, str]]]:
        """The rows of one of the pages' questions, each by variable; unbound ones are left out.

        ``among`` are a variable and the addresses (IRIs) that it may be bound to.
        """
        text = self.questions[question]
        if among:
            text += f"VALUES ?{among[0]} {{ {' '.join(f'<{iri}>' for iri in among[1])} }}\n"
        request = {
            "text": text,
            "day": view.day,
            "possible": view.possible,
            "bindings": bindings,
            "rows": limit,
        }
        found = await self.table(request)
        return [
            {name: cell for name, cell in zip(found["variables"], row, strict=True) if cell}
            for row in found["rows"]
        ]

    async def table(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request for rows (see ``kg.asking.rows``); raises ``Problem``."""
        try:
            async with self.pool.ask(request) as reply:
                return {**json.loads(await reply.whole(_PAGE_LIMIT)), "head": reply.head}
        except Failure as failure:
            raise problem_of(failure) from None


def state_headers(head: Mapping[str, Any], near: Iterable[NearBound]) -> dict[str, str]:
    """The headers that name the state an answer is from, the grade of that state's start, and the
    bounds ``near`` the day asked for.
    """
    state, evidence = head.get("state"), head.get("evidence")
    if not state:
        return {}
    headers = {"X-Zhospar-State": state, "X-Zhospar-State-Evidence": _grade(evidence or "")}
    told = " ".join(str(bound) for bound in near)
    return {**headers, "X-Zhospar-Near-Bound": told} if told else headers


_grade = lru_cache(maxsize=64)(local_name)
