"""Bodies that are odd: in two roles at once, of another time, named in several ways or in one
stage only.
"""

from collections.abc import Iterator

from kg.history.anomalies.finding import Findings, Place, Text, fold, found
from kg.iris import local_name
from kg.model import Kind, Provision, Quote, Responsibility


def recipient_is_responsible(text: Text) -> Findings:
    """Rows of which the result goes to a body that is to bring it about."""
    places = []
    for row in text.rows():
        for output in row.cells.outputs:
            for body in row.cells.responsibilities:
                if output.recipient and output.recipient.key == body.agency:
                    quotes = (output.recipient.quote, *body.quotes)
                    places += [Place(row.path, quote) for quote in quotes]
    return found(places)


def recipient_is_responsible_for_item(text: Text) -> Findings:
    """Measures of which the result goes to a body that is responsible for some of the items."""
    places = []
    for row in text.rows():
        recipients = {o.recipient.key: o.recipient.quote for o in row.cells.outputs if o.recipient}
        for item in text.plan.parts(row.path):
            for body in item.cells.responsibilities:
                if body.agency in recipients:
                    places.append(Place(row.path, recipients[body.agency]))
                    places += [Place(item.path, quote) for quote in body.quotes]
    return found(places)


def author_not_responsible(text: Text) -> Findings:
    """Rows of which the result is the act of a body that the row doesn't name as responsible."""
    places = []
    for row in text.rows():
        responsible = {body.agency for body in row.cells.responsibilities}
        for output in row.cells.outputs:
            if output.author and responsible and output.author.key not in responsible:
                places.append(Place(row.path, output.quote))
                places += [Place(row.path, q) for b in row.cells.responsibilities for q in b.quotes]
    return found(places)


def first_by_agreement(text: Text) -> Findings:
    """Rows that name first a body which takes part by agreement only, before others that must."""
    places = []
    for row in text.rows():
        bodies = row.cells.responsibilities
        if bodies and bodies[0].by_agreement and not all(body.by_agreement for body in bodies):
            places.append(Place(row.path, bodies[0].quotes[0]))
    return found(places)


def coordinated_bodies(text: Text) -> Findings:
    """Bodies that share the last words of their names, with commas between their first ones."""
    places = []
    for row in text.rows():
        shared = [body for body in row.cells.responsibilities if len(body.quotes) > 1]
        if shared:
            spans = sorted(quote for body in shared for quote in body.quotes)
            start, end = spans[0].span.start, spans[-1].span.end
            places.append(Place(row.path, text.source.quote(start, end)))
    return found(places)


def body_in_several_forms(text: Text) -> Findings:
    """Bodies that the rows name, in one role, by several forms; one finding a body and role."""
    forms: dict[tuple[str, str], list[Place]] = {}
    for row in text.rows():
        for body in row.cells.responsibilities:
            if len(body.quotes) == 1:
                place = Place(row.path, body.quotes[0])
                forms.setdefault((body.agency, "responsible"), []).append(place)
        for output in row.cells.outputs:
            if output.recipient:
                place = Place(row.path, output.recipient.quote)
                forms.setdefault((output.recipient.key, "recipient"), []).append(place)
    for (agency, role), places in sorted(forms.items()):
        written = sorted({fold(place.quote.text) for place in places})
        if len(written) > 1:
            count = str(len(written))
            yield from found(places, f"{local_name(agency)}-{role}", count=count, role=role)


def bodies_of_one_stage(text: Text) -> Findings:
    """Entries of the list of abbreviations whose body stands in the rows of one stage only."""
    entries = {p.stands_for: p for p in text.of_kind(Kind.ABBREVIATION) if p.stands_for}
    stages = text.of_kind(Kind.STAGE)
    named: dict[str, set[str]] = {stage.path: set() for stage in stages}
    for row, body in _named(text):
        stage = text.stage(row)
        if stage:
            named[stage.path].add(body.agency)
    for stage in stages if len(stages) > 1 else []:
        others = set().union(*(named[other.path] for other in stages if other is not stage))
        only = [entries[agency] for agency in named[stage.path] - others if agency in entries]
        places = [Place(entry.path, entry.words) for entry in only]
        number = stage.path.rpartition("-")[2]
        yield from found(places, stage.path.rpartition("/")[2], stage=number, count=str(len(only)))


def body_ended_before_amendment(text: Text) -> Findings:
    """Bodies that ended before an act amended the plan, and still stand in rows; one finding a
    body.
    """
    last = max((step.day for step in text.steps), default=None)
    for agency, ended in sorted(text.facts.ended.items()):
        if last and ended.latest < last:
            yield from found(_places(text, agency), local_name(agency), day=ended.latest)


def body_ended_before_deadline(text: Text) -> Findings:
    """Rows that are due after a body which is to carry them out had ended; one finding a body."""
    places: dict[str, list[Place]] = {}
    for row, body in _named(text):
        ended, due = text.facts.ended.get(body.agency), row.cells.deadline
        if ended and due and due.due_by and ended.latest < due.due_by:
            quotes = (*body.quotes, due.quote)
            places.setdefault(body.agency, []).extend(Place(row.path, q) for q in quotes)
    for agency, there in sorted(places.items()):
        day = text.facts.ended[agency].latest
        yield from found(there, local_name(agency), day=day)


def body_younger_than_act(text: Text) -> Findings:
    """Bodies in the rows that were founded after the day of the act itself."""
    places = []
    for row, body in _named(text):
        founded = text.facts.founded.get(body.agency)
        if founded and founded.day > text.plan.act.day:
            places += [Place(row.path, quote) for quote in body.quotes]
    return found(places)


def listed_form_not_used(text: Text) -> Findings:
    """Entries of the list of abbreviations whose short form stands nowhere but there."""
    places = []
    words = [fold(part.text) for p in text.plan.provisions for part in p.printed]
    for entry in text.of_kind(Kind.ABBREVIATION):
        short = _short(text, entry)
        if short and sum(short.text in fold(part) for part in words) == 1:
            named = [
                place for place in _places(text, entry.stands_for or "") if place.path != entry.path
            ]
            places += [Place(entry.path, short), *named]
    return found(places)


def _short(text: Text, entry: Provision) -> Quote | None:
    """What stands before the dash of an entry."""
    for dash in (" - ", " – ", " — "):
        at = entry.words.text.find(dash)
        if at > 0:
            return text.source.within(entry.words, 0, at)
    return None


def _named(text: Text) -> Iterator[tuple[Provision, Responsibility]]:
    for row in text.rows():
        for body in row.cells.responsibilities:
            yield row, body


def _named_in_rows(text: Text, agency: str) -> list[Place]:
    return [Place(row.path, q) for row, b in _named(text) if b.agency == agency for q in b.quotes]


def _places(text: Text, agency: str) -> list[Place]:
    """Where rows name a body, and its entry in the list."""
    places = _named_in_rows(text, agency)
    entries = [e for e in text.of_kind(Kind.ABBREVIATION) if e.stands_for == agency]
    return [*places, *(Place(entry.path, entry.words) for entry in entries)] if places else []
