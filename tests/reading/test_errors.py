"""What can't be read stops the build: the message gives file, line, words, remedy and rule."""

import pytest

from kg.build import Reading
from kg.reading.asked import Asked
from kg.reading.plan import read_plan
from kg.reading.source import ReadingError, Source
from kg.reading.vocabulary import Vocabulary
from tests.reading.mutations import CASES, FORMS, LAYOUT, RULES, VOCABULARY, rule_of
from tests.roots import ROOT, replace_once


def test_cases_are_counted() -> None:
    """No table of cases hides another's under the same name."""
    assert len(CASES) == len(VOCABULARY) + len(FORMS) + len(LAYOUT) == 65


def test_every_rule_of_reading_is_named_and_told() -> None:
    """The rules that refusals name are those that the documentation explains, and no others."""
    in_cases = {rule_of(case) for case in CASES.values()}
    assert in_cases == set(RULES) == set(Asked) - {Asked.ONE_DOCUMENT_DATE}
    told = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    assert {rule for rule in Asked if f"| `{rule}` |" in told} == set(Asked)


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_known_stops_the_reading(
    reading: Reading, vocabulary: Vocabulary, name: str
) -> None:
    """The message names file, line and words, what is wrong, and where to add the words."""
    case = CASES[name]
    text = replace_once(reading.source.text, case.old, case.new)
    with pytest.raises(ReadingError) as refused:
        read_plan(Source(text, reading.source.manifest), vocabulary)
    message = str(refused.value)
    assert message.startswith(f"P1300000078.kaz.txt, line {refused.value.line}: {case.problem}")
    assert f"«{case.words}" in message
    assert case.remedy in message
    assert message.endswith(f" (rule: {rule_of(case)})")
    line = text.splitlines()[refused.value.line - 1]
    assert case.words.split("\n")[0] in line.replace("\u00a0", " ") or case.words in line


def test_a_text_that_breaks_off_is_refused(reading: Reading, vocabulary: Vocabulary) -> None:
    """Cut within a line the text is refused, wherever that is; only whole rows less can be read."""
    whole = reading.source.text
    read = []
    cuts = range(0, len(whole), 97)
    for end in cuts:
        try:
            read_plan(Source(whole[:end], reading.source.manifest), vocabulary)
            read.append(end)
        except ReadingError as error:
            assert error.line <= len(whole.splitlines())
    assert len(cuts) > 200
    assert len(read) < 10
    for end in read:
        before, after = whole[:end].rpartition("\n")[2], whole[end:].partition("\n")[0]
        assert not before.strip() or not after.strip()
