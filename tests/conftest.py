"""What all tests share: golden files, the project's own plan made once, and the made-up one.

``pytest --update-golden`` rewrites the files of ``tests/golden/``; nothing else does.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.asking.dumps import write_dumps
from kg.build import Making, Reading, make, read
from kg.dumps import DUMPS_FOLDER
from kg.graph.curated import read_facts, read_vocabulary
from kg.graph.quads import to_nquads
from kg.history.known import Facts
from kg.reading.vocabulary import Vocabulary
from tests.roots import ROOT, copy_made_up

GOLDEN = Path(__file__).parent / "golden"

Compare = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option that rewrites golden files."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files of tests/golden/"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Compare:
    """Hold a text against a golden file: ``golden("plan.txt", text)``; or rewrite the file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        elif not path.is_file():
            pytest.fail(f"there is no {path}; pytest --update-golden makes it")
        # Lines, so that what differs is shown and not two long strings.
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines(), name

    return compare


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The project's own plan, read from its text."""
    return read(ROOT)


@pytest.fixture(scope="session")
def vocabulary(reading: Reading) -> Vocabulary:
    """The words that the project's own plan is read by."""
    return read_vocabulary(reading.curated)


@pytest.fixture(scope="session")
def facts(reading: Reading) -> Facts:
    """The sourced facts of the project's own data."""
    return read_facts(reading.curated)


@pytest.fixture(scope="session")
def own_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``making`` writes the files of the release into, as a build has them."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="session")
def making(own_build: Path) -> Making:
    """All quads of the project's own plan, with the history behind them; not yet checked.

    They are in ``own_build`` too, so that it can be served.
    """
    made = make(
        ROOT, lambda step: None, lambda nquads: write_dumps(nquads, own_build / DUMPS_FOLDER)
    )
    (own_build / "kg.nq").write_text(to_nquads(made.quads), encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def made_up_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up plan's root folder, a copy with the project's terms and rules."""
    return copy_made_up(tmp_path_factory.mktemp("made-up") / "root")


@pytest.fixture(scope="session")
def made_up(made_up_root: Path) -> Reading:
    """The made-up plan, read from its text."""
    return read(made_up_root)


@pytest.fixture(scope="session")
def made_up_making(made_up_root: Path) -> Making:
    """All quads of the made-up plan, with the history behind them."""
    return make(made_up_root, lambda step: None)
