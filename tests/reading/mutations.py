"""The project's own text with one place changed, and what the refusal of it says.

``words`` are the first of those that the message quotes, ``remedy`` a part of its end.
"""

from dataclasses import dataclass

AGENCIES = "Add the words to data/agencies.ttl"
PEOPLE = "Add the words to data/people.ttl"
ACTS = "Add the words to data/acts.ttl"
CONCEPTS = "Add the words to ontology/concepts.ttl"
CODE = "of kg/reading/"
CORRECT = "». Correct the source."


@dataclass(frozen=True)
class Case:
    """A change of the text, and what the message says of it."""

    old: str
    new: str
    problem: str
    words: str
    remedy: str


VOCABULARY = {
    "a body": Case(
        "ҰЭМ, БҒМ, облыс", "ҰЭМ, ҒҚМ, облыс", "a body that isn't known", "ҒҚМ", AGENCIES
    ),
    "a body by agreement": Case(
        "«ҚМДБ» РҚБ (", "«ӘДБ» РҚБ (", "a body that isn't known", "«ӘДБ» РҚБ (келісім", AGENCIES
    ),
    "a body by initials": Case(
        "СА, облыс", "СБ, облыс", "a body that isn't known", "СБ", AGENCIES
    ),
    "a body in a coordination": Case(
        "БҒМ, облыстардың, Астана және", "БҒМ, облыстардың, Шымкент және",
        "a body that isn't known", "облыстардың, Шымкент және Алматы қалаларының", AGENCIES,
    ),
    "a body in a paragraph": Case(
        "2. Қазақстан Республикасы Өңірлік даму", "2. Қазақстан Республикасы Өңірлік қыдыру",
        "a body that isn't known", "Қазақстан Республикасы Өңірлік қыдыру министрлігі", AGENCIES,
    ),
    "a body of no usual name": Case(
        "2. Қазақстан Республикасы Өңірлік даму министрлігі", "2. Үкімет аппараты",
        "a duty that falls on nobody known", "Үкімет аппараты", "data/agencies.ttl",
    ),
    "a body in the genitive": Case(
        "мемлекеттік органдардың (к", "мемлекеттік мекемелердің (к",
        "a body that isn't known", "Қазақстан Республикасының Президентіне", AGENCIES,
    ),
    "a recipient": Case(
        "Үкіметіне Жоспардың", "Сенатына Жоспардың",
        "a recipient who isn't known", "Қазақстан Республикасы Ұлттық", AGENCIES,
    ),
    "a capacity": Case(
        "бірінші басшылары", "екінші басшылары", "a capacity that isn't known", "екінші", CONCEPTS
    ),
    "a holder": Case(
        "Сағынтаевқа", "Сағынбаевқа", "a duty that falls on nobody known", "Осы қаулының",
        "data/people.ttl",
    ),
    "a signatory": Case(
        "С. Ахметов", "С. Ахмедов", "a signatory who isn't known", "Қазақстан", PEOPLE
    ),
    "a month": Case(
        "2017 жылғы қаңтар", "2017 жылғы қыстың", "a month that isn't known", "қыстың", CONCEPTS
    ),
    "a month of each year": Case(
        "жыл сайын наурыз", "жыл сайын науруз", "a month that isn't known", "науруз", CONCEPTS
    ),
    "a month of a day of each year": Case(
        "1 ақпанға және", "1 ақпінге және", "a day of the year in a month that isn't known",
        "1 ақпінге", CONCEPTS,
    ),
    "a month of an act": Case(
        "28 қарашадағы", "28 қоңырдағы", "a month that isn't known", "қоңырдағы", CONCEPTS
    ),
    "a topic in a list": Case(
        "меншіктің бір бөлігін беру;", "меншіктің жартысын беру;",
        "a topic that isn't known", "селолық округтер, селолар, кенттер", CONCEPTS,
    ),
    "a topic of an item": Case(
        "кірістерінің көздерін", "шығыстарының көздерін",
        "a topic that isn't known", "ауылдық округтер, ауылдар", CONCEPTS,
    ),
    "an output": Case(
        "ӨДМ-нің бұйрығы", "ӨДМ-нің өкімі", "a form of completion that isn't known", "өкімі",
        CONCEPTS,
    ),
    "words behind an output": Case(
        "ӨДМ-нің бұйрығы", "ӨДМ-нің бұйрығы мен хаты", "a form of completion that isn't known",
        "мен хаты", CONCEPTS,
    ),
    "an author": Case(
        "ӨДМ-нің бұйрығы", "ӘДМ-нің бұйрығы", "a form of completion that isn't known",
        "ӘДМ-нің бұйрығы", "or data/agencies.ttl (a body)",
    ),
    "an expenditure": Case(
        "ҮЕҰ қаражаттары", "ҮЕҰ ақшалары", "an expenditure that isn't known", "ҮЕҰ ақшалары",
        CONCEPTS,
    ),
    "an abbreviated thing": Case(
        "БАҚ — бұқара", "БҚ — бұқара", "a body or thing that isn't known", "БҚ", AGENCIES
    ),
    "a planned act": Case(
        "туралы» Қазақстан Республикасының Заңы қабыл",
        "жөнінде» Қазақстан Республикасының Заңы қабыл",
        "an act that isn't known", "Қазақстан Республикасының кейбір", ACTS,
    ),
    "an act's number": Case(
        "№ 438", "№ 439", "an act that isn't known", "«Қазақстан Республикасындағы", ACTS
    ),
    "an act's day": Case(
        "13 маусымдағы", "14 маусымдағы", "an act that isn't known", "«Қазақстан", ACTS
    ),
    "an act's title": Case(
        "тұжырымдамасын бекіту туралы» Қаз", "тұжырымдамасын бекітпеу туралы» Қаз",
        "an act that isn't known", "«Қазақстан Республикасындағы", ACTS,
    ),
    "a predicate": Case(
        "бекітілсін.", "бекітілмесін.", "a paragraph without a predicate that is known", "Қоса",
        CONCEPTS,
    ),
}  # fmt: skip

