"""What pages say, gathered from templates and code, and the catalogues brought in step with it.

``make messages`` runs this: what is new is added with an empty translation, what is said no more is
dropped, and the names of those without a translation are printed.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kg.web.pages.messages import TRANSLATIONS
from kg.web.protocol.languages import DEFAULT, LANGUAGES
from tests.serving import ROOT

__all__ = ["TRANSLATED", "gather", "is_said", "read_catalogue"]

TRANSLATED = [code for code in LANGUAGES if code != DEFAULT]

_WEB = ROOT / "kg" / "web"
_METHODS = [("pages/templates/**.html", "jinja2"), ("**.py", "python")]
_OPTIONS = {"pages/templates/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "marked": None,
    "say": None,
    "say_many": (1, 2),
    "Sentence": None,
}
_HEAD = """\
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def gather() -> Catalog:
    """All messages of the site, without translations."""
    catalogue = Catalog()
    found = extract_from_dir(_WEB, _METHODS, _OPTIONS, _KEYWORDS)
    for _, _, message, _, _ in found:
        catalogue.add(message)
    return catalogue


def read_catalogue(code: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with _path(code).open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def is_said(message: Message) -> bool:
    """Whether a message has a translation in all its plurals."""
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(words)


def _path(code: str) -> Path:
    return TRANSLATIONS / f"{code}.po"


def _update(code: str) -> None:
    catalogue = read_catalogue(code)
    catalogue.update(gather(), no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(
        written, catalogue, width=120, sort_output=True, ignore_obsolete=True, omit_header=True
    )
    head = _HEAD.format(code=code, plurals=catalogue.plural_forms)
    _path(code).write_text(head + written.getvalue().decode(), encoding="utf-8")
    for message in catalogue:
        if message.id and not is_said(message):
            print(f"{code}: {message.id!r} has no translation")  # noqa: T201 - a command says it


if __name__ == "__main__":
    for language in TRANSLATED:
        _update(language)
