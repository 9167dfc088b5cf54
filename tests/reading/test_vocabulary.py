"""Words found in a text: the longest form, whole words, any white space between them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.vocabulary import KnownAct, Lexicon, Vocabulary


def test_the_longest_form_wins() -> None:
    """A short form inside a longer one is not a mention of its own."""
    lexicon = Lexicon({"ұсыныс": "one", "ұсыныс жоба": "two"}, "file")
    assert list(lexicon.find("ұсыныс жоба, ұсыныс")) == [("two", 0, 11), ("one", 13, 19)]


def test_a_form_is_whole_words() -> None:
    """Neither inside a word, nor at its beginning, nor behind an opening quotation mark."""
    lexicon = Lexicon({"СА": "a"}, "file")
    assert list(lexicon.find("ҚСА САР «СА» СА")) == [("a", 13, 15)]
    assert lexicon.match("САР") is None


def test_a_stem_begins_a_word() -> None:
    """Endings may follow a stem; nothing may stand before it."""
    lexicon = Lexicon({"село": "selo"}, "file", stems=True)
    assert [start for _, start, _ in lexicon.find("селолар, ауылсело, село")] == [0, 19]


@given(st.text(" \n\t\u00a0", min_size=1, max_size=5), st.text(" \n\u00a0", min_size=1, max_size=5))
def test_blanks_are_any_white_space(first: str, second: str) -> None:
    """A form is found however its words are spaced, in the data and in the text."""
    lexicon = Lexicon({f"Қаржы{first}министрлігі": "key"}, "file")
    assert lexicon.match(f"Қаржы{second}министрлігі") == ("key", 16 + len(second))


def test_no_forms_find_nothing() -> None:
    """An empty vocabulary is no error, and matches nothing."""
    lexicon = Lexicon({}, "file")
    assert (len(lexicon), lexicon.match("а"), list(lexicon.find("а"))) == (0, None, [])


@pytest.mark.parametrize(
    ("number", "title", "found"),
    [
        ("438", None, "key"),
        ("438", "Тұжырымдама  туралы", "key"),
        (None, "Тұжырымдама туралы", "key"),
        ("439", None, None),
        ("438", "Басқа туралы", None),
        (None, None, None),
    ],
)
def test_an_act_is_known_by_kind_day_and_number_or_title(
    vocabulary: Vocabulary, number: str | None, title: str | None, found: str | None
) -> None:
    """Where several fit, none is guessed."""
    day = date(2012, 11, 28)
    acts = (
        KnownAct("key", "decree", "438", day, "Тұжырымдама туралы"),
        KnownAct("other", "decree", "440", day),
    )
    known = replace(vocabulary, acts=acts)
    assert known.act("decree", day, number, title) == found
    assert known.act("law", day, number, title) is None
