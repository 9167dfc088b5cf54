"""The publisher's notes on changes.

note   = "Ескерту." target change "-" issuer act { ";" act } ( "қаулысымен" | "қаулыларымен" ) "."
act    = day "№" number [ "(" clause ")" ]
clause = "ресми жарияланған күнінен бастап …" | "қол қойылған күнінен бастап …" | day "бастап …"

A provision that was changed several times has a note for each change.
"""

import re
from datetime import date

from kg.model import AmendingAct, Change, Effect, Note, Quote
from kg.reading.asked import Asked
from kg.reading.reader import Reader

PATTERNS = "the patterns of kg/reading/notes.py"
"""Where somebody adds the form of a note that isn't known."""

# "Ескерту. 4-тармақ жаңа редакцияда - ҚР Үкіметінің 27.10.2014 № 1139 қаулысымен."
NOTE = re.compile(
    r"Ескерту\.\s+(?P<target>\S.*?)\s+(?P<change>жаңа\s+редакцияда|өзгеріс\s+енгізілді|"
    r"алып\s+тасталды|күші\s+жойылды|толықтырылды|қалпына\s+келтірілді|түзетілді)\s+[-–—]\s+ҚР\s+Үкіметінің\s+(?P<acts>.+?)\s+қаулы(?:сымен|ларымен)\.",
    re.DOTALL,
)
# Reads «30.12.2014 № 1401 (ресми жарияланған күнінен бастап қолданысқа енгізіледі)»
ACT = re.compile(
    r"(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4})\s+№\s+(?P<number>[\w-]+)"
    r"(?:\s+\((?P<clause>[^)]*)\))?"
)
CHANGES = {
    "жаңа редакцияда": Change.REPLACED,
    "өзгеріс енгізілді": Change.AMENDED,
    "алып тасталды": Change.REMOVED,
    "күші жойылды": Change.REMOVED,
    "толықтырылды": Change.INSERTED,
    "қалпына келтірілді": Change.RESTORED,
    "түзетілді": Change.CORRECTED,
}
# "4-тармақ", "Жоспарға", "Кіші бөлім": what each target may stand behind
TARGETS = {
    "paragraph": re.compile(r"(?P<number>\d+)-тармақ(?:пен|қа)?"),
    "plan": re.compile(r"Жоспар(?:ға|да)?"),
    "section": re.compile(r"Кіші\s+бөлім(?:мен)?"),
}
# "қол қойылған күнінен бастап", "ресми жарияланған күнінен бастап қолданысқа енгізіледі"
EFFECTS = {
    Effect.SIGNING: re.compile(r"қол\s+қойылған\s+күнінен\s+бастап"),
    Effect.PUBLICATION: re.compile(r"ресми\s+жарияланған\s+күнінен\s+бастап"),
    Effect.DAY: re.compile(r"(?P<day>\d{2}\.\d{2}\.\d{4})\s+бастап"),
}
DAY = re.compile(r"(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4})")
# What is applied to what came before the act, with the act itself in effect only after its date
RETROACTIVE = re.compile(r"туындаған\s+қатынастарға\s+таралады")


def read_effect(words: str) -> Effect | None:
    """The clause on effect in the words, if any."""
    return next((effect for effect, clause in EFFECTS.items() if clause.search(words)), None)


def read_note(reader: Reader, words: Quote, target: str) -> Note:
    """A note that stands behind the provision at the path ``target``.

    Raises ``ReadingError`` where the note has another form, names another target than it stands
    behind, or a clause on effect isn't known.
    """
    found = NOTE.fullmatch(words.text)
    if found is None:
        reader.refuse(words, "a note of no known form", Asked.KNOWN_FORM, PATTERNS)
    name, _, number = target.rpartition("/")[2].partition("-")
    named = TARGETS[name].fullmatch(found["target"]) if name in TARGETS else None
    if named is None or ("number" in named.groupdict() and named["number"] != number):
        quote = reader.source.within(words, *found.span("target"))
        reader.refuse(quote, f"a note on something else than {target}", Asked.NOTE_TARGET)
    start = found.start("acts")
    acts = []
    for part in re.finditer(r"[^;()]+(?:\([^)]*\))?", found["acts"]):
        quote = reader.source.within(words, start + part.start(), start + part.end())
        acts.append(_read_act(reader, quote))
    return Note(CHANGES[" ".join(found["change"].split())], target, tuple(acts), words)


def _read_act(reader: Reader, words: Quote) -> AmendingAct:
    found = ACT.fullmatch(words.text)
    if found is None:
        reader.refuse(words, "an act of no known form", Asked.KNOWN_FORM, PATTERNS)
    effect = read_effect(found["clause"]) if found["clause"] else None
    if found["clause"] and effect is None:
        quote = reader.source.within(words, *found.span("clause"))
        reader.refuse(
            quote,
            "a clause on effect that isn't known",
            Asked.EFFECT_CLAUSE,
            "EFFECTS of kg/reading/notes.py",
        )
    day = _read_day(reader, words, found[0])
    from_day = None
    if effect is Effect.DAY:
        from_day = _read_day(reader, words, found["clause"])
        if from_day < day and not RETROACTIVE.search(found["clause"]):
            problem = "an effect before its document, without the reason"
            reader.refuse(words, problem, "R12")
    return AmendingAct("resolution", found["number"], day, words, effect, from_day)


def _read_day(reader: Reader, words: Quote, text: str) -> date:
    """The first day that the text writes as DD.MM.YYYY; raises where the calendar has no such
    day.
    """
    found = DAY.search(text)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    return reader.refuse(words, "a day that the calendar doesn't have", Asked.CALENDAR_DAY)
