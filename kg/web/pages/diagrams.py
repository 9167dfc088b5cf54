"""Diagrams of the ontology as SVG (1.1, inline in HTML), drawn from its statements alone.

Two kinds: classes below what they are kinds of, as a tree that grows to the right; and one class
with its values inside its box and a line to the class that each of its relations leads to. Colours
are those of the page's style; each box of ours leads to its term.
"""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

__all__ = ["draw_relations", "draw_tree"]

_LETTER, _ROW, _PAD = 7.4, 24, 8
"""The width of a letter of the monospaced type, the height of a line, and the room around it."""


def draw_tree(roots: Sequence[str], below: Mapping[str, Sequence[str]], title: str) -> Markup:
    """The classes below each root, in their order; a class is named with its prefix."""
    boxes: list[Markup] = []
    lines: list[Markup] = []
    columns = _columns(roots, below)

    def place(name: str, depth: int, top: int) -> tuple[int, float]:
        """Draw a class and what is below it; the lines it takes, and the middle of its box."""
        x = sum(columns[:depth]) + 40 * depth
        taken = 0
        middles: list[float] = []
        for child in below.get(name, ()):
            more, middle = place(child, depth + 1, top + taken)
            taken, middles = taken + more, [*middles, middle]
        taken = taken or 1
        y = (middles[0] + middles[-1]) / 2 if middles else (top + 0.5) * (_ROW + 6)
        boxes.append(_box(x, y - _ROW / 2, _width(name), [name]))
        lines.extend(
            _line(x + _width(name), y, sum(columns[: depth + 1]) + 40 * (depth + 1), m)
            for m in middles
        )
        return taken, y

    rows = 0
    for root in roots:
        rows += place(root, 0, rows)[0]
    width = sum(columns) + 40 * (len(columns) - 1)
    return _svg(width, rows * (_ROW + 6), title, [*lines, *boxes])


def draw_relations(
    name: str, values: Sequence[str], relations: Sequence[tuple[str, str]], title: str
) -> Markup:
    """A class with the names of its values, and its relations: name and what each leads to."""
    own = max(map(_width, (name, *values)))
    label = max((_width(relation) for relation, _ in relations), default=0)
    other = max((_width(target) for _, target in relations), default=0)
    height = max(len(values) + 1, len(relations)) * _ROW
    parts = [_box(0, 0, own, [name, *values], height)]
    x = own + label + 24
    for number, (relation, target) in enumerate(relations):
        y = (number + 0.5) * _ROW
        parts.append(_line(own, y, x, y))
        parts.append(_text(own + 12, y - 4, relation, small=True))
        parts.append(_box(x, y - _ROW / 2 + 1, other, [target], _ROW - 2))
    return _svg(x + other if relations else own, height, title, parts)


def _columns(roots: Iterable[str], below: Mapping[str, Sequence[str]]) -> list[float]:
    widths: list[float] = []
    level = list(roots)
    while level:
        widths.append(max(map(_width, level)))
        level = [child for name in level for child in below.get(name, ())]
    return widths


def _width(text: str) -> float:
    return len(text) * _LETTER + 2 * _PAD


def _svg(width: float, height: float, title: str, parts: Iterable[Markup]) -> Markup:
    box = f"-1 -1 {width + 4:.0f} {height + 4:.0f}"
    return Markup(
        '<svg class="diagram" role="img" viewBox="{}" width="{:.0f}" height="{:.0f}">'
        "<title>{}</title>{}</svg>"
    ).format(box, width + 4, height + 4, title, Markup("").join(parts))


def _box(x: float, y: float, width: float, lines: Sequence[str], height: float = _ROW) -> Markup:
    texts = Markup("").join(
        _text(x + _PAD, y + number * _ROW + 16, line, small=number > 0)
        for number, line in enumerate(lines)
    )
    drawn = Markup('<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="3"/>{}').format(
        x, y, width, height, texts
    )
    if not lines[0].startswith("zh:"):
        return Markup('<g class="foreign">{}</g>').format(drawn)
    return Markup('<a href="#{}">{}</a>').format(lines[0].removeprefix("zh:"), drawn)


def _text(x: float, y: float, text: str, *, small: bool) -> Markup:
    kind = "small" if small else "name"
    return Markup('<text x="{:.0f}" y="{:.0f}" class="{}">{}</text>').format(x, y, kind, text)


def _line(x: float, y: float, to_x: float, to_y: float) -> Markup:
    middle = (x + to_x) / 2
    curve = f"M{x:.0f} {y:.1f}C{middle:.0f} {y:.1f} {middle:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
    return Markup('<path d="{}"/>').format(curve)
