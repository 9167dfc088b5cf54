"""``docs/conformance.md``: what the run of the W3C's tests gave, and why what failed has failed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template

import pyoxigraph

from tests.conformance.defects import Defect, MinimalCase
from tests.conformance.outcomes import Outcome, Status
from tests.conformance.suite import SOURCE, SUITES

__all__ = ["write_report"]

_STATUSES: tuple[Status, ...] = ("passed", "equal", "refused", "failed")

_TEMPLATE = Template(Path(__file__).with_name("page.md").read_text(encoding="utf-8"))


def write_report(outcomes: Sequence[Outcome], defects: Sequence[Defect], reads: int) -> str:
    """The page; ``reads`` is how many requests of the graph store's cases only read."""
    return _TEMPLATE.substitute(
        tests=SOURCE,
        engine=f"pyoxigraph {pyoxigraph.__version__}",
        table="\n".join(_write_table(outcomes)),
        reads=reads,
        defects="\n\n".join("\n".join(_write_defect(defect)) for defect in defects),
        refused="\n".join(_write_refused(outcomes)),
    )


def _write_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| manifest | cases | passed | same values | refused by design | failed |"
    yield "|---|---:|---:|---:|---:|---:|"
    for suite in SUITES.values():
        counts = Counter(outcome.status for outcome in outcomes if outcome.suite == suite.name)
        numbers = " | ".join(str(counts[status]) for status in _STATUSES)
        yield f"| {suite.title} | {suite.cases} | {numbers} |"


def _write_defect(defect: Defect) -> Iterator[str]:
    yield f"### {defect.title}"
    yield ""
    yield f"- Due by: {defect.clause}."
    yield f"- Write instead: {defect.instead}."
    if defect.upstream:
        yield f"- Upstream: {defect.upstream}."
    if defect.failed:
        yield f"- Failed: {_list(defect.failed)}."
    if defect.equal:
        yield f"- Same values: {_list(defect.equal)}."
    yield ""
    yield "| data (TriG) | query | due | comes |"
    yield "|---|---|---|---|"
    for case in defect.cases:
        yield f"| {_write_case(case)} |"


def _write_case(case: MinimalCase) -> str:
    cells = (
        _code(case.data) or "none",
        _code(case.query),
        *("<br>".join(_code(" ".join(row)) for row in rows) for rows in (case.due, case.comes)),
    )
    return " | ".join(cell or "nothing" for cell in cells)


def _write_refused(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for suite in SUITES.values():
        names = [o.case for o in outcomes if o.suite == suite.name and o.status == "refused"]
        if names:
            yield f"- {suite.title}: {_list(names)}."


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
