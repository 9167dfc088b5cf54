"""Notes that make no history stop the build: file, line and rule are named, nothing is written."""

from datetime import date
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.build import Making, make
from kg.history.events import HistoryError
from kg.history.known import Facts
from kg.history.versions import infer_history
from kg.model import Change
from kg.reading.source import ReadingError
from tests.history.small_plans import FIRST, ONE, ROW, SECOND, TWO, Done, act, plan_of
from tests.roots import copy_made_up, copy_project, replace_once, rewrite_source

NOTE = "2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40; 15.02.2034 № 8 қаулыларымен."
LINE = 11
OWN_DAY = "Үкіметінің 2031 жылғы 15 наурыздағы № 7 қаулысы\n[book"
PARAGRAPH_4 = "4-тармақ жаңа редакцияда - ҚР Үкіметінің 27.10.2014 № 1139"
MOVED = PARAGRAPH_4.replace("27.10", "28.10")


def make_with(folder: Path, note: str) -> Making:
    """What is made of the made-up plan with another note behind its second paragraph."""
    root = copy_made_up(folder / "root")
    rewrite_source(root, lambda text: replace_once(text, NOTE, note))
    return make(root, lambda step: None)


REMOVED = "2-тармақ алып тасталды - ҚР Үкіметінің 01.07.2032 № 40 қаулысымен."
REPLACED = "2-тармақ жаңа редакцияда - ҚР Үкіметінің 15.02.2034 № 8 қаулысымен."


@pytest.mark.parametrize(
    ("note", "problem", "rule", "line"),
    [
        (f"{REMOVED}\n      Ескерту. {REPLACED}",
         "an amendment of what isn't there", "R3", LINE + 1),
        ("2-тармақ қалпына келтірілді - ҚР Үкіметінің 01.07.2032 № 40 қаулысымен.",
         "an act that brings in what is there already", "R2", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 14.03.2031 № 40 қаулысымен.",
         "an amendment from before the act that it amends", "R12", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 15.03.2031 № 7 қаулысымен.",
         "an act that amends itself", "R4", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 "
         "(01.06.2032 бастап қолданысқа енгізіледі) қаулысымен.",
         "an effect before its document, without the reason", "R12", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 31.02.2032 № 40 қаулысымен.",
         "a day that the calendar doesn't have", "calendar-day", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 30.13.2032 № 40 қаулысымен.",
         "a day that the calendar doesn't have", "calendar-day", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 2032.07.01 № 40 қаулысымен.",
         "an act of no known form", "known-form", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 (ай туғаннан бастап) "
         "қаулысымен.",
         "a clause on effect that isn't known", "effect-clause", LINE),
        ("3-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 қаулысымен.",
         "a note on something else than paragraph-2", "note-target", LINE),
        ("2-тармақ өзгертілді - ҚР Үкіметінің 01.07.2032 № 40 қаулысымен.",
         "a note of no known form", "known-form", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40; 02.07.2032 № 40 "
         "қаулыларымен.",
         "a date of an act to which data/acts.ttl gives another, 2032-07-01",
         "one-document-date", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 41; 02.07.2032 № 41 "
         "қаулыларымен.",
         "a date of an act to which another note gives another, 2032-07-01",
         "one-document-date", LINE),
        ("2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 "
         "(31.09.2032 бастап қолданысқа енгізіледі) қаулысымен.",
         "a day that the calendar doesn't have", "calendar-day", LINE),
    ],
)  # fmt: skip
def test_the_build_names_file_line_and_rule(
    tmp_path: Path, note: str, problem: str, rule: str, line: int
) -> None:
    """And the words of the note, or of the act in it."""
    with pytest.raises(ReadingError) as refused:
        make_with(tmp_path, note)
    message = str(refused.value)
    assert message.startswith(f"data/source/made-up.kaz.txt, line {line}: {problem}")
    assert message.endswith(f" (rule: {rule})")
    assert "«" in message


def test_the_acts_own_day_is_one_of_the_calendar(tmp_path: Path) -> None:
    """The line that identifies the act has a day like any other."""
    root = copy_made_up(tmp_path / "root")
    rewrite_source(root, lambda text: replace_once(text, OWN_DAY, OWN_DAY.replace("15", "32")))
    with pytest.raises(ReadingError) as refused:
        make(root, lambda step: None)
    message = str(refused.value)
    assert "a day that the calendar doesn't have: «" in message
    assert message.endswith(" (rule: calendar-day)")


def test_one_act_has_one_date(tmp_path: Path) -> None:
    """In the project's own text: No. 1139 is of 27 October 2014 in every note and in data/."""
    root = copy_project(tmp_path / "root")
    rewrite_source(root, lambda text: replace_once(text, PARAGRAPH_4, MOVED))
    with pytest.raises(ReadingError) as refused:
        make(root, lambda step: None)
    message = str(refused.value)
    problem = "a date of an act to which data/acts.ttl gives another, 2014-10-27"
    assert message.startswith(f"data/source/P1300000078.kaz.txt, line 23: {problem}: «28.10.2014")
    assert message.endswith(" (rule: one-document-date)")


