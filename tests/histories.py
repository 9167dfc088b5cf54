"""Made-up plans with made-up histories: whole plans, quotes over a text of their own, and facts.

A plan's notes come in all kinds: several acts, several on one day, one act with several days of
effect; rewordings, removals, returns, insertions and corrections of paragraphs, sections and rows;
notes over the plan or a section that mark nothing.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from kg.history.known import Fact, Facts
from kg.model import (
    AmendingAct,
    Cells,
    Change,
    Deadline,
    Effect,
    Funding,
    Identification,
    Kind,
    Mention,
    Note,
    Output,
    Period,
    Plan,
    Provision,
    Quote,
    Responsibility,
    Span,
)
from kg.namespaces import BASE

FIRST = date(2030, 3, 15)
DAYS = [date(2031, 6, 1), date(2031, 6, 2), date(2032, 2, 29), date(2033, 1, 1)]
"""Days of acts and of their effect: few, so that they meet, and two that touch."""

BODIES = [f"{BASE}agency/body-{number}" for number in range(1, 5)]
TERM, LAW = f"{BASE}term/word", f"{BASE}eli/kz/law/2031/5"
EFFECTS = [None, Effect.PUBLICATION, Effect.SIGNING, Effect.DAY]
NEXT = {
    True: [Change.REPLACED, Change.CORRECTED, Change.REMOVED],
    False: [Change.RESTORED, Change.INSERTED],
}
"""What can be done to a provision that is there, and to one that isn't."""


@dataclass
class Pen:
    """A text being written: each piece is quoted as it is set down."""

    text: str = ""

    def write(self, words: str) -> Quote:
        """Set down words behind those that are there."""
        start = len(self.text) + 1
        self.text += f"\n{words}"
        return Quote(Span(start, start + len(words)), words)


@dataclass
class Draft:
    """A plan in the making."""

    pen: Pen = field(default_factory=Pen)
    provisions: list[Provision] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, path: str, kind: Kind, parent: str = "", **more: object) -> Provision:
        """Set down a provision; its words are made from its path."""
        numbered = kind in {Kind.PARAGRAPH, Kind.MEASURE, Kind.ITEM}
        number = self.pen.write(f"{path.rpartition('-')[2]}.") if numbered else None
        words = self.pen.write(f"{path} сөздері")
        made = Provision(
            path, kind, parent, len(self.provisions) + 1, words.span, words, (words,), number
        )
        self.provisions.append(replace(made, **more))  # type: ignore[arg-type]
        return self.provisions[-1]

    def note(self, change: Change, target: str, acts: list[AmendingAct]) -> None:
        """Set down a note, and itself as a part of the text."""
        cited = [replace(act, quote=self.pen.write(f"№ {act.number}")) for act in acts]
        quote = self.pen.write(f"Ескерту. {target} {change}")
        self.notes.append(Note(change, target, tuple(cited), quote))
        path = f"note-{len(self.notes)}"
        position = len(self.provisions) + 1
        self.provisions.append(
            Provision(path, Kind.NOTE, "", position, quote.span, quote, (quote,))
        )


@dataclass(frozen=True)
class MadeUp:
    """A made-up plan with its facts."""

    plan: Plan
    facts: Facts


@st.composite
def citations(draw: st.DrawFn) -> AmendingAct:
    """An act as a note cites it: few numbers, so that one act is cited with several days."""
    number = draw(st.sampled_from(["11", "12", "13"]))
    day = DAYS[int(number) - 11] if number != "13" else DAYS[0]
    day = draw(st.sampled_from([day, day, day, FIRST]))
    effect = draw(st.sampled_from(EFFECTS))
    later = [one for one in DAYS if one > day]
    from_day = draw(st.sampled_from(later)) if effect is Effect.DAY and later else None
    effect = effect if effect is not Effect.DAY or from_day else None
    nowhere = Quote(Span(0, 1), "-")
    return AmendingAct("resolution", f"{number}-{day.year}", day, nowhere, effect, from_day)


@st.composite
def changes(draw: st.DrawFn, *, whole: bool) -> list[tuple[Change, AmendingAct]]:
    """What is done to one provision, in the order of the days; a whole with parts isn't removed."""
    acts = draw(st.lists(citations(), max_size=3))
    there = draw(st.booleans()) or not acts
    done: list[tuple[Change, AmendingAct]] = []
    for act in sorted(acts, key=lambda act: act.counts_from):
        change = draw(st.sampled_from(NEXT[there]))
        if change is Change.RESTORED and not done:
            change = Change.INSERTED
        there = change is not Change.REMOVED
        done.append((change, act))
    return done[:-1] if whole and not there else done


def days_around() -> st.SearchStrategy[date]:
    """Days at the acts, and a little before and after."""
    return st.builds(
        lambda day, days: day + timedelta(days=days),
        st.sampled_from([FIRST, *DAYS]),
        st.sampled_from([-1, 0, 1, 40]),
    )


