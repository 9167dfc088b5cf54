"""States and their days: bounds of effect, the order of acts, and notes that make no history."""

from dataclasses import replace
from datetime import date

import pytest

from kg.build import Making, Reading
from kg.history.events import HistoryError
from kg.history.known import Grade
from kg.history.timeline import states_of, steps_of
from kg.model import AmendingAct, Change, Effect, Note, Plan, Quote, Span

WORDS = Quote(Span(0, 4), "note")


def act(number: str, day: date, effect: Effect | None = None) -> AmendingAct:
    """An amending act as a note cites it."""
    return AmendingAct("resolution", number, day, WORDS, effect)


def noted(plan: Plan, *notes: tuple[AmendingAct, ...]) -> Plan:
    """The plan with other notes, each over the whole of it."""
    made = tuple(Note(Change.AMENDED, "plan", acts, WORDS) for acts in notes)
    return Plan(plan.act, plan.provisions, made, plan.layout)


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The project's own plan."""
    return reading.plan


def test_the_three_states(plan: Plan) -> None:
    """As adopted, after No. 1139, after No. 1401: half-open, the last one open."""
    assert [(s.day, s.until, s.written, s.amenders) for s in states_of(plan)] == [
        (date(2013, 1, 31), date(2014, 10, 27), date(2013, 1, 31), ()),
        (
            date(2014, 10, 27), date(2014, 12, 30), date(2014, 10, 27),
            ("resolution/2014/1139",),
        ),
        (
            date(2014, 12, 30), None, date(2014, 12, 30),
            ("resolution/2014/1139", "resolution/2014/1401"),
        ),
    ]  # fmt: skip


def test_days_of_effect_are_bounds(plan: Plan) -> None:
    """From signing by paragraph 6; without a clause; on a publication whose day nobody holds."""
    effects = [state.effect for state in states_of(plan)]
    assert [(e.earliest, e.latest, e.inference.rules) for e in effects] == [
        (date(2013, 1, 31), date(2013, 1, 31), ("R16",)),
        (date(2014, 10, 27), None, ("R12",)),
        (date(2014, 12, 30), None, ("R15",)),
    ]
    assert {e.inference.grade for e in effects} == {Grade.INFERRED}
    assert plan.provision("paragraph-6").words.span in effects[0].inference.premises


def test_the_made_up_states_are_as_its_notes_say(made_up_making: Making) -> None:
    """Four of them; the first from a publication, the third from a signing."""
    states = made_up_making.history.states
    assert [(s.day, s.until, s.effect.latest, s.effect.inference.rules) for s in states] == [
        (date(2031, 3, 15), date(2032, 7, 1), None, ("R15",)),
        (date(2032, 7, 1), date(2034, 2, 15), None, ("R12",)),
        (date(2034, 2, 15), date(2035, 11, 20), None, ("R16",)),
        (date(2035, 11, 20), None, None, ("R12",)),
    ]
    assert [len(state.amenders) for state in states] == [0, 1, 2, 3]


def test_acts_of_one_day_make_one_state(plan: Plan) -> None:
    """Both are applied in it, in the order of their numbers."""
    day = date(2014, 10, 27)
    states = states_of(noted(plan, (act("2", day), act("1", day))))
    assert [state.amenders for state in states] == [(), ("resolution/2014/1", "resolution/2014/2")]


def test_the_note_that_says_more_of_an_acts_effect_counts(plan: Plan) -> None:
    """An act that one note cites bare and another with its clause has the clause."""
    day = date(2014, 10, 27)
    for notes in (
        ((act("1", day),), (act("1", day, Effect.PUBLICATION),)),
        ((act("1", day, Effect.PUBLICATION),), (act("1", day),)),
    ):
        steps = steps_of(noted(plan, *notes))
        assert [step.act.effect for step in steps] == [Effect.PUBLICATION]


def test_an_act_older_than_what_it_amends_is_refused(plan: Plan) -> None:
    """A slip in a note's date doesn't make a state before the first."""
    with pytest.raises(HistoryError, match="from before the act that it amends"):
        states_of(noted(plan, (act("1", date(2012, 1, 1)),)))


def test_an_act_of_the_same_day_makes_no_second_state(plan: Plan) -> None:
    """Two states never begin on one day."""
    states = states_of(noted(plan, (act("79", plan.act.day),)))
    assert [(state.day, state.amenders) for state in states] == [
        (plan.act.day, ("resolution/2013/79",))
    ]


def test_without_its_own_clause_the_act_has_a_lower_bound(plan: Plan) -> None:
    """An act whose paragraphs don't say when it takes effect: R12, and no latest day."""
    bare = tuple(replace(p, effect=None) for p in plan.provisions)
    effect = states_of(Plan(plan.act, bare, plan.notes, plan.layout))[0].effect
    assert (effect.latest, effect.inference.rules) == (None, ("R12",))
