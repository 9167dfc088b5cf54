"""Nouns in all their endings: each is known, and a longer word of the same beginning isn't."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.inflection import inflected

# A stem with its endings in each case, of the bare noun and of the possessive.
PARADIGMS = {
    "Жоспар": "|дың|ға|ды|да|дан|мен|лар|лардың|ы|ының|ына|ын|ында|ынан|ымен|дағы",
    "Заң": "|ның|ға|ды|да|нан|мен|дар|ы|ының|ына|ын|ында|ынан|ымен|дағы|ындағы",
    "кезең": "|нің|ге|ді|де|нен|мен|дер|і|інің|іне|ін|інде|інен|імен|дегі",
    "қаулы": "|ның|ға|ны|да|дан|мен|лар|сы|сының|сына|сын|сында|сынан|сымен|ларымен",
    "тұжырымдама": "|ның|ға|ны|да|дан|мен|лар|сы|сының|сына|сын|сында|сынан|сымен|сындағы",
    "жоба": "|ның|ға|ны|да|дан|мен|лар|сы|сының|сына|сын|сында|сынан|сымен",
}
VOICED = {
    "Жарлық": ("Жарлық", "Жарлыққа", "Жарлықтың", "Жарлығы", "Жарлығының", "Жарлығына"),
    "тармақ": ("тармақ", "тармаққа", "тармақтың", "тармағы", "тармағына", "тармағындағы"),
}
OTHER_WORDS = (
    "Заңнама",
    "Заңнаманы",
    "Заңды",
    "заңнамалық",
    "тұжырымдамалық",
    "жоспарлау",
    "Заңгер",
)


@given(st.sampled_from(sorted(PARADIGMS)), st.data())
def test_any_ending_is_known(stem: str, data: st.DataObject) -> None:
    """A noun is found in each case and number, and with the third person's possessive."""
    ending = data.draw(st.sampled_from(PARADIGMS[stem].split("|")))
    assert re.fullmatch(inflected(stem), stem + ending)


@pytest.mark.parametrize("stem", sorted(VOICED))
def test_a_last_consonant_is_voiced_before_a_vowel(stem: str) -> None:
    for form in VOICED[stem]:
        assert re.fullmatch(inflected(stem), form), form


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_another_word_of_the_same_beginning_is_another_word(word: str) -> None:
    """What no ending explains is no form of the noun; "Заңды" alone looks like an accusative."""
    stems = ("Заң", "тұжырымдама", "Жоспар")
    found = [stem for stem in stems if re.search(inflected(stem, any_initial=True), word)]
    assert found == (["Заң"] if word == "Заңды" else [])


@given(st.text("абдеғклмнорстуыі", min_size=2, max_size=9), st.sampled_from("бвгжзйлмнр"))
def test_endings_are_short(tail: str, consonant: str) -> None:
    """Two syllables that are no plural, possessive and case leave a word unknown."""
    word = f"Заң{consonant}{consonant}{tail}"
    assert not re.search(inflected("Заң"), word)


@given(st.sampled_from([" ", "\n", "\n\n", "\u00a0", "  "]))
def test_blanks_of_any_kind_part_words(blank: str) -> None:
    assert re.fullmatch(inflected("екінші кезең"), f"екінші{blank}кезеңінің")
