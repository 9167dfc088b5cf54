"""Labels of cells: what each says, with the place of its row before it.

In Kazakh a cell says its own words, on one line; a body, where the text has only an inflected or a
shared form of its name, is given its name.
"""

from collections.abc import Iterable, Mapping

from kg.graph.labels import place_labels
from kg.graph.naming.names import Names, Texts
from kg.model import Funding, Output, Provision, Quote, Responsibility

__all__ = ["at_place", "name_funding", "name_output", "name_responsibility"]

KINDS: Mapping[str, Texts] = {
    "responsibility": {"kk": "жауапты", "en": "responsible", "ru": "ответственный"},
    "output": {"kk": "аяқталу нысаны", "en": "output", "ru": "форма завершения"},
    "deadline": {"kk": "мерзімі", "en": "deadline", "ru": "срок"},
    "funding": {"kk": "қаржыландыру", "en": "funding", "ru": "финансирование"},
}
_BY_AGREEMENT: Texts = {"kk": "келісім бойынша", "en": "by agreement", "ru": "по согласованию"}


def place_texts(provision: Provision) -> dict[str, str]:
    """The name of a provision's place by language."""
    return {str(label.language): str(label) for label in place_labels(provision)}


def at_place(provision: Provision, cell: str, content: Texts) -> Texts:
    """What a cell says, behind its place and kind: "Measure 4.5, deadline: November 2014".

    ``cell`` is the cell's name, ``output-1``.
    """
    kind = KINDS[cell.partition("-")[0]]
    places = place_texts(provision)
    return {
        language: f"{places[language]}, {kind[language]}: {text}"
        for language, text in content.items()
        if text
    }


def name_responsibility(body: Responsibility, names: Names) -> Texts:
    """The body, and in brackets its capacity, who holds it, and whether it is by agreement."""
    words = _on_one_line(body.quotes[0]) if len(body.quotes) == 1 else ""
    own = words if words in names.forms(body.agency) else names.of(body.agency, "kk") or words
    who = {"kk": own, "en": names.of(body.agency, "en"), "ru": names.of(body.agency, "ru")}
    texts: dict[str, str | None] = {}
    for language, name in who.items():
        remarks = [
            _lower(names, mention.key, language)
            if mention is body.capacity
            else names.of(mention.key, language)
            for mention in (body.capacity, body.holder)
            if mention
        ]
        remarks += [_BY_AGREEMENT[language]] if body.by_agreement else []
        added = "; ".join(remark for remark in remarks if remark)
        texts[language] = f"{name} ({added})" if name and added else name
    return texts


def _lower(names: Names, iri: str, language: str) -> str | None:
    return names.within(iri) if language == "en" else names.of(iri, language)


def name_output(output: Output, names: Names) -> Texts:
    """What comes out, about what, by whom and for whom.

    In Russian these follow a question that asks for them, in the nominative: names in data aren't
    declined.
    """
    texts: dict[str, str | None] = {"kk": _on_one_line(output.quote)}
    mentions = (
        (output.concerns, "on", "о чём"),
        (output.author, "by", "от кого"),
        (
            output.recipient,
            "to",
            "кому",
        ),
    )
    english, russian = [names.of(output.type, "en")], [names.of(output.type, "ru")]
    for mention, preposition, question in mentions:
        if mention:
            within, name = names.within(mention.key), names.of(mention.key, "ru")
            english.append(within and f"{preposition} {within}")
            russian.append(name and f"{question}: {name}")
    texts["en"] = _join(english, " ")
    texts["ru"] = _join(russian, "; ")
    return texts


def name_funding(funding: Funding, pointed: Provision | None, names: Names) -> Texts:
    """How it is paid for, and in brackets the provision that the cell points to."""
    texts: dict[str, str | None] = {"kk": _on_one_line(funding.quote)}
    for language in ("en", "ru"):
        name = names.of(funding.type, language)
        place = f" ({place_texts(pointed)[language]})" if pointed else ""
        texts[language] = f"{name}{place}" if name else None
    return texts


def _join(parts: Iterable[str | None], between: str) -> str | None:
    """The parts in a row; nothing where one of them isn't known."""
    known = list(parts)
    return None if None in known else between.join(part for part in known if part)


def _on_one_line(quote: Quote) -> str:
    return " ".join(quote.text.split())
