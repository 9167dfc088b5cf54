"""Who holds what is asked of a body on each day: signs of life, successors, and where they end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.build import Reading
from kg.history.events import HistoryError
from kg.history.known import BodyFact, Fact, Facts, Grade, Membership
from kg.history.tenure import Tenure, tenures_of
from kg.iris import local_name
from kg.model import Plan
from kg.namespaces import BASE
from tests.histories import BODIES, DAYS, FIRST, MadeUp, made_up_plans
from tests.history.changing import agency, infer
from tests.history.contract import STATES

A, B, C = STATES.values()
REGIONAL, ECONOMY = "ministry-of-regional-development", "ministry-of-national-economy"
BUDGET, CULTURE = "ministry-of-economy-and-budget-planning", "ministry-of-culture-and-information"
INVESTMENTS = "ministry-of-investments-and-development"


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The project's own plan."""
    return reading.plan


def trace(plan: Plan, facts: Facts, slug: str) -> list[Tenure]:
    """The tenures of one body named, in their order."""
    known = tenures_of(plan, infer(plan, facts), facts)
    return [tenure for tenure in known if tenure.named == agency(slug)]


def on(tenures: Iterable[Tenure], day: date) -> Tenure:
    """The one tenure of a day."""
    (found,) = [t for t in tenures if t.day <= day and (t.until is None or day < t.until)]
    return found


def holders(tenures: Iterable[Tenure]) -> list[tuple[str, str, str, str]]:
    """First day, grade, confidence and holder of each, short."""
    return [
        (
            t.day.isoformat(),
            t.inference.grade.value,
            t.confidence,
            local_name(t.holder) if t.holder else "?",
        )
        for t in tenures
    ]


def told(slug: str, day: date, **bodies: tuple[str, ...]) -> BodyFact:
    """A fact on bodies, for trial; its bodies by local names."""
    named = {role: tuple(agency(body) for body in found) for role, found in bodies.items()}
    return BodyFact(Fact(f"{BASE}fact/{slug}", day), "B", **named)


def with_fact(facts: Facts, fact: BodyFact) -> Facts:
    """The facts with one more on bodies, as the loader would give them."""
    founded = dict.fromkeys(fact.founded, fact.fact)
    ended = dict.fromkeys(fact.ended, fact.fact)
    return replace(
        facts,
        bodies=(*facts.bodies, fact),
        founded={**facts.founded, **founded},
        ended={**facts.ended, **ended},
    )


@pytest.mark.rule("R40", "holds", "silent")
@pytest.mark.rule("R43", "holds", "silent")
@pytest.mark.rule("R40", "collides", "R43")
def test_a_body_is_held_to_live_from_sign_to_sign_and_no_longer(plan: Plan, facts: Facts) -> None:
    """ӨДМ: founded, named by the resolution, a minister in November 2013; after that, nothing."""
    tenures = trace(plan, facts, REGIONAL)
    assert holders(tenures) == [
        ("2013-01-16", "Inferred", "A", REGIONAL),
        ("2013-01-31", "Inferred", "", REGIONAL),
        ("2013-02-01", "Inferred", "B", REGIONAL),
        ("2013-11-02", "Unknown", "B", "?"),
    ]
    last = on(tenures, date(2015, 6, 1))
    assert last.inference.rules == ("R43",)
    assert (last.last, last.last_day) == (agency(REGIONAL), date(2013, 11, 1))


@pytest.mark.rule("R38", "holds", "silent")
@pytest.mark.rule("R38", "collides", "R43")
def test_words_show_a_body_on_the_day_they_were_written_and_not_while_they_stand(
    plan: Plan, facts: Facts
) -> None:
    """ҰЭМ is stated on the day of No. 1139, which names it; paragraph 2 stands on and shows nothing
    of ӨДМ in 2014."""
    tenures = trace(plan, facts, ECONOMY)
    assert holders(tenures) == [
        ("2013-01-31", "Unknown", "", "?"),
        ("2014-10-27", "Stated", "", ECONOMY),
        ("2014-10-28", "Inferred", "B", ECONOMY),
        ("2015-03-19", "Unknown", "B", "?"),
    ]
    assert on(tenures, B).inference.rules == ("R38",)
    assert on(trace(plan, facts, REGIONAL), B).holder is None


