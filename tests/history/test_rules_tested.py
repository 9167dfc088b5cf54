"""Every rule of ``ontology/rules.ttl`` is whole, and is tried where it holds and where it doesn't.

Tests say by ``@pytest.mark.rule("R8", "holds", "silent")`` or ``("R8", "collides", "R6")`` what
they show of a rule; this reads these marks from the files themselves.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef

from kg.namespaces import BASE, SKOS, ZH
from tests.roots import ROOT

RULES = [f"R{number}" for number in range(1, 45)]
FIELDS = (SKOS.prefLabel, SKOS.definition, ZH.premiseText, ZH.conclusion, ZH.limit)
COLLISIONS = {
    ("R1", "R5"), ("R2", "R22"), ("R3", "R22"), ("R4", "R12"), ("R5", "R6"), ("R5", "R8"),
    ("R5", "R17"), ("R5", "R20"), ("R6", "R8"), ("R6", "R22"), ("R7", "R8"), ("R8", "R18"),
    ("R8", "R22"), ("R9", "R11"), ("R9", "R22"), ("R10", "R21"), ("R10", "R22"), ("R12", "R13"),
    ("R12", "R15"), ("R12", "R16"), ("R12", "R21"), ("R14", "R22"), ("R19", "R24"),
    ("R21", "R22"), ("R23", "R35"), ("R24", "R32"), ("R25", "R31"), ("R26", "R27"),
    ("R26", "R29"), ("R26", "R30"), ("R26", "R33"), ("R27", "R34"), ("R28", "R30"),
    ("R5", "R38"), ("R38", "R43"), ("R39", "R43"), ("R40", "R43"), ("R41", "R42"), ("R43", "R44"),
    ("R29", "R36"), ("R23", "R37"),
}  # fmt: skip
"""Where two rules may speak of one thing, as the code has it; every rule is in one."""


@cache
def ontology() -> Graph:
    """The rules with what they say."""
    return Graph().parse(ROOT / "ontology/rules.ttl")


def marks() -> Iterator[list[str]]:
    """The arguments of each mark in the tests, as they are written."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                yield [str(ast.literal_eval(argument)) for argument in node.args]


@cache
def shown() -> dict[str, set[str]]:
    """The cases that tests show of each rule."""
    cases: dict[str, set[str]] = defaultdict(set)
    for name, *rest in marks():
        cases[name].update(rest[:1] if rest[0] == "collides" else rest)
    return cases


def texts(rule: str, *properties: URIRef, language: str = "en") -> list[str]:
    """What a rule says in a language."""
    values = [v for p in properties for v in ontology().objects(URIRef(f"{BASE}rule/{rule}"), p)]
    return [str(v) for v in values if isinstance(v, Literal) and v.language == language]


def rules_named(text: str) -> set[str]:
    """The rules that a sentence speaks of."""
    return set(re.findall(r"\bR\d+\b", text))


def test_the_marks_name_known_rules_and_cases() -> None:
    """A slip in a mark is no proof."""
    for name, *rest in marks():
        assert name in RULES
        if rest[0] == "collides":
            assert set(rest[1:]) < set(RULES), (name, rest)
            assert len(rest) == 2
        else:
            assert set(rest) <= {"holds", "silent"}, (name, rest)


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_all_that_it_has_to(rule: str, language: str) -> None:
    """Name, definition, premise, conclusion and limit: one sentence each, in each language."""
    for field in FIELDS:
        assert len(texts(rule, field, language=language)) == 1, field
    said = texts(rule, *FIELDS[1:], SKOS.note, language=language)
    assert [text for text in said if not text.endswith(".")] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("rule", RULES)
def test_a_translated_rule_speaks_of_the_same_rules(rule: str, language: str) -> None:
    """In each field of one sentence, and in its notes taken together, but for its own name."""
    for field in (*FIELDS, SKOS.note):
        named, said = (
            [rules_named(text) - {rule} for text in texts(rule, field, language=tongue)]
            for tongue in ("en", language)
        )
        assert sorted(map(sorted, said)) == sorted(map(sorted, named)), field


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_tried_where_it_holds_and_where_it_must_not_fire(rule: str) -> None:
    assert {"holds", "silent"} <= shown()[rule]


def test_collisions_are_those_that_are_tried() -> None:
    """Each pair has its test, and each rule meets another somewhere."""
    tried = [(name, rest[1]) for name, *rest in marks() if rest[0] == "collides"]
    assert {tuple(sorted(pair, key=RULES.index)) for pair in tried} == COLLISIONS
    assert {rule for pair in COLLISIONS for rule in pair} == set(RULES)


@pytest.mark.parametrize("pair", sorted(COLLISIONS), ids="-".join)
def test_a_collision_is_told_where_the_rules_are(pair: tuple[str, str]) -> None:
    """Which of the two wins stands in a note or the limit of one of them."""
    one, other = pair
    told = [
        text
        for rule, met in (pair, pair[::-1])
        for text in texts(rule, SKOS.note, ZH.limit)
        if re.search(rf"\b{met}\b", text)
    ]
    assert told, f"neither {one} nor {other} says what happens where they meet"
