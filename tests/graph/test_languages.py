"""Each breach of the rules on languages and renderings is found, and it alone.

A label that goes missing from a file that people write is told with the file and the line.
"""

import re
from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import FOAF

from kg.__main__ import main
from kg.build import Making
from kg.graph.check import SHAPES_FOLDER, check_dataset
from kg.graph.partition import named_graphs
from kg.graph.renderings import RENDERING_RULES, find_rendering_problems
from kg.graph.report import SHAPES, abridge
from kg.iris import graph_iri
from kg.namespaces import BASE
from tests.graph.small import ACT, FIRST, SECOND, change, load_small
from tests.roots import copy_made_up

REFERENCE = graph_iri("reference")
MINISTRY = f"{BASE}agency/ministry"
PARAGRAPH = f"{ACT}/paragraph-1"
GLOSSARY = """
<concept/glossary/gathering> a zh:GlossaryTerm ; zh:stem "жиын"@kk ;
    zh:rendering "gathering"@en , "сход"@ru ; zh:notToBeConfusedWith <concept/glossary/meeting> .
<concept/glossary/meeting> a zh:GlossaryTerm ; zh:stem "халық жиналыс"@kk ;
    zh:rendering "meeting"@en , "собрани населен"@ru .
"""
EXCEPTION = f"""
<exception> a zh:RenderingException ; zh:inProvision <{PARAGRAPH}> ;
    zh:glossaryTerm <concept/glossary/gathering> .
"""

LABELS = {
    "label-in-each-language": ("", '<agency/ministry> skos:prefLabel "Министерство"@ru .'),
    "label-one-in-each-language": ('<agency/ministry> skos:prefLabel "Ведомство"@ru .', ""),
    "name-letters": ('<agency/ministry> skos:altLabel "Минfin"@en .', ""),
    "prose-letters": (
        '<agency/ministry> skos:note "Министрлік is one."@en , "Ол бар."@kk , "Оно есть."@ru .',
        "",
    ),
}
"""What is added and what taken away, by the constraint that this breaks."""

GRAPHS_WITH_WORDS = [
    *map(graph_iri, ("history", "reference", "source", "quality", "ontology", "catalogue")),
    *(f"{state}/{part}" for state in (FIRST, SECOND) for part in ("graph", "possible")),
]

WORDS = {
    "term-rendered": ("Жиындар өтсін.", ("Gatherings shall be held.", "Провести их."), ""),
    "terms-apart": ("Жиын.", ("A gathering, a meeting.", "Сход."), ""),
    "exception-needed": ("Жиын.", ("A gathering.", "Сход."), EXCEPTION),
}
"""The words of a paragraph, their translations and an exception, by the rule that they break."""


def say(words: str, translations: tuple[str, str], glossary: str) -> Dataset:
    """The small data set with a paragraph of these words besides, and a glossary."""
    dataset = load_small()
    told = [f'zh:text "{words}"@kk']
    for text, language in zip(translations, ("en", "ru"), strict=True):
        told += [f'zh:translation "{text}"@{language}'] if text else []
    # The words that the small data set has are translated nowhere.
    graph = f"{SECOND}/graph"
    dataset.graph(URIRef(graph)).remove((None, None, None))
    change(dataset, graph, plus=f"<{PARAGRAPH}> a zh:Provision ; {' ; '.join(told)} .")
    change(dataset, REFERENCE, plus=glossary)
    return dataset


def rules(dataset: Dataset) -> list[tuple[str, str]]:
    """The rules on renderings that a data set breaks, each with the node."""
    problems = find_rendering_problems(named_graphs(dataset))
    return [(p.constraint.removeprefix(SHAPES), p.focus_node) for p in problems]


@pytest.mark.parametrize("rule", LABELS)
def test_a_label_that_is_missing_doubled_or_misspelt_is_found(rule: str) -> None:
    dataset = load_small()
    plus, without = LABELS[rule]
    change(dataset, REFERENCE, plus=plus, without=without)
    found = check_dataset(dataset).problems
    assert [(p.constraint, p.focus_node) for p in found] == [(SHAPES + rule, MINISTRY)]


@pytest.mark.parametrize("graph", GRAPHS_WITH_WORDS)
def test_words_are_looked_through_in_every_graph(graph: str) -> None:
    dataset = load_small()
    change(dataset, graph, plus='<thing> dcterms:description "Министрлік is one."@en .')
    found = check_dataset(dataset).problems
    # A state says what the history says, and no more: that is found besides.
    assert (f"{SHAPES}prose-letters", graph) in {(p.constraint, p.graph) for p in found}


def test_no_property_with_words_is_left_out(making: Making) -> None:
    """All but those that say labels once more."""
    shapes = (SHAPES_FOLDER / "letters.ttl").read_text(encoding="utf-8")
    listed = set(re.findall(r"[a-z]+:[A-Za-z]+", shapes))
    used = {
        abridge(predicate)
        for _, predicate, value, _ in making.quads
        if isinstance(value, Literal) and value.language in ("en", "ru")
    }
    assert len(used) > 20
    assert used - listed == {"schema:name", str(FOAF.name)}


def test_every_rule_is_broken_here() -> None:
    assert set(WORDS) == set(RENDERING_RULES)


def test_the_small_data_set_conforms() -> None:
    assert list(find_rendering_problems(named_graphs(load_small()))) == []


@pytest.mark.parametrize("rule", WORDS)
def test_a_translation_that_departs_from_the_glossary_is_found(rule: str) -> None:
    words, translations, exception = WORDS[rule]
    node = f"{BASE}exception" if exception else PARAGRAPH
    assert rules(say(words, translations, GLOSSARY + exception)) == [(rule, node)]


@pytest.mark.parametrize(
    ("words", "translations", "exception"),
    [
        (
            "Халық  жиналыстары мен жиындар.",
            ("Meetings, gatherings.", "Собрания населения, сходы."),
            "",
        ),
        ("Жиындар өтсін.", ("Assemblies shall be held.", "Провести сходы."), EXCEPTION),
        ("Жиналмалы үстел.", ("A table.", "Стол."), ""),
    ],
    ids=["inflected", "excepted", "another-word"],
)
def test_words_that_keep_to_the_glossary_conform(
    words: str, translations: tuple[str, str], exception: str
) -> None:
    assert rules(say(words, translations, GLOSSARY + exception)) == []


def test_a_label_that_goes_missing_is_told_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_made_up(tmp_path / "root")
    path = root / "data/labels.ttl"
    text = path.read_text(encoding="utf-8")
    found = re.search(r'^(<\S+>)[^.]*?( ,\s+"[^"]*"@ru)', text, re.MULTILINE)
    assert found
    path.write_text(text.replace(found[2], "", 1), encoding="utf-8")
    line = text[: found.start()].count("\n") + 1
    assert main(["build", "--root", str(root), "--build", str(root / "build")]) == 1
    said = capsys.readouterr().err
    assert "label-in-each-language" in said
    assert f"data/labels.ttl, line {line}" in said
