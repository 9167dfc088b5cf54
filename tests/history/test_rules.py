"""Each rule alone: a case where it gives its grade, and one where it must be silent."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import Reading
from kg.history import rules
from kg.history.known import Fact, Facts, Grade, TextStatus
from kg.history.timeline import EFFECT_RULES, Step
from kg.model import (
    AmendingAct,
    Change,
    Deadline,
    Effect,
    Funding,
    Kind,
    Mention,
    Note,
    Period,
    Plan,
    Provision,
    Quote,
    Responsibility,
    Span,
)
from tests.roots import ROOT

WORDS = Quote(Span(0, 5), "words")
NOTE_WORDS = Quote(Span(5, 9), "note")
FIRST, SECOND = date(2014, 10, 27), date(2014, 12, 30)
ROW = Provision(
    "plan/section-1/measure-1", Kind.MEASURE, "plan/section-1", 1, WORDS.span, WORDS, ()
)
DAY = timedelta(days=1)


def step(day: date) -> Step:
    """An amending act of a day."""
    return Step(AmendingAct("resolution", "1139", day, NOTE_WORDS), day)


def note(change: Change) -> Note:
    """A note on the row that tells of a change."""
    return Note(change, ROW.path, (step(FIRST).act,), NOTE_WORDS)


def body(agency: str = "a") -> Responsibility:
    """A responsibility of one body."""
    return Responsibility(agency, (WORDS,))


LATER = [step(FIRST), step(SECOND)]


@pytest.mark.rule("R1", "holds")
def test_r1_unmarked_is_original() -> None:
    """R1 gives the words as first ones, known from later, by the marks of the siblings."""
    inference = rules.unmarked_is_original(ROW, [note(Change.REPLACED)])
    assert (inference.grade, inference.status) == (Grade.INFERRED, TextStatus.ATTESTED_LATER)
    assert inference.premises == (WORDS.span, NOTE_WORDS.span)


@pytest.mark.rule("R2", "holds")
@pytest.mark.rule("R3", "holds")
@pytest.mark.rule("R4", "holds")
def test_r2_r3_r4_what_was_changed_had_been() -> None:
    """Reworded and removed units existed, by their note, from the beginning."""
    assert rules.reworded_existed(note(Change.REPLACED)).rules == ("R2", "R4")
    assert rules.removed_existed(note(Change.REMOVED)).rules == ("R3", "R4")


@pytest.mark.rule("R5", "holds", "silent")
@pytest.mark.parametrize(
    ("founded", "fires"), [(FIRST, False), (FIRST - DAY, False), (FIRST + DAY, True), (None, False)]
)
def test_r5_body_not_before(founded: date | None, fires: bool) -> None:
    """A body of the day itself could be named, of the next day not; no day proves nothing."""
    facts = Facts(founded={"a": Fact("fact", founded)} if founded else {})
    inference = rules.body_not_before(body(), FIRST, facts)
    assert (inference is not None) == fires
    if inference:
        assert (inference.holds, inference.premises) == (False, (WORDS.span, "fact"))


@pytest.mark.rule("R6", "holds", "silent")
@pytest.mark.parametrize(
    ("ended", "fires"), [(FIRST - DAY, True), (FIRST, False), (SECOND, False), (None, False)]
)
def test_r6_body_not_after(ended: date | None, fires: bool) -> None:
    """Only a body that had ended before every amender was none of their writing."""
    facts = Facts(ended={"a": Fact("fact", ended)} if ended else {})
    inference = rules.body_not_after(body(), LATER, facts)
    assert (inference is not None) == fires
    assert rules.body_not_after(body("b"), LATER, facts) is None


@pytest.mark.rule("R7", "holds", "silent")
@pytest.mark.parametrize(("written", "fires"), [(FIRST - DAY, True), (FIRST, False)])
def test_r7_cited_act_not_before(written: date, fires: bool) -> None:
    """Words may cite an act on its day, and not before; an act of no known day proves nothing."""
    citing = replace(ROW, citations=(Mention("act", WORDS), Mention("planned", WORDS)))
    inference = rules.cited_act_not_before(citing, written, Facts(act_days={"act": FIRST}))
    assert (inference is not None) == fires
    assert rules.cited_act_not_before(ROW, written, Facts(act_days={"act": FIRST})) is None


@pytest.mark.rule("R8", "holds", "silent")
@pytest.mark.parametrize(
    ("due", "fires"), [(FIRST - DAY, True), (FIRST, False), (SECOND, False), (None, False)]
)
def test_r8_deadline_not_after(due: date | None, fires: bool) -> None:
    """A deadline that had passed before every act is none of theirs; one on the day may be."""
    inference = rules.deadline_not_after(Deadline(WORDS, due_by=due), LATER, Facts())
    assert (inference is not None) == fires


@pytest.mark.parametrize(
    ("passed", "fires"), [(date(2014, 9, 26), True), (date(2014, 9, 27), False)]
)
def test_r8_runs_from_a_planned_act(passed: date, fires: bool) -> None:
    """Where a deadline runs from an act, the fact of its day gives the last day, as a premise."""
    deadline = Deadline(WORDS, relative_to="planned", offset="P1M")
    facts = Facts(became={"planned": Fact("fact", passed)})
    inference = rules.deadline_not_after(deadline, LATER, facts)
    assert (inference is not None) == fires
    assert inference is None or "fact" in inference.premises
    assert rules.deadline_not_after(deadline, LATER, Facts()) is None
    assert rules.latest_day(replace(deadline, offset=None), facts) is None


@pytest.mark.rule("R9", "holds", "silent")
def test_r9_part_implies_whole() -> None:
    """One part is enough; without any, nothing follows."""
    inference = rules.part_implies_whole([WORDS.span])
    assert inference is not None
    assert inference.rules == ("R9",)
    assert rules.part_implies_whole([]) is None


@pytest.mark.rule("R10", "holds")
def test_r10_heading_survives() -> None:
    """A removed section's heading is its own, known from later."""
    inference = rules.heading_survives(ROW, rules.removed_existed(note(Change.REMOVED)))
    assert (inference.rules, inference.status) == (("R10",), TextStatus.ATTESTED_LATER)


