"""The same plan with other facts, or other words: what would be known then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kg.history.known import AttestationKey, Facet, Fact, Facts, History, Inference
from kg.history.versions import infer_history
from kg.model import Plan, Provision
from kg.namespaces import BASE


def agency(slug: str) -> str:
    """The address of a body."""
    return f"{BASE}agency/{slug}"


def found(facts: Facts, slug: str, day: date) -> Facts:
    """The facts with a body founded on ``day``."""
    founding = Fact(f"{BASE}fact/{slug}-founded", day)
    return replace(facts, founded={**facts.founded, agency(slug): founding})


def end(facts: Facts, slug: str, day: date) -> Facts:
    """The facts with a body ended on ``day``."""
    return replace(
        facts, ended={**facts.ended, agency(slug): Fact(f"{BASE}fact/{slug}-ended", day)}
    )


def alter(plan: Plan, path: str, change: Callable[[Provision], Provision]) -> Plan:
    """The plan with one provision changed."""
    provisions = tuple(change(p) if p.path == path else p for p in plan.provisions)
    return Plan(plan.act, provisions, plan.notes, plan.layout)


def grade(
    history: History,
    path: str,
    state: date,
    facet: Facet = Facet.EXISTENCE,
    cell: str | None = None,
) -> Inference | None:
    """What is attested of a provision, or a cell of it, in a state, if anything."""
    for version in history.versions:
        if version.path == path:
            key = AttestationKey(replace(version.subject, cell=cell), state, facet)
            if key in history.attestations:
                return history.attestations[key]
    return None


def infer(plan: Plan, facts: Facts) -> History:
    """The history of a plan by these facts."""
    return infer_history(plan, facts)
