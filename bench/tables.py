"""Tables in Markdown, and numbers as people read them."""

from collections.abc import Sequence

from bench.figures import Figure

__all__ = ["figure", "mebibytes", "milliseconds", "table"]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """A table; the first ``words`` columns lean to the left, numbers to the right."""
    rule = [":---" if column < words else "---:" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def figure(value: Figure) -> str:
    """A rate or a ratio, with its spread: whole numbers from ten on."""
    form = ",.0f" if value.median >= 10 else ".2f"
    return f"{value.median:{form}} ({value.low:{form}}–{value.high:{form}})"


def milliseconds(value: Figure) -> str:
    """A time, given in seconds; infinite where nothing came."""
    if value.median == float("inf"):
        return "no answer"
    return f"{value.median * 1e3:.1f} ({value.low * 1e3:.1f}–{value.high * 1e3:.1f})"


def mebibytes(value: Figure) -> str:
    """Memory, given in bytes."""
    low, high = value.low / (1 << 20), value.high / (1 << 20)
    return f"{value.median / (1 << 20):,.0f} ({low:,.0f}–{high:,.0f})"