@pytest.mark.rule("R11", "holds", "silent")
@pytest.mark.parametrize(
    ("whole", "part", "fires"),
    [
        ((2013, 2020), (2015, 2020), True),
        ((2013, 2020), (2013, 2020), True),
        ((2013, 2020), (2012, 2014), False),
        ((2013, 2020), (2019, 2021), False),
        (None, (2015, 2020), False),
        ((2013, 2020), None, False),
    ],
)
def test_r11_title_names_period(
    whole: tuple[int, int] | None, part: tuple[int, int] | None, fires: bool
) -> None:
    """A stage within the title's years existed; one beyond them, or without years, need not."""
    periods = [Period(*years, WORDS) if years else None for years in (whole, part)]
    inference = rules.title_names_period(*periods)
    assert (inference is not None) == fires
    assert inference is None or inference.status is TextStatus.NOT_PRESERVED


@pytest.mark.rule("R14", "holds", "silent")
@pytest.mark.parametrize(
    ("replaced", "fires"), [(FIRST - DAY, True), (FIRST, False), (None, False)]
)
def test_r14_superseded_terms(replaced: date | None, fires: bool) -> None:
    """A term that was replaced before every act is older than they; each term is proved once."""
    using = replace(ROW, terms=(Mention("selo", WORDS), Mention("selo", NOTE_WORDS)))
    facts = Facts(replaced={"selo": Fact("fact", replaced)} if replaced else {})
    inferred = rules.superseded_terms(using, LATER, facts)
    assert list(inferred) == (["selo"] if fires else [])
    if fires:
        assert inferred["selo"].premises == (WORDS.span, NOTE_WORDS.span, "fact")
    assert rules.superseded_terms(ROW, LATER, facts) == {}


@pytest.mark.rule("R18", "holds", "silent")
def test_r18_period_bounds(reading: Reading) -> None:
    """A stage's years bound its rows', the plan's those of paragraphs; the nearest whole counts."""
    plan = reading.plan
    row = rules.period_bounds(plan, plan.provision("plan/section-4/measure-2"))
    paragraph = rules.period_bounds(plan, plan.provision("paragraph-3"))
    assert row is not None
    assert paragraph is not None
    assert (row.first, row.last) == (2015, 2020)
    assert (paragraph.first, paragraph.last) == (2013, 2020)
    timeless = tuple(replace(p, period=None) for p in plan.provisions)
    without = Plan(plan.act, timeless, plan.notes, plan.layout)
    assert rules.period_bounds(without, plan.provision("paragraph-3")) is None


