"""References: every one in the text is found, in any ending, and nothing else is."""

import re
from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Reading
from kg.iris import local_name
from kg.model import Citing, Identification, Kind, Part, Provision, Quote, Reference
from kg.reading.references import read_references
from kg.reading.vocabulary import Vocabulary
from tests.reading.texts import quote_all

TITLE = "Су туралы 2030 - 2031 жылдарға арналған іс-шаралар жоспары"
CONCEPT = "жергілікті өзін-өзі басқаруды дамыту тұжырымдамасы"
LAW = (
    "«Қазақстан Республикасының кейбір заңнамалық актілеріне жергілікті өзін-өзі басқаруды дамыту "
    "мәселелері бойынша өзгерістер мен толықтырулар енгізу туралы»"
)


def find(vocabulary: Vocabulary, text: str, kind: Kind = Kind.MEASURE) -> list[Reference]:
    """The references in a row, or another provision, of some words; a short plan stands before."""
    reader, whole = quote_all(f"{TITLE}\n{text}", vocabulary)
    plan = reader.source.within(whole, 0, len(TITLE))
    words = reader.source.within(whole, len(TITLE), len(whole.text))
    section = "plan/section-1"
    provisions = (
        Provision("plan", Kind.PLAN, "", 1, plan.span, plan, (plan,)),
        Provision(f"{section}/measure-1", kind, section, 2, words.span, words, (words,)),
    )
    act = Identification("resolution", "7", date(2013, 1, 31), plan)
    return list(read_references(reader, act, provisions, ()))


def named(reference: Reference) -> list[str]:
    """What a reference may lead to, by last name; a part of the text by its path."""
    targets = (*reference.fitting, *reference.presumed, *reference.planned)
    return [t.path or "act" if isinstance(t, Part) else local_name(t) for t in targets]


# ---- the text


def test_the_references_of_the_text_are_counted(reading: Reading) -> None:
    """Each was counted by hand in the official text."""
    assert len(reading.plan.references) == 53
    assert Counter(reference.citing for reference in reading.plan.references) == {
        Citing.DATE: 9,
        Citing.TITLE: 5,
        Citing.DRAFT: 8,
        Citing.NAME: 14,
        Citing.KIND: 1,
        Citing.SHORT_FORM: 7,
        Citing.SELF: 2,
        Citing.PART: 4,
        Citing.PLAN: 3,
    }


def test_every_reference_quotes_its_place(reading: Reading) -> None:
    """Provision, place and start lead to the very words of the quote."""
    plan, text = reading.plan, reading.source.text
    for reference in plan.references:
        provision = plan.provision(reference.provision)
        cells = provision.cells
        places: dict[str, Quote | None] = {
            "words": provision.words,
            "deadline": cells.deadline.quote if cells.deadline else None,
            "funding": cells.funding.quote if cells.funding else None,
            **{f"output-{n}": output.quote for n, output in enumerate(cells.outputs, start=1)},
        }
        place = places[reference.place]
        assert place is not None
        words = reference.quote.text
        assert place.text[reference.start : reference.start + len(words)] == words
        assert text[reference.quote.span.start : reference.quote.span.end] == words


def test_references_overlap_only_where_a_name_stands_inside_one(reading: Reading) -> None:
    """No words are counted twice as the same kind of thing."""
    nested = 0
    for one, other in combinations(reading.plan.references, 2):
        if (
            one.quote.span.start
            < other.quote.span.end
            > other.quote.span.start
            < one.quote.span.end
        ):
            assert one.quote.span.covers(other.quote.span)
            assert other.citing is Citing.NAME
            nested += 1
    assert nested == 6


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (r"Жоспар(?!лау)\w*", 5),
        (r"[Оо]сы\s+(?:қаулы|жоспар)\w*", 3),
        (r"өзін-өзі\s+басқару(?:ды\s+дамыту)?\s+тұжырымдама\w*", 13),
        (r"№\s+\d+", 8),
        (r"(?<!\w)Заң(?!нама)\w*", 14),
        (r"Жарлы\w+", 3),
        (r"регламент\w*", 1),
        (r"бағдарлама\w*", 1),
    ],
)
def test_no_word_that_refers_is_left_out(reading: Reading, words: str, count: int) -> None:
    """Each such word of the text stands in some reference."""
    found = list(re.finditer(words, reading.source.text))
    assert len(found) == count
    spans = [reference.quote.span for reference in reading.plan.references]
    for at in found:
        assert any(span.start <= at.start() and at.end() <= span.end for span in spans), at


def test_the_made_up_plan_has_its_own(made_up: Reading) -> None:
    """Another plan's references are found by the same grammar, by the names that it has."""
    assert Counter(reference.citing for reference in made_up.plan.references) == {
        Citing.DATE: 7,
        Citing.PART: 4,
        Citing.PLAN: 2,
        Citing.SELF: 1,
        Citing.TITLE: 1,
    }


# ---- the grammar, a rule at a time


