"""Words that are odd: abbreviations that aren't listed, terms that changed, what is said twice."""

import re
from collections.abc import Iterator
from itertools import combinations

from kg.history.anomalies.finding import Findings, Place, Text, fold, found, part_of
from kg.iris import local_name
from kg.model import Kind, Mention, Provision, Quote

CAPITALS = re.compile(r"(?<![\w.])[А-ЯЁІҒҚҢҮҰӘӨҺ]{2,}(?![\w.])")
TITLED = re.compile(r"«[^«»]{40,}»")
DASH = re.compile(r"\s[-–—]\s")
LETTERS = """
а=a б=b в=v г=g ғ=gh д=d е=e ё=yo ж=zh з=z и=i й=y к=k қ=q л=l м=m н=n ң=ng о=o ө=oe п=p р=r с=s т=t
у=w ұ=u ү=ue ф=f х=kh һ=h ц=ts ч=ch ш=sh щ=shch ы=y і=i э=e ю=yu я=ya
"""
LATIN = {pair[0]: pair[2:] for pair in LETTERS.split()}
LONG_RUN = 20
"""How many words two rows must share in a row to count as saying the same at length."""


def unlisted_abbreviation(text: Text) -> Findings:
    """Runs of capitals that no entry of the list of abbreviations spells out; one finding each.

    The preamble is left out: its predicate is printed in capitals.
    """
    entries = text.of_kind(Kind.ABBREVIATION)
    listed = [short for entry in entries if (short := DASH.split(entry.words.text)[0])]
    places: dict[str, list[Place]] = {}
    for part in text.plan.provisions if listed else ():
        known = [quote.span for quote in _named(part)]
        for quote in part.printed if part.kind is not Kind.PREAMBLE else ():
            for run in CAPITALS.finditer(_without(quote.text, listed)):
                found_here = part_of(quote, *run.span())
                if not any(span.covers(found_here.span) for span in known):
                    places.setdefault(run[0], []).append(Place(part.path, found_here))
    for short, there in sorted(places.items()):
        yield from found(
            there, _latin(short), short=short, count=str(len(there)), name=_latin(short).upper()
        )


def _named(part: Provision) -> Iterator[Quote]:
    """The words that are read as the names of bodies, other than by inference."""
    for body in part.cells.responsibilities:
        yield from body.quotes if body.identified else ()
    for output in part.cells.outputs:
        yield from (m.quote for m in (output.recipient, output.author) if m)


def _without(words: str, forms: list[str]) -> str:
    """The words with every form blanked out, so that places stay the same."""
    for form in forms:
        words = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", lambda m: " " * len(m[0]), words)
    return words


def _latin(short: str) -> str:
    """Letters in Latin ones, for an address."""
    return "".join(LATIN.get(letter, f"{ord(letter):x}") for letter in short.lower())


def cites_younger_act(text: Text) -> Findings:
    """Words that cite an act of a later day than the act they stand in."""
    for row in text.rows():
        for cited in row.citations:
            day = text.facts.act_days.get(cited.key)
            if day and day > text.plan.act.day:
                name = local_name(cited.key)
                yield from found([Place(row.path, cited.quote)], name.lower(), name=name)


def cited_without_number(text: Text) -> Findings:
    """Acts that are cited by their day and without their number."""
    places = [
        Place(part.path, cited.quote)
        for part in text.plan.provisions
        for cited in part.citations
        if "№" not in cited.quote.text
    ]
    return found(places)


def superseded_term(text: Text) -> Findings:
    """Words that use a term which an act replaced, though later acts amended the plan; one finding
    a term.
    """
    mentions: dict[str, list[Place]] = {}
    for part in text.plan.provisions:
        for term in part.terms:
            mentions.setdefault(term.key, []).append(Place(part.path, term.quote))
    for key, places in sorted(mentions.items()):
        replaced = text.facts.replaced.get(key)
        if replaced and any(step.day > replaced.day for step in text.steps):
            yield from found(places, local_name(key), count=str(len(places)))


