"""Pages for people: HTML without scripts, from the templates beside this file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.asking.asof import State
from kg.asking.diff_formats import DIFF_FORMATS
from kg.asking.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from kg.iris import local_name
from kg.namespaces import BASE
from kg.web.pages.addresses import (
    local_address,
    short_name,
    view_parameters,
    with_parameters,
)
from kg.web.pages.labels import Labels
from kg.web.pages.messages import Text, choose_text, install_messages, say, say_sentence
from kg.web.pages.plan import Block
from kg.web.pages.telling import tell_near
from kg.web.pages.wording import (
    COLUMNS,
    GRADE_NAMES,
    GRADES,
    KINDS,
    STATEMENTS,
    TEXT_STATUS,
)
from kg.web.problems import Problem
from kg.web.protocol.languages import LANGUAGES, wanted
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


class Pages:
    """Renders each of the site's pages to HTML, in the language of the request."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        install_messages(self._templates)
        self._templates.filters.update(
            short=short_name,
            local=local_name,
            near=tell_near,
            grade=_show_grade,
            sentence=say_sentence,
        )
        self._templates.globals.update(
            href=_address_here,
            link=_link,
            Text=Text,
            LANGUAGES=LANGUAGES,
            GRADES=GRADES,
            TEXT_STATUS=TEXT_STATUS,
            COLUMNS=COLUMNS,
            KINDS=KINDS,
            STATEMENTS=STATEMENTS,
            BASE_ADDRESS=BASE,
            data_address=_data_address,
            view_of=_view_of,
        )

    def home(
        self, view: View, state: State, blocks: list[Block], removed: list[Any], labels: Labels
    ) -> str:
        """The plan on a day."""
        day = self._service.day_of(view)
        count = sum(row.kind == "Measure" for block in blocks for row in block.rows)
        return self._render(
            "home.html",
            *(view, state),
            day=day.isoformat(),
            blocks=blocks,
            removed=removed,
            labels=labels,
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

    def ontology(self, view: View, state: State, iri: str, **parts: Any) -> str:
        """The terms, their diagrams, and how they stand to those of others."""
        path = local_address(iri)
        return self._render("ontology.html", view, state, iri=iri, path=path, **parts)

    def difference(self, found: dict[str, Any], labels: Labels) -> str:
        """What changed between two days, from the comparison in JSON."""
        formats = list(DIFF_FORMATS.items())
        parts = {"found": found, "formats": formats, "labels": labels}
        return self._render("diff.html", View(), None, **parts)

    def timemap(self, iri: str, view: View, states: Sequence[State]) -> str:
        """A resource's mementos: the states that have it, each with the address there."""
        mementos = [
            (s, local_address(iri, replace(view, day=s.valid_from.isoformat()))) for s in states
        ]
        return self._render("timemap.html", view, None, iri=iri, mementos=mementos)

    def problem(self, problem: Problem) -> str:
        """A page that says what went wrong."""
        return self._render("problem.html", View(), None, problem=problem)

    def catalogue(self, **parts: Any) -> str:
        """What can be had: files by data set, links, and sources with their rights."""
        formats = [f for f in GRAPH_FORMATS if not f.keeps_graphs]
        return self._render("catalogue.html", View(), None, formats=formats, **parts)

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
        link = {"query": operation.query or "", **view_parameters(operation.view, page=False)}
        first = _FIRST_QUERY.replace('"en"', f'"{wanted.get().code}"')
        return self._render(
            "query.html",
            *(operation.view, state),
            query=operation.query or first,
            found=found,
            problem=problem,
            excerpt=_show_place(operation.query or "", problem) if problem else "",
            examples=[(e, choose_text(e.summaries)) for e in self._service.examples],
            solution_formats=SOLUTION_FORMATS,
            graph_formats=GRAPH_FORMATS,
            data=urlencode(link),
        )

    def _render(self, template: str, view: View, state: State | None, **context: Any) -> str:
        return self._templates.get_template(template).render(
            release=self._service.release,
            states=self._service.pool.loaded.states,
            view=view,
            state=state,
            near=self._service.near(view) if state else (),
            asked=view_parameters(view, page=False),
            wanted=wanted.get(),
            **context,
        )


def _address_here(iri: str, view: View | None = None) -> str:
    """The address of a thing, which keeps the language where the request's names it."""
    return local_address(iri, replace(view or View(), language=wanted.get().kept.get("lang")))


def _link(path: str, parameters: Mapping[str, str] | None = None) -> str:
    """A page of this site with its parameters and, where it is named, the language."""
    return with_parameters(path, {**(parameters or {}), **wanted.get().kept})


def _data_address(iri: str, suffix: str) -> str:
    """The address of a thing in an RDF format, which is in all languages."""
    return f"{local_address(iri)}.{suffix}"


def _view_of(day: str) -> View:
    """The view of a day with what may have stood."""
    return View(day, possible=True)


def _show_place(query: str, problem: Problem) -> str:
    """The line of the query in which the mistake is, and a mark below it; empty where unknown."""
    lines = query.splitlines()
    line, column = problem.extra.get("line", 0), problem.extra.get("column", 1)
    if not 0 < line <= len(lines):
        return ""
    return f"{lines[line - 1]}\n{' ' * (column - 1)}^"


def _show_grade(grade: str, what: str = "") -> Markup:
    """A grade as a mark that says in words what it means, not by colour alone."""
    meaning = say(GRADES[grade]) if grade in GRADES else ""
    subject = f"{say(what)}: " if what else ""
    name = say(GRADE_NAMES.get(grade, grade)) if grade else say("no grade")
    return Markup('<span class="grade {}" title="{}">{}{}</span>').format(
        escape(grade.lower()), meaning, subject, name
    )
