"""Outputs and funding: heads, authors, recipients, objects, and the item that money points to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import local_name
from kg.model import Cells, Mention, Output
from kg.reading.cells import read_cells, read_funding, read_outputs
from kg.reading.source import ReadingError
from kg.reading.vocabulary import Vocabulary
from tests.reading.texts import quote_all

HEADS = {
    "бұйрығы": "order",
    "ұсыныстар": "proposals",
    "ұсыныс": "proposal",
    "Қазақстан Республикасы Заңының жобасы": "draft-law",
    "Қазақстан Республикасының Заңы жобасының тұжырымдамасы": "concept-of-draft-law",
    "Қазақстан Республикасы Президенті Жарлығының жобасы": "draft-decree",
    "шешімдері": "maslikhat-decisions",
    "ақпарат": "information",
    "талдамалық жазба": "analytical-note",
    "Дөңгелек үстелдер": "round-tables",
    "семинарлар өткізу": "seminars",
    "Семинарлар өткізу": "seminars",
    "БАҚ-та сөз сөйлеу": "media-appearances",
    "БАҚ-та жарияланым": "media-publication",
    "әдістемелік көмек": "methodological-assistance",
}
BEFORE = {
    "": (None, None, None),
    "ӨДМ-нің ": ("ministry-of-regional-development", None, None),
    "ҰЭМ-ге ": (None, "ministry-of-national-economy", None),
    "Қаржыминіне ": (None, "ministry-of-finance", None),
    "Қазақстан Республикасы Заңының жобасына ӨДМ-ге ": (
        None, "ministry-of-regional-development", "draft-law",
    ),
    "аудандар мәслихаттарының ": ("district-maslikhats", None, None),
}  # fmt: skip


def slug(mention: Mention | None) -> str | None:
    """The local name of what is mentioned."""
    return local_name(mention.key) if mention else None


def describe(output: Output) -> tuple[str, str | None, str | None, str | None]:
    """An output by slugs: type, author, recipient, object."""
    return (
        local_name(output.type), slug(output.author), slug(output.recipient), slug(output.concerns),
    )  # fmt: skip


named = st.tuples(st.sampled_from(list(BEFORE)), st.sampled_from(list(HEADS)))


@given(st.lists(named, min_size=1, max_size=4), st.text(" \n\u00a0", min_size=1, max_size=3))
def test_outputs_are_read_back(
    vocabulary: Vocabulary, listed: list[tuple[str, str]], blank: str
) -> None:
    """Any outputs in any order, each with whoever makes it, gets it, and what it is about."""
    text = ", ".join(before + head for before, head in listed).replace(" ", blank)
    outputs = read_outputs(*quote_all(text, vocabulary))
    assert [describe(output) for output in outputs] == [
        (HEADS[head], *BEFORE[before]) for before, head in listed
    ]
    assert ", ".join(output.quote.text for output in outputs).split() == text.split()


def test_heads_are_all_that_the_vocabulary_has(vocabulary: Vocabulary) -> None:
    """No form of completion stands in the data without being tried above."""
    assert len(vocabulary.outputs) == len(HEADS) == 15
    assert len(set(HEADS.values())) == 14


@pytest.mark.parametrize(
    "text", ["ҰЭМ-ге", "ақпарат,", "ақпарат ақпарат", "ақпараттар", "ұсыныс; ақпарат", "жоба"]
)
def test_other_outputs_are_refused(vocabulary: Vocabulary, text: str) -> None:
    """A recipient alone, a list that breaks off, a longer word: none is half an output."""
    with pytest.raises(ReadingError):
        read_outputs(*quote_all(text, vocabulary))


FUNDINGS = {
    "талап етілмейді": ("not-required", None),
    "жергілікті бюджет\nқаражатының шегінде": ("local-budget", None),
    "ҮЕҰ қаражаттары есебінен": ("non-governmental-funds", None),
    "мемлекеттік ақпараттық тапсырыс шеңберінде": ("state-information-order", None),
    "осы жоспардың 12-тармағына сәйкес бюджет қаражаты шегінде": ("budget-per-provision", "12"),
}


@pytest.mark.parametrize("text", FUNDINGS)
def test_funding_is_read(vocabulary: Vocabulary, text: str) -> None:
    """Its kind, and the number of the item that it points to."""
    funding = read_funding(*quote_all(text, vocabulary))
    assert (local_name(funding.type), funding.item) == FUNDINGS[text]


def test_fundings_are_all_that_the_vocabulary_has(vocabulary: Vocabulary) -> None:
    """No way of paying stands in the data without being tried above."""
    assert len(vocabulary.fundings) == len(FUNDINGS) == 5


@pytest.mark.parametrize(
    "text", ["талап етілмейді.", "талап", "осы жоспардың 4-тармағына сәйкес", "1000 теңге"]
)
def test_other_funding_is_refused(vocabulary: Vocabulary, text: str) -> None:
    """Words behind or before a known way of paying are not passed over."""
    with pytest.raises(ReadingError, match="an expenditure that isn't known"):
        read_funding(*quote_all(text, vocabulary))


def test_blank_cells_ask_nothing(vocabulary: Vocabulary) -> None:
    """Four blank cells are no bodies, no outputs, no deadline, no money."""
    reader, _ = quote_all("x", vocabulary)
    assert read_cells(reader, None, None, None, None) == Cells()
