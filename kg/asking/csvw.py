"""What the table of measures says of itself: its columns, typed and explained (CSV on the Web).

Metadata Vocabulary for Tabular Data (W3C Recommendation of 17 December 2015): a table description,
section 5.4, with a schema, section 5.5. The words on the columns are in ``columns.json``.
"""

import json
from pathlib import Path
from typing import Any

from kg.asking.export import CSV_COLUMNS
from kg.namespaces import ZH

__all__ = ["CSVM", "METADATA_SUFFIX", "describe_table"]

CSVM = "application/csvm+json"
METADATA_SUFFIX = "-metadata.json"
"""What follows a table's address in that of its description (Model for Tabular Data, 5.3)."""

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLES = {
    "kk": "Жоспардың іс-шаралары: {day} күнінен бастап күй",
    "en": "The measures of the plan: the state from {day}",
    "ru": "Мероприятия плана: состояние с {day}",
}
_COLUMNS: dict[str, Any] = json.loads(
    Path(__file__).with_name("columns.json").read_text(encoding="utf-8")
)


def describe_table(address: str, day: str, release: str) -> bytes:
    """The metadata, in JSON, of the table at ``address`` (relative to the metadata's own).

    ``day`` is the first day of the state that the table is of.
    """
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": [_text(words.format(day=day), tag) for tag, words in _TITLES.items()],
        "dc:license": {"@id": _LICENCE},
        "dc:identifier": release,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "aboutUrl": "{+provision}",
            "primaryKey": "provision",
            "columns": [_describe_column(name, _COLUMNS[name]) for name in CSV_COLUMNS],
        },
    }
    return json.dumps(description, ensure_ascii=False, indent=1).encode() + b"\n"


def _describe_column(name: str, words: dict[str, Any]) -> dict[str, Any]:
    """A column: its name is also its title, since a title is what the header of the file says."""
    said = ("datatype", "lang", "separator", "required")
    given: dict[str, Any] = {key: words[key] for key in said if key in words}
    term = {"propertyUrl": str(ZH[words["property"]])} if "property" in words else {}
    return {
        "name": name,
        "titles": name,
        **given,
        **term,
        "rdfs:label": [_text(text, tag) for tag, text in words["title"].items()],
        "dc:description": [_text(text, tag) for tag, text in words["description"].items()],
    }


def _text(text: str, tag: str) -> dict[str, str]:
    return {"@value": text, "@language": tag}
