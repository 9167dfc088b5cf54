"""Settings from the environment."""

import pytest

from kg.web.settings import InvalidSetting, read_settings


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
    ],
)
def test_what_can_not_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=name):
        read_settings({name: value})
