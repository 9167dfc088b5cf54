"""A request to the query endpoint, read by the clauses of SPARQL 1.1 Protocol, section 2.1.

Pure functions: from method, headers, query string and body to what is asked, or to the reason why
it can't be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from kg.asking.asof import parse_day
from kg.asking.dataset import DatasetClause
from kg.asking.errors import NotADay
from kg.web.problems import Problem, Sentence
from kg.web.protocol.languages import read_language

__all__ = ["Operation", "View", "parse_parameters", "read_operation", "read_view"]

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_PARAMETERS = 1000
_NO_UPDATES = (
    "Zhospar answers questions and can't be changed through them: it takes no SPARQL updates."
)

Parameters = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class View:
    """The day asked for (``YYYY-MM-DD``; ``None`` is today), and whether the possible counts.

    ``language`` is the code in ``lang``, ``None`` where the address names none. It counts for pages
    alone, and is here so that addresses made from a view keep it.
    """

    day: str | None = None
    possible: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation; without ``query`` it is a call at the endpoint's door.

    ``format`` is the name of one, asked for by the parameter ``as``; it counts instead of
    ``Accept``.
    """

    query: str | None
    dataset: DatasetClause
    view: View
    format: str | None = None


def read_operation(
    method: str, content_type: str, query_string: bytes, body: bytes, day: str | None = None
) -> Operation:
    """What a request asks; ``day`` is that of ``/at/{date}/sparql``. Raises ``Problem``."""
    parameters = parse_parameters(query_string)
    query = None
    if method == "POST":
        media_type = _read_media_type(content_type)
        if media_type == FORM:
            parameters = _join(parameters, parse_parameters(body))
        elif media_type == DIRECT:
            query = _decode(body)
        elif media_type == UPDATE:
            raise Problem(400, _NO_UPDATES)
        else:
            raise Problem(
                415,
                f"A query is posted as {FORM} or as {DIRECT}, "
                f"not as {media_type or 'a body without a Content-Type'}.",
                headers={"Accept-Post": f"{FORM}, {DIRECT}"},
            )
    if "update" in parameters:
        raise Problem(400, _NO_UPDATES)
    named = _only(parameters, "query")
    if query is not None and named is not None:
        raise Problem(400, "There are two queries: one in the body, and one in the address.")
    query = named if query is None else query
    if query is None and method == "POST":
        raise Problem(400, "There is no query: send it as the parameter 'query', or as the body.")
    dataset = DatasetClause(
        tuple(parameters.get("default-graph-uri", ())), tuple(parameters.get("named-graph-uri", ()))
    )
    return Operation(query, dataset, read_view(parameters, day), _only(parameters, "as"))


def read_view(parameters: Parameters, day: str | None = None) -> View:
    """The parameters ``at``, ``include`` and ``lang``; ``day`` is that of the address.

    Raises ``Problem``.
    """
    asked = _only(parameters, "at") or None
    if day is not None and asked is not None and asked != day:
        raise Problem(
            400,
            Sentence(
                "The address asks for %(day)s, and 'at' for %(asked)s: which day is it?",
                day=day,
                asked=asked,
            ),
        )
    day = day if asked is None else asked
    if day is not None:
        try:
            parse_day(day)
        except NotADay as error:
            raise Problem(
                400,
                Sentence(
                    "'%(text)s' is not a day of the calendar: write it as YYYY-MM-DD, such as "
                    "2014-10-27.",
                    text=error.text,
                ),
            ) from None
    include = [value for value in parameters.get("include", []) if value]
    for value in include:
        if value != "possible":
            raise Problem(
                400,
                Sentence(
                    "'%(value)s' can't be included: the one thing that can is 'possible'.",
                    value=value,
                ),
            )
    return View(day, possible=bool(include), language=read_language(parameters))


def parse_parameters(encoded: bytes) -> dict[str, list[str]]:
    """The parameters of a query string or a form, decoded once. Raises ``Problem``."""
    if encoded.count(b"&") >= _MOST_PARAMETERS:
        raise Problem(400, Sentence("There are too many parameters."))
    parameters: dict[str, list[str]] = {}
    try:
        for pair in encoded.split(b"&"):
            if pair:
                name, _, value = pair.partition(b"=")
                parameters.setdefault(_unquote(name), []).append(_unquote(value))
    except UnicodeDecodeError:
        sentence = Sentence("The parameters are not percent-encoded UTF-8.")
        raise Problem(400, sentence) from None
    return parameters


def _unquote(encoded: bytes) -> str:
    return unquote_to_bytes(encoded.replace(b"+", b" ")).decode()


def _join(*several: Parameters) -> dict[str, list[str]]:
    names: Iterable[str] = dict.fromkeys(name for parameters in several for name in parameters)
    return {name: [v for parameters in several for v in parameters.get(name, [])] for name in names}


def _only(parameters: Parameters, name: str) -> str | None:
    """The one value of a parameter, if it is there; raises ``Problem`` where there are several."""
    values = parameters.get(name, [])
    if len(values) > 1:
        raise Problem(
            400,
            Sentence(
                "The parameter '%(name)s' is there %(count)s times; it can be there once.",
                name=name,
                count=len(values),
            ),
        )
    return values[0] if values else None


def _read_media_type(content_type: str) -> str:
    """The media type without its parameters; raises ``Problem`` for a charset other than UTF-8."""
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(" \"'") not in ("utf-8", "utf8", "us-ascii"):
            raise Problem(415, f"Queries are read as UTF-8, not as {value.strip()}.")
    return media_type


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: byte {error.start} can't be read.") from None
