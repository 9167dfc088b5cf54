"""Versions to quads: the words and cells of each, as ``graph/history`` holds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.labels import place_labels, title_labels
from kg.graph.naming.cells import at_place, name_funding, name_output, name_responsibility
from kg.graph.naming.deadlines import name_deadline
from kg.graph.naming.names import Names, Texts, as_labels, capitalise
from kg.graph.naming.versions import name_version
from kg.graph.quads import boolean, language, typed
from kg.graph.turtle import CuratedError
from kg.history.known import Grade, Version
from kg.history.rules import item_in_own_section, period_bounds
from kg.iris import provision_iri, span_iri, version_iri
from kg.model import Deadline, Funding, Kind, Output, Plan, Provision, Quote, Responsibility
from kg.namespaces import BASE, ELI, RDF, SKOS, XSD, ZH

Statement = tuple[str, URIRef, Node]
Bounds = tuple[date, date, Quote] | None
"""The days between which a deadline recurs, both included, and the words they are read from."""

CLASSES = {
    Kind.PARAGRAPH: ZH.Paragraph,
    Kind.PLAN: ZH.Plan,
    Kind.STAGE: ZH.Stage,
    Kind.SECTION: ZH.Section,
    Kind.MEASURE: ZH.Measure,
    Kind.ITEM: ZH.SubMeasure,
}
TRANSLATED = ("data/labels.ttl", "data/translations.ttl")
"""What people translate: titles, and the words."""

TEXT_UNIT_KIND = f"{BASE}concept/text-unit/"


@dataclass(frozen=True)
class Writer:
    """Statements about the versions of one plan; ``labels`` are the curated translations of its
    words, ``naming`` the names of what its cells speak of.
    """

    act: str
    plan: Plan
    labels: Graph
    naming: Names = field(default_factory=lambda: Names(Graph()))

    def iri(self, path: str) -> URIRef:
        """The address of the provision at a path."""
        return URIRef(provision_iri(self.act, path))

    def version(self, version: Version) -> URIRef:
        """The address of a version."""
        return URIRef(version_iri(self.act, version.path, version.day))

    def check_labels(self) -> None:
        """Raises ``CuratedError`` at a label for what is no part of the plan."""
        known = {self.iri(provision.path) for provision in self.plan.provisions} | {self.iri("")}
        for subject in set(self.labels.subjects()) - known:
            name = TRANSLATED[(subject, ZH.translation, None) in self.labels]
            raise CuratedError(f"{name}: {subject} is no part of the text")

    def spans(self, quotes: Iterable[Quote | None]) -> list[URIRef]:
        """The addresses of quotes' spans."""
        return [
            URIRef(span_iri(self.act, quote.span.start, quote.span.end))
            for quote in quotes
            if quote
        ]

    def types(self, provision: Provision) -> list[URIRef]:
        """A provision's classes, superclasses written out."""
        return [
            CLASSES.get(provision.kind, ZH.TextUnit),
            ZH.Provision,
            ELI.LegalResourceSubdivision,
        ]

    def frame(self, provision: Provision) -> Iterator[tuple[URIRef, Node]]:
        """What holds of a provision whatever its words: its place, kind and names."""
        yield ELI.is_part_of, self.iri(provision.parent)
        yield ZH.position, typed(provision.position, XSD.integer)
        if provision.kind not in CLASSES:
            yield ZH.textUnitKind, URIRef(f"{TEXT_UNIT_KIND}{provision.kind}")

    def names(self, provision: Provision, *, lost: bool) -> Iterator[tuple[URIRef, Node]]:
        """Its labels: our title beside its words, else the name of its place."""
        titles = () if lost else title_labels(provision, self.iri(provision.path), self.labels)
        for title in titles:
            yield SKOS.prefLabel, title
        if titles:
            yield ZH.labelFromSource, typed("kk", XSD.language)
        for place in place_labels(provision):
            yield (SKOS.altLabel if titles else SKOS.prefLabel), place

    def version_names(self, version: Version) -> Iterator[tuple[URIRef, Node]]:
        """The labels of a version: those of its provision, each with which version it is."""
        for term, name in self.names(self.plan.provision(version.path), lost=version.lost):
            if isinstance(name, Literal) and term != ZH.labelFromSource:
                yield term, name_version(name, version.day)
            else:
                yield term, name

    def number(self, provision: Provision) -> Iterator[tuple[URIRef, Node]]:
        """Its number as printed."""
        if provision.number:
            yield ZH.number, Literal(provision.number.text)

    def words(self, provision: Provision) -> Iterator[tuple[URIRef, Node]]:
        """Its words and what they name."""
        yield ZH.text, language(provision.words.text, "kk")
        for translation in self.labels.objects(self.iri(provision.path), ZH.translation):
            yield ZH.translation, translation
        for span in self.spans([provision.words, provision.number]):
            yield ZH.evidencedBy, span
        for topic in provision.topics:
            yield ZH.topic, URIRef(topic.key)
        for duty in provision.duties:
            yield ZH.duty, URIRef(duty.key)
        for citation in provision.citations:
            yield ELI.cites, URIRef(citation.key)
        if provision.printed_with:
            yield ZH.printedWith, self.iri(provision.printed_with)
        if provision.stands_for:
            yield ZH.standsFor, URIRef(provision.stands_for)
            for code in self.naming.uncertain(provision.stands_for):
                yield ZH.uncertainName, code

    def cells(self, version: Version) -> Iterator[tuple[str, URIRef, list[tuple[URIRef, Node]]]]:
        """Each cell of a version: its name, the property that leads to it, its statements."""
        provision = self.plan.provision(version.path)
        for name, term, statements, said in self._cells(version, provision):
            labels = [(SKOS.prefLabel, one) for one in as_labels(at_place(provision, name, said))]
            if term != ZH.responsibility:  # what that says alone is the name of its body
                labels += [(SKOS.altLabel, one) for one in as_labels(capitalise(said))]
            yield name, term, [*statements, *labels]

    def _cells(
        self, version: Version, provision: Provision
    ) -> Iterator[tuple[str, URIRef, list[tuple[URIRef, Node]], Texts]]:
        """Each cell with what it says in each language."""
        cells = provision.cells
        for number, body in enumerate(cells.responsibilities, start=1):
            statements = [(ZH.position, typed(number, XSD.integer)), *self._body(body)]
            said = name_responsibility(body, self.naming)
            yield f"responsibility-{number}", ZH.responsibility, statements, said
        for number, output in enumerate(cells.outputs, start=1):
            statements = [(ZH.position, typed(number, XSD.integer)), *self._output(output)]
            yield f"output-{number}", ZH.output, statements, name_output(output, self.naming)
        if cells.deadline:
            bounds = self._bounds(version, provision)
            said = name_deadline(cells.deadline, bounds and bounds[:2], self.naming)
            yield "deadline", ZH.deadline, list(self._deadline(cells.deadline, bounds)), said
        if cells.funding:
            path = item_in_own_section(self.plan, provision)
            said = name_funding(
                cells.funding, self.plan.provision(path) if path else None, self.naming
            )
            yield "funding", ZH.funding, list(self._funding(cells.funding, path)), said

    def _body(self, body: Responsibility) -> Iterator[tuple[URIRef, Node]]:
        yield RDF.type, ZH.Responsibility
        yield ZH.agency, URIRef(body.agency)
        yield ZH.byAgreement, boolean(body.by_agreement)
        yield ZH.agencyEvidence, ZH[Grade.STATED if body.identified else Grade.INFERRED]
        if body.capacity:
            yield ZH.capacity, URIRef(body.capacity.key)
        if body.holder:
            yield ZH.heldBy, URIRef(body.holder.key)
        named = [m.quote for m in (body.capacity, body.holder) if m]
        for span in self.spans([*body.quotes, body.agreement, *named]):
            yield ZH.evidencedBy, span

    def _output(self, output: Output) -> Iterator[tuple[URIRef, Node]]:
        yield RDF.type, ZH.Output
        yield ZH.outputType, URIRef(output.type)
        for term, mention in (
            (ZH.recipient, output.recipient),
            (ZH.outputAuthor, output.author),
            (ZH.outputConcerns, output.concerns),
        ):
            if mention:
                yield term, URIRef(mention.key)
        yield from self._printed(output.quote)

    def _printed(self, quote: Quote) -> Iterator[tuple[URIRef, Node]]:
        yield ZH.text, language(quote.text, "kk")
        yield ZH.evidencedBy, self.spans([quote])[0]

    def _bounds(self, version: Version, provision: Provision) -> Bounds:
        """The days between which a deadline recurs, by the period of what its row is part of."""
        due = provision.cells.deadline
        period = period_bounds(self.plan, provision) if due and due.recurrence else None
        if period is None:
            return None
        first = max(date(period.first, 1, 1), version.day)
        return first, date(period.last, 12, 31), period.quote

    def _deadline(self, due: Deadline, bounds: Bounds) -> Iterator[tuple[URIRef, Node]]:
        yield RDF.type, ZH.Deadline
        yield from self._printed(due.quote)
        for term, day in ((ZH.dueFrom, due.due_from), (ZH.dueBy, due.due_by)):
            if day:
                yield term, typed(day.isoformat(), XSD.date)
        for term, duration in ((ZH.recurrence, due.recurrence), (ZH.offset, due.offset)):
            if duration:
                yield term, typed(duration, XSD.duration)
        if due.month:
            yield ZH.month, typed(f"--{due.month:02}", XSD.gMonth)
        for day_of_year in due.month_days:
            value = f"--{day_of_year.month:02}-{day_of_year.day:02}"
            yield ZH.monthDay, typed(value, XSD.gMonthDay)
        if due.relative_to:
            yield ZH.relativeTo, URIRef(due.relative_to)
        if bounds:
            first, last, quote = bounds
            yield ZH.recursFrom, typed(first.isoformat(), XSD.date)
            yield ZH.recursUntil, typed(last.isoformat(), XSD.date)
            yield ZH.boundsEvidence, ZH.Inferred
            yield ZH.evidencedBy, self.spans([quote])[0]

    def _funding(self, funding: Funding, path: str | None) -> Iterator[tuple[URIRef, Node]]:
        yield RDF.type, ZH.Funding
        yield ZH.fundingType, URIRef(funding.type)
        yield from self._printed(funding.quote)
        if path:
            yield ZH.refersTo, self.iri(path)
