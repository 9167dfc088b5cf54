"""Names of provisions: our translations where we have them, else the name of their place
("Paragraph 4").

Names of places are ours in all three languages; a provision whose words are lost has no other.
"""

from collections.abc import Mapping

from rdflib import Graph, Literal, URIRef

from kg.iris import ProvisionAddress
from kg.model import Kind, Provision
from kg.namespaces import SKOS

# Kazakh, English, Russian; {n} is the last number of the path, {s} the section's, {m} the
# measure's.
PLACES: Mapping[Kind, tuple[str, str, str]] = {
    Kind.TITLE: ("Тақырып", "Title", "Заголовок"),
    Kind.IDENTIFICATION: ("Актінің деректемелері", "Particulars of the act", "Реквизиты акта"),
    Kind.PREAMBLE: ("Кіріспе", "Preamble", "Преамбула"),
    Kind.PARAGRAPH: ("{n}-тармақ", "Paragraph {n}", "Пункт {n}"),
    Kind.SIGNATURE: ("Қол қою", "Signature", "Подпись"),
    Kind.APPROVAL: ("Бекіту белгісі", "Approval block", "Гриф утверждения"),
    Kind.PLAN: ("Іс-шаралар жоспары", "Plan of measures", "План мероприятий"),
    Kind.NOTE: ("{n}-ескерту", "Note {n}", "Примечание {n}"),
    Kind.COLUMN_HEAD: ("{n}-баған", "Column {n}", "Графа {n}"),
    Kind.STAGE: ("{n}-кезең", "Stage {n}", "Этап {n}"),
    Kind.SECTION: ("{n}-бөлім", "Section {n}", "Раздел {n}"),
    Kind.MEASURE: ("{s}.{n}-іс-шара", "Measure {s}.{n}", "Мероприятие {s}.{n}"),
    Kind.ITEM: (
        "{s}.{m}-іс-шара, {n}) тармақша",
        "Measure {s}.{m}, item {n}",
        "Мероприятие {s}.{m}, подпункт {n})",
    ),
    Kind.ABBREVIATION_LIST: (
        "Аббревиатуралар тізімі",
        "List of abbreviations",
        "Список сокращений",
    ),
    Kind.ABBREVIATION: ("{n}-аббревиатура", "Abbreviation {n}", "Сокращение {n}"),
}


def place_labels(provision: Provision) -> tuple[Literal, Literal, Literal]:
    """The name of a provision's place, in Kazakh, English and Russian."""
    numbers = ProvisionAddress("", provision.path).numbers()
    last = list(numbers.values())[-1:] or [0]
    names = {"n": last[0], "s": numbers.get("section"), "m": numbers.get("measure")}
    kk, en, ru = (name.format(**names) for name in PLACES[provision.kind])
    return Literal(kk, lang="kk"), Literal(en, lang="en"), Literal(ru, lang="ru")


def title_labels(provision: Provision, iri: str, curated: Graph) -> tuple[Literal, ...]:
    """Our translations of a provision's words, beside these words on one line; none where we have
    none.
    """
    translations = [
        label
        for label in curated.objects(URIRef(iri), SKOS.prefLabel)
        if isinstance(label, Literal)
    ]
    if not translations:
        return ()
    words = Literal(" ".join(provision.words.text.split()), lang="kk")
    return (words, *sorted(t for t in translations if t.language != "kk"))
