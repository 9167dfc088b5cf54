"""One provision in one state: the grade of its number, words, parts, terms and cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.history import rules
from kg.history.known import (
    AttestationKey,
    Facet,
    Facts,
    Grade,
    Inference,
    Subject,
    TextStatus,
)
from kg.history.presence import Presence
from kg.iris import local_name
from kg.model import Change, Deadline, Provision, Quote, Responsibility

Graded = Iterator[tuple[AttestationKey, Inference]]
LOST = TextStatus.NOT_PRESERVED


@dataclass(frozen=True)
class Grading:
    """What is known of the provisions in one state, from what exists in it."""

    presence: Presence
    facts: Facts

    def attest(self, provision: Provision) -> Graded:
        """All attestations of a provision that is, or may be, in the state."""
        subject = self.presence.subject(provision.path)
        existence = self.presence.found[provision.path]
        yield self._key(subject, Facet.EXISTENCE), replace(existence, status=None)
        if not existence.holds:
            return
        words = self._words(provision, existence)
        yield self._key(subject, Facet.WORDS), words
        if provision.number and (number := self._number(provision, existence, words)):
            yield self._key(subject, Facet.NUMBER), replace(number, status=None)
        if parts := self._parts(provision, existence):
            yield self._key(subject, Facet.PARTS), parts
        if words.status is LOST:
            return
        if words.status is TextStatus.ATTESTED_LATER and words.grade is Grade.UNKNOWN:
            later = self.presence.later_steps(provision)
            for term, inference in rules.superseded_terms(provision, later, self.facts).items():
                yield self._key(subject, Facet.TERM, local_name(term)), inference
        yield from self._cells(provision, subject, existence)

    def _key(self, subject: Subject, facet: Facet, detail: str = "") -> AttestationKey:
        return AttestationKey(subject, self.presence.state.day, facet, detail)

    def _words(self, provision: Provision, existence: Inference) -> Inference:
        """The grade of the words; ``existence`` carries it where one proof gives both."""
        if provision.path in self.presence.lost:
            return Inference(Grade.UNKNOWN, existence.rules, existence.premises, LOST)
        if not self.presence.later_steps(provision):
            if "R3" in existence.rules:
                return rules.heading_survives(provision, existence)
            if existence.rules[0] in {"R1", "R21"}:
                return existence
        notes = self.presence.scope.general_notes(provision)
        return rules.unmarked_in_amended_whole(notes)

    def _number(
        self, provision: Provision, existence: Inference, words: Inference
    ) -> Inference | None:
        """A paragraph's number stays through rewording; else it is as sure as the words around
        it.
        """
        if words.status is LOST:
            return existence if "R2" in existence.rules else None
        if provision.number and words.rules[0] in {"R1", "R21"}:
            return _of_quotes(words, [provision.number])
        return words

    def _parts(self, provision: Provision, existence: Inference) -> Inference | None:
        """Parts whose words and number nobody knows: of what was removed, or is known by a title
        only.
        """
        ended = self.presence.scope.segment(provision, self.presence.state.day).ended
        removed = ended is not None and ended.change is Change.REMOVED
        if removed or "R11" in existence.rules:
            return Inference(Grade.UNKNOWN, existence.rules, existence.premises, LOST)
        return None

    def _cells(self, provision: Provision, subject: Subject, existence: Inference) -> Graded:
        cells = provision.cells
        for number, body in enumerate(cells.responsibilities, start=1):
            key = self._key(replace(subject, cell=f"responsibility-{number}"), Facet.EXISTENCE)
            general = self._general(provision, existence, body.quotes)
            yield key, self._body(provision, body, general)
            if not body.identified:
                named = rules.inferred("R17", premises=[quote.span for quote in body.quotes])
                yield replace(key, facet=Facet.IDENTIFICATION), named
        for number, output in enumerate(cells.outputs, start=1):
            key = self._key(replace(subject, cell=f"output-{number}"), Facet.EXISTENCE)
            yield key, self._general(provision, existence, [output.quote])
        if cells.deadline:
            key = self._key(replace(subject, cell="deadline"), Facet.EXISTENCE)
            yield from self._deadline(provision, key, cells.deadline, existence)
        if cells.funding:
            key = self._key(replace(subject, cell="funding"), Facet.EXISTENCE)
            yield key, self._general(provision, existence, [cells.funding.quote])
            if rules.item_in_own_section(self.presence.scope.plan, provision):
                pointed = rules.inferred("R19", premises=[cells.funding.quote.span])
                yield replace(key, facet=Facet.IDENTIFICATION), pointed

    def _deadline(
        self, provision: Provision, key: AttestationKey, due: Deadline, existence: Inference
    ) -> Graded:
        """A deadline, which R8 may prove where nothing else of its row is known; and its bounds."""
        general = self._general(provision, existence, [due.quote])
        proof = None
        later = self.presence.later_steps(provision)
        if later and general.grade is Grade.UNKNOWN:
            proof = rules.deadline_not_after(due, later, self.facts)
        yield key, proof or general
        period = rules.period_bounds(self.presence.scope.plan, provision)
        if due.recurrence and period:
            bounds = rules.inferred("R18", premises=[period.quote.span])
            yield replace(key, facet=Facet.BOUNDS), bounds

    def _general(
        self, provision: Provision, existence: Inference, quotes: Iterable[Quote]
    ) -> Inference:
        """The grade of a cell for which nothing more is known than for its row."""
        later = self.presence.later_steps(provision)
        if existence.rules[0] in {"R1", "R21"} and not later:
            return _of_quotes(replace(existence, status=None), quotes)
        notes = self.presence.scope.general_notes(provision)
        if not notes:
            # Of what was removed, only that it stood is proved, and by R10 its heading.
            return Inference(Grade.UNKNOWN, existence.rules, existence.premises)
        return replace(rules.unmarked_in_amended_whole(notes), status=None)

    def _body(self, provision: Provision, body: Responsibility, general: Inference) -> Inference:
        """A responsibility: absent before its body was founded (R5), no amender's after it ended
        (R6).
        """
        if general.grade is Grade.STATED:
            return general
        absent = rules.body_not_before(body, self.presence.written(provision), self.facts)
        if absent and general.grade is Grade.INFERRED:
            # R1 and R5 collide: the unmarked words name a body that wasn't there. Neither is
            # believed.
            both = (*general.rules, *absent.rules)
            return Inference(Grade.UNKNOWN, both, (*general.premises, *absent.premises))
        later = self.presence.later_steps(provision)
        known = rules.body_not_after(body, later, self.facts) if later else None
        return absent or known or general

    def prove_absent(self, provision: Provision, subject: Subject) -> Graded:
        """Proofs that cells or words of a provision weren't there in a state that has no node for
        it.
        """
        for number, body in enumerate(provision.cells.responsibilities, start=1):
            cell = replace(subject, cell=f"responsibility-{number}")
            absent = rules.body_not_before(body, self.presence.written(provision), self.facts)
            if absent:
                yield self._key(cell, Facet.EXISTENCE), absent
        written = self.presence.written(provision)
        absent = rules.cited_act_not_before(provision, written, self.facts)
        if absent:
            yield self._key(subject, Facet.WORDS), absent


def _of_quotes(words: Inference, quotes: Iterable[Quote]) -> Inference:
    """What holds of words, said of some of them: these stand for the words, which come first."""
    spans = [quote.span for quote in quotes]
    return replace(words, premises=(*spans, *words.premises[1:]))
