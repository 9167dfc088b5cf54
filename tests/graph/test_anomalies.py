"""What is odd in the text, as ``graph/quality`` tells it: curated and detected, each with its
spans.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.build import Making, make
from kg.graph.origin import find_subjects
from kg.graph.turtle import CuratedError
from kg.history.anomalies.detect import DETECTORS
from kg.iris import local_name
from kg.namespaces import BASE, DCTERMS, OA, RDF, SKOS, ZH
from tests.graph.making import triples
from tests.roots import ROOT, copy_project, replace_once

QUALITY = f"{BASE}graph/quality"
SOURCE = f"{BASE}graph/source"
DETECTED = 57
KINDS = {
    "abbreviation": 9,
    "ambiguity": 5,
    "body": 9,
    "change": 7,
    "deadline": 14,
    "funding": 5,
    "garbled": 1,
    "layout": 6,
    "list": 5,
    "mismatch": 7,
    "numbering": 4,
    "omission": 8,
    "reference": 10,
    "repetition": 11,
    "role": 6,
    "spelling": 10,
    "term": 17,
    "typography": 5,
    "variant-name": 8,
}
"""How many anomalies of each kind the plan has."""
SAID = (SKOS.prefLabel, DCTERMS.description, ZH.reading, ZH.treatment)


@pytest.fixture(scope="module")
def quality(making: Making) -> set[tuple[Node, Node, Node]]:
    return triples(making, QUALITY)


def of(statements: set[tuple[Node, Node, Node]], term: URIRef) -> dict[Node, set[Node]]:
    """The values of a property by subject."""
    found: dict[Node, set[Node]] = {}
    for subject, predicate, value in statements:
        if predicate == term:
            found.setdefault(subject, set()).add(value)
    return found


def anomalies(statements: set[tuple[Node, Node, Node]]) -> set[Node]:
    return {node for node, types in of(statements, RDF.type).items() if ZH.Anomaly in types}


def test_anomalies_are_counted_by_kind(quality: set[tuple[Node, Node, Node]]) -> None:
    kinds = of(quality, ZH.anomalyKind)
    counts = Counter(local_name(str(k)) for node in anomalies(quality) for k in kinds[node])
    assert counts == KINDS
    assert len(anomalies(quality)) == sum(KINDS.values()) > 100


def test_some_are_found_by_readers_and_some_by_every_detector(
    quality: set[tuple[Node, Node, Node]],
) -> None:
    detectors = of(quality, ZH.detectedBy)
    assert len(detectors) == DETECTED
    names = {local_name(str(d)) for found in detectors.values() for d in found}
    assert names == set(DETECTORS)


def test_every_kind_is_used_and_every_anomaly_is_told_in_words(
    making: Making, quality: set[tuple[Node, Node, Node]]
) -> None:
    reference = triples(making, f"{BASE}graph/reference")
    kinds = {node for node, types in of(reference, RDF.type).items() if ZH.AnomalyKind in types}
    assert {local_name(str(kind)) for kind in kinds} == set(KINDS)
    for term in SAID:
        said = of(quality, term)
        for node in anomalies(quality):
            languages = sorted(str(t.language) for t in said[node] if isinstance(t, Literal))
            assert languages == ["en", "kk", "ru"], (node, term)


def test_the_languages_tell_the_same_figures_and_names(
    quality: set[tuple[Node, Node, Node]],
) -> None:
    """A number, a rule or a term that one language has, and another hasn't, is a slip of one."""
    told = 0
    for term in (DCTERMS.description, ZH.reading, ZH.treatment):
        said = of(quality, term)
        for node in anomalies(quality):
            texts = {str(t.language): str(t) for t in said[node] if isinstance(t, Literal)}
            names = {code: named_in(text) for code, text in texts.items()}
            assert names["kk"] == names["en"] == names["ru"], (node, texts)
            told += bool(names["en"])
    assert told > 100


def named_in(text: str) -> set[str]:
    """What is written alike in every language: figures, names of rules and terms."""
    return set(re.findall(r"\b(?:zh|eli|prov|oa):\w+|\bR?\d+(?:-[IVX]+)?", text))


def test_labels_tell_anomalies_apart(quality: set[tuple[Node, Node, Node]]) -> None:
    labels = of(quality, SKOS.prefLabel)
    for language in ("en", "kk", "ru"):
        texts = [
            str(label)
            for node in anomalies(quality)
            for label in labels[node]
            if isinstance(label, Literal) and label.language == language
        ]
        assert [text for text, count in Counter(texts).items() if count > 1] == []
        assert len(texts) == len(anomalies(quality))


