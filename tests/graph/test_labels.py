"""Names of provisions: our translations, or else the name of their place, in three languages."""

from collections import Counter

import pytest
from rdflib import Graph, Literal, URIRef

from kg.build import Making, Reading
from kg.graph.labels import PLACES, place_labels, title_labels
from kg.graph.provisions import Writer
from kg.graph.turtle import CuratedError, read_turtle
from kg.iris import act_iri, provision_iri
from kg.model import Kind
from kg.namespaces import BASE, SKOS, ZH
from tests.roots import ROOT

ACT = act_iri("resolution", 2013, "78")


@pytest.fixture(scope="module")
def labels() -> Graph:
    """The project's own translations."""
    return read_turtle([ROOT / "data/labels.ttl"])


PLACE_NAMES = {
    "paragraph-4": ("4-тармақ", "Paragraph 4", "Пункт 4"),
    "plan/section-4/measure-5": ("4.5-іс-шара", "Measure 4.5", "Мероприятие 4.5"),
    "plan/section-4/measure-5/item-2": (
        "4.5-іс-шара, 2) тармақша", "Measure 4.5, item 2", "Мероприятие 4.5, подпункт 2)",
    ),
    "plan/column-3": ("3-баған", "Column 3", "Графа 3"),
    "abbreviation-7": ("7-аббревиатура", "Abbreviation 7", "Сокращение 7"),
    "title": ("Тақырып", "Title", "Заголовок"),
}  # fmt: skip


@pytest.mark.parametrize("path", PLACE_NAMES)
def test_a_place_has_a_name(reading: Reading, path: str) -> None:
    """Numbers are those of the path, in Kazakh, English and Russian."""
    labels = place_labels(reading.plan.provision(path))
    assert tuple(str(label) for label in labels) == PLACE_NAMES[path]
    assert [label.language for label in labels] == ["kk", "en", "ru"]


def test_every_kind_has_a_place_name() -> None:
    """Whatever the plan holds can be named by someone who reads no Kazakh."""
    assert set(PLACES) == set(Kind)


def test_every_stage_section_and_row_is_translated(reading: Reading, labels: Graph) -> None:
    """Into English and Russian, once each, without Kazakh left in them; 51 parts, plan included."""
    counted = 0
    for provision in reading.plan.provisions:
        if provision.kind not in {
            Kind.PLAN, Kind.STAGE, Kind.SECTION, Kind.MEASURE, Kind.ITEM,
        }:  # fmt: skip
            continue
        titles = title_labels(provision, provision_iri(ACT, provision.path), labels)
        assert Counter(title.language for title in titles) == {"kk": 1, "en": 1, "ru": 1}
        kazakh, english = titles[0], next(t for t in titles if t.language == "en")
        assert kazakh == Literal(" ".join(provision.words.text.split()), lang="kk")
        assert english.isascii() or "–" in english
        counted += 1
    assert counted == 51


def test_a_title_is_the_label_and_the_place_a_second_name(making: Making) -> None:
    """Where we have a translation the place is a skos:altLabel, else the one skos:prefLabel."""
    graph = f"{ACT}@2014-12-30/graph"
    found = Counter(
        (str(subject).removeprefix(f"{ACT}/"), predicate)
        for subject, predicate, _, name in making.quads
        if str(name) == graph and predicate in {SKOS.prefLabel, SKOS.altLabel}
    )
    measure = "plan/section-1/measure-1"
    assert (found[measure, SKOS.prefLabel], found[measure, SKOS.altLabel]) == (3, 3)
    assert found["paragraph-1", SKOS.prefLabel] == 3
    assert found["paragraph-1", SKOS.altLabel] == 0


def test_lost_words_have_no_title(made_up: Reading, reading: Reading, labels: Graph) -> None:
    """The second stage's heading isn't known in the first state: its place names it there."""
    writer = Writer(ACT, reading.plan, labels)
    stage = reading.plan.provision("plan/stage-2")
    lost = {str(value) for _, value in writer.names(stage, lost=True)}
    assert lost == {"2-кезең", "Stage 2", "Этап 2"}
    named = list(writer.names(stage, lost=False))
    assert len(named) == 7
    assert [str(value) for term, value in named if term == ZH.labelFromSource] == ["kk"]


def test_a_label_for_what_is_not_there_is_refused(reading: Reading) -> None:
    """A slip in an address of data/labels.ttl is named, not left without effect."""
    labels = Graph()
    stray = URIRef(f"{BASE}eli/kz/resolution/2013/78/plan/section-9")
    labels.add((stray, SKOS.prefLabel, Literal("Ninth", lang="en")))
    with pytest.raises(CuratedError, match=r"data/labels.ttl: .*section-9 is no part of the text"):
        Writer(ACT, reading.plan, labels).check_labels()
