"""References: every place where a text cites an act, a document, or a part of itself.

    date     = [ «title» ] [ issuer ] day [ "№" number ] kind       "… № 438 Жарлығына"
    title    = «title» [ issuer ] kind [ draft | "қабылданғаннан кейін" ]
    draft    = [ title ] issuer kind draft                          "Заңының жобасын"
    plan     = title of the plan | name "іске асыру жөніндегі" … "іс-шаралар жоспарына"
    name     = [ "Қазақстан Республикасында" ] name [ part ]        "… екінші кезеңін"
    self     = "осы" ( kind | "жоспар" )       part = [ self ] number "-тармағына"
    short    = what "(бұдан әрі - …)" has defined, or a bare kind with a capital letter: "Заңда"

Names, and titles without quotation marks, are vocabulary; everything else is grammar, and each last
word may have any ending. A name may stand inside another reference; nothing else may. What names
law at large ("заңнама"), a result that is yet to be made ("бұйрығы") or a pronoun ("оның") is no
reference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model import Citing, Identification, Kind, Note, Part, Provision, Quote, Reference, Target
from kg.reading.dates import ACT_KINDS, CITATION, citation_day
from kg.reading.inflection import inflected
from kg.reading.notes import ACT, NOTE
from kg.reading.passage import Passage
from kg.reading.reader import Reader
from kg.reading.vocabulary import Named

KINDS = {"Жарлық": "decree", "Заң": "law", "қаулы": "resolution"}
ISSUER = r"Қазақстан\s+Республикасы(?:ның)?\s+(?:(?:Президенті|Үкіметі)(?:нің)?\s+)?"
CAPITAL = {"Жарлық": "decree", "Заң": "law", "Қаулы": "resolution"}
KIND = "(?:" + "|".join(f"(?P<{KINDS[k]}>{inflected(k)})" for k in KINDS) + ")"
# "Заңының жобасын", "Заңы жобасының тұжырымдамасын"
DRAFT = rf"\s+{inflected('жоба')}(?:\s+{inflected('тұжырымдама')})?"
# "«…» Қазақстан Республикасының Заңы қабылданғаннан кейін"
TITLED = re.compile(
    rf"«(?P<title>[^«»]+)»\s+(?:{ISSUER})?{KIND}(?P<draft>{DRAFT})?"
    r"(?=(?P<coming>\s+қабылданғаннан\s+кейін)?)"
)
# "Қазақстан Республикасы Заңының жобасын"
UNTITLED = re.compile(rf"{ISSUER}{KIND}{DRAFT}")
# "Қазақстан Республикасында жергілікті өзін-өзі басқаруды дамыту тұжырымдамасының"
COUNTRY = r"(?:Қазақстан\s+Республикасында(?:ғы)?\s+)?"
# "… екінші кезеңін іске асыру жөніндегі іс-шаралар жоспарына"
PLAN = re.compile(
    r"\s+іске\s+асыру\s+жөніндегі\s+(?:\d{4}\s*[-–—]\s*\d{4}\s+жылдарға\s+арналған\s+)?"
    + inflected("іс-шаралар жоспар")
)
# "2015 жылға дейінгі аудандарды дамыту бағдарламаларына"
UNTIL = r"(?:\d{4}\s+жылға\s+дейінгі\s+)?"
# "осы жоспардың", "Осы қаулы"
SELF = rf"[Оо]сы\s+(?:(?P<plan>{inflected('жоспар')})|{KIND})"
# "осы жоспардың 4-тармағына"
NUMBER = rf"(?P<number>\d+)-{inflected('тармақ')}"
ITEM = re.compile(rf"(?:{SELF}\s+)?{NUMBER}")
# Reads «(бұдан әрі - Жоспар)»
DEFINED = re.compile(r"\s*\(бұдан\s+әрі\s+[-–—]\s+(?P<form>[^)]+)\)")


def read_references(
    reader: Reader,
    act: Identification,
    provisions: tuple[Provision, ...],
    notes: tuple[Note, ...],
) -> tuple[Reference, ...]:
    """Every reference in the words and cells of the provisions, in the order of the text."""
    search = Search(reader, act, provisions)
    behind = {note.quote.span: note for note in notes}
    for provision in provisions:
        for place, words in _places(provision):
            search.read(provision, place, words, behind.get(words.span))
    return tuple(sorted(search.found, key=lambda r: (r.quote.span.start, -r.quote.span.end)))


def _places(provision: Provision) -> Iterator[tuple[str, Quote]]:
    """The words of a provision, and those of its cells that aren't among them."""
    cells = provision.cells
    yield "words", provision.words
    places = [(f"output-{n}", output) for n, output in enumerate(cells.outputs, start=1)]
    quotes = [*places, ("deadline", cells.deadline), ("funding", cells.funding)]
    for place, cell in quotes:
        if cell and not provision.span.covers(cell.quote.span):
            yield place, cell.quote


