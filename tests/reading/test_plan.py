"""The project's own text, read: what is in it, and that nothing of it is lost or read twice."""

from collections import Counter
from datetime import date

import pytest

from kg.build import Reading
from kg.iris import local_name
from kg.model import Kind, Mention, Plan, Provision, Quote, Span
from kg.reading.layout import BOOKMARK
from tests.conftest import Compare
from tests.reading.describe import describe_plan
from tests.reading.quotes import quotes_in


@pytest.fixture(scope="module")
def plan(reading: Reading) -> Plan:
    """The plan that the text holds."""
    return reading.plan


def test_the_reading_is_the_golden_one(plan: Plan, golden: Compare) -> None:
    """Every word, number, body, day and note, as a person has checked them against the text."""
    golden("plan.txt", describe_plan(plan))


def test_the_made_up_plan_is_the_golden_one(made_up: Reading, golden: Compare) -> None:
    """Another plan with words of its own is read by the same code."""
    golden("made-up-plan.txt", describe_plan(made_up.plan))


def test_kinds_are_counted(plan: Plan) -> None:
    """The parts that the design counts are all there, and no others."""
    assert Counter(provision.kind for provision in plan.provisions) == {
        Kind.TITLE: 1,
        Kind.IDENTIFICATION: 1,
        Kind.PREAMBLE: 1,
        Kind.PARAGRAPH: 6,
        Kind.SIGNATURE: 1,
        Kind.APPROVAL: 1,
        Kind.PLAN: 1,
        Kind.NOTE: 4,
        Kind.COLUMN_HEAD: 6,
        Kind.STAGE: 2,
        Kind.SECTION: 5,
        Kind.MEASURE: 31,
        Kind.ITEM: 12,
        Kind.ABBREVIATION_LIST: 1,
        Kind.ABBREVIATION: 20,
    }


def test_rows_are_forty_two(plan: Plan) -> None:
    """9 and 22 measures, 5 + 3 + 4 items; the row "5. 1)" is a measure and an item at once."""
    rows = [p for p in plan.provisions if p.kind in {Kind.MEASURE, Kind.ITEM} and p.printed]
    assert len(rows) == 42
    measures = Counter(p.parent for p in plan.provisions if p.kind is Kind.MEASURE)
    assert list(measures.values()) == [4, 5, 16, 6]
    items = Counter(p.parent for p in plan.provisions if p.kind is Kind.ITEM)
    assert items == {
        "plan/section-1/measure-2": 5,
        "plan/section-4/measure-2": 3,
        "plan/section-4/measure-5": 4,
    }


def test_sections_belong_to_their_stages(plan: Plan) -> None:
    """Sections 1 to 3 are the first stage's, 4 and 5 the second's; section 3 is empty."""
    sections = {p.path: p.parent for p in plan.provisions if p.kind is Kind.SECTION}
    assert sections == {
        "plan/section-1": "plan/stage-1",
        "plan/section-2": "plan/stage-1",
        "plan/section-3": "plan/stage-1",
        "plan/section-4": "plan/stage-2",
        "plan/section-5": "plan/stage-2",
    }
    assert plan.parts("plan/section-3") == ()


def test_the_act_is_identified(plan: Plan) -> None:
    """Kind, number, day, basis and signatory are those of the first and last lines of the act."""
    act = plan.act
    assert (act.kind, act.number, act.day) == ("resolution", "78", date(2013, 1, 31))
    assert local_name(act.based_on or "") == "438"
    assert act.signatory is not None
    assert local_name(act.signatory.key) == "serik-akhmetov"


def test_every_quote_is_the_source_at_its_span(reading: Reading) -> None:
    """Words, numbers, cells, mentions, notes: each can be found where its span says."""
    quotes = list(quotes_in(reading.plan))
    assert len(quotes) > 900
    for quote in quotes:
        assert reading.source.text[quote.span.start : quote.span.end] == quote.text
        assert quote.text == quote.text.strip()


def test_each_code_point_is_read_once(reading: Reading) -> None:
    """What provisions account for and the layout together are the whole file, without overlap."""
    spans = [quote.span for p in reading.plan.provisions for quote in p.printed]
    seen: Counter[int] = Counter()
    for span in (*spans, *reading.plan.layout):
        seen.update(range(span.start, span.end))
    assert set(seen.values()) == {1}
    assert set(seen) == set(range(len(reading.source.text)))


def test_layout_is_blanks_and_the_bookmark(reading: Reading) -> None:
    """Nothing that somebody wrote is set aside as layout."""
    layout = [reading.source.text[s.start : s.end] for s in reading.plan.layout]
    left = " ".join(layout).split()
    assert left == ["[bookmark:", "z1]"]
    assert any(BOOKMARK.search(piece) for piece in layout)


def test_cells_and_words_lie_in_what_their_provision_prints(plan: Plan) -> None:
    """No cell is quoted from a neighbouring row."""
    checked = 0
    for provision in plan.provisions:
        row = plan.provision(provision.printed_with) if provision.printed_with else provision
        for quote in quotes_in(provision):
            assert any(block.span.covers(quote.span) for block in row.printed), quote
            checked += 1
    assert checked > 880


