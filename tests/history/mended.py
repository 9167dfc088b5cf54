"""The plan's text with an anomaly mended: edits by detector, after which it must find nothing.

Text edits are patterns with what takes their place, applied to the source before it is read; plan
edits change the plan that was read, where no text of the same form would do.
"""

from collections.abc import Callable
from dataclasses import replace

from kg.model import Kind, Plan, Provision, Quote

CLAUSE = "(ресми жарияланған күнінен бастап қолданысқа енгізіледі)"
WHOLE_YEAR = [("жыл сайын (?=1)", ""), ("жыл сайын наурыз", "2016 жыл"), ("жыл сайын", "2016 жыл")]
LATE = [("2013 жылғы\n\n(ақпан|.-тоқсан)", "2016 жыл"), ("2014 жылғы қараша", "2016 жыл")]
TOPIC = (
    "халықтың жиналыстары мен жиындарын қалыптастырудың, өткізудің және олардың шешім қабылдау "
    "тәртібі мен өкілеттігін айқындау"
)

TEXT_EDITS: dict[str, list[tuple[str, str]]] = {
    "deadline-outside-stage": [("2014 жылғы қараша", "2015 жыл"), ("2014-2016", "2015-2016")],
    "deadline-soon-after-adoption": LATE,
    "deadline-soon-after-act": LATE,
    "deadline-from-planned-act": [
        ("«[^»]+» [^»«]+қабылданғаннан кейін бір ай мерзімде", "2013 жыл")
    ],
    "recurrence-without-years": WHOLE_YEAR,
    "deadline-on-one-day": [("2015 жылғы 1 қыркүйек", "2015 жылғы қыркүйек")],
    "nothing-due-at-end": [("2019 жылғы шілде", "2020 жылғы шілде")],
    "recipient-is-responsible": [("ҰЭМ-ге талдамалық", "талдамалық")],
    "recipient-is-responsible-for-item": [("ӨДМ-ге ұсыныстар", "ұсыныстар")],
    "author-not-responsible": [("аудандар мәслихаттарының шешімдері", "шешімдері")],
    "first-by-agreement": [(r"\tОСК \(келісім бойынша\)", "\tОСК")],
    "coordinated-bodies": [(r"облыстардың,\s+Астана және Алматы қалаларының", "облыстардың")],
    "body-in-several-forms": [
        ("партиясы ҚСИ", "партиясының ҚСИ"),
        (r"Республикасы\w* Президенті\w* Әкімшілігіне", "Республикасы Президенті Әкімшілігіне"),
    ],
    "bodies-of-one-stage": [(r"\s+Ескертпе:[^$]*", "\n")],
    "listed-form-not-used": [("«ЭЗИ» АҚ", "ЭЗИ АҚ")],
    "unlisted-abbreviation": [("СА, ", "")],
    "cited-without-number": [("13 маусымдағы", "13 маусымдағы № 101-V")],
    "topic-in-other-words": [("халықтың жиындары мен жиналыстарын өткізу[^;]+", TOPIC)],
    "repeated-at-length": [(r"(\t8\.\n\t)Жергілікті[^\n]+көздейтін ", r"\1")],
    "same-heading": [("5. Ақпараттық-", "5. "), (r"4\. Жергілікті өзін-өзі", "4. Өзін-өзі")],
    "same-output-other-funding": [("мемлекеттік ақпараттық.+шеңберінде", "талап етілмейді")],
    "double-blanks": [("(?<=\\S)\u00a0{1,2} (?=\\S)", " ")],
    "no-break-spaces": [("(?<=\\S)\u00a0(?=\\S)", " ")],
    "trailing-blanks": [("[ \u00a0]+(?=\n)", "")],
    "dashes-between-years": [(r"(\d{4})\s?[-—]\s?(\d{4})", r"\1 - \2")],
    "dashes-in-list": [("ЗИ –", "ЗИ -"), ("БАҚ —", "БАҚ -")],
    "broken-deadlines": [("2013 жылғы\n\n", "2013 жылғы ")],
    "bookmark": [(r"\[bookmark: z1\]", "")],
    "note-without-effect": [(r"(№ 1139)(;| )", rf"\1 {CLAUSE}\2")],
    "clause-after-one-act": [(r"(№ 1401) \([^)]+\)", r"\1")],
    "note-marks-no-part": [(r"\n[ \u00a0]+Ескерту\. Жоспарға[^\n]+", "")],
    "act-without-trace": [("(5-тармақ.+)27.10.2014 № 1139", r"\g<1>30.12.2014 № 1401")],
}

LEFT = {
    "unlisted-abbreviation": {"qr", "mm"},
    "repeated-at-length": {"section-4-measure-3-and-section-4-measure-5-item-1"},
    "topic-in-other-words": {
        "budget-monitoring",
        "district-communal-property",
        "own-revenue",
        "public-structures",
        "treasury-accounts",
    },
}
"""What a detector that gives several findings still finds, since the edits mend only one."""

NEED_FACTS = {
    "body-ended-before-amendment",
    "body-ended-before-deadline",
    "body-younger-than-act",
    "cites-younger-act",
    "superseded-term",
}
"""Detectors that find nothing where nothing is known from elsewhere."""


def _each(change: Callable[[Provision], Provision | None]) -> Callable[[Plan], Plan]:
    def changed(plan: Plan) -> Plan:
        provisions = tuple(new for old in plan.provisions if (new := change(old)))
        return Plan(plan.act, provisions, plan.notes, plan.layout)

    return changed


def _number_anew(part: Provision) -> Provision:
    if part.path != "plan/section-4" or part.number is None:
        return part
    return replace(part, number=Quote(part.number.span, "1."))


def _only_section_4(part: Provision) -> Provision | None:
    elsewhere = part.kind is Kind.MEASURE and part.parent != "plan/section-4"
    return None if elsewhere else part


def _pay_a_sum(part: Provision) -> Provision:
    funding = part.cells.funding
    if funding is None or part.path != "plan/section-1/measure-1":
        return part
    paid = replace(funding, quote=Quote(funding.quote.span, "1 500"))
    return replace(part, cells=replace(part.cells, funding=paid))


PLAN_EDITS: dict[str, Callable[[Plan], Plan]] = {
    "sections-run-on": _each(_number_anew),
    "numbers-restart": _each(_only_section_4),
    "two-numbers-in-cell": _each(lambda part: replace(part, printed_with=None)),
    "section-without-measures": _each(lambda p: None if p.path == "plan/section-3" else p),
    "list-in-words": _each(lambda part: replace(part, topics=part.topics[:1])),
    "no-amount": _each(_pay_a_sum),
}
