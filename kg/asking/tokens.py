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

_TERMINALS = re.compile(
    r"""
      (?P<blank>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<variable>[?$]\w+)
    | (?P<langtag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_][\w-]*(?:\.+[\w-]+)*|_)?:     # prefix: or _: and a local part, which may
        (?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])   # hold dots, but not end with one
           (?:\.*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))*)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_OPERAND = frozenset({"iri", "variable", "langtag", "name", "string", "number", "word"})
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
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

    Raises ``MalformedQuery`` for a string that isn't closed, and where ``<`` might be read both as
    "less than" and as the start of an address, so that what follows might be hidden from this
    reading or from the engine's.
    """
    depth = parentheses = 0
    after_operand = False
    for match in _TERMINALS.finditer(query):
        kind, text = str(match.lastgroup), match.group()
        if kind in ("blank", "comment"):
            continue
        if kind == "iri" and parentheses and after_operand and _is_ambiguous(text):
            raise malformed(
                query,
                match.start(),
                "'<' is unclear here: put a blank after it if it means 'less than'.",
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


def malformed(query: str, offset: int, detail: str) -> MalformedQuery:
    """The error that ``detail`` is wrong at ``offset`` of ``query``, with its line and column."""
    line_start = query.rfind("\n", 0, offset) + 1
    return MalformedQuery(detail, query.count("\n", 0, offset) + 1, offset - line_start + 1)


@dataclass(frozen=True, slots=True)
class Prologue:
    """The ``BASE`` and ``PREFIX`` lines that open a query: their text, and the prefixes."""

    text: str
    prefixes: frozenset[str]


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


def dataset_tokens(tokens: Sequence[Token]) -> list[DatasetToken]:
    """The data set clauses where the grammar has them: before the pattern in braces.

    ``FROM`` anywhere else is left for the engine to complain of.
    """
    found = []
    groups = 0
    for index, token in enumerate(tokens):
        if token.depth:
            continue
        if token.text == "{":
            after_construct = index > 0 and tokens[index - 1].is_word("CONSTRUCT")
            groups += not after_construct
        if groups or not token.is_word("FROM"):
            continue
        rest = tokens[index + 1 : index + 3]
        named = bool(rest) and rest[0].is_word("NAMED")
        address = rest[1:2] if named else rest[0:1]
        if address and address[0].kind in ("iri", "name"):
            found.append(DatasetToken(address[0], named, token.start, address[0].end))
    return found


def _is_ambiguous(address: str) -> bool:
    """Whether ``<…>`` after an operand could be an operator and hold brackets, quotes or a comment.

    The engine decides by the grammar and this cut doesn't know it; ``scheme://`` can't follow "less
    than".
    """
    return not _ABSOLUTE.match(address) and bool(_READS_TWO_WAYS.search(address))
