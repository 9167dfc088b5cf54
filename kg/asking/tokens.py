"""A SPARQL text cut into tokens without the engine: strings and comments told from syntax.

After the terminals of SPARQL 1.1 Query, section 19.8. Only what is needed to find data set clauses
and forbidden words is told apart, so the cut is finer than the grammar's in places (``1.5`` is
three tokens).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.asking.errors import MalformedQuery

__all__ = [
    "DatasetToken",
    "Prologue",
    "Token",
    "dataset_tokens",
    "malformed",
    "prologue_of",
    "tokenize",
]

# Letters by the grammar (PN_CHARS_BASE, VARNAME) that Python's \w doesn't count as such.
_MORE_LETTERS = (
    r"\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\U000effff"
)
_LETTER = rf"(?:[^\W\d_]|[{_MORE_LETTERS}])"
_IN_WORD = rf"\w\u00b7\u0300-\u036f\u203f\u2040{_MORE_LETTERS}"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_BEFORE_NAMES = rf"""
      (?P<blank>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*"{{3}} | '{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<variable>[?$][{_IN_WORD}]+)
    | (?P<langtag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
"""
_NAMES = rf"""
    | (?P<name>(?:{_LETTER}[{_IN_WORD}-]*(?:\.+[{_IN_WORD}-]+)*|_)?:    # prefix: or _: and a local
        (?:(?:[{_IN_WORD}:-]|{_ESCAPED})                # part, which may hold dots, but not end
           (?:\.*(?:[{_IN_WORD}:-]|{_ESCAPED}))*)?)     # with one
"""
_AFTER_NAMES = rf"""
    | (?P<word>(?:{_LETTER}|_)[{_IN_WORD}]*)
    | (?P<number>\d+)
    | (?P<sign>.)
"""
_TERMINALS = re.compile(_BEFORE_NAMES + _NAMES + _AFTER_NAMES, re.VERBOSE | re.DOTALL)
_IN_ROW = re.compile(_BEFORE_NAMES + _AFTER_NAMES, re.VERBOSE | re.DOTALL)
"""The same without names."""
_ROW = re.compile(rf"{_LETTER}[{_IN_WORD}.-]*")
"""What the part of a name before its colon is made of, and more: dots may stand at its end."""

_OPERAND = frozenset({"iri", "variable", "langtag", "name", "string", "number", "word"})
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_DOTS = re.compile(r"(?<!\\)\.+")
_READS_TWO_WAYS = re.compile(r"[()'#]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, where it starts (code points), how deep in brackets it is."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Where the next token may start."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the keywords ``words`` (in capitals), in any case."""
        return self.kind == "word" and self.text.upper() in words


def tokenize(query: str) -> Iterator[Token]:
    """The tokens of ``query``; blanks and comments are left out.

    Raises ``MalformedQuery`` for a string that isn't closed, and where this reading or the engine's
    might be hidden something by the other: where ``<`` might be both "less than" and the start of
    an address, and where a name has dots in several places (``PN_LOCAL``), since the engine ends it
    before the second.
    """
    depth = parentheses = 0
    after_operand = False
    for match in _cut(query):
        kind, text = str(match.lastgroup), match.group()
        if kind in ("blank", "comment"):
            continue
        if kind == "iri" and parentheses and after_operand and _is_ambiguous(text):
            raise malformed(
                query,
                match.start(),
                "'<' is unclear here: put a blank after it if it means 'less than'.",
            )
        if kind == "name" and text[0] != "_" and len(_DOTS.findall(text.partition(":")[2])) > 1:
            raise malformed(
                query, match.start(), rf"put a backslash before each dot in {text}, as in :a\.b\.c."
            )
        if kind == "sign" and text in "\"'":
            raise malformed(query, match.start(), "this string is not closed.")
        if text in (")", "]", "}"):
            depth -= 1
            parentheses -= text == ")"
        yield Token(kind, text, match.start(), depth)
        if text in ("(", "[", "{"):
            depth += 1
            parentheses += text == "("
        after_operand = kind in _OPERAND or text == ")"


def _cut(query: str) -> Iterator[re.Match[str]]:
    """The terminals of ``query`` in order, in a time that grows with its length alone.

    Where no name begins in a row of letters, dots and hyphens, none of the row's later parts begins
    one either: they aren't tried, which for ``a-a-a-…`` would read the rest of the row each time.
    """
    position = row_end = 0
    while match := (_TERMINALS if position >= row_end else _IN_ROW).match(query, position):
        if match.lastgroup == "word" and position >= row_end:
            row = _ROW.match(query, position)
            row_end = row.end() if row else position
        yield match
        position = match.end()


def malformed(query: str, offset: int, detail: str) -> MalformedQuery:
    """The error that ``detail`` is wrong at ``offset`` of ``query``, with its line and column."""
    line_start = query.rfind("\n", 0, offset) + 1
    return MalformedQuery(detail, query.count("\n", 0, offset) + 1, offset - line_start + 1)


@dataclass(frozen=True, slots=True)
class Prologue:
    """The ``BASE`` and ``PREFIX`` lines that open a query: their text, and the prefixes."""

    text: str
    prefixes: frozenset[str]

    @property
    def end(self) -> int:
        """Where the query may begin."""
        return len(self.text)


def prologue_of(query: str, tokens: Sequence[Token]) -> Prologue:
    """The prologue of ``query``, whose tokens are ``tokens``; it may be empty."""
    end = position = 0
    prefixes = set()
    while position < len(tokens):
        if tokens[position].is_word("BASE"):
            position += 2
        elif tokens[position].is_word("PREFIX"):
            prefixes.add(
                tokens[position + 1].text.rstrip(":") if position + 1 < len(tokens) else ""
            )
            position += 3
        else:
            break
        end = tokens[min(position, len(tokens)) - 1].end
    return Prologue(query[:end], frozenset(prefixes))


@dataclass(frozen=True, slots=True)
class DatasetToken:
    """A ``FROM`` or ``FROM NAMED`` clause: the token of its address, its start and its end."""

    address: Token
    named: bool
    start: int
    end: int


def dataset_tokens(query: str, tokens: Sequence[Token]) -> list[DatasetToken]:
    """The data set clauses of ``query`` where the grammar has them: before the pattern in braces.

    ``FROM`` anywhere else is left for the engine to complain of. Raises ``MalformedQuery`` where it
    is joined to another word or a name, as in ``FROMx:a``: the engine might read a clause there.
    """
    joined_from = prologue_of(query, tokens).end
    found = []
    groups = 0
    for index, token in enumerate(tokens):
        if token.depth:
            continue
        if token.text == "{":
            after_construct = index > 0 and tokens[index - 1].is_word("CONSTRUCT")
            groups += not after_construct
        if groups or not token.is_word("FROM"):
            if not groups and token.start >= joined_from and _joins_from(token):
                raise malformed(query, token.start, "put a blank before and after FROM.")
            continue
        rest = tokens[index + 1 : index + 3]
        named = bool(rest) and rest[0].is_word("NAMED")
        address = rest[1:2] if named else rest[0:1]
        if address and address[0].kind in ("iri", "name"):
            found.append(DatasetToken(address[0], named, token.start, address[0].end))
            joined_from = address[0].end
    return found


def _joins_from(token: Token) -> bool:
    """Whether ``FROM`` is part of a word, or of what a name has before its colon."""
    return token.kind in ("word", "name") and "FROM" in token.text.partition(":")[0].upper()


def _is_ambiguous(address: str) -> bool:
    """Whether ``<…>`` after an operand could be an operator and hold brackets, quotes or a comment.

    The engine decides by the grammar and this cut doesn't know it; ``scheme://`` can't follow "less
    than".
    """
    return not _ABSOLUTE.match(address) and bool(_READS_TWO_WAYS.search(address))
