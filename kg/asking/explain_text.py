"""An explanation as text for people: each grade, its rules, and under them what they rest on."""

from collections.abc import Iterator
from itertools import groupby

from kg.asking.amendments import AmendmentExplanation
from kg.asking.anomalies import AnomalyExplanation, tell_anomaly
from kg.asking.diff_text import tell_quote, tell_start
from kg.asking.errors import OnlyInEnglish
from kg.asking.explain import Explanation, Graded, Undated
from kg.asking.links import LinkExplanation
from kg.asking.nodes import Quote
from kg.asking.reasons import Claim, Reason, Removal, Rule, Source
from kg.asking.references import Lead, ReferenceExplanation
from kg.asking.tenures import TenureExplanation

__all__ = ["tell_explanation"]

_STEP = "    "
_STATUS = {
    "Verbatim": "verbatim",
    "AttestedLater": "known from a later text",
    "NotPreserved": "not preserved",
}
_GRADES = {
    "Stated": "the text says it",
    "Inferred": "it follows by a named rule",
    "Unknown": "it may be so; the sources held can't tell",
}
_CONFIDENCE = {
    "A": "A: read in the text of the act itself",
    "B": "B: read on a page or in a data set about it",
}


def tell_explanation(explanation: Explanation | Undated, language: str = "en") -> str:
    """The whole explanation, lines ended by a line break.

    Raises ``OnlyInEnglish`` of all but anomalies, where ``language`` is another.
    """
    if language != "en" and not isinstance(explanation, AnomalyExplanation):
        raise OnlyInEnglish(explanation.iri, language)
    teller = _Teller()
    match explanation:
        case AmendmentExplanation():
            lines = teller.amendment_lines(explanation)
        case ReferenceExplanation():
            lines = teller.reference_lines(explanation)
        case AnomalyExplanation():
            lines = tell_anomaly(explanation, language)
        case TenureExplanation():
            lines = teller.tenure_lines(explanation)
        case LinkExplanation():
            lines = teller.link_lines(explanation)
        case _:
            lines = teller.lines(explanation)
    return "\n".join(lines) + "\n"


