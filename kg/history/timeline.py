"""Notes to states: which acts changed the text, and from which day each state stands."""

from dataclasses import dataclass
from datetime import date

from kg.history.events import HistoryError
from kg.history.known import EffectDate, Facts, Grade, Inference, State
from kg.iris import act_iri
from kg.model import AmendingAct, Effect, Plan, Provision
from kg.reading.asked import Asked

EFFECT_RULES = {
    None: "R12",
    Effect.PUBLICATION: "R15",
    Effect.SIGNING: "R16",
    Effect.DAY: "R21",
}
"""The rule that gives the day of effect, by the clause on it, if there is one."""


@dataclass(frozen=True, slots=True)
class Step:
    """An amending act with the day from which its changes are counted, the earliest possible."""

    act: AmendingAct
    day: date

    @property
    def key(self) -> str:
        """The act's address below ``eli/kz/``."""
        return f"{self.act.kind}/{self.act.day.year}/{self.act.number}"


def check_dates(plan: Plan, facts: Facts) -> None:
    """An act of one kind, number and year has one date, though it may have several days of effect.

    Raises ``HistoryError`` at the note that gives an act another date than ``facts`` do, or, of an
    act that they don't know, than a note before.
    """
    days: dict[str, date] = {}
    for note in plan.notes:
        for act in note.acts:
            key = act_iri(act.kind, act.day.year, act.number)
            day = facts.act_days.get(key) or days.setdefault(key, act.day)
            if day != act.day:
                where = "data/acts.ttl" if key in facts.act_days else "another note"
                problem = f"a date of an act to which {where} gives another, {day.isoformat()}"
                raise HistoryError(problem, act.quote, Asked.ONE_DOCUMENT_DATE)


def steps_of(plan: Plan) -> tuple[Step, ...]:
    """Each act that the notes name, once for each day of effect, in the order of these days.

    Raises ``HistoryError`` where an act, or its effect, is older than the act it amends, or the act
    amends itself.
    """
    steps: dict[tuple[str, date], Step] = {}
    for note in plan.notes:
        for act in note.acts:
            step = Step(act, act.counts_from)
            if min(act.day, step.day) < plan.act.day:
                problem = "an amendment from before the act that it amends"
                raise HistoryError(problem, act.quote, "R12")
            if step.key == f"{plan.act.kind}/{plan.act.day.year}/{plan.act.number}":
                raise HistoryError("an act that amends itself", act.quote, "R4")
            known = steps.get((step.key, step.day))
            # The note that says more of the day of effect speaks for all that name the act.
            if known is None or (known.act.effect is None and act.effect is not None):
                steps[step.key, step.day] = step
    return tuple(sorted(steps.values(), key=lambda step: (step.day, step.act.number)))


def states_of(plan: Plan) -> tuple[State, ...]:
    """The states in their order, the first as adopted; acts of one day make one state."""
    steps = steps_of(plan)
    starts = sorted({step.day for step in steps} - {plan.act.day})
    states = []
    for day, until in zip([plan.act.day, *starts], [*starts, None], strict=True):
        applied = tuple(step for step in steps if step.day <= day)
        written = max([plan.act.day, *(step.act.day for step in applied)])
        effect = _adoption(plan) if day == plan.act.day else _effect(day, applied)
        states.append(State(day, until, written, tuple(step.key for step in applied), effect))
    return tuple(states)


def _adoption(plan: Plan) -> EffectDate:
    """The day of effect of the act itself, from its own clause."""
    clause: Provision | None = next((p for p in plan.provisions if p.effect), None)
    effect = clause.effect if clause else None
    premises = (plan.act.quote.span, *((clause.words.span,) if clause else ()))
    latest = plan.act.day if effect is Effect.SIGNING else None
    inference = Inference(Grade.INFERRED, (EFFECT_RULES[effect],), premises)
    return EffectDate(plan.act.day, latest, inference)


def _effect(day: date, steps: tuple[Step, ...]) -> EffectDate:
    """The bounds of a state's first day; the acts that begin on it give them."""
    acts = [step.act for step in steps if step.day == day]
    rules = tuple(sorted({EFFECT_RULES[act.effect] for act in acts}))
    premises = tuple(act.quote.span for act in acts)
    # Where every act's own clause gives the day, it is known; else it is the earliest possible.
    known = all(act.from_day for act in acts)
    grade = Grade.STATED if known else Grade.INFERRED
    return EffectDate(day, day if known else None, Inference(grade, rules, premises))
