"""Another endpoint's answer, looked through before it is used: whether it is whole and well-formed.

SPARQL 1.1 Query Results JSON Format, SPARQL Query Results XML Format.
"""

from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kg.asking.formats import FORMATS

__all__ = ["SOLUTION_TYPES", "check_solutions"]

SOLUTION_TYPES = {
    media_type: form.engine
    for form in FORMATS
    if form.name in ("json", "xml") and isinstance(form.engine, QueryResultsFormat)
    for media_type in (form.media_type, *form.aliases)
}
"""The media types that solutions are taken in."""


def check_solutions(content: bytes, media_type: str) -> None:
    """Let solutions pass that are whole; raises ``ValueError`` with the reason for all else.

    ``media_type`` is one of ``SOLUTION_TYPES``.
    """
    form = SOLUTION_TYPES[media_type]
    try:
        if form is QueryResultsFormat.XML:  # the engine's reader doesn't miss what isn't closed
            ParserCreate().Parse(content, True)
        found = parse_query_results(content, format=form)
        if not isinstance(found, QuerySolutions):
            raise ValueError("it is true or false, and not a table of solutions")
        for _ in found:
            pass
    except (SyntaxError, ExpatError) as error:
        raise ValueError(f"it can't be read ({error})") from None
