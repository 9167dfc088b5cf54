"""All detectors by name, and their asking in one go.

What a detector's findings mean, and how they are treated, stands in ``ontology/detectors.ttl``
under the same name.
"""

from collections.abc import Callable, Iterable, Iterator

from kg.history.anomalies import bodies, deadlines, printing, wording
from kg.history.anomalies.finding import Finding, Findings, Text

DETECTORS: dict[str, Callable[[Text], Findings]] = {
    detector.__name__.replace("_", "-"): detector
    for detector in (
        deadlines.deadline_outside_stage,
        deadlines.deadline_soon_after_adoption,
        deadlines.deadline_soon_after_act,
        deadlines.deadline_passed_when_amended,
        deadlines.deadline_from_planned_act,
        deadlines.recurrence_without_years,
        deadlines.deadline_on_one_day,
        deadlines.nothing_due_at_end,
        bodies.recipient_is_responsible,
        bodies.recipient_is_responsible_for_item,
        bodies.author_not_responsible,
        bodies.first_by_agreement,
        bodies.coordinated_bodies,
        bodies.body_in_several_forms,
        bodies.bodies_of_one_stage,
        bodies.body_ended_before_amendment,
        bodies.body_ended_before_deadline,
        bodies.body_younger_than_act,
        bodies.listed_form_not_used,
        wording.unlisted_abbreviation,
        wording.cites_younger_act,
        wording.cited_without_number,
        wording.superseded_term,
        wording.topic_in_other_words,
        wording.repeated_at_length,
        wording.same_heading,
        wording.same_output_other_funding,
        printing.double_blanks,
        printing.no_break_spaces,
        printing.trailing_blanks,
        printing.dashes_between_years,
        printing.dashes_in_list,
        printing.broken_deadlines,
        printing.bookmark,
        printing.sections_run_on,
        printing.numbers_restart,
        printing.two_numbers_in_cell,
        printing.section_without_measures,
        printing.list_in_words,
        printing.no_amount,
        printing.note_without_effect,
        printing.clause_after_one_act,
        printing.note_marks_no_part,
        printing.act_without_trace,
    )
}


def detect(text: Text, names: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """What the detectors of these names find, each with the name of its detector.

    Raises ``KeyError`` at a name that no detector has.
    """
    for name in names:
        for finding in DETECTORS[name](text):
            yield name, finding