def topic_in_other_words(text: Text) -> Findings:
    """Topics that several rows name, not all in the same words; one finding a topic."""
    pieces: dict[str, list[Place]] = {}
    for row in text.rows():
        for topic in row.topics:
            pieces.setdefault(topic.key, []).append(Place(row.path, _piece(row, topic)))
    for topic_key, places in sorted(pieces.items()):
        wordings = {fold(place.quote.text).rstrip(";") for place in places}
        if len(wordings) > 1:
            slug = local_name(topic_key)
            rows = str(len({place.path for place in places}))
            yield from found(places, slug, topic=slug.replace("-", " "), rows=rows)


def _piece(row: Provision, topic: Mention) -> Quote:
    """What the row says of the topic: an item whole, a line of a list, else the topic's words."""
    if row.kind is Kind.ITEM and not row.printed_with:
        return row.words
    start = topic.quote.span.start - row.words.span.start
    first = row.words.text.rfind("\n", 0, start) + 1
    last = row.words.text.find("\n", start)
    if not first or last < 0:
        return topic.quote
    return part_of(row.words, first, last)


def repeated_at_length(text: Text) -> Findings:
    """Pairs of rows that share a long run of words, titles of acts aside; one finding a pair."""
    for one, other in combinations(text.rows(), 2):
        if other.printed_with == one.path:
            continue
        for first, second in _shared_runs(one.words, other.words):
            places = [Place(one.path, first), Place(other.path, second)]
            count = str(len(first.text.split()))
            yield from found(places, f"{_slug(one)}-and-{_slug(other)}", count=count)
            break


def _slug(row: Provision) -> str:
    return row.path.removeprefix("plan/").replace("/", "-")


def _shared_runs(one: Quote, other: Quote) -> Iterator[tuple[Quote, Quote]]:
    """The longest run of words in common, where it is long enough."""
    first, second = list(_words(one)), list(_words(other))
    lengths: dict[tuple[int, int], int] = {}
    for i, (word, _) in enumerate(first):
        for j, (also, _) in enumerate(second):
            if word == also:
                lengths[i, j] = lengths.get((i - 1, j - 1), 0) + 1
    if not lengths:
        return
    (i, j), length = max(lengths.items(), key=lambda pair: (pair[1], pair[0]))
    if length >= LONG_RUN:
        yield (
            part_of(one, first[i - length + 1][1].start(), first[i][1].end()),
            part_of(other, second[j - length + 1][1].start(), second[j][1].end()),
        )


def _words(quote: Quote) -> Iterator[tuple[str, re.Match[str]]]:
    titles = [title.span() for title in TITLED.finditer(quote.text)]
    for word in re.finditer(r"[\w-]+", quote.text):
        if not any(start <= word.start() < end for start, end in titles):
            yield word[0].casefold(), word


def same_heading(text: Text) -> Findings:
    """Stages and sections that bear one name; one finding a name."""
    names: dict[str, list[Place]] = {}
    for part in text.of_kind(Kind.STAGE, Kind.SECTION):
        start = part.words.text.rfind(") - ") + 4 if ") - " in part.words.text else 0
        name = part_of(part.words, start, len(part.words.text))
        names.setdefault(fold(name.text).casefold(), []).append(Place(part.path, name))
    for places in names.values():
        if len(places) > 1:
            key = "-and-".join(place.path.rpartition("/")[2] for place in places)
            yield from found(places, key)


def same_output_other_funding(text: Text) -> Findings:
    """Rows of one section with the same bodies, result and deadline, and with different funding."""
    rows = [row for row in text.rows() if row.cells.outputs and row.cells.funding]
    for one, other in combinations(rows, 2):
        if one.parent == other.parent and _asks(one) == _asks(other) and _pays(one) != _pays(other):
            quotes = [(row, row.cells.funding.quote) for row in (one, other) if row.cells.funding]
            places = [Place(row.path, quote) for row, quote in quotes]
            yield from found(places, f"{_slug(one)}-and-{_slug(other)}")


def _asks(row: Provision) -> tuple[object, ...]:
    cells = row.cells
    due = fold(cells.deadline.quote.text) if cells.deadline else ""
    bodies = tuple(body.agency for body in cells.responsibilities)
    return bodies, tuple(fold(output.quote.text) for output in cells.outputs), due


def _pays(row: Provision) -> str:
    return row.cells.funding.type if row.cells.funding else ""
