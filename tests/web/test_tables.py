"""The table of measures read by its own description, as a program for CSV on the Web reads it."""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import csvw
import pytest

from kg.asking.export import CSV_COLUMNS
from kg.build import Making
from tests.serving import BASE, Server, serve

TABLES = [
    "measures-2013-01-31.csv",
    "measures-2014-10-27.csv",
    "measures-2014-10-27-possible.csv",
    "measures-2014-12-30.csv",
]


@pytest.fixture(scope="module")
def served(making: Making, own_build: Path) -> Iterator[Server]:
    """A server on the project's own graph."""
    assert making.release
    with serve(own_build) as server:
        yield server


def describe(server: Server, table: str) -> tuple[str, dict[str, Any]]:
    """Where a table's description is, by its ``Link``, and what it says."""
    response = server.client.get(f"/data/{table}")
    assert response.status_code == 200
    link = response.links["describedby"]
    assert link["type"] == "application/csvm+json"
    described = server.client.get(link["url"])
    assert described.status_code == 200
    assert described.headers["content-type"] == "application/csvm+json"
    return link["url"], described.json()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_by_its_description(served: Server, name: str, tmp_path: Path) -> None:
    """Every value is of its column's type, and lists are cut where the description says."""
    content = served.client.get(f"/data/{name}").content
    _, description = describe(served, name)
    (tmp_path / name).write_bytes(content)
    (tmp_path / f"{name}-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    table = csvw.Table.from_file(tmp_path / f"{name}-metadata.json")
    read = list(table.iterdicts(strict=True))
    plain = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert len(read) == len(plain) >= 9
    for row, written in zip(read, plain, strict=True):
        assert set(row) == set(CSV_COLUMNS)
        assert row["text"] or not written["text"]
        assert "|".join(row["agencies"]) == written["agencies"]
        assert row["due_by"] is None or isinstance(row["due_by"], datetime.date)
        assert isinstance(row["measure"], int)
    assert table.check_primary_key()


def test_a_value_of_another_type_is_noticed(served: Server, tmp_path: Path) -> None:
    """The description is no mere decoration: a wrong day or grade doesn't pass."""
    name = TABLES[-1]
    content = served.client.get(f"/data/{name}").text
    _, description = describe(served, name)
    (tmp_path / f"{name}-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    for old, new in ((",2014-11-30,", ",2014-11-31,"), (",Stated\r\n", ",Certain\r\n")):
        assert old in content
        (tmp_path / name).write_text(content.replace(old, new, 1), encoding="utf-8", newline="")
        table = csvw.Table.from_file(tmp_path / f"{name}-metadata.json")
        with pytest.raises(ValueError, match=r"2014-11-31|day is out of range|Certain|format"):
            list(table.iterdicts(strict=True))


@pytest.mark.parametrize(
    "address",
    ["measures.csv?at=2013-06-01", "measures.csv?at=2014-11-15&include=possible", *TABLES],
)
def test_a_description_names_its_table(served: Server, address: str) -> None:
    """Else a program would not believe it (Model for Tabular Data, section 5.2)."""
    place, description = describe(served, address)
    assert urljoin(place, description["url"]) == f"/data/{address}"


def test_each_column_is_explained_in_three_languages(served: Server) -> None:
    _, description = describe(served, TABLES[0])
    columns = description["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(CSV_COLUMNS)
    assert [column["titles"] for column in columns] == list(CSV_COLUMNS)
    for column in columns:
        for words in (column["rdfs:label"], column["dc:description"]):
            assert {word["@language"] for word in words} == {"kk", "en", "ru"}
            assert all(word["@value"] for word in words)
        assert column["datatype"]
    assert {word["@language"] for word in description["dc:title"]} == {"kk", "en", "ru"}
    joined = {column["name"] for column in columns if "separator" in column}
    assert joined == {"output_type", "recipient", "agencies", "by_agreement", "funding"}


def test_properties_of_columns_are_terms_of_the_ontology(served: Server) -> None:
    _, description = describe(served, TABLES[0])
    terms = [c["propertyUrl"] for c in description["tableSchema"]["columns"] if "propertyUrl" in c]
    assert len(terms) == 7
    for term in terms:
        assert term.startswith(f"{BASE}ontology#")
        kinds = served.answers(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ <{term}> a ?kind }} }}")
        assert kinds not in ("n 0", "")
