"""Labels of attestations: whose facet, in which state, how sure."""

from kg.graph.naming.cells import KINDS, place_texts
from kg.graph.naming.days import name_day
from kg.graph.naming.names import LANGUAGES, Names, Texts
from kg.history.known import AttestationKey, Inference
from kg.model import Provision
from kg.namespaces import ZH

__all__ = ["name_attestation"]

_STATE: Texts = {"kk": "мәтін күйі,", "en": "in the state of", "ru": "состояние текста на"}
_NOT: Texts = {"kk": "жоқ", "en": "not there", "ru": "отсутствует"}


def name_attestation(
    provision: Provision, key: AttestationKey, inference: Inference, names: Names
) -> Texts:
    """What is attested: "Measure 4.6: existence in the state of 27 October 2014, unknown".

    What doesn't hold in the state is said not to be there. A language is missing where a facet or
    a grade has no name in it.
    """
    places = place_texts(provision)
    texts: dict[str, str | None] = {}
    for language in LANGUAGES:
        facet, grade = (names.of(str(ZH[term]), language) for term in (key.facet, inference.grade))
        if facet and grade:
            subject = places[language] + _cell(key.subject.cell, language)
            what = f"{facet} ({key.detail})" if key.detail else facet
            state = f"{_STATE[language]} {name_day(key.state, language)}"
            held = grade if inference.holds else f"{_NOT[language]}, {grade}"
            comma = " " if language == "en" else ", "
            texts[language] = f"{subject}: {what}{comma}{state}, {held}"
    return texts


def _cell(cell: str | None, language: str) -> str:
    """A cell by its kind and, where a row may have several, its number; empty for the whole."""
    if cell is None:
        return ""
    kind, _, number = cell.partition("-")
    return f", {KINDS[kind][language]}" + (f" {number}" if number else "")
