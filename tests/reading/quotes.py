"""Every quote that a part of the model holds, however deep."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kg.model import Quote


def quotes_in(part: object) -> Iterator[Quote]:
    """The quotes in a part of the model, in the order of its fields."""
    if isinstance(part, Quote):
        yield part
    elif isinstance(part, tuple):
        for element in part:
            yield from quotes_in(element)
    elif is_dataclass(part) and not isinstance(part, type):
        for name in fields(part):
            if name.init:
                yield from quotes_in(getattr(part, name.name))