@pytest.mark.rule("R39", "holds", "silent")
@pytest.mark.rule("R39", "collides", "R43")
def test_a_later_sign_moves_the_bound(plan: Plan, facts: Facts) -> None:
    """One sourced day of 2014 and ЭБЖМ is known until then; without it, until the resolution's."""
    before = on(trace(plan, facts, BUDGET), date(2014, 3, 1))
    assert (before.holder, before.last_day) == (None, A)
    seen = with_fact(facts, told("seen", date(2014, 5, 5), present=(BUDGET,)))
    tenures = trace(plan, seen, BUDGET)
    assert on(tenures, date(2014, 5, 5)).holder == agency(BUDGET)
    assert "R39" in on(tenures, date(2014, 3, 1)).inference.rules
    assert on(tenures, date(2014, 5, 6)).last_day == date(2014, 5, 5)


@pytest.mark.rule("R41", "holds", "silent")
def test_one_successor_takes_over(plan: Plan, facts: Facts) -> None:
    """ИДМ became another ministry in December 2018: unknown in that month, the successor at its
    end, and again nobody known after it."""
    tenures = trace(plan, facts, INVESTMENTS)
    heir = "ministry-of-industry-and-infrastructure-development"
    assert holders(tenures)[-4:] == [
        ("2015-07-17", "Inferred", "B", INVESTMENTS),
        ("2018-12-01", "Unknown", "B", "?"),
        ("2018-12-31", "Inferred", "B", heir),
        ("2019-01-01", "Unknown", "B", "?"),
    ]
    month = on(tenures, date(2018, 12, 15))
    assert set(map(local_name, month.may_hold)) == {INVESTMENTS, heir}
    assert "R41" in on(tenures, date(2018, 12, 31)).inference.rules
    assert tenures[-1].last == agency(heir)


@pytest.mark.rule("R42", "holds", "silent")
@pytest.mark.rule("R41", "collides", "R42")
def test_of_several_successors_none_is_taken_for_the_holder(plan: Plan, facts: Facts) -> None:
    """МАМ was followed by a ministry and an agency; with one of them, R41 would say who holds."""
    after = on(trace(plan, facts, CULTURE), date(2014, 4, 1))
    assert (after.inference.grade, after.inference.rules) == (Grade.UNKNOWN, ("R42",))
    assert set(map(local_name, after.may_hold)) == {
        "ministry-of-culture-from-2014",
        "agency-for-communication-and-information",
    }
    assert (after.last, after.last_day) == (agency(CULTURE), date(2014, 3, 6))
    key = facts.ended[agency(CULTURE)].key
    single = tuple(
        replace(one, founded=one.founded[:1]) if one.fact.key == key else one
        for one in facts.bodies
    )
    heir = on(trace(plan, replace(facts, bodies=single), CULTURE), date(2014, 3, 7))
    assert heir.inference.grade is Grade.INFERRED
    assert heir.inference.rules[0] == "R41"


@pytest.mark.rule("R5", "collides", "R38")
def test_a_cell_that_is_proved_absent_was_written_later(plan: Plan, facts: Facts) -> None:
    """МСМ was founded in 2014, so that no row of the first state names it (R5), and the one that
    does was written by No. 1139 at the earliest (R38)."""
    last = trace(plan, facts, "ministry-of-culture-and-sport")[-1]
    assert last.last_day == B
    without = {k: v for k, v in facts.founded.items() if not k.endswith("culture-and-sport")}
    bodies = tuple(
        one for one in facts.bodies if agency("ministry-of-culture-and-sport") not in one.founded
    )
    unfounded = trace(
        plan, replace(facts, founded=without, bodies=bodies), "ministry-of-culture-and-sport"
    )
    assert unfounded[-1].shown == (A, C)


