"""What the reading asks of a text, each with the name that a refusal gives it."""

from enum import StrEnum


class Asked(StrEnum):
    """The rules of reading; those of evidence (R1 and on) stand in ``ontology/rules.ttl``.

    ``docs/evidence.md`` says what each asks.
    """

    ALL_READ = "all-read"
    BLOCK_IN_PLACE = "block-in-place"
    CALENDAR_DAY = "calendar-day"
    EFFECT_CLAUSE = "effect-clause"
    KNOWN_FORM = "known-form"
    KNOWN_WORD = "known-word"
    NOTE_TARGET = "note-target"
    NUMBER_ONCE = "number-once"
    ONE_DOCUMENT_DATE = "one-document-date"
    ONE_MEANING = "one-meaning"
    ROW_IN_PLACE = "row-in-place"
    YEARS_IN_ORDER = "years-in-order"
