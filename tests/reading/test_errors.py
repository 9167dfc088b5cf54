"""What can't be read stops the build: the message gives file, line, words and remedy."""

import pytest

from kg.build import Reading
from kg.reading.plan import read_plan
from kg.reading.source import ReadingError, Source
from kg.reading.vocabulary import Vocabulary
from tests.reading.mutations import CASES, FORMS, LAYOUT, VOCABULARY
from tests.roots import replace_once


def test_cases_are_counted() -> None:
    """No table of cases hides another's under the same name."""
    assert len(CASES) == len(VOCABULARY) + len(FORMS) + len(LAYOUT) == 65


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
