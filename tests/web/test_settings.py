"""Settings from the environment."""

import re

import pytest

from kg.web.environment import Reader
from kg.web.settings import InvalidSetting, pack, read_settings, settings_of, unpack
from tests.serving import ROOT


def test_defaults() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.deadline == 30
    assert settings.worker_memory == 1024 << 20
    assert settings.result_limit == 256 << 20
    assert settings.workers >= 1


def test_port_may_be_the_kernels_choice() -> None:
    assert read_settings({"PORT": "0"}).port == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("KG_WORKERS", "0"),
        ("KG_QUERY_DEADLINE_S", "0"),
        ("KG_QUERY_DEADLINE_S", "nan"),
        ("KG_QUERY_DEADLINE_S", "soon"),
        ("KG_WORKER_MEMORY_MB", "1"),
        ("KG_RESULT_MAX_MB", "²"),
        ("KG_RESULT_MAX_ROWS", "9" * 5000),
        ("KG_QUERY_MAX_DEPTH", "501"),
        ("KG_NETWORK_NAMESPACE", "yes"),
        ("KG_TRUSTED_PROXIES", "*"),
        ("KG_TRUSTED_PROXIES", "10.0.0.1, proxy.example"),
        ("KG_SERVICE_ALLOW", "example.org/sparql"),
        ("KG_SERVICE_ALLOW", "https://example.org/a b"),
    ],
)
def test_what_can_not_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=name):
        read_settings({name: value})


def test_lists_are_separated_by_commas() -> None:
    settings = read_settings(
        {
            "KG_SERVICE_ALLOW": "https://a.example/sparql, http://b.example/ ,",
            "KG_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
        }
    )
    assert settings.services == {"https://a.example/sparql", "http://b.example/"}
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")


def test_settings_reach_the_workers_as_they_are() -> None:
    settings = read_settings({"KG_SERVICE_ALLOW": "https://a.example/", "KG_SLICE_S": "0.25"})
    assert unpack(pack(settings)) == settings


def test_each_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE))
    read = Reader({})
    settings_of(read)
    known = {name: str(default) for name, default in read.known.items()}
    known["KG_WORKERS"] = "one a core"
    assert {name: text.strip() for name, text in documented.items()} == known
