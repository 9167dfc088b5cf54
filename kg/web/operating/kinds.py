"""What kind of request it is: a closed set of words, whatever is in the address."""

__all__ = ["KINDS", "kind_of"]

KINDS = (
    "sparql-get",
    "sparql-post",
    "page",
    "resource",
    "diff",
    "timemap",
    "data",
    "catalogue",
    "health",
    "metrics",
    "other",
)
"""All kinds there are; ``other`` is a method that nothing here is asked by."""

_BY_FIRST_PART = {
    "": "page",
    "docs": "page",
    "openapi.json": "page",
    "style.css": "page",
    "diff": "diff",
    "diff.schema.json": "diff",
    "timemap": "timemap",
    "data": "data",
    ".well-known": "catalogue",
    "catalogue": "catalogue",
    "health": "health",
    "metrics": "metrics",
}


def kind_of(method: str, path: str) -> str:
    """The kind of a request, one of ``KINDS``."""
    reads = method in ("GET", "HEAD")
    first, _, rest = path[1:].partition("/")
    if first == "sparql" or (first == "at" and rest.rstrip("/").endswith("/sparql")):
        if method == "POST":
            return "sparql-post"
        return "sparql-get" if reads else "other"
    return _BY_FIRST_PART.get(first, "resource") if reads else "other"
