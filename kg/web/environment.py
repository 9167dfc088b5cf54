"""Settings read from the environment one by one, each checked, its name and default kept."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["InvalidSetting", "Reader"]

_UNITS = {"_KB": 10, "_MB": 20}
_ENDPOINT = re.compile(r"https?://[^\s<>\"{}|\\^`,]+")


class InvalidSetting(ValueError):
    """A setting that can't be used; ``str()`` says which, and what it should be."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads settings; ``known`` gathers the default of each that was asked for.

    Each method raises ``InvalidSetting`` for a value that is none.
    """

    environment: Mapping[str, str]
    known: dict[str, object] = field(default_factory=dict)

    def text(self, name: str, default: str) -> str:
        """Any text that isn't empty."""
        self.known[name] = default
        return self.environment.get(name, "").strip() or default

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        self.known[name] = default
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        # Its length first: a number of very many digits is a long work to read.
        plain = text.isascii() and text.isdigit() and len(text) < 20
        if not plain or not least <= int(text) <= most:
            raise InvalidSetting(
                f"{name} must be a whole number from {least} to {most}, not '{text}'."
            )
        return int(text)

    def size(self, name: str, default: int, *, least: int, most: int) -> int:
        """A size in bytes; the setting is in KiB or MiB, as the end of its name says."""
        return self.whole(name, default, least=least, most=most) << _UNITS[name[-3:]]

    def seconds(self, name: str, default: float) -> float:
        """A number of seconds, more than none and at most a day."""
        self.known[name] = default
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0.0 < value <= 86400.0:
            raise InvalidSetting(f"{name} must be a number of seconds above 0, not '{text}'.")
        return value

    def one_of(self, name: str, *words: str, default: str) -> str:
        """One of the words that can be said."""
        self.known[name] = default
        word = self.environment.get(name, "").strip() or default
        if word not in (*words, default):
            raise InvalidSetting(f"{name} must be one of {', '.join(words)}, not '{word}'.")
        return word

    def addresses(self, name: str) -> frozenset[str]:
        """Absolute IRIs over HTTP, with commas between them; none unless said."""
        given = self._several(name)
        for text in given:
            if not _ENDPOINT.fullmatch(text):
                raise InvalidSetting(
                    f"{name} must be addresses like https://example.org/sparql, "
                    f"with commas between them, not '{text}'."
                )
        return frozenset(given)

    def networks(self, name: str) -> tuple[str, ...]:
        """IP addresses and networks, with commas between them; none unless said."""
        given = self._several(name)
        for text in given:
            try:
                ipaddress.ip_network(text)
            except ValueError:
                raise InvalidSetting(
                    f"{name} must be IP addresses or networks like 10.0.0.0/8, "
                    f"with commas between them, not '{text}'."
                ) from None
        return given

    def _several(self, name: str) -> tuple[str, ...]:
        self.known[name] = ""
        parts = self.environment.get(name, "").split(",")
        return tuple(part.strip() for part in parts if part.strip())