def test_positions_follow_the_text(plan: Plan) -> None:
    """Document order, from 1 on, is that of the spans."""
    assert [p.position for p in plan.provisions] == list(range(1, 94))
    starts = [p.span.start for p in plan.provisions]
    assert starts == sorted(starts)


def test_the_row_of_a_measure_and_its_item(plan: Plan) -> None:
    """ "5. 1)": the cells are the measure's, the words the item's, the number each one's own."""
    measure = plan.provision("plan/section-4/measure-5")
    item = plan.provision("plan/section-4/measure-5/item-1")
    assert _number(measure) == "5."
    assert _number(item) == "1)"
    assert measure.words.text == "Мыналарды:"
    assert item.words.text.startswith("Мыналарды: қала әкімінің")
    assert item.printed_with == measure.path
    assert item.printed == ()
    assert len(measure.cells.responsibilities) == 8
    assert item.cells == type(item.cells)()


def test_blank_cells_are_nothing(plan: Plan) -> None:
    """1.2 has an output only, its items none; the items of 4.2 and 4.5 have no cells at all."""
    lead = plan.provision("plan/section-1/measure-2").cells
    assert (len(lead.outputs), lead.responsibilities, lead.deadline, lead.funding) == (
        1, (), None, None,
    )  # fmt: skip
    items = plan.parts("plan/section-1/measure-2")
    assert all(not i.cells.outputs and i.cells.deadline and i.cells.funding for i in items)
    later = plan.parts("plan/section-4/measure-2") + plan.parts("plan/section-4/measure-5")
    assert len(later) == 7
    assert all(item.cells == type(item.cells)() for item in later)


def test_a_cell_over_several_lines_keeps_them(plan: Plan) -> None:
    """A month on a line of its own, and an item over five lines, are quoted as printed."""
    deadline = plan.provision("plan/section-1/measure-1").cells.deadline
    assert deadline is not None
    assert deadline.quote.text == "2013 жылғы\n\nақпан"
    assert (deadline.due_from, deadline.due_by) == (date(2013, 2, 1), date(2013, 2, 28))
    assert plan.provision("plan/section-4/measure-5/item-3").words.text.count("\n\n") == 4


def test_no_break_spaces_are_kept_and_read(plan: Plan) -> None:
    """They stay in the words; what they separate is found all the same."""
    preamble = plan.provision("preamble")
    assert "№ 438\u00a0Жарлығына" in preamble.words.text
    assert [local_name(c.key) for c in preamble.citations] == ["438"]
    measure = plan.provision("plan/section-4/measure-2")
    assert "Республикасы\u00a0Заңының" in measure.words.text
    assert [local_name(c.key) for c in measure.citations] == ["101-V"]
    assert "экономика\u00a0 министрлігі" in plan.provision("abbreviation-12").words.text


TOPICS = {
    "plan/section-1/measure-2": 5,
    "plan/section-1/measure-3": 9,
    "plan/section-4/measure-2": 3,
    "plan/section-4/measure-5": 4,
}


@pytest.mark.parametrize("path", TOPICS)
def test_listed_topics_are_found(plan: Plan, path: str) -> None:
    """Each line of 1.3 and each item of 1.2, 4.2 and 4.5 names one topic, and no two the same."""
    parts = plan.parts(path) or (plan.provision(path),)
    topics = [topic.key for part in parts for topic in part.topics]
    assert len(set(topics)) == len(topics) == TOPICS[path]


def test_topics_are_shared_by_both_stages(plan: Plan) -> None:
    """The same matter has one concept wherever it stands."""
    first = {t.key for p in ("2", "3") for t in _topics_below(plan, f"plan/section-1/measure-{p}")}
    second = {t.key for p in ("2", "5") for t in _topics_below(plan, f"plan/section-4/measure-{p}")}
    assert {local_name(key) for key in first & second} == {
        "own-revenue", "gatherings-and-meetings", "budget-monitoring", "public-structures",
    }  # fmt: skip


def test_a_path_is_given_once(plan: Plan) -> None:
    """Two provisions of one address are refused; an unknown address is an error."""
    twice = (plan.provision("title"), plan.provision("title"))
    with pytest.raises(ValueError, match="two provisions have one path"):
        Plan(plan.act, twice, (), ())
    with pytest.raises(KeyError):
        plan.provision("plan/section-9")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 4)])
def test_an_empty_span_is_none(start: int, end: int) -> None:
    """A span has at least one code point, and begins in the text."""
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def _number(provision: Provision) -> str:
    number: Quote | None = provision.number
    assert number is not None
    return number.text


def _topics_below(plan: Plan, path: str) -> tuple[Mention, ...]:
    parts = (plan.provision(path), *plan.parts(path))
    return tuple(topic for part in parts for topic in part.topics)