FORMS = {
    "a deadline": Case(
        "қабылданғаннан кейін", "қабылданғаннан соң", "a deadline of no known form", "«Қазақстан",
        CODE,
    ),
    "a numeral": Case(
        "кейін бір ай", "кейін жүз ай", "a number that isn't known", "жүз", CODE
    ),
    "days of each year": Case(
        "15 шілдеге қарай", "15 шілдеге дейін", "days of each year of no known form", "жыл сайын",
        CODE,
    ),
    "the 30th of February": Case(
        "2015 жылғы 1 қыркүйек", "2015 жылғы 30 ақпан", "a day that the calendar doesn't have",
        "2015 жылғы 30 ақпан", CORRECT,
    ),
    "the 30th of February of each year": Case(
        "1 ақпанға және", "30 ақпанға және", "a day that the calendar doesn't have",
        "30 ақпанға", CORRECT,
    ),
    "a note's 31st of November": Case(
        "30.12.2014", "31.11.2014", "a day that the calendar doesn't have", "31.11.2014", CORRECT
    ),
    "a citation's 32nd of June": Case(
        "13 маусымдағы", "32 маусымдағы", "a day that the calendar doesn't have", "«Қазақстан",
        CORRECT,
    ),
    "years that run backwards": Case(
        "2014-2016 жылдар", "2016-2014 жылдар", "years that end before they begin", "2016-2014",
        CORRECT,
    ),
    "a stage's years": Case(
        "(2015 - 2020 жылдар)", "(2015 - 2020)", "years of no known form", "Екінші кезең", CODE
    ),
    "a note on another paragraph": Case(
        "4-тармақ жаңа", "3-тармақ жаңа", "a note on something else than paragraph-4", "3-тармақ",
        CORRECT,
    ),
    "a note on another kind of part": Case(
        "Ескерту. Кіші бөлім", "Ескерту. Жоспар", "a note on something else than plan/section-3",
        "Жоспар", CORRECT,
    ),
    "a note of another form": Case(
        "өзгеріс енгізілді", "өзгертілді", "a note of no known form", "Ескерту. Жоспарға", CODE
    ),
    "a note's acts": Case(
        "30.12.2014 № 1401", "30.12.2014 нөмір 1401", "an act of no known form", "30.12.2014 нөмір",
        CODE,
    ),
    "a clause on effect": Case(
        "ресми жарияланған күнінен", "ай туған күнінен", "a clause on effect that isn't known",
        "ай туған күнінен", CODE,
    ),
    "a stage": Case(
        "Екінші кезең", "Екінші саты", "a heading of no known form", "Екінші саты", CODE
    ),
    "a measure and item without a list": Case(
        "\tМыналарды: қала", "\tҚала", "a measure and item in one row", "Қала", CORRECT
    ),
    "the act's own line": Case(
        "31 қаңтардағы № 78 қаулысы\n", "31 қаңтардағы қаулысы\n",
        "a line that doesn't identify the act", "Қазақстан Республикасы Үкіметінің", CORRECT,
    ),
    "a mark of agreement": Case(
        "органдар (келісім бойынша), ж", "органдар (келісіммен), ж", "a body that isn't known",
        "(келісіммен)", AGENCIES,
    ),
    "two commas": Case(
        "ӨДМ, ЭБЖМ, Қаржымині, Әділетмині, ІІМ", "ӨДМ,, ЭБЖМ, Қаржымині, Әділетмині, ІІМ",
        "a body that isn't known", ", ЭБЖМ", AGENCIES,
    ),
    "a modifier of another head": Case(
        "БҒМ, облыстардың, Астана және", "БҒМ, облыстардың, Орталық және",
        "a body that isn't known before «қалаларының әкімдері»", "Орталық", AGENCIES,
    ),
    "a second deadline in a paragraph": Case(
        "іске асырылуын қамтамасыз етсін",
        "жыл сайын 1 мамырға қарай іске асырылуын қамтамасыз етсін",
        "a second deadline in one paragraph", "жыл сайын 15 қаңтарға", CORRECT,
    ),
    "an abbreviation of another body": Case(
        "ӨДМ - Қазақстан Республикасы Өңірлік даму", "ӨДМ - Қазақстан Республикасы Қаржы",
        "an abbreviation of one body with the name of another", "ӨДМ - Қазақстан", CORRECT,
    ),
}  # fmt: skip

