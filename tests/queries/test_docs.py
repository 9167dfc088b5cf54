"""The pages for readers: what they quote is what the commands beside it print.

A block behind ``<!-- output of: python -m kg … -->`` is that command's output, one behind
``<!-- text of: … -->`` a file's text (a query's without the lines on top).
``pytest --update-golden`` writes the blocks anew.
"""

import re
import shlex
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.asking.library import read_query
from tests.roots import ROOT

PAGES = (
    ROOT / "README.md",
    ROOT / "docs/bodies.md",
    ROOT / "docs/cookbook.md",
    ROOT / "docs/evidence.md",
    ROOT / "docs/federation.md",
    ROOT / "docs/model.md",
)
BLOCK = re.compile(
    r"<!-- (?P<what>output|text) of: (?P<source>[^\n]+) -->\n"
    r"(?P<opening>```\w*\n)(?P<body>.*?)(?P<closing>^```$)",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)|<img src=\"(?P<image>[^\"]+)\"")
QUERY = re.compile(r"queries/(?P<name>[a-z-]+)\.rq")


def blocks() -> list[tuple[Path, str, str]]:
    """Each block's page, with what it says it is and of what."""
    return [
        (page, found["what"], found["source"])
        for page in PAGES
        for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


BLOCKS = blocks()


def run(command: str, build: Path, capture: pytest.CaptureFixture[bytes]) -> str:
    """What a command prints: ``python -m kg …``, with ``| head -n N``, ``| tail -n N``,
    ``| grep -E PATTERN`` or ``| grep -A N PATTERN`` behind it.

    Where it prints nothing it fails, and what it says of that is given.
    """
    program, *filters = command.split(" | ")
    arguments = shlex.split(program)
    assert arguments[:3] == ["python", "-m", "kg"], f"{command} is no command of the project's"
    code = main([*arguments[3:], "--build", str(build)])
    printed = capture.readouterr()
    # Near a bound an answer is told of it beside what it says; that is no error.
    errors = [line for line in printed.err.splitlines() if b"until it began" not in line]
    assert bool(errors) == bool(code), command
    lines = (printed.out or printed.err).decode().replace("\r\n", "\n").splitlines(keepends=True)
    for step in filters:
        lines = cut(lines, *shlex.split(step))
    return "".join(lines)


def cut(lines: list[str], name: str, *arguments: str) -> list[str]:
    """The lines that ``head``, ``tail`` or ``grep`` leaves of some."""
    if name == "grep":
        *flags, pattern = arguments
        assert flags == ["-E"] or flags[0] == "-A"
        reach = int(flags[1]) if flags[0] == "-A" else 0
        found = [n for n, line in enumerate(lines) if re.search(pattern, line)]
        kept = {n for first in found for n in range(first, first + reach + 1)}
        return [line for n, line in enumerate(lines) if n in kept]
    flag, count = arguments
    assert (name, flag) in {("head", "-n"), ("tail", "-n")}
    return lines[: int(count)] if name == "head" else lines[-int(count) :]


def text_of(name: str) -> str:
    """A file's text; that of a query without the lines that describe it."""
    path = ROOT / name
    return f"{read_query(path).body}\n" if path.suffix == ".rq" else path.read_text("utf-8")


def test_blocks_are_found() -> None:
    mark = re.compile(r"^<!--.* of: ", re.MULTILINE)
    marks = sum(len(mark.findall(page.read_text(encoding="utf-8"))) for page in PAGES)
    assert {page for page, _, _ in BLOCKS} == set(PAGES)
    assert len(BLOCKS) == marks == 97


@pytest.mark.parametrize(
    ("page", "what", "source"), BLOCKS, ids=[f"{page.stem}: {source}" for page, _, source in BLOCKS]
)
def test_block_is_what_it_says(
    page: Path,
    what: str,
    source: str,
    build_folder: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(ROOT)
    expected = text_of(source) if what == "text" else run(source, build_folder, capsysbinary)
    text = page.read_text(encoding="utf-8")
    (block,) = [
        found
        for found in BLOCK.finditer(text)
        if (found["what"], found["source"]) == (what, source)
    ]
    if request.config.getoption("--update-golden", default=False):
        page.write_text(text[: block.start("body")] + expected + text[block.end("body") :], "utf-8")
        return
    assert block["body"].splitlines() == expected.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [found["target"] or found["image"] for found in LINK.finditer(text)]
    missing = [
        target
        for target in targets
        if "://" not in target
        and not target.startswith("#")
        and not (page.parent / target.partition("#")[0]).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_questions_named_are_kept(page: Path) -> None:
    names = {found["name"] for found in QUERY.finditer(page.read_text(encoding="utf-8"))}
    kept = {path.stem for path in (ROOT / "queries").glob("*.rq")}
    assert names - kept == set()
