"""The text and its manifest: only the bytes described are read, and lines are told from 1."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.source import FIELDS, SourceError, read_source
from tests.reading.texts import source_of
from tests.roots import copy_made_up


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """The made-up plan's manifest, beside its text, in a folder of the test's own."""
    return copy_made_up(tmp_path / "root") / "data/source/made-up.kaz.json"


def test_the_text_is_read_as_it_is(manifest: Path) -> None:
    """Byte for byte: line ends and blanks too."""
    source = read_source(manifest)
    assert source.text.encode() == manifest.with_name("made-up.kaz.txt").read_bytes()
    assert source.manifest["identifier"] == "MADE-UP-7"


def test_other_bytes_are_refused(manifest: Path) -> None:
    """A text that somebody changed stops the build; the message has both SHA-256 and the remedy."""
    text = manifest.with_name("made-up.kaz.txt")
    text.write_bytes(text.read_bytes() + b"\n")
    with pytest.raises(SourceError, match=r"made-up.kaz.txt: its SHA-256 is [0-9a-f]{64}, where "):
        read_source(manifest)


def test_files_are_named_as_seen_from_the_root(manifest: Path) -> None:
    """Where a root is given; what is read then says its folder too."""
    root = manifest.parents[2]
    assert read_source(manifest, root).name == "data/source/made-up.kaz.txt"
    assert read_source(manifest).name == "made-up.kaz.txt"
    manifest.with_name("made-up.kaz.txt").unlink()
    with pytest.raises(
        SourceError, match=r"^data/source/made-up\.kaz\.txt: the text can't be read"
    ):
        read_source(manifest, root)
    manifest.unlink()
    with pytest.raises(SourceError, match=r"^data/source/made-up\.kaz\.json: no manifest can be"):
        read_source(manifest, root)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 7])
def test_a_manifest_without_a_field_is_refused(manifest: Path, field: str, value: object) -> None:
    """Each of the seven fields is needed, as a string; the message names the one missing."""
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    fields[field] = value
    if value is None:
        del fields[field]
    manifest.write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(SourceError, match=f"made-up.kaz.json: the manifest lacks {field}$"):
        read_source(manifest)


def test_fields_are_counted() -> None:
    """The cases above cover all that a manifest has to say."""
    assert len(FIELDS) == 7


@pytest.mark.parametrize("content", ["", "{", "[1", "\\x00"])
def test_what_is_no_json_is_no_manifest(manifest: Path, content: str) -> None:
    """A broken manifest is named, not shown as a stack trace."""
    manifest.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"made-up\.kaz\.json: no manifest can be read here"):
        read_source(manifest)


@pytest.mark.parametrize("content", ["[]", "7", "null", '"text"'])
def test_json_that_is_no_object_is_no_manifest(manifest: Path, content: str) -> None:
    """Well-formed JSON of another kind is refused in the same way."""
    manifest.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"made-up\.kaz\.json: "):
        read_source(manifest)


def test_a_text_that_is_gone_is_named(manifest: Path) -> None:
    """The message gives the text's path."""
    manifest.with_name("made-up.kaz.txt").unlink()
    with pytest.raises(SourceError, match=r"made-up\.kaz\.txt: the text can't be read"):
        read_source(manifest)


def test_bytes_that_are_no_utf_8_are_refused(manifest: Path) -> None:
    """A text in another encoding is an error of the source, even where its SHA-256 is right."""
    content = "Жоспар".encode("cp1251")
    manifest.with_name("made-up.kaz.txt").write_bytes(content)
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    fields["sha256"] = hashlib.sha256(content).hexdigest()
    manifest.write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(SourceError, match=r"made-up\.kaz\.txt: .*UTF-8"):
        read_source(manifest)


@given(st.text(alphabet="аб \n\t\u00a0", min_size=1, max_size=60), st.data())
def test_lines_and_quotes_agree_with_the_text(text: str, data: st.DataObject) -> None:
    """A line's number counts the line ends before; a quote is the text at its span, unblanked."""
    source = source_of(text)
    offset = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    assert source.line(offset) == text[:offset].count("\n") + 1
    end = data.draw(st.integers(min_value=offset + 1, max_value=len(text)))
    if text[offset:end].strip():
        quote = source.quote(offset, end)
        assert text[quote.span.start : quote.span.end] == quote.text == text[offset:end].strip()
        assert source.within(quote, 0, len(quote.text)) == quote
    else:
        with pytest.raises(ValueError, match="not a span"):
            source.quote(offset, end)