def test_a_problem_of_a_curated_anomaly_has_its_line(
    quality: set[tuple[Node, Node, Node]],
) -> None:
    """A sentence that is missing is looked for in the file that people write."""
    file = ROOT / "data/anomalies.ttl"
    lines = file.read_text(encoding="utf-8").splitlines()
    places = find_subjects([file], ROOT)
    curated = anomalies(quality) - of(quality, ZH.detectedBy).keys()
    assert {str(node) for node in curated} == places.keys()
    for iri, (place,) in places.items():
        name, _, line = place.rpartition(", line ")
        assert name == "data/anomalies.ttl"
        assert lines[int(line) - 1].startswith(f"anomaly:{local_name(iri)} ")


def test_targets_are_spans_that_quote_the_source(
    making: Making, quality: set[tuple[Node, Node, Node]]
) -> None:
    text = (ROOT / "data/source/P1300000078.kaz.txt").read_bytes().decode("utf-8")
    exact = of(triples(making, SOURCE), OA.exact)
    quotes = of(quality, ZH.quote)
    targets = of(quality, OA.hasTarget)
    assert targets.keys() == anomalies(quality)
    for node, spans in targets.items():
        words = set()
        for span in spans:
            start, end = map(int, local_name(str(span)).split("-"))
            (quote,) = exact[URIRef(f"{span}/quote")]
            assert str(quote) == text[start:end]
            words.add(" ".join(str(quote).split()))
        assert words == {str(quote) for quote in quotes[node]}


def test_addresses_come_from_content(making: Making, tmp_path: Path) -> None:
    """Taking the first curated anomalies away leaves the addresses of all others as they were."""
    root = copy_project(tmp_path / "root")
    path = root / "data/anomalies.ttl"
    text = path.read_text(encoding="utf-8")
    first = text.index("anomaly:second-stage-in-accusative a ")
    second = text.index("anomaly:law-of-the-republic a ")
    path.write_text(text[:first] + text[second:], encoding="utf-8")
    before = anomalies(triples(making, QUALITY))
    after = anomalies(triples(make(root, lambda step: None), QUALITY))
    assert after < before
    assert len(before - after) == text[first:second].count(" a zh:Anomaly ;")


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the project with words of one file replaced."""
    root = copy_project(tmp_path / "root")
    path = root / file
    path.write_text(replace_once(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "data/anomalies.ttl",
            "zh:inProvision <plan/column-6> ;",
            "zh:inProvision <plan/column-7> ;",
            "data/anomalies.ttl: .*/thousand-with-full-stop: .*/column-7 is no part of the text",
        ),
        (
            "data/anomalies.ttl",
            '    zh:quote "(мың. теңге)"@kk ;\n',
            "",
            "data/anomalies.ttl: .*/thousand-with-full-stop: it quotes no words",
        ),
        (
            "ontology/detectors.ttl",
            "<detector/bookmark> a",
            "<detector/bookmarks> a",
            "ontology/detectors.ttl: no detector is named bookmarks",
        ),
        (
            "ontology/detectors.ttl",
            "The plan runs to {end}",
            "The plan runs to {finish}",
            "ontology/detectors.ttl: .*/nothing-due-at-end: no words for the gap 'finish'",
        ),
    ],
)
def test_what_the_text_does_not_have_stops_the_build(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    root = changed(tmp_path, file, old, new)
    with pytest.raises(CuratedError, match=re.compile(message, re.DOTALL)):
        make(root, lambda step: None)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("«ҚМДБ» РҚБ", "«ҚМДБ» РҚҚ", "short-form-without-legal-form: .*prints none"),
        ('"Ескертпе:"@kk', '"Ескертпе:"@kk , "жоқ сөз"@kk', "note-and-footnote: .*«жоқ сөз»"),
    ],
)
def test_what_another_text_does_not_show_is_left_out_and_told(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """An anomaly whose words are gone isn't one any more; the build goes on and says so."""
    (told,) = make(changed(tmp_path, "data/anomalies.ttl", old, new), lambda step: None).left_out
    assert re.search(message, told)
    assert told.startswith("data/anomalies.ttl: ")


def test_the_project_s_own_text_shows_every_anomaly_it_curates(making: Making) -> None:
    """Nothing that people wrote down of this text is left out of its graph."""
    assert making.left_out == ()


def test_words_outside_every_provision_are_found_in_the_act(tmp_path: Path) -> None:
    old = 'zh:inProvision <plan/column-6> ;\n    zh:quote "(мың. теңге)"@kk ;'
    new = "zh:inProvision <https://w3id.org/zhospar/eli/kz/resolution/2013/78> ;\n"
    root = changed(tmp_path, "data/anomalies.ttl", old, new + '    zh:quote "bookmark: z1"@kk ;')
    found = triples(make(root, lambda step: None), QUALITY)
    node = URIRef(f"{BASE}anomaly/thousand-with-full-stop")
    assert of(found, ZH.quote)[node] == {Literal("bookmark: z1", lang="kk")}


def test_a_plan_without_curated_anomalies_is_built(made_up_making: Making) -> None:
    assert triples(made_up_making, QUALITY) == set()
