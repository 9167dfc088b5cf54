"""How the text is printed where that is odd: blanks, dashes, line ends, numbers, lists, notes."""

import re

from kg.history.anomalies.finding import Findings, Place, Text, found
from kg.model import Change, Kind

DASHES = r"[-–—]"


def double_blanks(text: Text) -> Findings:
    """Two blanks or more between two words of a line."""
    places = [p for p in text.search(r"[^\s]+(?:[ \u00a0]{2,4})[^\s]+") if p.path]
    return found(places, count=str(len(places)))


def no_break_spaces(text: Text) -> Findings:
    """A no-break space alone between two words, where others have an ordinary one."""
    places = text.search(r"[^\s]+\u00a0[^\s]+")
    return found(list(places), count=str(len(places)))


def trailing_blanks(text: Text) -> Findings:
    """Blanks after the last word of a line."""
    places = text.search(r"[^\s]+[ \u00a0]+$")
    return found(list(places), count=str(len(places)))


def dashes_between_years(text: Text) -> Findings:
    """Years from and to that are joined in more than one way."""
    places = text.search(rf"(?<![\d.])\d{{4}}\s?{DASHES}\s?\d{{4}}(?!\d)")
    ways = {re.sub(r"\d", "", place.quote.text) for place in places}
    return found(list(places) if len(ways) > 1 else [], count=str(len(ways)))


def dashes_in_list(text: Text) -> Findings:
    """Entries of the list of abbreviations whose dash isn't that of most."""
    dashes: dict[str, list[Place]] = {}
    for entry in text.of_kind(Kind.ABBREVIATION):
        dash = re.search(rf"\s({DASHES})\s", entry.words.text)
        if dash:
            dashes.setdefault(dash[1], []).append(Place(entry.path, entry.words))
    most = max((len(places) for places in dashes.values()), default=0)
    rare = [place for places in dashes.values() if len(places) < most for place in places]
    return found(rare, count=str(len(dashes)))


def broken_deadlines(text: Text) -> Findings:
    """Deadlines printed on several lines."""
    places = [
        Place(row.path, row.cells.deadline.quote)
        for row in text.rows()
        if row.cells.deadline and "\n" in row.cells.deadline.quote.text
    ]
    return found(places, count=str(len(places)))


def bookmark(text: Text) -> Findings:
    """Marks of the page that the text was taken from."""
    return found(list(text.search(r"\[bookmark: \w+\]")))


def sections_run_on(text: Text) -> Findings:
    """Sections numbered through all stages, where stages have words for numbers."""
    sections = text.of_kind(Kind.SECTION)
    stages = {section.parent for section in sections}
    numbers = [section.number.text for section in sections if section.number]
    running = len(set(numbers)) == len(numbers)
    places = [Place(s.path, s.number) for s in sections if s.number]
    return found(places if len(stages) > 1 and running else [])


def numbers_restart(text: Text) -> Findings:
    """Numbers of measures that stand in several sections."""
    places: dict[str, list[Place]] = {}
    for measure in text.of_kind(Kind.MEASURE):
        if measure.number:
            place = Place(measure.path, measure.number)
            places.setdefault(measure.number.text, []).append(place)
    again = [place for there in places.values() if len(there) > 1 for place in there]
    return found(again, count=str(len(again)))


def two_numbers_in_cell(text: Text) -> Findings:
    """Rows that are a measure and its first item at once."""
    for row in text.rows():
        if row.printed_with and row.number:
            measure = text.plan.provision(row.printed_with)
            start = measure.number.span.start if measure.number else row.number.span.start
            quote = text.source.quote(start, row.number.span.end)
            yield from found([Place(measure.path, quote), Place(row.path, quote)])


def section_without_measures(text: Text) -> Findings:
    """Sections with a heading and no row."""
    for section in text.of_kind(Kind.SECTION):
        if not text.plan.parts(section.path):
            key = section.path.rpartition("/")[2]
            yield from found([Place(section.path, section.printed[0])], key)


def list_in_words(text: Text) -> Findings:
    """Lists that stand inside the words of a row, one piece a line, without numbers."""
    for row in text.rows():
        pieces = [line for line in row.words.text.split("\n") if line.strip()]
        if len(row.topics) > 1 and len(pieces) > 2:
            key = row.path.removeprefix("plan/").replace("/", "-")
            yield from found([Place(row.path, row.words)], key, count=str(len(row.topics)))


def no_amount(text: Text) -> Findings:
    """A column of expenditure in which no cell has an amount."""
    fundings = [row.cells.funding for row in text.rows() if row.cells.funding]
    heads = [head for head in text.of_kind(Kind.COLUMN_HEAD) if "теңге" in head.words.text]
    amounts = [f for f in fundings if re.search(r"\d", f.quote.text) and f.item is None]
    return found([Place(head.path, head.words) for head in heads] if not amounts else [])


def note_without_effect(text: Text) -> Findings:
    """Notes that name an act without a clause on the day it takes effect."""
    places = [
        Place(text.home(act.quote.span), act.quote)
        for note in text.plan.notes
        for act in note.acts
        if act.effect is None
    ]
    return found(places)


def clause_after_one_act(text: Text) -> Findings:
    """Notes that name several acts, of which only some have a clause on effect."""
    for note in text.plan.notes:
        kinds = {act.effect for act in note.acts}
        if len(kinds) > 1:
            places = [Place(text.home(act.quote.span), act.quote) for act in note.acts]
            yield from found(places)


def note_marks_no_part(text: Text) -> Findings:
    """Notes that say of a whole that it was changed, and mark none of its parts."""
    places = [
        Place(text.home(note.quote.span), note.quote)
        for note in text.plan.notes
        if note.change is Change.AMENDED
    ]
    return found(places)


def act_without_trace(text: Text) -> Findings:
    """Amending acts of which no note says what they changed; one finding an act."""
    told = {a.number for n in text.plan.notes if n.change is not Change.AMENDED for a in n.acts}
    for note in text.plan.notes:
        for act in note.acts:
            if act.number not in told:
                place = Place(text.home(act.quote.span), act.quote)
                yield from found([place], act.number.lower(), act=act.number)
