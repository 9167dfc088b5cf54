"""In which language a page is: that of ``?lang=``, or the one ``Accept-Language`` likes best.

RFC 9110, section 12.5.4: ranges with qualities, where ``q=0`` is "not at all" and ``*`` is any that
no other range names. A range finds a language by lookup (RFC 4647, section 3.4), which is Babel's:
``ru-KZ`` finds Russian. Where nothing fits, the page is in English rather than refused.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from babel.core import negotiate_locale
from starlette.types import Scope

from kg.web.problems import Problem, Sentence
from kg.web.protocol.preferences import read_preferences

__all__ = [
    "DEFAULT",
    "FALLBACKS",
    "LANGUAGES",
    "Wanted",
    "choose_language",
    "negotiated_language",
    "read_language",
    "read_wanted",
    "wanted",
]

LANGUAGES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}
"""The languages of pages by their codes (BCP 47), each with its own name for itself."""

DEFAULT = "en"

FALLBACKS = {"en": ("en", "ru", "kk"), "kk": ("kk", "ru", "en"), "ru": ("ru", "en", "kk")}
"""What a text is shown in where the page's language has none: the first there is."""

_LONGEST = 1000
"""Characters of a header that are read; browsers send fewer than a hundred."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The language of the page asked for; ``named`` where the address names it by ``lang``.

    ``parameters`` are the others of the address, in order.
    """

    code: str = DEFAULT
    named: bool = False
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def kept(self) -> dict[str, str]:
        """What links within the site say, so that a language that is named stays."""
        return {"lang": self.code} if self.named else {}

    def elsewhere(self, code: str | None) -> str:
        """This page in another language, or in that of ``Accept-Language``, as a relative address.

        It begins with its query, so it is of the same path whatever that is.
        """
        chosen = (("lang", code),) if code else ()
        return "?" + urlencode((*self.parameters, *chosen))


_UNASKED = Wanted()
wanted: ContextVar[Wanted] = ContextVar("wanted", default=_UNASKED)
"""The language of the request being answered."""


def choose_language(accepted: str) -> str:
    """The language that an ``Accept-Language`` header likes best; one too long counts as none."""
    return _choose(accepted) if len(accepted) <= _LONGEST else DEFAULT


@lru_cache(maxsize=1024)
def _choose(accepted: str) -> str:
    ranges = sorted(read_preferences(accepted), key=lambda one: -one[1])
    refused = {name for name, quality in ranges if quality == 0}
    offered = [code for code in LANGUAGES if code not in refused]
    named = {name.partition("-")[0] for name, _ in ranges}
    preferred: list[str] = []
    for name, quality in ranges:
        if quality > 0:
            preferred += [code for code in offered if code not in named] if name == "*" else [name]
    return negotiate_locale(preferred, offered, sep="-") or DEFAULT


def read_wanted(scope: Scope, parameters: Mapping[str, list[str]]) -> Wanted:
    """The language of a request whose address has ``parameters``, or else by its header.

    Raises ``Problem``.
    """
    others = tuple((n, v) for n, values in parameters.items() if n != "lang" for v in values)
    asked = read_language(parameters)
    return Wanted(asked or negotiated_language(scope), asked is not None, others)


def negotiated_language(scope: Scope) -> str:
    """The language of a request by its header alone; two headers count as one, joined."""
    values = [value for name, value in scope["headers"] if name == b"accept-language"]
    return choose_language(b",".join(values).decode("latin-1")) if values else DEFAULT


def read_language(parameters: Mapping[str, list[str]]) -> str | None:
    """The value of ``lang``, ``None`` where it is empty or not there; raises ``Problem``."""
    values = parameters.get("lang", [])
    if len(values) > 1:
        raise Problem(
            400,
            Sentence(
                "The parameter '%(name)s' is there %(count)s times; it can be there once.",
                name="lang",
                count=len(values),
            ),
        )
    code = values[0] if values else ""
    if code and code not in LANGUAGES:
        raise Problem(
            400,
            Sentence(
                "'%(code)s' is not a language of these pages: lang can be %(offered)s.",
                code=code[:40],
                offered=", ".join(LANGUAGES),
            ),
        )
    return code or None