def test_one_act_may_have_several_days_of_effect(tmp_path: Path) -> None:
    """Its date is one: each clause gives a day of effect, and each day a state."""
    note = (
        "2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 "
        "(01.01.2033 бастап қолданысқа енгізіледі); 01.07.2032 № 40 "
        "(01.06.2033 бастап қолданысқа енгізіледі) қаулыларымен."
    )
    days = {state.day.isoformat() for state in make_with(tmp_path, note).history.states}
    assert {"2033-01-01", "2033-06-01"} <= days


def test_an_effect_before_its_document_needs_its_reason(tmp_path: Path) -> None:
    """With the clause that says what it extends to, the earlier day counts."""
    reason = "(01.06.2032 бастап туындаған қатынастарға таралады)"
    note = f"2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 {reason} қаулысымен."
    states = make_with(tmp_path, note).history.states
    assert [state.day.isoformat() for state in states][1] == "2032-06-01"
    assert states[1].effect.latest is not None


def test_a_later_effect_is_a_day_of_its_own(tmp_path: Path) -> None:
    """Two acts, each with the day its clause gives: the text counts from these."""
    note = (
        "2-тармақ жаңа редакцияда - ҚР Үкіметінің 01.07.2032 № 40 "
        "(01.01.2033 бастап қолданысқа енгізіледі); 15.02.2034 № 8 қаулыларымен."
    )
    history = make_with(tmp_path, note).history
    days = [
        version.day.isoformat() for version in history.versions if version.path == "paragraph-2"
    ]
    assert days == ["2031-03-15", "2033-01-01", "2034-02-15"]


def test_a_refused_build_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, the message on standard error, and no folder."""
    root = copy_made_up(tmp_path / "root")
    note = "2-тармақ қалпына келтірілді - ҚР Үкіметінің 01.07.2032 № 40 қаулысымен."
    rewrite_source(root, lambda text: replace_once(text, NOTE, note))
    target = tmp_path / "build"
    assert main(["build", "--root", str(root), "--build", str(target)]) == 1
    assert f"line {LINE}: an act that brings in what is there already" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("notes", "problem", "rule"),
    [
        ([(Change.REMOVED, "paragraph-1", ONE), (Change.REPLACED, "paragraph-1", TWO)],
         "an amendment of what isn't there", "R3"),
        ([(Change.REMOVED, "paragraph-1", ONE), (Change.REMOVED, "paragraph-1", TWO)],
         "an amendment of what isn't there", "R3"),
        ([(Change.REMOVED, "paragraph-1", ONE), (Change.AMENDED, "paragraph-1", TWO)],
         "an amendment of what isn't there", "R3"),
        ([(Change.INSERTED, "paragraph-1", TWO), (Change.AMENDED, "paragraph-1", ONE)],
         "an amendment of what isn't there", "R3"),
        ([(Change.INSERTED, "plan/section-1", TWO), (Change.REPLACED, ROW, ONE)],
         "an amendment of what isn't there", "R3"),
        ([(Change.REPLACED, "paragraph-7", ONE)],
         "an amendment of what the text doesn't have", "R3"),
        ([(Change.AMENDED, "annex", ONE)],
         "an amendment of what the text doesn't have", "R3"),
        ([(Change.REMOVED, "plan/section-1", ONE)],
         f"a removal of a whole whose part {ROW} stands", "R3"),
        ([(Change.RESTORED, "paragraph-1", ONE)],
         "an act that brings in what is there already", "R2"),
        ([(Change.REPLACED, "paragraph-1", ONE), (Change.INSERTED, "paragraph-1", TWO)],
         "an act that brings in what is there already", "R2"),
        ([(Change.INSERTED, "paragraph-1", ONE), (Change.REMOVED, "paragraph-1", ONE)],
         "removed on the day it comes in", "R3"),
        ([(Change.REPLACED, "paragraph-1", act("1", date(2030, 3, 14)))],
         "an amendment from before the act", "R12"),
        ([(Change.REPLACED, "paragraph-1", act("1", SECOND, date(2030, 3, 14)))],
         "an amendment from before the act", "R12"),
        ([(Change.REPLACED, "paragraph-1", act("7", FIRST, SECOND))],
         "an act that amends itself", "R4"),
    ],
)  # fmt: skip
def test_notes_that_make_no_history_are_refused(notes: list[Done], problem: str, rule: str) -> None:
    """By the note, or the act in it, and the rule that is broken."""
    plan = plan_of(*notes)
    with pytest.raises(HistoryError, match=problem) as refused:
        infer_history(plan, Facts())
    assert refused.value.rule == rule
    quotes = [note.quote for note in plan.notes] + [a.quote for n in plan.notes for a in n.acts]
    assert refused.value.quote in quotes
    assert refused.value.quote.text in str(refused.value)