@pytest.mark.rule("R44", "holds", "silent")
@pytest.mark.rule("R43", "collides", "R44")
def test_a_group_means_its_members_of_the_day(plan: Plan, facts: Facts) -> None:
    """Fourteen akims of oblasts on each day until the end of 2020, and none known after."""
    tenures = trace(plan, facts, "akims-of-oblasts")
    for day in (A, date(2018, 11, 25), date(2018, 11, 26), date(2020, 12, 31)):
        there = {t.holder for t in tenures if t.day <= day and t.until and day < t.until}
        assert len(there) == 14
        assert (agency("akim-of-turkistan-oblast") in there) == (day >= date(2018, 11, 26))
    after = on(tenures, date(2021, 1, 1))
    assert (after.holder, after.inference.rules, after.until) == (None, ("R44",), None)
    (unlisted,) = trace(plan, facts, "central-executive-bodies")
    assert (unlisted.holder, unlisted.inference.grade) == (None, Grade.UNKNOWN)


def test_the_weakest_link_counts(plan: Plan, facts: Facts) -> None:
    """With a succession of confidence B, no later day has A, however good its own sources."""
    ended = told("ended", date(2014, 8, 6), ended=(BUDGET,), founded=(ECONOMY,))
    later = told("order", date(2015, 9, 9), present=(ECONOMY,))
    better = replace(later, confidence="A")
    tenures = trace(plan, with_fact(with_fact(facts, ended), better), BUDGET)
    heir = [t for t in tenures if t.holder == agency(ECONOMY)]
    assert heir[0].day == date(2014, 8, 6)
    assert heir[-1].until == date(2015, 9, 10)
    assert {t.confidence for t in heir} == {"B"}
    assert {t.inference.grade for t in heir} == {Grade.INFERRED}


@st.composite
def body_facts(draw: st.DrawFn) -> tuple[BodyFact, ...]:
    """Facts on the bodies of the made-up plans, one each, in any order and number."""
    days = st.sampled_from([FIRST, *DAYS]).flatmap(
        lambda day: st.integers(-400, 400).map(lambda shift: day + timedelta(days=shift))
    )
    made = []
    for number in range(draw(st.integers(0, 6))):
        day, more = draw(days), draw(st.integers(0, 40))
        fact = Fact(f"{BASE}fact/{number}", day, day + timedelta(days=more) if more else None)
        body, other = draw(st.sampled_from(BODIES)), draw(st.sampled_from(BODIES))
        role = draw(st.sampled_from(["present", "founded", "ended", "heir"]))
        if role == "heir":
            heirs = (other,) if other != body else ()
            made.append(BodyFact(fact, draw(st.sampled_from("AB")), (body,), heirs))
        else:
            made.append(BodyFact(fact, draw(st.sampled_from("AB")), **{role: (body,)}))
    return tuple(made)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up=made_up_plans(), told_of=body_facts())
def test_tenures_cover_all_days_once_whatever_the_facts(
    made_up: MadeUp, told_of: tuple[BodyFact, ...]
) -> None:
    """No gap, no overlap, no holder without an end, no unknown with a holder; a last day before."""
    facts = Facts(
        founded={body: one.fact for one in reversed(told_of) for body in one.founded},
        ended={body: one.fact for one in told_of for body in one.ended},
        bodies=told_of,
    )
    try:
        history = infer(made_up.plan, facts)
    except HistoryError:
        assume(False)
    named: dict[str, list[Tenure]] = {}
    for tenure in tenures_of(made_up.plan, history, facts):
        named.setdefault(tenure.named, []).append(tenure)
    for tenures in named.values():
        for one, following in pairwise(tenures):
            assert one.until == following.day
            assert one.day < one.until
        assert tenures[-1].until is None
        for one in tenures:
            assert (one.holder is None) == (one.inference.grade is Grade.UNKNOWN)
            assert one.holder is None or one.until is not None
            assert one.last_day is None or one.last_day < one.day
            assert one.inference.premises


def test_members_that_follow_each_other_are_counted_once(plan: Plan, facts: Facts) -> None:
    """A membership without an end leaves no unknown tail; one that ends does."""
    group, member = agency("akims-of-districts"), agency("akim-of-astana")
    open_one = Membership(f"{BASE}membership/x", group, member, A, None, "B")
    grown = replace(facts, memberships=(*facts.memberships, open_one))
    assert [t.holder for t in trace(plan, grown, "akims-of-districts")] == [member]
