"""Labels of what acts did, and of the days on which they took effect."""

from collections.abc import Mapping
from datetime import date

from kg.graph.naming.cells import place_texts
from kg.graph.naming.days import name_day
from kg.graph.naming.names import LANGUAGES, Names, Texts
from kg.history.known import EffectDate
from kg.model import Change, Provision
from kg.namespaces import BASE

__all__ = ["name_amendment", "name_effect", "name_effect_of"]

_POSSIBLE: Texts = {"kk": "ықтимал өзгеріс", "ru": "возможное изменение"}


def name_amendment(
    target: Provision, change: Change, act: str, names: Names, *, certain: bool
) -> Texts:
    """What an act did, or may have done, to a provision: "Paragraph 4 replaced by …"."""
    places = place_texts(target)
    acts = {language: names.of(act, language) for language in LANGUAGES}
    texts: dict[str, str | None] = {}
    done = f" {change}" if certain else f": may have been {change}"
    texts["en"] = f"{places['en']}{done} by {acts['en']}" if acts["en"] else None
    for language in ("kk", "ru"):
        kind = names.of(f"{BASE}concept/change/{change}", language)
        place = places[language] if certain else f"{places[language]}, {_POSSIBLE[language]}"
        known = kind and acts[language]
        texts[language] = f"{place}: {kind} ({acts[language]})" if known else None
    return texts


def name_effect_of(act: str, effect: EffectDate, names: Names) -> Texts:
    """The day on which an act took effect, as far as it is known."""
    return _name_effect({language: names.of(act, language) for language in LANGUAGES}, effect)


def name_effect(day: date, effect: EffectDate) -> Texts:
    """The day on which the state of ``day`` began, as far as it is known."""
    states = {
        "kk": f"мәтін күйі, {name_day(day, 'kk')}",
        "en": f"the state of {name_day(day, 'en')}",
        "ru": f"состояние текста на {name_day(day, 'ru')}",
    }
    return _name_effect(states, effect)


def _name_effect(of: Mapping[str, str | None], effect: EffectDate) -> Texts:
    heads = {
        "kk": f"Қолданысқа енгізілу күні ({of['kk']})",
        "en": f"Effect date of {of['en']}",
        "ru": f"Дата введения в действие ({of['ru']})",
    }
    return {
        language: f"{heads[language]}: {_bounds(effect, language)}"
        for language in LANGUAGES
        if of[language]
    }


def _bounds(effect: EffectDate, language: str) -> str:
    earliest = name_day(effect.earliest, language)
    latest = name_day(effect.latest, language) if effect.latest else None
    if latest == earliest:
        return earliest
    words = {
        "kk": (f"{earliest} немесе одан кейін", f"{earliest} – {latest} аралығында"),
        "en": (f"not before {earliest}", f"between {earliest} and {latest}"),
        "ru": (f"не ранее {earliest}", f"с {earliest} по {latest}"),
    }
    return words[language][1 if latest else 0]
