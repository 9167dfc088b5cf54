"""A comparison of two days in its formats: text for people, JSON after a published schema, and the
RDF patch in Turtle.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from kg.asking.changes import (
    Difference,
    OnlyEvidence,
    Origin,
    ProvisionChange,
    Said,
    Side,
    Standing,
    StatementChange,
)
from kg.asking.diff import compare_days
from kg.asking.diff_text import tell_difference
from kg.asking.nodes import Name, Nodes, Quote, Start
from kg.asking.patch import write_patch
from kg.asking.store import KnowledgeGraph
from kg.iris import graph_iri, local_name
from kg.namespaces import BASE

__all__ = ["DIFF_FORMATS", "DIFF_SCHEMA", "SCHEMA_IRI", "answer_diff", "difference_as_json"]

DIFF_FORMATS = {"text": "text/plain", "json": "application/json", "ttl": "text/turtle"}
"""The formats by name, and their media types."""

SCHEMA_IRI = f"{BASE}diff.schema.json"
DIFF_SCHEMA = Path(__file__).with_name("diff.schema.json").read_bytes()
"""The JSON Schema (2020-12) of the JSON form, as it is published at ``SCHEMA_IRI``."""

Json = dict[str, Any]

_ADDRESS = re.compile(r'https?://[^\x00-\x20<>"{}|^`\\]+')


def answer_diff(graph: KnowledgeGraph, before: date, after: date, form: str) -> bytes:
    """What differs between two days, in the format named; raises ``DayBeforeFirst``, and
    ``KeyError`` where there is no such format.
    """
    difference = compare_days(graph, before, after)
    if form == "ttl":
        return write_patch(graph, difference)
    if form == "json":
        content = difference_as_json(difference)
        later = max(difference.before.state, difference.after.state)
        here = (later.graph, later.possible, graph_iri("reference"))
        content["names"] = _names_in(content, Nodes(graph), here)
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    if form not in DIFF_FORMATS:
        raise KeyError(form)
    return tell_difference(difference).encode()


def difference_as_json(difference: Difference) -> Json:
    """The comparison as plain values, after the schema."""
    certainties = ("certain", "possible", "unattributed")
    counts = {one: sum(c.certainty == one for c in difference.changes) for one in certainties}
    return {
        "$schema": SCHEMA_IRI,
        "release": difference.release,
        "from": _side(difference.before),
        "to": _side(difference.after),
        "counts": {**counts, "onlyEvidence": len(difference.only_evidence)},
        "changes": [_change(change) for change in difference.changes],
        "onlyEvidence": [_only_evidence(found) for found in difference.only_evidence],
    }


def _names_in(content: Json, nodes: Nodes, here: Collection[str]) -> Json:
    """What the nodes that a comparison names are called, in all languages, by address (IRI)."""
    found = {iri: nodes.names(iri, here) for iri in sorted(set(_addresses_in(content)))}
    return {iri: names for iri, names in found.items() if names}


def _addresses_in(content: object) -> Iterator[str]:
    if isinstance(content, str):
        if _ADDRESS.fullmatch(content):
            yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _addresses_in(part)


def _side(side: Side) -> Json:
    until = side.state.valid_until
    return {
        "day": side.day.isoformat(),
        "state": side.state.iri,
        "validFrom": side.state.valid_from.isoformat(),
        "validUntil": until.isoformat() if until else None,
        "evidence": local_name(side.state.evidence),
        "start": _start(side.start),
    }


def _start(start: Start) -> Json:
    return {
        "earliest": start.earliest or None,
        "latest": start.latest or None,
        "evidence": start.evidence or None,
        "rules": list(start.rules),
        "quotes": _quotes(start.quotes),
    }


def _quotes(quotes: Iterable[Quote]) -> list[Json]:
    return [asdict(quote) for quote in quotes]


def _name(name: Name) -> Json:
    return {"label": name.place, "title": name.title or None}


def _change(change: ProvisionChange) -> Json:
    return {
        "provision": change.provision,
        **_name(change.name),
        "kind": change.kind,
        "certainty": change.certainty,
        "editorial": change.editorial,
        "amendments": [_origin(origin) for origin in change.origins],
        "before": _standing(change.before),
        "after": _standing(change.after),
        "statements": [_statement(statement) for statement in change.statements],
        "notKnown": [{**asdict(item), "node": item.node or None} for item in change.open],
    }


def _only_evidence(found: OnlyEvidence) -> Json:
    sides = {"before": _standing(found.before), "after": _standing(found.after)}
    return {"provision": found.provision, **_name(found.name), **sides}


def _origin(origin: Origin) -> Json:
    return {
        "iri": origin.iri,
        "certain": origin.certain,
        "change": origin.change,
        "act": {"iri": origin.act, "label": origin.act_label},
        "effect": _start(origin.start),
        "quotes": _quotes(origin.notes),
    }


def _standing(standing: Standing | None) -> Json | None:
    if standing is None:
        return None
    return {
        "in": standing.where,
        "existence": standing.existence,
        "words": standing.words,
        "textStatus": standing.text_status or None,
        "partsPreserved": not standing.parts_lost,
    }


def _statement(statement: StatementChange) -> Json:
    proof = statement.proof
    return {
        "what": statement.what,
        "property": str(statement.property),
        "kind": statement.kind,
        "certainty": statement.certainty,
        "before": _said(statement.before),
        "after": _said(statement.after),
        "words": [asdict(run) for run in statement.words],
        "proofOfAbsence": {"iri": proof.iri, "rules": list(proof.rules)} if proof else None,
    }


def _said(said: Said | None) -> Json | None:
    if said is None:
        return None
    properties: dict[str, list[str]] = {}
    for name, value in said.properties:
        properties.setdefault(name, []).append(value)
    return {
        "value": said.value,
        "label": said.label,
        "node": said.node or None,
        "evidence": said.grade or None,
        "says": properties,
        "quotes": _quotes(said.quotes),
    }
