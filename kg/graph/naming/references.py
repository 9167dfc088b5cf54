"""Labels of references, of what they may mean, of memberships and of language versions."""

from datetime import date

from babel import Locale

from kg.graph.naming.cells import place_texts
from kg.graph.naming.days import LOCALES, name_day
from kg.graph.naming.names import LANGUAGES, Names, Texts
from kg.model import Part, Plan, Provision, Target
from kg.namespaces import BASE

__all__ = ["name_candidate", "name_expression", "name_membership", "name_reference", "name_target"]


def name_target(plan: Plan, act: str, target: Target, names: Names) -> Texts:
    """What a reference leads to: a part of the text by its place, all else by its name."""
    if isinstance(target, Part) and target.path:
        return place_texts(plan.provision(target.path))
    iri = act if isinstance(target, Part) else target
    return {language: names.of(iri, language) for language in LANGUAGES}


def name_reference(provision: Provision, target: Texts | None, status: str, names: Names) -> Texts:
    """A reference by its place and what it leads to, or how far it is known what that is.

    ``status`` is the local name of a resolution status.
    """
    known = target or {
        "kk": names.of(f"{BASE}concept/resolution/{status}", "kk"),
        "en": names.within(f"{BASE}concept/resolution/{status}"),
        "ru": names.of(f"{BASE}concept/resolution/{status}", "ru"),
    }
    kinds = {"kk": "сілтеме", "en": "reference", "ru": "ссылка"}
    return _at(provision, kinds, known)


def name_candidate(provision: Provision, target: Texts) -> Texts:
    """What a reference may lead to, with the place of that reference."""
    kinds = {
        "kk": "сілтеменің ықтимал нысаны",
        "en": "reference that may mean",
        "ru": "возможный объект ссылки",
    }
    return _at(provision, kinds, target)


def _at(provision: Provision, kinds: Texts, what: Texts) -> Texts:
    places = place_texts(provision)
    return {
        language: f"{place}, {kinds[language]}: {what[language]}"
        for language, place in places.items()
        if what.get(language)
    }


def name_membership(member: str, group: str, names: Names) -> Texts:
    """Who is in which group."""
    words = {
        "kk": "{member}, «{group}» тобында",
        "en": "{member}, in the group “{group}”",
        "ru": "{member}, в группе «{group}»",
    }
    found = {one: (names.of(member, one), names.of(group, one)) for one in LANGUAGES}
    return {
        language: words[language].format(member=name, group=whole)
        for language, (name, whole) in found.items()
        if name and whole
    }


def name_expression(act: str, day: date, language: str, names: Names) -> Texts:
    """An act as it stood from a day, in a language; that one by its code of ISO 639."""
    code = Locale.parse(language).language
    spoken = {one: locale.languages[code] for one, locale in LOCALES.items()}
    words = {
        "kk": f"{name_day(day, 'kk')} күнінен бастап қолданыстағы мәтін, тілі: {spoken['kk']}",
        "en": f"text in {spoken['en']} as it stood from {name_day(day, 'en')}",
        "ru": f"текст в состоянии с {name_day(day, 'ru')}, язык: {spoken['ru']}",
    }
    return {one: f"{name}: {words[one]}" for one in LANGUAGES if (name := names.of(act, one))}
