"""Names of the named graphs, in the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import date

from kg.graph.naming.days import name_day
from kg.graph.naming.names import Texts, as_labels
from kg.graph.quads import Quads
from kg.iris import graph_iri, possible_graph_iri, state_graph_iri
from kg.namespaces import SKOS

__all__ = ["write_graph_names"]

_OF_ALL_DAYS: Mapping[str, Texts] = {
    "history": {
        "kk": "Тарих: нұсқалар, өзгерістер, куәландырулар",
        "en": "History: versions, amendments, attestations",
        "ru": "История: редакции, изменения, засвидетельствования",
    },
    "reference": {
        "kk": "Анықтама: органдар, актілер, орындар, ұғымдар",
        "en": "Reference: bodies, acts, places, concepts",
        "ru": "Справочник: органы, акты, места, понятия",
    },
    "source": {
        "kk": "Дереккөз: мәтін және оның үзінділері",
        "en": "Source: the text and its spans",
        "ru": "Источник: текст и его фрагменты",
    },
    "quality": {
        "kk": "Мәтіндегі ауытқулар",
        "en": "Quality: what is odd in the text",
        "ru": "Качество: аномалии текста",
    },
    "catalogue": {"kk": "Каталог", "en": "Catalogue of the data set", "ru": "Каталог"},
    "queries": {"kk": "Сұраулар", "en": "Queries", "ru": "Запросы"},
    "ontology": {"kk": "Онтология", "en": "Ontology", "ru": "Онтология"},
}
_STANDS: Texts = {
    "kk": "{} күнгі күйде бар ережелер",
    "en": "What stands in the state of {}",
    "ru": "Положения, действующие в состоянии на {}",
}
_MAY_STAND: Texts = {
    "kk": "{} күнгі күйде болуы мүмкін ережелер",
    "en": "What may stand in the state of {}",
    "ru": "Положения, возможные в состоянии на {}",
}


def write_graph_names(quads: Quads, act: str, days: Iterable[date]) -> None:
    """Add a name for each named graph that is there; ``days`` are the first ones of the states."""
    names = {graph_iri(name): texts for name, texts in _OF_ALL_DAYS.items()}
    for day in days:
        names[state_graph_iri(act, day)] = _on(_STANDS, day)
        names[possible_graph_iri(act, day)] = _on(_MAY_STAND, day)
    there = {str(graph) for *_, graph in quads}
    for iri, texts in names.items():
        if iri in there:
            quads.add(graph_iri("catalogue"), iri, SKOS.prefLabel, *as_labels(texts))


def _on(words: Texts, day: date) -> Texts:
    return {one: (text or "").format(name_day(day, one)) for one, text in words.items()}