LAYOUT = {
    "a row that lacks a cell": Case(
        "\t2017 жылғы қаңтар\n", "", "a row that hasn't 6 cells", "10.", CORRECT
    ),
    "a row that has a cell too many": Case(
        "\t2017 жылғы қаңтар\n", "\t2017 жылғы қаңтар\n\t2017 жылғы қаңтар\n",
        "an expenditure that isn't known", "2017 жылғы қаңтар", CONCEPTS,
    ),
    "a row without a name": Case(
        "\tСайлау болатын әкімшілік-аумақтық бірліктерді айқындау\n", "\t\n",
        "a row without a number or name", "1.", CORRECT,
    ),
    "a row outside a section": Case(
        "\t1. Жергілікті өзін-өзі басқару мәселелері жөніндегі "
        "нормативтік құқықтық базаны жетілдіру\n",
        "", "a row outside a section", "1.", CORRECT,
    ),
    "a row without a number": Case(
        "\t16.\n", "\t\n", "a row that begins with a blank cell", "", CORRECT
    ),
    "a row of no known number": Case(
        "\t16.\n", "\tон алты\n", "a heading of no known form", "он алты", CODE
    ),
    "a measure's number twice": Case(
        "\t16.\n", "\t15.\n", "a number that stands twice", "15.", CORRECT
    ),
    "an item's number twice": Case(
        "\t5. 1)\n", "\t5. 2)\n", "a number that stands twice", "2)", CORRECT
    ),
    "a section's number twice": Case(
        "\t5. Ақпараттық", "\t4. Ақпараттық", "a number that stands twice", "4.", CORRECT
    ),
    "an item before any measure": Case(
        "\t1.\n\tСайлау болатын", "\t1)\n\tСайлау болатын", "an item before any measure", "1)",
        CORRECT,
    ),
    "columns that aren't numbered": Case(
        "\t1\n\t2\n", "\t1\n\t3\n", "a table without a row that numbers its columns", "Р/с",
        CORRECT,
    ),
    "a column head that is gone": Case(
        "\tАяқталу нысаны\n", "\t\n", "words that nothing has read", "3", CORRECT
    ),
    "words beside the bookmark": Case(
        "[bookmark: z1]", "[bookmark: z1] бірдеңе", "a preamble that doesn't end with a colon",
        "[bookmark: z1] бірдеңе", CORRECT,
    ),
    "a paragraph without its number": Case(
        "3. Орталық", "Орталық", "a sentence without a number", "Орталық және", CORRECT
    ),
    "a line before the table": Case(
        "\tР/с", "бірдеңе\n\tР/с", "a line that is no part of a table", "бірдеңе", CORRECT
    ),
    "a line after the abbreviations": Case(
        "БАҚ — бұқаралық ақпарат құралдары", "БАҚ — бұқаралық ақпарат құралдары\n\n      Бітті",
        "an abbreviation of no known form", "Бітті", CORRECT,
    ),
}  # fmt: skip

CASES = {**VOCABULARY, **FORMS, **LAYOUT}

RULES = {
    "calendar-day": ("a day that the calendar", ),
    "years-in-order": ("years that end before",),
    "note-target": ("a note on something else",),
    "effect-clause": ("a clause on effect",),
    "one-meaning": ("a second deadline", "an abbreviation of one body"),
    "number-once": ("a number that stands twice",),
    "all-read": ("words that nothing",),
    "block-in-place": (
        "a table without", "a preamble that", "a sentence without", "a line that is no part",
    ),
    "row-in-place": ("a row ", "an item before"),
    "known-form": (
        "no known form", "a line that doesn't identify", "a measure and item",
        "a list that ends with a comma",
    ),
    "known-word": ("isn't known", "that is known", "on nobody known"),
}  # fmt: skip
"""What each rule of reading refuses, by words of the message; earlier rules before later ones."""


def rule_of(case: Case) -> str:
    """The rule that a refusal of the case must name."""
    said = (rule for rule, words in RULES.items() for w in words if w in case.problem)
    return next(said)