class _Teller:
    """Tells each rule in full where it is first used, and by its name after that."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def lines(self, explanation: Explanation) -> Iterator[str]:
        yield f"{explanation.name}"
        yield explanation.iri
        yield ""
        yield from _tell_state(explanation)
        yield from self._tell_presence(explanation)
        for claim in explanation.own:
            yield ""
            yield from self._tell_claim(claim, claim.facet, "")
        for kind, cells in groupby(explanation.cells, _key):
            yield ""
            yield from self._tell_cells(kind[0], list(cells))
        for claim in explanation.absent:
            yield ""
            yield from self._tell_absence(claim)

    def amendment_lines(self, amendment: AmendmentExplanation) -> Iterator[str]:
        """What an act did, or may have done, since when, and the words that tell of it."""
        yield f"{amendment.act}, {amendment.target}: {amendment.change}"
        yield amendment.iri
        yield ""
        yield (
            "It is certain: a note says so of this provision itself."
            if amendment.certain
            else "It is only possible: a note names the act, and doesn't mark this provision."
        )
        for quote in amendment.notes:
            yield f"{_STEP}from {tell_quote(quote)}"
        yield f"In effect {tell_start(amendment.start)}."
        for rule in amendment.rules:
            yield from self._tell_rule(rule, _STEP)
        for quote in amendment.start.quotes:
            yield f"{_STEP}from {tell_quote(quote)}"
        for done, version in amendment.effects:
            yield f"It {done} the version {version}"

    def reference_lines(self, reference: ReferenceExplanation) -> Iterator[str]:
        """The words, what they lead to or may mean, by which rules, and why."""
        yield f"A reference in {reference.place}"
        yield reference.iri
        yield ""
        for quote in reference.quotes:
            yield tell_quote(quote)
        yield f"{reference.kind}; resolution: {reference.status.lower()}. {reference.reason}"
        if reference.documents:
            yield f"It speaks of {reference.documents.lower()}."
        if reference.target:
            yield from self._tell_lead(reference.target, "It leads to")
        for candidate in reference.candidates:
            may = "That may have become" if reference.target else "It may mean"
            yield from self._tell_lead(candidate, may)
        if not (reference.target or reference.candidates):
            rules = " and ".join(rule.name for rule in reference.rules)
            yield f"It leads to nothing that is known: {reference.grade}, by {rules}"
            for rule in reference.rules:
                yield from self._tell_rule(rule, _STEP)

    def tenure_lines(self, tenure: TenureExplanation) -> Iterator[str]:
        """Who holds, or held last, what is asked of a body, by which rules, and why."""
        yield tenure.name
        yield tenure.iri
        yield ""
        until = f" up to, not including, {tenure.until}" if tenure.until else " on"
        holds = f"is held by: {tenure.holder}" if tenure.holder else "is held by nobody known"
        yield f"From {tenure.day}{until}, what is asked of: {tenure.named}, {holds}."
        if tenure.candidates:
            yield f"It may be: {', or: '.join(tenure.candidates)}."
        if tenure.last:
            since, to = tenure.shown
            day = tenure.last_day or f"a day from {since} to {to}"
            yield f"The last holder known is: {tenure.last}, as of {day}."
        rules = " and ".join(rule.name for rule in tenure.rules)
        yield f"{tenure.grade} ({_GRADES[tenure.grade]}), by {rules}"
        if tenure.confidence:
            yield f"The weakest source has confidence {_CONFIDENCE[tenure.confidence]}"
        for rule in tenure.rules:
            yield from self._tell_rule(rule, _STEP)
        for premise in tenure.premises:
            yield from self._tell_premise(premise, _STEP)

    def link_lines(self, link: LinkExplanation) -> Iterator[str]:
        """What a link says, and the sources, or the rules, that it says it by."""
        yield f"{link.kind}: {link.name}"
        yield link.iri
        yield ""
        if link.description:
            yield link.description
        for told in link.told:
            yield f"{told.name}: {told.value}" + (f" <{told.iri}>" if told.iri else "")
        for note in link.notes:
            yield f"Note: {note}"
        for source in link.sources:
            confidence = _CONFIDENCE.get(link.confidence, "")
            yield f"source: {source}" + (f" ({confidence})" if confidence else "")
        if link.grade:
            rules = " and ".join(rule.name for rule in link.rules)
            by = f", by {rules}" if rules else ""
            yield f"The link is {link.grade} ({_GRADES[link.grade]}){by}"
        for rule in link.rules:
            yield from self._tell_rule(rule, _STEP)
        for premise in link.premises:
            yield from self._tell_premise(premise, _STEP)
        for part in link.parts:
            if part.figure:
                yield f"It gives {part.figure}"
                continue
            yield ""
            yield from self.link_lines(part)

    def _tell_lead(self, lead: Lead, how: str) -> Iterator[str]:
        yield ""
        yield f"{how} {lead.name} <{lead.iri}>"
        rules = " and ".join(rule.name for rule in lead.rules)
        yield f"{_STEP}{lead.grade} ({_GRADES[lead.grade]}), by {rules}"
        for rule in lead.rules:
            yield from self._tell_rule(rule, 2 * _STEP)
        for premise in lead.premises:
            yield from self._tell_premise(premise, 2 * _STEP)

    def _tell_presence(self, explanation: Explanation) -> Iterator[str]:
        """Whether it stands in the state, may stand, was removed, or nothing is known of it."""
        what = "The provision it belongs to" if _is_part(explanation) else "It"
        if explanation.where == "graph":
            yield f"{what} stands in that state."
        elif explanation.where == "possible":
            yield f"{what} may stand in that state; the sources held can't tell."
        if explanation.where and explanation.version not in ("", explanation.iri):
            yield f"Its version: {explanation.version}"
        for removal in explanation.removals:
            yield from _tell_removal(removal)
        nothing = not (explanation.where or explanation.removals or explanation.own)
        if nothing and explanation.iri != explanation.side.state.iri:
            end = ", but for what is proved absent:" if explanation.absent else "."
            yield f"It has no node in that state: nothing is known of it then{end}"

    def _tell_cells(self, kind: str, cells: list[Graded]) -> Iterator[str]:
        """Cells of a kind that are graded alike for the same reasons, together."""
        for cell in cells:
            yield f"{kind} {cell.label}"
            yield f"{_STEP}{cell.iri}"
        for claim in cells[0].claims:
            yield from self._tell_claim(claim, claim.facet, _STEP)

    def _tell_absence(self, claim: Claim) -> Iterator[str]:
        yield from self._tell_claim(claim, _name_absence(claim), "")

    def _tell_claim(self, claim: Claim, title: str, indent: str) -> Iterator[str]:
        status = f", {_STATUS.get(claim.status, claim.status)}" if claim.status else ""
        rules = " and ".join(rule.name for rule in claim.rules)
        meaning = f" ({_GRADES[claim.grade]})" if claim.grade in _GRADES and claim.holds else ""
        yield f"{indent}{title}: {claim.grade}{meaning}{status}, by {rules}"
        for rule in claim.rules:
            yield from self._tell_rule(rule, indent + _STEP)
        for premise in claim.premises:
            yield from self._tell_premise(premise, indent + _STEP)
        if claim.seen:
            yield f"{indent}{_STEP}(explained above)"

    def _tell_rule(self, rule: Rule, indent: str) -> Iterator[str]:
        if rule.name in self._told:
            return
        self._told.add(rule.name)
        yield f"{indent}{rule.name} {rule.label}: {rule.conclusion}"
        yield f"{indent}{_STEP}Limit: {rule.limit}"

    def _tell_premise(self, premise: Reason, indent: str) -> Iterator[str]:
        if isinstance(premise, Quote):
            yield f"{indent}from {tell_quote(premise)}"
        elif isinstance(premise, Source):
            yield from _tell_source(premise, indent)
        else:
            title = f"{premise.subject}, {premise.facet}"
            title = f"since {title if premise.holds else _name_absence(premise)}"
            yield from self._tell_claim(premise, title, indent)


def _name_absence(claim: Claim) -> str:
    facet = "" if claim.facet == "existence" else f", {claim.facet}"
    return f"not there: {claim.subject}{facet}"


def _key(cell: Graded) -> tuple[str, tuple[object, ...]]:
    """Cells with the same key are told together."""
    alike = tuple((c.facet, c.grade, c.status, c.rules, c.premises) for c in cell.claims)
    return cell.kind, alike


def _is_part(explanation: Explanation) -> bool:
    """Whether a cell is explained, or an attestation by itself."""
    told = {*(claim.iri for claim in explanation.own), *(cell.iri for cell in explanation.cells)}
    return explanation.iri in told


def _tell_state(explanation: Explanation) -> Iterator[str]:
    side = explanation.side
    until = side.state.valid_until
    end = f" up to, not including, {until}, from when the next state counts" if until else ""
    if explanation.ends_at_bound:
        end += ", the earliest day on which it may have begun"
    yield f"{side.day} is answered by the state of {side.state.valid_from}{end}."
    yield f"It began {tell_start(side.start)}."
    for quote in side.start.quotes:
        yield f"{_STEP}from {tell_quote(quote)}"
    for bound in explanation.near:
        yield str(bound)


def _tell_source(source: Source, indent: str) -> Iterator[str]:
    day = f", {source.day}" if source.day else ""
    yield f"{indent}from {source.label}{day} <{source.iri}>"
    if source.decided_by:
        yield f"{indent}{_STEP}decided by {source.decided_by}"
    if source.source:
        confidence = _CONFIDENCE.get(source.confidence, source.confidence)
        yield f"{indent}{_STEP}source: {source.source} ({confidence})"


def _tell_removal(removal: Removal) -> Iterator[str]:
    yield f"It was removed by {removal.act}, in effect {tell_start(removal.start)}."
    for quote in removal.quotes:
        yield f"{_STEP}from {tell_quote(quote)}"