@pytest.mark.parametrize(
    ("text", "citing", "quote", "leads"),
    [
        (
            f"{LAW} 2013 жылғы 13 маусымдағы Қазақстан Республикасы Заңының орындалуы",
            Citing.DATE,
            f"{LAW} 2013 жылғы 13 маусымдағы Қазақстан Республикасы Заңының",
            ["101-V"],
        ),
        (
            "Қазақстан Республикасы Президентінің 2012 жылғы 28 қарашадағы № 438 Жарлығына сәйкес",
            Citing.DATE,
            "Қазақстан Республикасы Президентінің 2012 жылғы 28 қарашадағы № 438 Жарлығына",
            ["438"],
        ),
        (
            f"{LAW} Қазақстан Республикасының Заңын талдау",
            Citing.TITLE,
            f"{LAW} Қазақстан Республикасының Заңын",
            ["101-V", "law-on-local-self-government"],
        ),
        ("«Су туралы» Заңға сәйкес", Citing.TITLE, "«Су туралы» Заңға", []),
        (
            "Қазақстан Республикасы Заңының жобасын әзірлеу",
            Citing.DRAFT,
            "Қазақстан Республикасы Заңының жобасын",
            [],
        ),
        (
            f"Қазақстан Республикасында {CONCEPT}ның екінші кезеңінде көзделген",
            Citing.NAME,
            f"Қазақстан Республикасында {CONCEPT}ның екінші кезеңінде",
            ["stage-2"],
        ),
        (f"{CONCEPT}на сәйкес", Citing.NAME, f"{CONCEPT}на", ["concept"]),
        (
            "2020 жылға дейінгі аудандарды дамыту бағдарламаларын түзету",
            Citing.KIND,
            "2020 жылға дейінгі аудандарды дамыту бағдарламаларын",
            [],
        ),
        ("осы қаулыға сәйкес", Citing.SELF, "осы қаулыға", ["act"]),
        ("осы жоспарда көзделген", Citing.SELF, "осы жоспарда", ["plan"]),
        ("осы Заңға сәйкес", Citing.SELF, "осы Заңға", []),
        ("осы жоспардың 3-тармағын орындау", Citing.PART, "осы жоспардың 3-тармағын", ["plan"]),
        ("осы қаулының 3-тармағы", Citing.PART, "осы қаулының 3-тармағы", ["act"]),
        ("3-тармаққа сәйкес", Citing.PART, "3-тармаққа", ["plan"]),
        (f"{TITLE}на енгізу", Citing.PLAN, f"{TITLE}на", ["plan"]),
        ("Заңда айқындалған тәртіппен", Citing.SHORT_FORM, "Заңда", ["148"]),
    ],
)
def test_a_reference_is_found(
    vocabulary: Vocabulary, text: str, citing: Citing, quote: str, leads: list[str]
) -> None:
    found = [r for r in find(vocabulary, text) if r.citing is not Citing.NAME or r.citing is citing]
    assert [(r.citing, r.quote.text, named(r)) for r in found] == [(citing, quote, leads)]


@pytest.mark.parametrize(
    "text",
    [
        "Заңнаманы жетілдіру бойынша ұсыныстар",
        "жергілікті өзін-өзі басқару туралы заңнаманың негізгі ережелері",
        "негізгі тұжырымдамалық бағыттарын түсіндіру",
        "әкімшілік-аумақтық бірліктерді айқындау",
        "«Нұр Отан» партиясының қоғамдық саясат институты",
        "«Қазақстан Республикасының Заңнама институты» ММ",
        "ӨДМ-нің бұйрығы",
        "2015 жылғы 1-жарты жылдық",
        "бағытталған кіші бөлім қосу жөнінде",
    ],
)
def test_what_refers_to_no_act_is_no_reference(vocabulary: Vocabulary, text: str) -> None:
    assert find(vocabulary, text) == []


@given(st.sampled_from(["Бағдарлама", "Қағида", "Тізбе"]), st.sampled_from(["ны", "ға", "да", ""]))
def test_a_short_form_stands_for_what_it_was_defined_for(
    vocabulary: Vocabulary, form: str, ending: str
) -> None:
    """From its definition on, and not before."""
    text = f"{form}ны күту. {CONCEPT} (бұдан әрі - {form}) туралы {form}{ending} орындау"
    found = [r for r in find(vocabulary, text) if r.citing is Citing.SHORT_FORM]
    assert [r.quote.text for r in found] == [form, f"{form}{ending}"]
    assert [named(r) for r in found] == [["concept"]] * 2
    assert all(r.definition and form in r.definition.text for r in found)


def test_a_part_of_what_a_short_form_stands_for(vocabulary: Vocabulary) -> None:
    text = f"{TITLE} (бұдан әрі - Жоспар) және Жоспардың 4-тармағы"
    found = find(vocabulary, text)
    assert [(r.citing, r.number) for r in found][-1] == (Citing.PART, "4")
    assert named(found[-1]) == ["plan"]


def test_a_plan_for_a_named_document_is_a_plan(vocabulary: Vocabulary) -> None:
    """With the document's own name inside."""
    text = f"{CONCEPT}ның бірінші кезеңін іске асыру жөніндегі іс-шаралар жоспарына"
    found = find(vocabulary, text)
    assert [r.citing for r in found] == [Citing.PLAN, Citing.NAME]
    assert local_name(found[0].subject or "") == "stage-1"


@pytest.mark.parametrize(
    ("tail", "foreseen"),
    [("жобасын әзірлеу", True), ("қабылданғаннан кейін", True), ("іске асыру", False)],
)
def test_a_titled_act_may_be_foreseen(vocabulary: Vocabulary, tail: str, foreseen: bool) -> None:
    (found,) = find(vocabulary, f"{LAW} Қазақстан Республикасының Заңы {tail}")
    assert (found.citing, found.foreseen) == (Citing.TITLE, foreseen)


def test_a_bare_number_in_a_paragraph_is_the_acts(vocabulary: Vocabulary) -> None:
    (found,) = find(vocabulary, "3-тармаққа сәйкес", Kind.PARAGRAPH)
    assert named(found) == ["act"]
