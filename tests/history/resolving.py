"""References as they are resolved, picked by their place, and under other facts or fields."""

from dataclasses import replace

from kg.history.known import Facts
from kg.history.leads import Resolved
from kg.history.references import resolve_references
from kg.model import Citing, Part, Plan, Reference
from kg.namespaces import BASE

LAW = f"{BASE}eli/kz/law/2013/101-V"
DECREE = f"{BASE}eli/kz/decree/2012/438"
CONCEPT = f"{DECREE}/concept"
FIRST_LAW = f"{BASE}planned-act/law-on-local-self-government"
SECOND_LAW = f"{BASE}planned-act/law-on-the-second-stage"
PLANNED_DECREE = f"{BASE}planned-act/decree-on-elections-of-akims"


def pick(found: tuple[Resolved, ...], path: str, citing: Citing, words: str = "") -> Resolved:
    """The one reference of a kind in a provision that has some words."""
    (one,) = [
        known
        for known in found
        if known.reference.provision == path
        and known.reference.citing is citing
        and words in known.reference.quote.text
    ]
    return one


def leads(known: Resolved) -> list[tuple[str, str, str]]:
    """What a reference leads to: the target's path or address, its grade, its rules."""
    return [
        (
            lead.target.path if isinstance(lead.target, Part) else lead.target,
            str(lead.inference.grade),
            "+".join(lead.inference.rules),
        )
        for lead in known.leads
    ]


def resolve(plan: Plan, facts: Facts, reference: Reference, **change: object) -> Resolved:
    """A reference as it would be resolved with other fields, all others being as they are."""
    other = replace(reference, **change)  # type: ignore[arg-type]
    references = tuple(other if r is reference else r for r in plan.references)
    found = resolve_references(replace(plan, references=references), facts)
    return found[references.index(other)]


def without(plan: Plan, *left_out: Reference) -> Plan:
    """The plan without some of its references."""
    return replace(plan, references=tuple(r for r in plan.references if r not in left_out))
