"""References to what they refer to: each resolved, or with its candidates, or left open, and why.

First those that words alone decide, then those that need others (a draft named nearby, a title used
again, "the Law"). What each rule says, and where its limits lie, stands in ``ontology/rules.ttl``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.history.known import Facts, Grade, Premise
from kg.history.leads import Lead, Resolved, lead_to, resolve_to, stated
from kg.iris import local_name
from kg.model import Citing, Kind, Part, Plan, Provision, Reference, Target


def resolve_references(plan: Plan, facts: Facts) -> tuple[Resolved, ...]:
    """Every reference of the plan with what it refers to, in the order of the text."""
    resolver = Resolver(plan, facts)
    for step in (resolver.by_itself, resolver.by_title, resolver.by_others):
        for reference in plan.references:
            if reference not in resolver.found and (resolved := step(reference)):
                resolver.found[reference] = resolver.follow(resolved)
    return tuple(
        resolver.found.get(reference, Resolved(reference, ("R35",)))
        for reference in plan.references
    )


@dataclass
class Resolver:
    """The references of a plan that have been resolved so far."""

    plan: Plan
    facts: Facts
    found: dict[Reference, Resolved] = field(default_factory=dict)

    # What the words themselves decide

    def by_itself(self, reference: Reference) -> Resolved | None:
        """By date, name, definition, or as a part of the text."""
        match reference.citing:
            case Citing.DATE:
                return stated(reference, "R23")
            case Citing.SELF:
                return stated(reference, "R24")
            case Citing.SHORT_FORM if reference.definition:
                return stated(reference, "R25", reference.definition.span)
            case Citing.PLAN if reference.fitting:
                return stated(reference, "R26")
            case Citing.PLAN:
                return self._plan_of_part(reference)
            case Citing.NAME:
                return self._name(reference)
            case Citing.PART:
                return self._part(reference)
        return None

    def _name(self, reference: Reference) -> Resolved | None:
        """R27, R34, R29 or R26: a document by its name."""
        for target in (*reference.fitting, *reference.presumed):
            key = str(target)
            rules = ("R34",) if reference.presumed else ()
            cited = self._basis_citation()
            if cited and self.plan.act.based_on in tuple(self._wholes(key)):
                inside = cited.quote.span.covers(reference.quote.span)
                grade = Grade.STATED if inside and not rules else Grade.INFERRED
                return resolve_to(reference, target, grade, ("R27", *rules), [cited.quote.span])
            day = self.facts.act_days.get(key)
            if day and day > self.plan.act.day:
                lead = lead_to(reference, target, Grade.INFERRED, ("R29",), [key])
                return Resolved(reference, ("R29",), candidates=(lead,))
            return resolve_to(reference, target, Grade.INFERRED, (*rules, "R26"), [key])
        return None

    def _basis_citation(self) -> Reference | None:
        basis = self.plan.act.based_on
        return next((r for r in self.plan.references if basis and basis in r.fitting), None)

    def _wholes(self, key: str) -> Iterator[str]:
        passed = {key}
        while (key := self.facts.wholes.get(key, key)) not in passed:
            passed.add(key)
            yield key

    def _part(self, reference: Reference) -> Resolved | None:
        """R32 in a note, R24 in the act, R19 in the plan: a part by its number or kind."""
        provision = self.plan.provision(reference.provision)
        for whole in reference.fitting:
            if not isinstance(whole, Part):
                continue
            if provision.kind is Kind.NOTE:
                grade = Grade.STATED if reference.number else Grade.INFERRED
                return resolve_to(reference, whole, grade, ("R32",))
            if whole.path:
                section = self._within(provision, Kind.SECTION)
                path = f"{section}/measure-{reference.number}" if section else ""
                grade, rule = Grade.INFERRED, "R19"
            else:
                path, grade, rule = f"paragraph-{reference.number}", Grade.STATED, "R24"
            if any(part.path == path for part in self.plan.provisions):
                return resolve_to(reference, Part(path), grade, (rule,))
        return None

    def _within(self, provision: Provision, kind: Kind) -> str | None:
        """The path of the provision of that kind which holds a provision, or is it."""
        while provision.kind is not kind:
            if not provision.parent:
                return None
            provision = self.plan.provision(provision.parent)
        return provision.path

    def _plan_of_part(self, reference: Reference) -> Resolved:
        """R33: a plan named for what this one implements."""
        name = local_name(reference.subject or "")
        stages = [p for p in self.plan.provisions if p.kind is Kind.STAGE]
        paths = [p.path for p in stages if local_name(p.path) == name]
        leads = [lead_to(reference, Part(p), Grade.UNKNOWN, ("R33",)) for p in (*paths, "plan")]
        return Resolved(reference, ("R33",), candidates=tuple(leads))

    # What needs the deadline of the row, or the other references

    def by_title(self, reference: Reference) -> Resolved | None:
        """R26 and R30: an act that is foreseen, by its title or by what describes it."""
        planned = reference.planned[0] if len(reference.planned) == 1 else None
        if not reference.foreseen or planned is None:
            return None
        adopted = self.facts.became.get(planned)
        row = self._row(reference)
        due = row.cells.deadline if row else None
        if adopted and due and due.due_from and due.due_from > adopted.day:
            premises: list[Premise] = [due.quote.span, adopted.key]
            leads = [lead_to(reference, planned, Grade.UNKNOWN, ("R30",), premises)]
            for other in self._nearby_drafts(reference, Kind.SECTION):
                leads += [
                    lead_to(reference, key, Grade.UNKNOWN, ("R30",), [other.quote.span])
                    for key in other.planned
                    if key not in {lead.target for lead in leads}
                ]
            return Resolved(reference, ("R30",), candidates=tuple(leads))
        return resolve_to(reference, planned, Grade.STATED, ("R26",))

    def by_others(self, reference: Reference) -> Resolved | None:
        """What other references of the text help to read."""
        match reference.citing:
            case Citing.TITLE if not reference.foreseen:
                return self._title(reference)
            case Citing.DRAFT:
                return self._nearby(reference)
            case Citing.SHORT_FORM:
                return self._undefined(reference)
        return None

    def _title(self, reference: Reference) -> Resolved | None:
        """R26, with R30 where a draft that may be another bears the title too."""
        own = reference.fitting or reference.planned
        if not own:
            return None
        again = [
            lead
            for other in self.found.values()
            if other.rules[0] == "R30" and other.reference.title == reference.title
            for lead in other.candidates
            if lead.target not in (*reference.fitting, *reference.planned)
        ]
        if len(own) == 1 and not again:
            return resolve_to(reference, own[0], Grade.STATED, ("R26",))
        grade = Grade.INFERRED if len(own) == 1 else Grade.UNKNOWN
        leads = [lead_to(reference, target, grade, ("R26",)) for target in own]
        leads += [
            lead_to(reference, lead.target, Grade.UNKNOWN, ("R30",), lead.inference.premises)
            for lead in again
        ]
        rules = ("R26", "R30") if again else ("R26",)
        return Resolved(reference, rules, candidates=tuple(leads))

    def _nearby(self, reference: Reference) -> Resolved | None:
        """R28: the draft that the row names, or else the section."""
        for kind in (Kind.MEASURE, Kind.SECTION):
            leads: dict[Target, Lead] = {}
            for draft in self._nearby_drafts(reference, kind):
                known = self.found[draft]
                grade = Grade.INFERRED if known.target else Grade.UNKNOWN
                for lead in (known.target,) if known.target else known.candidates:
                    rules = ("R28", *(rule for rule in lead.inference.rules if rule != "R26"))
                    new = lead_to(reference, lead.target, grade, rules, [draft.quote.span])
                    leads.setdefault(lead.target, new)
            if len(leads) == 1:
                return Resolved(reference, ("R28",), next(iter(leads.values())))
            if leads:
                return Resolved(reference, ("R28",), None, tuple(map(_doubted, leads.values())))
        return None

    def _nearby_drafts(self, reference: Reference, kind: Kind) -> list[Reference]:
        """The drafts of the same kind that are titled or described in the same row or section."""
        home = self._within(self.plan.provision(reference.provision), kind)
        return [
            other
            for other in self.plan.references
            if other.planned
            and other.foreseen
            and other is not reference
            and other.kind == reference.kind
            and home
            and self._within(self.plan.provision(other.provision), kind) == home
        ]

    def _undefined(self, reference: Reference) -> Resolved | None:
        """R31: acts of the kind that the text has cited before, and acts that are so called."""
        leads: dict[Target, Lead] = {}
        for other in self.plan.references:
            earlier = other.quote.span.end <= reference.quote.span.start
            cited = other.citing in (Citing.DATE, Citing.TITLE) and not other.foreseen
            if earlier and cited and other.kind == reference.kind and other in self.found:
                for lead in self.found[other].leads:
                    new = lead_to(
                        reference, lead.target, Grade.UNKNOWN, ("R31",), [other.quote.span]
                    )
                    leads.setdefault(lead.target, new)
        for key in reference.presumed:
            new = lead_to(reference, key, Grade.UNKNOWN, ("R31",), [str(key)])
            leads.setdefault(key, new)
        return Resolved(reference, ("R31",), candidates=tuple(leads.values())) if leads else None

    def _row(self, reference: Reference) -> Provision | None:
        """The provision itself where it has a deadline, else the measure that it is an item of."""
        provision = self.plan.provision(reference.provision)
        if provision.cells.deadline or not provision.parent:
            return provision
        return self.plan.provision(provision.parent)

    def follow(self, resolved: Resolved) -> Resolved:
        """R29: beside a planned act, the acts that it may have become where no fact tells."""
        if resolved.target is None or not isinstance(resolved.target.target, str):
            return resolved
        planned = resolved.target.target
        if planned in self.facts.became or planned not in self.facts.successors:
            return resolved
        leads = [
            lead_to(resolved.reference, act, Grade.INFERRED, ("R29",), [act])
            for act in self.facts.successors[planned]
        ]
        return replace(resolved, candidates=tuple(leads))


def _doubted(lead: Lead) -> Lead:
    """A lead that is one of several."""
    return replace(lead, inference=replace(lead.inference, grade=Grade.UNKNOWN))