def _kind(found: re.Match[str]) -> str:
    """The kind of act that a match names, or nothing."""
    return next((kind for kind in KINDS.values() if found[kind]), "")


@dataclass
class Search:
    """The references found so far, and the short forms that the text has defined so far."""

    reader: Reader
    act: Identification
    provisions: tuple[Provision, ...]
    found: list[Reference] = field(default_factory=list)
    defined: dict[str, tuple[Reference, Quote]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        plan = next(p for p in self.provisions if p.kind is Kind.PLAN)
        self.plan_title = _title_pattern(plan.words.text)
        named = self.reader.vocabulary.named
        keys = {thing.key for thing in named}
        self.wholes = [thing for thing in named if thing.whole not in keys]

    def read(self, provision: Provision, place: str, words: Quote, note: Note | None) -> None:
        """Add the references in some words; ``note`` is what they say where they are a note."""
        passage = Passage(self.reader, provision.path, place, words)
        self._read_dates(passage, note)
        self._read_titles(passage)
        for at in self.plan_title.finditer(words.text):
            if provision.kind is Kind.PLAN:
                passage.take(at)  # a title doesn't refer to what it stands over
            else:
                passage.add(Citing.PLAN, at, fitting=(Part("plan"),))
        self._read_names(passage)
        self._read_self(passage, provision, note)
        for at in UNTITLED.finditer(words.text):
            passage.add(Citing.DRAFT, at, kind=_kind(at), foreseen=True)
        self._read_short_forms(passage)
        if note and (said := NOTE.fullmatch(words.text)):
            self._read_note_target(passage, note, said)
        self.found += passage.found

    def _read_dates(self, passage: Passage, note: Note | None) -> None:
        """Acts by their day: "… № 438 Жарлығына", "27.10.2014 № 1139"."""
        vocabulary = self.reader.vocabulary
        for act in note.acts if note else ():
            start = act.quote.span.start - passage.words.span.start
            key = vocabulary.act(act.kind, act.day, act.number, None)
            if at := ACT.match(passage.words.text, start):
                span = (start, at.end("number"))
                passage.add(Citing.DATE, span, fitting=(key,) if key else (), kind=act.kind)
        for at in CITATION.finditer(passage.words.text):
            kind = ACT_KINDS[at["kind"]]
            day = citation_day(self.reader, passage.words, at)
            own = (kind, at["number"], day) == (self.act.kind, self.act.number, self.act.day)
            key = vocabulary.act(kind, day, at["number"], at["title"])
            fitting: tuple[Target, ...] = (Part(""),) if own else (key,) if key else ()
            passage.add(Citing.DATE, at, fitting=fitting, kind=kind)

    def _read_titles(self, passage: Passage) -> None:
        """Acts and drafts by a title in quotation marks."""
        for at in TITLED.finditer(passage.words.text):
            kind = _kind(at)
            passed, planned = self.reader.vocabulary.acts_titled(kind, at["title"])
            passage.add(
                Citing.TITLE,
                at,
                fitting=passed,
                planned=planned,
                kind=kind,
                title=" ".join(at["title"].split()),
                foreseen=bool(at["draft"] or at["coming"]),
            )

    def _read_names(self, passage: Passage) -> None:
        """What the vocabulary has a name for, and drafts by a title without quotation marks."""
        for title, key in self.reader.vocabulary.planned.items():
            untitled = rf"{inflected(title, any_initial=True)}\s+{UNTITLED.pattern}"
            for at in re.finditer(untitled, passage.words.text):
                passage.add(Citing.DRAFT, at, planned=(key,), kind=_kind(at), foreseen=True)
        for thing in self.wholes:
            for form in (*thing.forms, *thing.inferred_forms):
                if form not in CAPITAL:
                    self._read_name(passage, thing, form)

    def _read_name(self, passage: Passage, thing: Named, form: str) -> None:
        """One form of a name, with the part of the thing that the words behind it name."""
        text = passage.words.text
        optional = UNTIL if thing.of_many else COUNTRY
        for at in re.finditer(optional + inflected(form, any_initial=True), text):
            key, end = self._read_part(thing, text, at.end())
            if plan := PLAN.match(text, end):
                passage.add(Citing.PLAN, (at.start(), plan.end()), subject=key)
            span = (at.start(), end)
            if thing.of_many:
                passage.add(Citing.KIND, span, subject=key)
            elif form in thing.inferred_forms:
                passage.add(Citing.NAME, span, presumed=(key,))
            else:
                passage.add(Citing.NAME, span, fitting=(key,))

    def _read_part(self, thing: Named, text: str, start: int) -> tuple[str, int]:
        """The part of a thing that is named from ``start`` on, or else the thing; and the end."""
        for part in self.reader.vocabulary.named:
            for form in part.forms if part.whole == thing.key else ():
                if at := re.compile(rf"\s+{inflected(form)}").match(text, start):
                    return part.key, at.end()
        return thing.key, start

    def _read_self(self, passage: Passage, provision: Provision, note: Note | None) -> None:
        """ "осы жоспардың 4-тармағына", "Осы қаулы", "4-тармаққа"; a note's own target is apart."""
        for at in ITEM.finditer(passage.words.text):
            whole = self._pointed(at) if at["plan"] or _kind(at) else None
            if whole is None and not note:
                whole = (Part("" if provision.kind is Kind.PARAGRAPH else "plan"),)
            if whole is not None:
                passage.add(Citing.PART, at, fitting=whole, number=at["number"])
        for at in re.finditer(SELF, passage.words.text):
            passage.add(Citing.SELF, at, fitting=self._pointed(at), kind=_kind(at) or None)

    def _pointed(self, at: re.Match[str]) -> tuple[Target, ...]:
        """What "this plan" or "this resolution" is; nothing where the act is of another kind."""
        if at["plan"]:
            return (Part("plan"),)
        return (Part(""),) if _kind(at) == self.act.kind else ()

    def _read_short_forms(self, passage: Passage) -> None:
        """Short forms that the text defines, from their definition on, and bare kinds of act."""
        text = passage.words.text
        for at in DEFINED.finditer(text):
            meant = [r for r in passage.found if r.start + len(r.quote.text) == at.start()]
            if meant:
                quote = self.reader.source.within(passage.words, *at.span())
                self.defined[at["form"].strip()] = (meant[0], quote)
        for form, (meaning, definition) in self.defined.items():
            for at in re.finditer(rf"{inflected(form)}(?:\s+{NUMBER})?", text):
                if passage.words.span.start + at.start() < definition.span.start:
                    continue
                citing = Citing.PART if at["number"] else Citing.SHORT_FORM
                fitting, number = meaning.fitting, at["number"]
                passage.add(citing, at, fitting=fitting, definition=definition, number=number)
        for form, kind in CAPITAL.items():
            presumed = tuple(t.key for t in self.wholes if form in t.inferred_forms)
            for at in re.finditer(inflected(form), text):
                passage.add(Citing.SHORT_FORM, at, presumed=presumed, kind=kind)

    def _read_note_target(self, passage: Passage, note: Note, said: re.Match[str]) -> None:
        """What a note says was changed: "4-тармақ", "Кіші бөлім"."""
        number = re.match(r"\d+", said["target"])
        target = (Part(note.target),)
        span = said.span("target")
        passage.add(Citing.PART, span, fitting=target, number=number[0] if number else None)


def _title_pattern(title: str) -> re.Pattern[str]:
    """A plan's title in other cases than its own; its last word, "жоспары", is a possessive."""
    words = re.sub(r"\s*[-–—]\s+", " - ", " ".join(title.split()))
    pattern = inflected(words.removesuffix("ы").removesuffix("і"))
    return re.compile(re.sub(r"(?:\\s\+)?\\-\\s\+", r"\\s*[-–—]\\s*", pattern))
