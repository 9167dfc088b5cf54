"""Lists of bodies are read back as written: order, marks of agreement, any white space."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Reading
from kg.iris import local_name
from kg.reading.bodies import read_bodies, read_recipient
from kg.reading.source import ReadingError
from kg.reading.vocabulary import Vocabulary
from tests.reading.texts import quote_all

FORMS = {
    "ӨДМ": "ministry-of-regional-development",
    "ЭБЖМ": "ministry-of-economy-and-budget-planning",
    "Қаржымині": "ministry-of-finance",
    "ҚР ЗИ": "institute-of-legislation",
    "ЭЗИ АҚ": "economic-research-institute",
    "«ЭЗИ» АҚ": "economic-research-institute",
    "«Нұр Отан» ХДП Парламентаризм институты": "nur-otan-institute-of-parliamentarism",
    "«Нұр Отан» партиясының ҚСИ": "nur-otan-public-policy-institute",
    "«Нұр Отан» партиясы ҚСИ": "nur-otan-public-policy-institute",
    "«ҚМДБ» РҚБ": "association-of-maslikhat-deputies",
    "жергілікті өкілді органдар": "local-representative-bodies",
    "жергілікті атқарушы органдар": "local-executive-bodies",
    "облыстардың әкімдері": "akims-of-oblasts",
    "аудандардың әкімдері": "akims-of-districts",
    "Қазақстан Республикасы Қаржы министрлігі": "ministry-of-finance",
    "СА": "agency-of-statistics",
}
AKIMS = "облыстардың, Астана және Алматы қалаларының әкімдері"

members = st.tuples(st.sampled_from([*FORMS, AKIMS]), st.booleans())
blanks = st.text(alphabet=" \n\u00a0", min_size=1, max_size=3)


def expect(form: str) -> list[str]:
    """The agencies that one member of a list names."""
    if form == AKIMS:
        return ["akims-of-oblasts", "akim-of-astana", "akim-of-almaty"]
    return [FORMS[form]]


@given(st.lists(members, min_size=1, max_size=9), blanks, st.sampled_from(["", " ", "\n"]))
def test_any_list_is_read_back(
    vocabulary: Vocabulary, listed: list[tuple[str, bool]], blank: str, before: str
) -> None:
    """Each body once for each time it stands, in that order, with its own mark of agreement."""
    agreed = " (келісім бойынша)"
    text = f"{before},{blank}".join(form + (agreed if mark else "") for form, mark in listed)
    text = re.sub(" ", blank, text)
    found = read_bodies(*quote_all(text, vocabulary))
    written = [(slug, mark) for form, mark in listed for slug in expect(form)]
    assert [(local_name(body.agency), body.by_agreement) for body in found] == written


@given(st.sampled_from(list(FORMS)), st.sampled_from([*"абұқ7", "-нің", " мен"]))
def test_a_form_ends_where_its_word_ends(vocabulary: Vocabulary, form: str, more: str) -> None:
    """A longer word is another word: it is refused, not cut."""
    with pytest.raises(ReadingError, match="a body that isn't known"):
        read_bodies(*quote_all(f"{form}{more}", vocabulary))


@pytest.mark.parametrize(
    "text", ["", "ӨДМ,", ",ӨДМ", "ӨДМ ЭБЖМ", "(келісім бойынша)", "ӨДМ (келісім бойынша) ЭБЖМ"]
)
def test_what_is_no_list_is_refused(vocabulary: Vocabulary, text: str) -> None:
    """Nothing is passed over between bodies, or behind the last."""
    with pytest.raises((ReadingError, ValueError)):
        read_bodies(*quote_all(text, vocabulary))


def test_shared_words_are_quoted_for_each(vocabulary: Vocabulary) -> None:
    """Each akim's quotes are what names that one, and the head that all share."""
    akims = read_bodies(*quote_all(AKIMS, vocabulary))
    assert [[quote.text for quote in body.quotes] for body in akims] == [
        ["облыстардың", "қалаларының әкімдері"],
        ["Астана", "қалаларының әкімдері"],
        ["Алматы", "қалаларының әкімдері"],
    ]


def test_two_posts_share_a_head(made_up: Reading) -> None:
    """A coordination needs no third member."""
    bodies = made_up.plan.provision("plan/section-1/measure-2").cells.responsibilities
    assert [local_name(body.agency) for body in bodies] == [
        "ministry-of-horses", "akim-of-baikonyr", "akim-of-merki",
    ]  # fmt: skip


def test_only_initials_are_an_inference(vocabulary: Vocabulary) -> None:
    """The one abbreviation that nobody spelled out is marked; no other is."""
    bodies = read_bodies(*quote_all("ӨДМ, СА, ОСК", vocabulary))
    assert [body.identified for body in bodies] == [True, False, True]


def test_the_first_recipient_after_a_place_counts(vocabulary: Vocabulary) -> None:
    """A body in the dative before the clause isn't its recipient; none is none."""
    text = "ӨДМ-ге хат, ҰЭМ-ге есеп"
    reader, words = quote_all(text, vocabulary)
    found = read_recipient(reader, words, 6, len(text))
    assert found is not None
    assert local_name(found.key) == "ministry-of-national-economy"
    assert read_recipient(reader, words, 19, len(text)) is None
