"""Root folders to build from: copies of the project's own inputs and of the made-up plan's."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE_UP = ROOT / "tests/made_up"
INPUTS = ("data", "ontology", "queries")
SHARED = (
    "ontology/zhospar.ttl",
    "ontology/links.ttl",
    "ontology/alignments.ttl",
    "ontology/rules.ttl",
    "data/catalogue.ttl",
    "data/origins.ttl",
)


def copy_project(target: Path) -> Path:
    """Copy all inputs of the project's own build; returns ``target``."""
    return _copy_inputs(ROOT, target)


def copy_made_up(target: Path) -> Path:
    """Copy the made-up plan, with the project's terms, rules and catalogue; returns ``target``."""
    _copy_inputs(MADE_UP, target)
    for name in SHARED:
        shutil.copyfile(ROOT / name, target / name)
    return target


def rewrite_source(root: Path, change: Callable[[str], str]) -> None:
    """Change the text below ``root`` and say its new SHA-256 in the manifest.

    Translations are of the words as they were, so that they are left out.
    """
    (root / "data/translations.ttl").unlink(missing_ok=True)
    (manifest,) = (root / "data/source").glob("*.json")
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    text = manifest.with_name(fields["file"])
    content = change(text.read_text(encoding="utf-8")).encode()
    text.write_bytes(content)
    fields["sha256"] = hashlib.sha256(content).hexdigest()
    manifest.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")


def replace_once(text: str, old: str, new: str) -> str:
    """Replace ``old``; raises ``ValueError`` where it doesn't stand there exactly once."""
    if text.count(old) != 1:
        raise ValueError(f"«{old}» stands {text.count(old)} times in the text")
    return text.replace(old, new)


def _copy_inputs(source: Path, target: Path) -> Path:
    for name in INPUTS:
        shutil.copytree(source / name, target / name)
    return target
