"""The other endpoints that a query asks: every ``SERVICE`` that the engine could read in it.

SPARQL 1.1 Federated Query. The engine's grammar wants no blank around keywords, so ``SERVICEx:a``
is a call to ``x:a``, and ``x:a`` is whatever the prologue makes it. It decodes no escapes outside
of strings and IRIs. Wherever a text could be read as a call, it counts as one; a call counts as
understood only where there is one way to read it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.asking.errors import RefusedQuery
from kg.asking.tokens import Token

__all__ = ["Call", "check_services", "column_as_written", "find_calls", "redirect_calls"]

_ABSOLUTE = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_LOCAL = re.compile(r"[A-Za-z0-9_-]*")
_NAMED_BEFORE_GROUP = ("GRAPH", "FROM", "NAMED")


@dataclass(frozen=True, slots=True)
class Call:
    """A call to another endpoint.

    ``endpoint`` is its address (IRI), ``start`` and ``end`` are where the query's text names it.
    ``silent`` is whether the call may fail, and ``nested`` whether it stands in another's group:
    then it is the other endpoint that makes it.
    """

    endpoint: str
    start: int
    end: int
    silent: bool = False
    nested: bool = False


def check_services(tokens: Sequence[Token], allowed: Collection[str]) -> list[str]:
    """The endpoints (IRIs) that a query asks; none as a rule.

    Raises ``RefusedQuery`` for one that isn't in ``allowed`` or isn't written as an address.
    """
    return [call.endpoint for call in find_calls(tokens, allowed)]


def find_calls(tokens: Sequence[Token], allowed: Collection[str]) -> list[Call]:
    """The calls in a query, as they stand in its text; none as a rule.

    Raises ``RefusedQuery`` as ``check_services`` does.
    """
    prefixes: Mapping[str, list[str]] | None = None
    found: list[Call] = []
    inside = 0
    for index, token in enumerate(tokens):
        if token.kind not in ("word", "name") or "SERVICE" not in token.text.upper():
            continue
        if prefixes is None:
            prefixes = _declared_prefixes(tokens)
        if token.kind == "name":
            if _may_be_a_call(tokens, index, prefixes):
                raise _refusal("put a blank after SERVICE", allowed)
            continue
        found.append(_read_call(tokens, index, prefixes, allowed, nested=index < inside))
        inside = max(inside, _end_of_group(tokens, index))
    return found


def redirect_calls(text: str, calls: Iterable[Call], addresses: Iterable[str]) -> str:
    """``text`` with another address in each of ``calls``; it is SPARQL if and only if it was."""
    parts, done = [], 0
    for call, address in zip(calls, addresses, strict=True):
        parts += [text[done : call.start], f"<{address}>"]
        done = call.end
    return "".join([*parts, text[done:]])


def column_as_written(
    text: str, calls: Iterable[Call], addresses: Iterable[str], line: int, column: int
) -> int:
    """The column in ``text`` of a place that is in ``column`` of the redirected text's ``line``."""
    shift = 0
    for call, address in zip(calls, addresses, strict=True):
        start = call.start - text.rfind("\n", 0, call.start)
        if text.count("\n", 0, call.start) + 1 == line and start + shift < column:
            shift += len(f"<{address}>") - (call.end - call.start)
    return column - shift


def _end_of_group(tokens: Sequence[Token], index: int) -> int:
    """The index behind the first group that begins after ``index``."""
    opening = next((n for n in range(index, len(tokens)) if tokens[n].text == "{"), len(tokens))
    for place in range(opening + 1, len(tokens)):
        if tokens[place].text == "}" and tokens[place].depth == tokens[opening].depth:
            return place
    return len(tokens)


def _read_call(
    tokens: Sequence[Token],
    index: int,
    prefixes: Mapping[str, list[str]],
    allowed: Collection[str],
    *,
    nested: bool,
) -> Call:
    """The call that begins at ``index``."""
    word = tokens[index].text.upper()
    if word not in ("SERVICE", "SERVICESILENT"):
        raise _refusal("put a blank before and after SERVICE", allowed)
    rest = list(tokens[index + 1 : index + 3])
    silent = word == "SERVICESILENT"
    if not silent and rest and rest[0].is_word("SILENT"):
        del rest[0]
        silent = True
    endpoint = _resolve(rest[0], prefixes) if rest else None
    if endpoint is None:
        raise _refusal("name the endpoint by its address after SERVICE", allowed)
    if endpoint not in allowed:
        raise _refusal(f"{endpoint} is not among them", allowed)
    return Call(endpoint, rest[0].start, rest[0].end, silent, nested)


def _resolve(token: Token, prefixes: Mapping[str, list[str]]) -> str | None:
    """The absolute IRI that a token stands for, where there is one way to read it."""
    address = None
    if token.kind == "iri":
        address = token.text[1:-1]
    elif token.kind == "name":
        prefix, _, local = token.text.partition(":")
        namespaces = prefixes.get(prefix, [])
        # "SERVICE silentx:a" may be SILENT and x:a.
        plain = not prefix.upper().startswith("SILENT") and _LOCAL.fullmatch(local)
        if plain and len(namespaces) == 1:
            address = namespaces[0] + local
    return address if address and _ABSOLUTE.fullmatch(address) else None


def _may_be_a_call(tokens: Sequence[Token], index: int, prefixes: Mapping[str, list[str]]) -> bool:
    """Whether a name with ``service`` in it could be the keyword, and a name joined to it.

    It then has a group behind it, and what follows the keyword in it is a declared prefix.
    """
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if following != "{" or (index and tokens[index - 1].is_word(*_NAMED_BEFORE_GROUP)):
        return False
    prefix = tokens[index].text.partition(":")[0]
    places = re.finditer(r"(?=SERVICE(SILENT)?)", prefix.upper())
    rests = {prefix[place.start() + len("SERVICE") :] for place in places}
    rests |= {rest[len("SILENT") :] for rest in rests if rest.upper().startswith("SILENT")}
    return not rests.isdisjoint(prefixes)


def _declared_prefixes(tokens: Sequence[Token]) -> dict[str, list[str]]:
    """The namespaces by prefix, of all that could be declarations: ``PREFIXx:<…>`` is one too."""
    declared: defaultdict[str, list[str]] = defaultdict(list)
    for name, address in pairwise(tokens):
        if name.kind != "name" or address.kind != "iri" or not name.text.endswith(":"):
            continue
        prefix = name.text[:-1]
        declared[prefix].append(address.text[1:-1])
        for place in re.finditer("PREFIX", prefix.upper()):
            declared[prefix[place.end() :]].append(address.text[1:-1])
    return dict(declared)


def _refusal(reason: str, allowed: Collection[str]) -> RefusedQuery:
    if not allowed:
        return RefusedQuery(
            "SERVICE is not allowed: Zhospar asks no other endpoint (KG_SERVICE_ALLOW is empty). "
            "Ask the other one from your side, and name this one in SERVICE there."
        )
    return RefusedQuery(
        f"SERVICE is allowed for the endpoints in KG_SERVICE_ALLOW: {', '.join(sorted(allowed))}. "
        f"Here, {reason}."
    )
