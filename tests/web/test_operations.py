"""docs/operations.md, docs/settings.md and docs/deploy/: what they say is so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.web.environment import Reader
from kg.web.settings import settings_of
from tests.needs import need
from tests.proxies import DEPLOY
from tests.roots import ROOT, replace_once
from tests.serving import serve_from

SETTING = re.compile(r"\bKG_[A-Z_]+\b")


def known() -> dict[str, object]:
    """All settings that the server reads, and their defaults."""
    reader = Reader({})
    settings_of(reader)
    return reader.known


def read_table() -> dict[str, str]:
    """The settings of docs/settings.md, and the defaults it gives."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]*?) *\|", text, re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_settings_page_has_every_setting_and_no_other() -> None:
    assert sorted(read_table()) == sorted(known())


def test_settings_page_has_the_defaults() -> None:
    told = {**read_table(), "KG_WORKERS": str(known()["KG_WORKERS"])}  # there: one a core
    assert told == {name: str(default) for name, default in known().items()}


@pytest.mark.parametrize(
    "page",
    [ROOT / "docs" / "operations.md", *sorted(DEPLOY.iterdir())],
    ids=lambda path: path.name,
)
def test_no_page_names_a_setting_that_there_is_not(page: Path) -> None:
    assert set(SETTING.findall(page.read_text(encoding="utf-8"))) <= set(known())


def test_all_files_of_deployment_are_told_of() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = sorted(path.name for path in DEPLOY.iterdir())
    assert names == ["Caddyfile", "Containerfile", "nginx.conf", "zhospar.service"]
    assert [name for name in names if f"(deploy/{name})" not in page] == []


def test_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """Verified with the paths of this machine in place of those under /opt."""
    program = shutil.which("systemd-analyze")
    need(program, "systemd-analyze")
    text = (DEPLOY / "zhospar.service").read_text(encoding="utf-8")
    text = replace_once(
        text, "ExecStart=/opt/zhospar/.venv/bin/python", f"ExecStart={sys.executable}"
    )
    text = replace_once(text, "WorkingDirectory=/opt/zhospar", f"WorkingDirectory={ROOT}")
    unit = tmp_path / "zhospar.service"
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(program), "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_container_copies_is_enough_to_build_and_serve(tmp_path: Path) -> None:
    """Its COPY lines are followed into an empty folder; there the graph is made, and served."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copies = [line.split()[1:] for line in text.splitlines() if re.match(r"COPY (?!--from)", line)]
    assert len(copies) == 8
    for *sources, target in copies:
        for source in sources:
            place = tmp_path / target / (source if target.endswith("/") else "")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place)
            else:
                shutil.copyfile(ROOT / source, place)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with serve_from(tmp_path, tmp_path / "build", {}) as running:
        assert running.client.get("/health/ready").status_code == 200
        assert running.client.get("/").status_code == 200
