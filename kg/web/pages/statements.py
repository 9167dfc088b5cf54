"""The statements of a resource as its page shows them, with what things are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.namespaces import RDFS, SKOS, ZH
from kg.web.pages.addresses import short_name
from kg.web.pages.labels import Labels
from kg.web.pages.messages import Text, choose_text
from kg.web.protocol.languages import LANGUAGES, wanted

__all__ = ["Wording", "by_property", "by_subject", "find_wording", "name_among"]

Row = dict[str, dict[str, str]]

_NAMES = (SKOS.prefLabel, RDFS.label, "http://purl.org/dc/terms/title", SKOS.altLabel)
_TRANSLATION = f"{ZH._NS}translation"
_ORIGINAL = "kk"
"""The language of the text that is held."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the act, as they stand there, and what they say in the page's language.

    ``translation`` is unofficial; on a page in the language of the text there is none.
    """

    words: Text
    translation: Text | None


def find_wording(rows: Iterable[Row], title: Text | None) -> Wording | None:
    """The words of a provision among its statements; its ``title`` stands for a translation."""
    words = _literals(rows, str(ZH.text)).get(_ORIGINAL)
    if words is None:
        return None
    translation = choose_text(_literals(rows, _TRANSLATION)) or title
    if wanted.get().code == _ORIGINAL or (translation and translation.language == _ORIGINAL):
        translation = None
    if translation and translation.language in _values(rows, str(ZH.uncertainName)):
        translation = replace(translation, uncertain=True)
    return Wording(Text(words.strip(), _ORIGINAL), translation)


def _values(rows: Iterable[Row], term: str) -> set[str]:
    return {row["value"]["value"] for row in rows if row["property"]["value"] == term}


def name_among(rows: Iterable[Row]) -> Text | None:
    """What a resource is called, by its statements."""
    listed = list(rows)
    return next((name for term in _NAMES if (name := choose_text(_literals(listed, term)))), None)


def by_property(rows: Iterable[Row], term: str, labels: Labels) -> list[Mapping[str, Any]]:
    """Rows gathered by property, each value once, with what a page shows of it.

    What stands in each language of the pages is ``found`` in the page's own and ``besides`` in the
    others.
    """
    gathered: dict[str, dict[str, Any]] = {}
    for row in rows:
        iri = row["property"]["value"]
        label = labels.label(iri) or short_name(iri)
        entry = gathered.setdefault(iri, {"iri": iri, "label": label, "found": {}})
        value = row[term]
        key = (value["type"], value["value"], value.get("xml:lang"))
        about = row.get("what", {}).get("value", "")
        entry["found"][key] = {
            "term": value,
            "label": labels.label(value["value"]) or labels.label(about),
            "quote": row.get("quote", {}).get("value", ""),
            "line": row.get("line", {}).get("value", ""),
        }
    return [{**entry, **_by_language(entry["found"].values())} for entry in gathered.values()]


def _by_language(found: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Values apart by whether they are in the language of the page."""
    values = list(found)
    if not LANGUAGES.keys() <= {_language(value) for value in values}:
        return {"found": values, "besides": []}
    others = LANGUAGES.keys() - {wanted.get().code}
    return {
        "found": [value for value in values if _language(value) not in others],
        "besides": [value for value in values if _language(value) in others],
    }


def _language(value: Mapping[str, Any]) -> str:
    return str(value["term"].get("xml:lang", ""))


def by_subject(rows: Iterable[Row], labels: Labels) -> list[Mapping[str, Any]]:
    """What a graph speaks of, each thing once, with its label and its definition."""
    gathered: dict[str, dict[str, Any]] = {}
    for row in rows:
        iri = row["subject"]["value"]
        entry = gathered.setdefault(iri, {**row, "definitions": {}})
        if "definition" in row:
            definition = row["definition"]
            entry["definitions"][definition.get("xml:lang", "")] = definition["value"]
    return [
        {
            "subject": entry["subject"],
            "statements": entry["statements"],
            "label": labels.label(iri),
            "definition": choose_text(entry["definitions"]),
        }
        for iri, entry in gathered.items()
    ]


def _literals(rows: Iterable[Row], term: str) -> dict[str, str]:
    """The values of a property, one for each language."""
    return {
        row["value"].get("xml:lang", ""): row["value"]["value"]
        for row in rows
        if row["property"]["value"] == str(term) and row["value"]["type"] == "literal"
    }
