"""The pages' own words in the language of the request, from the catalogues in ``translations/``.

English is written in the templates and the code, where a message is ``_("…")``, ``{% trans %}`` or
``Sentence("…")``; Kazakh and Russian stand in a gettext file each, which translators edit and
``make messages`` keeps in step. ``Text`` is a piece of the data in whatever language there is.
"""

import gettext as gnu
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment
from markupsafe import Markup, escape

from kg.web.problems import Sentence
from kg.web.protocol.languages import DEFAULT, FALLBACKS, LANGUAGES, wanted

__all__ = [
    "TRANSLATIONS",
    "Text",
    "choose_text",
    "install_messages",
    "marked",
    "say",
    "say_many",
    "say_sentence",
]

TRANSLATIONS = Path(__file__).parent / "translations"


def marked(message: str) -> str:
    """The message as it is: what is marked for the catalogues here is said elsewhere."""
    return message


def say(message: str) -> str:
    """A message in the language of the request; as it is where it has no translation."""
    return _catalogue(wanted.get().code).gettext(message)


def say_many(one: str, many: str, number: int) -> str:
    """The same for a message that depends on a number, by the language's own plurals."""
    return _catalogue(wanted.get().code).ngettext(one, many, number)


def say_sentence(sentence: str) -> "str | Text":
    """What is wrong, in the language of the request, or in English where it has no other words."""
    if not isinstance(sentence, Sentence):
        return Text(sentence, DEFAULT)
    arguments = {
        name: say_sentence(value) if isinstance(value, Sentence) else value
        for name, value in sentence.arguments.items()
    }
    return say(sentence.template) % arguments


_UNCERTAIN = marked("No source held gives this name in this language: it is ours, and uncertain.")
_MARK = Markup(' <abbr class="uncertain" title="{}">(?)</abbr>')


@dataclass(frozen=True, slots=True)
class Text:
    """Words and their language (BCP 47; empty where they have none).

    On a page in another language they stand in an element that names theirs. A name that no source
    held gives is ``uncertain``, and is marked.
    """

    value: str
    language: str
    uncertain: bool = False

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> str:
        """The words as templates show them."""
        words = escape(self.value)
        if self.language and self.language != wanted.get().code:
            words = Markup('<span lang="{}">{}</span>').format(self.language, self.value)
        return words + _MARK.format(say(_UNCERTAIN)) if self.uncertain else words


def choose_text(texts: Mapping[str, str]) -> Text | None:
    """That of ``texts``, by language, which suits the request best; any where none is known."""
    for code in FALLBACKS[wanted.get().code]:
        if code in texts:
            return Text(texts[code], code)
    return next((Text(texts[code], code) for code in sorted(texts)), None)


def install_messages(templates: Environment) -> None:
    """Have templates say their messages in the language of the request."""
    templates.add_extension("jinja2.ext.i18n")
    templates.policies["ext.i18n.trimmed"] = True
    install = templates.install_gettext_callables  # type: ignore[attr-defined]
    install(say, say_many, newstyle=True)
    for code in LANGUAGES:
        _catalogue(code)


@cache
def _catalogue(code: str) -> gnu.NullTranslations:
    if code == DEFAULT:
        return gnu.NullTranslations()
    compiled = BytesIO()
    with (TRANSLATIONS / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code, abort_invalid=True))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)
