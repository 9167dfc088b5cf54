"""The addresses of things on this site, as links and headers write them."""

from urllib.parse import quote, urlencode

from kg.namespaces import BASE, PREFIXES
from kg.web.protocol.operation import View

__all__ = ["local_address", "short_name", "view_parameters", "with_parameters"]


def local_address(iri: str, view: View | None = None) -> str:
    """The address on this site of a thing of ours, with the day; others as they are."""
    if not iri.startswith(BASE):
        return iri if iri.startswith(("http://", "https://")) else ""
    path, mark, fragment = iri.removeprefix(BASE).partition("#")
    address = "/" + quote(path, safe="/@:%,;=+$!*'()~-._")
    return with_parameters(address, view_parameters(view) if view else {}) + mark + fragment


def with_parameters(path: str, parameters: dict[str, str]) -> str:
    """An address with its query, if there is any."""
    return path + (f"?{urlencode(parameters)}" if parameters else "")


def view_parameters(view: View, *, page: bool = True) -> dict[str, str]:
    """What asks for a view: its day, the possible and, for a ``page``, its language."""
    asked = {
        "at": view.day or "",
        "include": "possible" if view.possible else "",
        "lang": (view.language or "") if page else "",
    }
    return {name: value for name, value in asked.items() if value}


def short_name(iri: str) -> str:
    """An address with a known prefix, or what follows ``BASE``."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)
