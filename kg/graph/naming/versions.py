"""Labels of versions: a provision's name, with which of its versions is meant."""

from datetime import date

from rdflib import Literal

from kg.graph.naming.days import name_day

__all__ = ["name_version"]

_VERSION = {"kk": "{} күнгі редакция", "en": "version of {}", "ru": "редакция от {}"}


def name_version(name: Literal, day: date) -> Literal:
    """A provision's name in a language, with the first day of a version of it: "Paragraph 4
    (version of 27 October 2014)".
    """
    tongue = str(name.language)
    which = _VERSION[tongue].format(name_day(day, tongue))
    return Literal(f"{name} ({which})", lang=tongue)
