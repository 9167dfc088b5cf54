"""Who holds what is asked of a body on a day: from the body that words name to whoever has it then.

A body is followed from sign to sign (R38 to R40), then to its successor (R41); where the sources
end, so does what is known, and the last that is known is said (R42, R43). A group named means its
members (R44).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kg.history.known import BodyFact, Facts, Grade, History, Inference, Premise
from kg.history.signs import TEXT, Sign, signs_of_facts, signs_of_text
from kg.model import Plan

DAY = timedelta(days=1)
RANK = {"B": 0, "A": 1, TEXT: 2}
"""Which of two confidences is the weaker; what the text held shows is bounded by no source."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who holds what is asked of the body ``named`` from ``day`` until ``until`` (exclusive).

    ``holder`` is ``None`` where that isn't known: then ``may_hold`` are those it can be, if they
    are known; ``last`` and ``last_day`` the last holder known, and until when; or, of a body shown
    only on some day between two, ``shown`` are these. ``confidence`` is the weakest of the facts'.
    """

    named: str
    day: date
    until: date | None
    inference: Inference
    confidence: str = TEXT
    holder: str | None = None
    may_hold: tuple[str, ...] = ()
    last: str | None = None
    last_day: date | None = None
    shown: tuple[date, date] | None = None


def tenures_of(plan: Plan, history: History, facts: Facts) -> tuple[Tenure, ...]:
    """The tenures of each body that the text names, and of each group, in the order of the days."""
    shown = signs_of_text(plan, history)
    named = sorted(shown)
    for body, signs in signs_of_facts(facts).items():
        shown.setdefault(body, []).extend(signs)
    tracer = _Tracer(shown, facts, plan.act.day)
    return tuple(tenure for body in named for tenure in tracer.trace(body))


@dataclass(frozen=True)
class _Tracer:
    """Follows bodies by their signs; ``first`` is the first day that duties may be asked of."""

    shown: dict[str, list[Sign]]
    facts: Facts
    first: date

    def trace(self, named: str) -> Iterator[Tenure]:
        """The tenures of what is asked of one body or group, without gaps from the first on."""
        if named in self.facts.groups:
            yield from self._members(named)
            return
        life = self._life(named, self._signs(named), named)
        founded = named in self.facts.founded
        start = life[0].day if life else self.first
        if start > self.first and not founded:
            premises = life[0].inference.premises[:1]
            yield self._unknown(named, self.first, start, "R43", premises)
        yield from life
        since = (life[-1].until if life else None) or self.first
        yield from self._after(named, named, life, since, frozenset())

    def _signs(self, body: str) -> list[Sign]:
        """What shows a body alive, and not after its end."""
        ended = self.facts.ended.get(body)
        signs = self.shown.get(body, [])
        return [s for s in signs if ended is None or s.latest < ended.latest]

    def _life(self, body: str, signs: list[Sign], named: str) -> list[Tenure]:
        """The days on which signs show a body alive, in stretches of one grade and confidence."""
        days = {day for s in signs for day in (s.earliest, s.latest + DAY)}
        days |= {day for s in signs for day in (s.earliest + DAY, s.latest)}
        stretches: list[Tenure] = []
        for day, until in pairwise(sorted(days)):
            found = _alive(body, signs, day)
            if found is None:
                continue
            found = replace(found, named=named, day=day, until=until)
            if stretches and _joined(stretches[-1], found):
                stretches[-1] = _join(stretches[-1], found)
            else:
                stretches.append(found)
        return stretches

    def _after(
        self, named: str, body: str, life: list[Tenure], since: date, seen: frozenset[str]
    ) -> Iterator[Tenure]:
        """What follows the last sign of a body: its successor, or that nobody knows."""
        event = self._end(body)
        last = life[-1] if life else None
        over = max(last.until, since) if last and last.until else since
        if event is None or body in seen:
            yield self._unknown(named, over, None, "R43", self._premises(body), body, last)
            return
        done = max(event.fact.latest, over)
        heirs = event.founded
        premises: tuple[Premise, ...] = (event.fact.key,)
        if over < done:
            may = (body, *heirs)
            yield self._unknown(named, over, done, "R42", premises, body, last, may)
        if len(heirs) != 1:
            yield self._unknown(named, done, None, "R42", premises, body, last, heirs)
            return
        (heir,) = heirs
        found = self._life(heir, self._signs(heir), named)
        taken = list(_since(found, done, event))
        yield from taken
        yield from self._after(named, heir, taken or life, done, seen | {body})

    def _end(self, body: str) -> BodyFact | None:
        """The fact by which a body ended, where rules may use one."""
        ended = self.facts.ended.get(body)
        found = [one for one in self.facts.bodies if ended and one.fact.key == ended.key]
        return found[0] if found else None

    def _members(self, group: str) -> Iterator[Tenure]:
        """R44: a group named means those who belong to it on the day."""
        members = [m for m in self.facts.memberships if m.group == group]
        premises = self._premises(group)
        for one in members:
            inference = Inference(Grade.INFERRED, ("R44",), (one.key, *premises[:1]))
            day = max(one.day, self.first)
            yield Tenure(group, day, one.until, inference, one.confidence, one.member)
        if any(one.until is None for one in members):
            return
        end = max((one.until for one in members if one.until), default=self.first)
        keys = tuple(one.key for one in members if one.until == end)
        yield self._unknown(group, end, None, "R44", keys or premises)

    def _premises(self, body: str) -> tuple[Premise, ...]:
        """The last thing that shows a body, or names a group."""
        signs = sorted(self.shown.get(body, []), key=lambda s: (s.earliest, s.latest))
        return (signs[-1].premise,) if signs else ()

    def _unknown(
        self,
        named: str,
        day: date,
        until: date | None,
        rule: str,
        premises: tuple[Premise, ...],
        body: str | None = None,
        last: Tenure | None = None,
        may: tuple[str, ...] = (),
    ) -> Tenure:
        inference = Inference(Grade.UNKNOWN, (rule,), premises)
        known = Tenure(named, day, until, inference, self._weakest(premises), may_hold=may)
        if last is not None and last.until is not None:
            return replace(known, last=last.holder, last_day=last.until - DAY)
        signs = self._signs(body) if body else []
        if not signs:
            return known
        bounds = (max(s.earliest for s in signs), min(s.latest for s in signs))
        return replace(known, last=body, shown=bounds)

    def _weakest(self, premises: tuple[Premise, ...]) -> str:
        """The weakest confidence of the facts among premises."""
        found = [one.confidence for one in self.facts.bodies if one.fact.key in premises]
        found += [one.confidence for one in self.facts.memberships if one.key in premises]
        return min(found, key=RANK.__getitem__, default=TEXT)


def _alive(body: str, signs: list[Sign], day: date) -> Tenure | None:
    """What shows the body alive on a day: a sign up to it, and one from it on (R40)."""
    on_it = [s for s in signs if s.grade is Grade.STATED and s.earliest == s.latest == day]
    before = [s for s in signs if s.latest <= day]
    after = [s for s in signs if s.earliest >= day]
    if not before or not after:
        return None
    if on_it:
        stated = Inference(Grade.STATED, ("R38",), (on_it[0].premise,))
        return Tenure("", day, None, stated, TEXT, body)
    first = max(before, key=lambda s: (RANK[s.confidence], s.latest, str(s.premise)))
    then = min(after, key=lambda s: (-RANK[s.confidence], s.earliest, str(s.premise)))
    between = () if first == then or first.earliest == then.latest else ("R40",)
    rules = tuple(dict.fromkeys((first.rule, then.rule, *between)))
    premises = tuple(dict.fromkeys((first.premise, then.premise)))
    weakest = min(first.confidence, then.confidence, key=RANK.__getitem__)
    return Tenure("", day, None, Inference(Grade.INFERRED, rules, premises), weakest, body)


def _joined(one: Tenure, other: Tenure) -> bool:
    """Whether two stretches are one: they touch, and are as sure as each other."""
    same = one.inference.grade is other.inference.grade and one.confidence == other.confidence
    return same and one.until == other.day and one.inference.grade is not Grade.STATED


def _join(one: Tenure, other: Tenure) -> Tenure:
    """Two stretches as one: the sign it begins with, and the one it ends with."""
    premises = tuple(dict.fromkeys((one.inference.premises[0], other.inference.premises[-1])))
    rules = tuple(dict.fromkeys((*one.inference.rules, *other.inference.rules)))
    between = rules if len(premises) == 1 else tuple(dict.fromkeys((*rules, "R40")))
    return replace(one, until=other.until, inference=Inference(Grade.INFERRED, between, premises))


def _since(life: list[Tenure], day: date, event: BodyFact) -> Iterator[Tenure]:
    """R41: what a successor holds from the day of the change on."""
    for one in life:
        if one.until is not None and one.until <= day:
            continue
        rules = tuple(dict.fromkeys(("R41", *one.inference.rules)))
        premises = tuple(dict.fromkeys((event.fact.key, *one.inference.premises)))
        weakest = min(one.confidence, event.confidence, key=RANK.__getitem__)
        inference = Inference(Grade.INFERRED, rules, premises)
        yield replace(one, day=max(one.day, day), inference=inference, confidence=weakest)
