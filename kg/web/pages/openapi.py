"""The OpenAPI description: what FastAPI can't see of answers by plain ASGI applications.

Each address's media types, the forms of its parameters, and that anything else is a problem (RFC
9457).
"""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI

from kg.asking.csvw import CSVM
from kg.asking.diff_formats import DIFF_FORMATS
from kg.asking.formats import GRAPH_FORMATS
from kg.web.pages.diff import SCHEMA_ADDRESS
from kg.web.protocol.languages import LANGUAGES
from kg.web.protocol.memento import LINK_FORMAT
from kg.web.protocol.negotiate import HTML, describable_formats

__all__ = ["describe_addresses"]

_MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "/": (HTML,),
    "/docs": (HTML,),
    "/unknown": (HTML,),
    "/health": ("application/json",),
    "/diff": (HTML, *DIFF_FORMATS.values()),
    SCHEMA_ADDRESS: ("application/schema+json",),
    "/timemap/{path}": (LINK_FORMAT, "application/json", HTML),
    "/catalogue": (HTML, *(offer.media_type for offer in describable_formats())),
    "/data/{name}": (
        *(form.media_type for form in GRAPH_FORMATS),
        "text/csv",
        CSVM,
        "multipart/byteranges",
    ),
    "/{path}": (HTML, *(offer.media_type for offer in describable_formats())),
}
# A form leaves what isn't said empty.
_DAY = {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "at": _DAY,
    "from": _DAY,
    "to": _DAY,
    "include": {"type": "string", "enum": ["possible", ""]},
    "lang": {"type": "string", "enum": [*LANGUAGES, ""]},
    "format": {"type": "string", "enum": ["html", *DIFF_FORMATS, ""]},
}
_REDIRECTING = ("/timemap/{path}", "/{path}")
_UNREADY = ("/health", "/health/ready")
_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def describe_addresses(app: FastAPI) -> None:
    """Have ``app`` describe its addresses as they answer."""
    generate = app.openapi

    def describe() -> dict[str, Any]:
        made = app.openapi_schema is not None
        document = generate()
        if not made:
            _complete(document)
        return document

    app.openapi = describe  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> None:
    document.setdefault("components", {})["schemas"] = {"Problem": _PROBLEM}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                schema = _PARAMETERS.get(parameter["name"])
                if schema is not None and parameter["in"] == "query":
                    parameter["schema"] = schema
            _complete_responses(path, operation["responses"])


def _complete_responses(path: str, responses: dict[str, Any]) -> None:
    responses.pop("422", None)  # what FastAPI finds wrong is told as all problems are
    if path in _MEDIA_TYPES:
        responses["200"]["content"] = _contents(_MEDIA_TYPES[path])
    if path in _REDIRECTING:
        responses["302"] = {"description": "Another address has it."}
    if path in _UNREADY:
        responses["503"] = {**responses["200"], "description": "Not ready."}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    responses["default"] = {
        "description": "A problem, in words (RFC 9457).",
        "content": {"application/problem+json": problem, HTML: {}},
    }


def _contents(media_types: Iterable[str]) -> dict[str, Any]:
    return {media_type: {} for media_type in dict.fromkeys(media_types)}