@pytest.mark.rule("R19", "holds", "silent")
@pytest.mark.parametrize(
    ("item", "path"),
    [("4", "plan/section-2/measure-4"), ("9", None), (None, None)],
)
def test_r19_item_in_own_section(reading: Reading, item: str | None, path: str | None) -> None:
    """A bare number is a measure of the same section; a number that it hasn't points nowhere."""
    row = reading.plan.provision("plan/section-2/measure-5")
    funding = replace(row.cells.funding or Funding("", WORDS), item=item)
    pointing = replace(row, cells=replace(row.cells, funding=funding))
    assert rules.item_in_own_section(reading.plan, pointing) == path


def test_r19_is_silent_outside_sections(reading: Reading) -> None:
    """A paragraph has no section to look into."""
    paragraph = reading.plan.provision("paragraph-3")
    funding = Funding("", WORDS, "4")
    pointing = replace(paragraph, cells=replace(paragraph.cells, funding=funding))
    assert rules.item_in_own_section(reading.plan, pointing) is None


@pytest.mark.rule("R21", "holds")
@pytest.mark.rule("R22", "holds")
def test_r21_r22_are_what_the_text_says_and_what_it_leaves_open() -> None:
    """Stated and verbatim by the text; unknown and attested later under a general note."""
    held = rules.held_in_source(ROW, [note(Change.REPLACED)])
    assert (held.grade, held.rules, held.status) == (Grade.STATED, ("R21",), TextStatus.VERBATIM)
    left = rules.unmarked_in_amended_whole([note(Change.AMENDED)])
    assert (left.grade, left.rules) == (Grade.UNKNOWN, ("R22",))
    assert left.premises == (NOTE_WORDS.span,)


def test_rules_in_use_are_those_of_the_ontology() -> None:
    """Every rule that the code names is defined, and every one defined is named by the code."""
    folder = ROOT / "kg/history"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    used = set(re.findall(r'"(R\d+)"', code))
    turtle = (ROOT / "ontology/rules.ttl").read_text(encoding="utf-8")
    defined = set(re.findall(r"^<rule/(R\d+)> a zh:Rule", turtle, re.MULTILINE))
    assert defined == {f"R{n}" for n in range(1, 45)}
    # R13 is about days after the last state, which names it in the graph (zh:openBy); R36 and R37
    # are named by what people curate of the world outside the text.
    assert defined - used == {"R13", "R36", "R37"}
    assert used <= defined


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    st.integers(min_value=0, max_value=400),
    st.sampled_from("DWMY"),
)
def test_a_duration_is_added_by_the_calendar(day: date, count: int, unit: str) -> None:
    """Days and weeks are counted; months and years keep the day, or the month's last."""
    later = rules.add_duration(day, f"P{count}{unit}")
    assert later >= day
    if unit in "DW":
        assert (later - day).days == count * (7 if unit == "W" else 1)
        return
    months = count * (12 if unit == "Y" else 1)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@pytest.mark.parametrize(
    ("day", "duration", "later"),
    [
        (date(2013, 6, 13), "P1M", date(2013, 7, 13)),
        (date(2013, 1, 31), "P1M", date(2013, 2, 28)),
        (date(2016, 2, 29), "P1Y", date(2017, 2, 28)),
        (date(2013, 12, 31), "P2M", date(2014, 2, 28)),
        (date(2013, 11, 30), "P1M", date(2013, 12, 30)),
    ],
)
def test_durations_by_hand(day: date, duration: str, later: date) -> None:
    """The last of a month, a leap day, the turn of the year."""
    assert rules.add_duration(day, duration) == later


@pytest.mark.parametrize("duration", ["P1Y2M", "PT1H", "1M", "P-1D", "", "P1"])
def test_other_durations_are_refused(duration: str) -> None:
    """One unit of whole days or more; nothing is guessed of others."""
    with pytest.raises(ValueError, match="not a duration of one unit"):
        rules.add_duration(FIRST, duration)


def test_effects_have_their_rules() -> None:
    """R12 without a clause, R15 on publication, R16 from signing, R21 for a day that is stated."""
    assert EFFECT_RULES == {
        None: "R12",
        Effect.PUBLICATION: "R15",
        Effect.SIGNING: "R16",
        Effect.DAY: "R21",
    }
