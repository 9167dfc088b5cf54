"""What things are called, in the language of the request or the next best."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.web.pages.messages import Text, choose_text
from kg.web.protocol.operation import View
from kg.web.service import Service

__all__ = ["Labels", "iris_in", "read_labels"]

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_SOME = 500
"""So many things are asked about at once: a question has its longest length."""
_MOST = 20_000

Row = Mapping[str, Mapping[str, str]]
Names = Mapping[str, Mapping[str, str]]
"""For a property, by the name of its variable, what a thing is called, by language."""


class Labels:
    """What some things (IRIs) are called."""

    def __init__(
        self, names: Mapping[str, Names], uncertain: Collection[tuple[str, str]] = ()
    ) -> None:
        self._names = names
        self._uncertain = uncertain

    def label(self, iri: str) -> Text | None:
        """The label of a thing; a short one in the page's language goes before one in another."""
        names = self._names.get(iri, {})
        return self._told(iri, choose_text({**names.get("short", {}), **names.get("label", {})}))

    def place(self, iri: str) -> Text | None:
        """The short label, which for a provision tells its place; else the label."""
        names = self._names.get(iri, {})
        return choose_text(names.get("short") or names.get("label", {}))

    def title(self, iri: str) -> Text | None:
        """The label where there is a short one besides: for a provision, what its words say."""
        names = self._names.get(iri, {})
        return self._told(iri, choose_text(names.get("label", {}))) if "short" in names else None

    def _told(self, iri: str, text: Text | None) -> Text | None:
        """The text with the mark of a name that no source gives, where it is one."""
        if text is None or (iri, text.language) not in self._uncertain:
            return text
        uncertain = self._names[iri].get("label", {}).get(text.language) == text.value
        return replace(text, uncertain=uncertain)


async def read_labels(service: Service, view: View, iris: Iterable[str]) -> Labels:
    """What things are called: in the state asked for, or else wherever they have a name.

    Raises ``Problem``.
    """
    asked = sorted({iri for iri in iris if _IRI.fullmatch(iri)})
    names: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    uncertain = set()
    for start in range(0, len(asked), _SOME):
        things = asked[start : start + _SOME]
        rows = await service.rows("labels", view, _MOST, among=("thing", things))
        # What the state says comes last, and stays.
        for row in sorted(rows, key=lambda row: "here" in row):
            language = row["name"].get("xml:lang", "")
            kind = "short" if "short" in row else "label"
            names[row["thing"]["value"]][kind][language] = row["name"]["value"]
            if "uncertain" in row:
                uncertain.add((row["thing"]["value"], language))
    return Labels(names, uncertain)


def iris_in(rows: Iterable[Row], *variables: str) -> Iterator[str]:
    """The addresses that some variables are bound to in the rows of an answer."""
    for row in rows:
        for name in variables:
            if row.get(name, {}).get("type") == "uri":
                yield row[name]["value"]