@st.composite
def cells(draw: st.DrawFn, pen: Pen) -> Cells:
    """What a row asks, and of whom."""
    bodies = draw(st.lists(st.sampled_from(BODIES), max_size=2, unique=True))
    due = draw(st.none() | days_around())
    yearly = due is None and draw(st.booleans())
    deadline = Deadline(pen.write("мерзімі"), due, due) if due else None
    if yearly:
        deadline = Deadline(pen.write("жыл сайын"), recurrence="P1Y", month=3)
    return Cells(
        tuple(Responsibility(body, (pen.write(body[-6:]),)) for body in bodies),
        tuple(Output(f"{BASE}concept/output/order", pen.write("бұйрық")) for _ in bodies[:1]),
        deadline,
        Funding(f"{BASE}concept/funding/none", pen.write("талап етілмейді")) if bodies else None,
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """When bodies came and went, acts were passed, and words replaced."""
    founded = draw(st.dictionaries(st.sampled_from(BODIES), days_around(), max_size=2))
    ended = draw(st.dictionaries(st.sampled_from(BODIES), days_around(), max_size=2))
    return Facts(
        founded={
            body: Fact(f"{BASE}fact/founded-{body[-1]}", day) for body, day in founded.items()
        },
        ended={body: Fact(f"{BASE}fact/ended-{body[-1]}", day) for body, day in ended.items()},
        replaced={TERM: Fact(f"{BASE}fact/term", draw(days_around()))},
        act_days={LAW: draw(days_around())},
    )


@st.composite
def made_up_plans(draw: st.DrawFn) -> MadeUp:
    """A plan with its notes, and facts."""
    draft = Draft()
    identification = draft.add("identification", Kind.IDENTIFICATION)
    draft.add("title", Kind.TITLE)
    for number in range(1, draw(st.integers(1, 3)) + 1):
        effect = Effect.SIGNING if number == 1 and draw(st.booleans()) else None
        path = f"paragraph-{number}"
        draft.add(path, Kind.PARAGRAPH, cells=draw(cells(draft.pen)), effect=effect)
        _amend(draw, draft, path, whole=False)
        if draw(st.integers(0, 4)) == 0:
            _amend_in_general(draw, draft, path)
    draft.add("approval", Kind.APPROVAL)
    period = Period(2030, 2033, draft.pen.write("2030-2033"))
    draft.add("plan", Kind.PLAN, period=period)
    if draw(st.booleans()):
        _amend_in_general(draw, draft, "plan")
    if draw(st.integers(0, 4)) == 0:
        _amend(draw, draft, "plan", whole=True)
    draft.add("plan/column-1", Kind.COLUMN_HEAD, "plan")
    for stage in range(1, draw(st.integers(1, 2)) + 1):
        _add_stage(draw, draft, stage)
    draft.add("abbreviations", Kind.ABBREVIATION_LIST, "plan")
    for number, body in enumerate(BODIES[:2], start=1):
        path = f"abbreviation-{number}"
        draft.add(path, Kind.ABBREVIATION, "abbreviations", stands_for=body)
    act = Identification("resolution", "7", FIRST, identification.words)
    plan = Plan(act, tuple(draft.provisions), tuple(draft.notes), ())
    return MadeUp(plan, draw(facts()))


def _add_stage(draw: st.DrawFn, draft: Draft, number: int) -> None:
    stage = f"plan/stage-{number}"
    first = 2030 + 2 * (number - 1)
    period = Period(first, first + 1, draft.pen.write(f"{first}-{first + 1}"))
    draft.add(stage, Kind.STAGE, "plan", period=period)
    for one in range(2 * number - 1, 2 * number - 1 + draw(st.integers(1, 2))):
        section = f"plan/section-{one}"
        draft.add(section, Kind.SECTION, stage)
        rows = draw(st.integers(0, 2))
        _amend(draw, draft, section, whole=rows > 0)
        if draw(st.integers(0, 5)) == 0 and not _is_removed(draft, section):
            _amend_in_general(draw, draft, section)
        for row in range(1, rows + 1):
            _add_row(draw, draft, section, f"{section}/measure-{row}")


def _add_row(draw: st.DrawFn, draft: Draft, section: str, path: str) -> None:
    terms = [Mention(TERM, draft.pen.write("сөз"))] if draw(st.booleans()) else []
    laws = [Mention(LAW, draft.pen.write("заң"))] if draw(st.booleans()) else []
    asked = draw(cells(draft.pen))
    draft.add(path, Kind.MEASURE, section, cells=asked, terms=tuple(terms), citations=tuple(laws))
    items = draw(st.sampled_from([0, 0, 2]))
    _amend(draw, draft, path, whole=items > 0)
    for item in range(1, items + 1):
        draft.add(f"{path}/item-{item}", Kind.ITEM, path, cells=draw(cells(draft.pen)))
        _amend(draw, draft, f"{path}/item-{item}", whole=False)


def _amend(draw: st.DrawFn, draft: Draft, target: str, *, whole: bool) -> None:
    """Notes behind a provision, for one in three."""
    if draw(st.integers(0, 2)) == 0:
        for change, act in draw(changes(whole=whole)):
            draft.note(change, target, [act])


def _amend_in_general(draw: st.DrawFn, draft: Draft, target: str) -> None:
    draft.note(Change.AMENDED, target, draw(st.lists(citations(), min_size=1, max_size=3)))


def _is_removed(draft: Draft, target: str) -> bool:
    return [note.change for note in draft.notes if note.target == target][-1:] == [Change.REMOVED]
