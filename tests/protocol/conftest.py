"""A server on the made-up plan."""

from tests.serving import build, server

__all__ = ["build", "server"]
