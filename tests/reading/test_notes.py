"""The publisher's notes: target, change, acts and clauses are read back as they were written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Change, Effect
from kg.reading.notes import read_effect, read_note
from kg.reading.source import ReadingError
from kg.reading.vocabulary import Vocabulary
from tests.reading.texts import quote_all

CHANGES = {
    "жаңа редакцияда": Change.REPLACED,
    "өзгеріс енгізілді": Change.AMENDED,
    "алып тасталды": Change.REMOVED,
}
TARGETS = {
    "paragraph-4": "4-тармақ",
    "paragraph-12": "12-тармақ",
    "plan": "Жоспарға",
    "plan/section-3": "Кіші бөлім",
}
CLAUSES = {
    "": None,
    " (ресми жарияланған күнінен бастап қолданысқа енгізіледі)": Effect.PUBLICATION,
    " (алғашқы ресми жарияланған күнінен бастап күнтізбелік он күн өткен соң)": Effect.PUBLICATION,
    " (қол қойылған күнінен бастап қолданысқа енгізіледі)": Effect.SIGNING,
}
acts = st.tuples(
    st.dates(min_value=date(1991, 12, 16), max_value=date(2199, 12, 31)),
    st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True),
    st.sampled_from(list(CLAUSES)),
)


@given(
    st.sampled_from(list(TARGETS)),
    st.sampled_from(list(CHANGES)),
    st.lists(acts, min_size=1, max_size=5),
    st.sampled_from("-–—"),
)
def test_any_note_is_read_back(
    vocabulary: Vocabulary,
    target: str,
    change: str,
    named: list[tuple[date, str, str]],
    dash: str,
) -> None:
    """Each act with its own day, number and clause, whatever stands beside it."""
    listed = "; ".join(
        f"{day:%d.%m}.{day.year} № {number}{clause}" for day, number, clause in named
    )
    ending = "қаулысымен" if len(named) == 1 else "қаулыларымен"
    text = f"Ескерту. {TARGETS[target]} {change} {dash} ҚР Үкіметінің {listed} {ending}."
    note = read_note(*quote_all(text, vocabulary), target)
    assert (note.target, note.change, note.quote.text) == (target, CHANGES[change], text)
    assert [(act.day, act.number, act.effect) for act in note.acts] == [
        (day, number, CLAUSES[clause]) for day, number, clause in named
    ]
    assert "; ".join(act.quote.text for act in note.acts) == listed


@pytest.mark.parametrize(
    ("target", "named"),
    [
        ("paragraph-4", "5-тармақ"),
        ("paragraph-4", "Жоспарға"),
        ("plan", "4-тармақ"),
        ("plan/section-3", "Жоспарға"),
        ("plan/stage-1", "Кіші бөлім"),
        ("title", "4-тармақ"),
    ],
)
def test_a_note_is_on_what_it_stands_behind(
    vocabulary: Vocabulary, target: str, named: str
) -> None:
    """Else it is refused: it could be anybody's."""
    text = f"Ескерту. {named} алып тасталды - ҚР Үкіметінің 27.10.2014 № 1139 қаулысымен."
    with pytest.raises(ReadingError, match=f"a note on something else than {target}"):
        read_note(*quote_all(text, vocabulary), target)


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("Осы қаулы қол қойылған күнінен бастап қолданысқа енгізіледі.", Effect.SIGNING),
        ("ресми\u00a0жарияланған\nкүнінен бастап", Effect.PUBLICATION),
        ("Осы қаулының орындалуын бақылау жүктелсін.", None),
    ],
)
def test_clauses_on_effect_are_found(words: str, effect: Effect | None) -> None:
    """On signing or on publication, over any white space; no clause is none."""
    assert read_effect(words) is effect
