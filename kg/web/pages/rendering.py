"""Pages for people: HTML without scripts, from the templates beside this file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.asking.asof import State
from kg.asking.diff_formats import DIFF_FORMATS
from kg.asking.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from kg.iris import local_name
from kg.namespaces import BASE, PREFIXES
from kg.web.pages.plan import COLUMNS, Block, tell_deadline
from kg.web.problems import Problem
from kg.web.protocol.operation import Operation, View
from kg.web.service import Service

__all__ = ["Pages", "local_address", "short_name"]

_FOLDER = Path(__file__).parent / "templates"
STYLE = (_FOLDER / "style.css").read_bytes()

_FIRST_QUERY = """\
PREFIX zh: <https://w3id.org/zhospar/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?measure ?label ?evidence
WHERE {
  ?measure a zh:Measure ; zh:position ?position ; zh:evidence ?evidence .
  OPTIONAL { ?measure skos:prefLabel ?label FILTER(LANG(?label) = "en") }
}
ORDER BY ?position
"""

GRADES = {
    "Stated": "the text says it",
    "Inferred": "it follows by a named rule",
    "Unknown": "it may be so; the sources held can't tell",
}
TEXT_STATUS = {
    "Verbatim": "as in the text of this state",
    "AttestedLater": "known only from a later text",
    "NotPreserved": "not preserved in any source held",
}


def local_address(iri: str, view: View | None = None) -> str:
    """The address on this site of a thing of ours, with the day; others as they are."""
    if not iri.startswith(BASE):
        return iri if iri.startswith(("http://", "https://")) else ""
    path, mark, fragment = iri.removeprefix(BASE).partition("#")
    address = "/" + quote(path, safe="/@:%,;=+$!*'()~-._")
    asked = _view_parameters(view) if view else {}
    return address + (f"?{urlencode(asked)}" if asked else "") + mark + fragment


def short_name(iri: str) -> str:
    """An address with a known prefix, or what follows ``BASE``."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


class Pages:
    """Renders each of the site's pages to HTML."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            short=short_name, local=local_name, deadline=tell_deadline, grade=_show_grade
        )
        self._templates.globals.update(
            href=local_address,
            GRADES=GRADES,
            TEXT_STATUS=TEXT_STATUS,
            COLUMNS=COLUMNS,
            BASE_ADDRESS=BASE,
        )

    def home(self, view: View, state: State, blocks: list[Block], removed: list[Any]) -> str:
        """The plan on a day."""
        day = self._service.day_of(view)
        count = sum(row.kind == "Measure" for block in blocks for row in block.rows)
        return self._render(
            "home.html",
            *(view, state),
            day=day.isoformat(),
            blocks=blocks,
            removed=removed,
            measures=count,
        )

    def unknown(self, kinds: Sequence[Any]) -> str:
        """What isn't known, by kind of question (see ``kg.web.pages.unknown``)."""
        return self._render("unknown.html", View(), None, kinds=kinds)

    def query_form(self, operation: Operation, state: State) -> str:
        """The query page with an empty answer."""
        return self._render_query(operation, state=state)

    def query_results(self, operation: Operation, found: dict[str, Any]) -> str:
        """The query page with the rows of an answer."""
        iri = found["head"]["state"]
        state = next((s for s in self._service.pool.loaded.states if s.iri == iri), None)
        return self._render_query(operation, state=state, found=found)

    def query_problem(self, operation: Operation, problem: Problem) -> str:
        """The query page with what is wrong with the query."""
        return self._render_query(operation, state=None, problem=problem)

    def resource(self, view: View, state: State, iri: str, **parts: Any) -> str:
        """A resource: its statements, what points to it, and how to cite it."""
        path = local_address(iri)
        return self._render("resource.html", view, state, iri=iri, path=path, **parts)

    def difference(self, found: dict[str, Any]) -> str:
        """What changed between two days, from the comparison in JSON."""
        formats = list(DIFF_FORMATS.items())
        return self._render("diff.html", View(), None, found=found, formats=formats)

    def timemap(self, iri: str, possible: bool, states: Sequence[State]) -> str:
        """A resource's mementos: the states that have it, each with the address there."""
        mementos = [
            (s, local_address(iri, View(s.valid_from.isoformat(), possible))) for s in states
        ]
        return self._render("timemap.html", View(), None, iri=iri, mementos=mementos)

    def problem(self, problem: Problem) -> str:
        """A page that says what went wrong."""
        return self._render("problem.html", View(), None, problem=problem)

    def api(self, document: dict[str, Any]) -> str:
        """The addresses there are, from the OpenAPI document."""
        return self._render("api.html", View(), None, document=document)

    def _render_query(
        self,
        operation: Operation,
        *,
        state: State | None,
        found: dict[str, Any] | None = None,
        problem: Problem | None = None,
    ) -> str:
        link = {"query": operation.query or "", **_view_parameters(operation.view)}
        return self._render(
            "query.html",
            *(operation.view, state),
            query=operation.query or _FIRST_QUERY,
            found=found,
            problem=problem,
            excerpt=_show_place(operation.query or "", problem) if problem else "",
            examples=self._service.examples,
            solution_formats=SOLUTION_FORMATS,
            graph_formats=GRAPH_FORMATS,
            link=urlencode(link),
        )

    def _render(self, template: str, view: View, state: State | None, **context: Any) -> str:
        return self._templates.get_template(template).render(
            release=self._service.release,
            states=self._service.pool.loaded.states,
            view=view,
            state=state,
            near=self._service.near(view) if state else (),
            link_parameters=urlencode(_view_parameters(view)),
            **context,
        )


def _view_parameters(view: View) -> dict[str, str]:
    day = {"at": view.day} if view.day else {}
    return {**day, "include": "possible"} if view.possible else day


def _show_place(query: str, problem: Problem) -> str:
    """The line of the query in which the mistake is, and a mark below it; empty where unknown."""
    lines = query.splitlines()
    line, column = problem.extra.get("line", 0), problem.extra.get("column", 1)
    if not 0 < line <= len(lines):
        return ""
    return f"{lines[line - 1]}\n{' ' * (column - 1)}^"


def _show_grade(grade: str, what: str = "") -> Markup:
    """A grade as a mark that says in words what it means, not by colour alone."""
    meaning = GRADES.get(grade, "")
    subject = f"{what}: " if what else ""
    return Markup('<span class="grade {}" title="{}">{}{}</span>').format(
        escape(grade.lower()), meaning, subject, grade or "no grade"
    )
