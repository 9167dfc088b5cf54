"""Why references are read as they are, in words: a sentence for each rule, in three languages."""

from kg.graph.naming.names import LANGUAGES, Texts

__all__ = ["OF_MANY", "REASONS", "explain"]

REASONS: dict[str, Texts] = {
    "R19": {
        "kk": "Сөздер тек нөмір береді: сол бөлімдегі нөмірі осындай іс-шара алынады.",
        "en": "The words give a bare number: the measure of that number in the same section is "
        "taken.",
        "ru": "Слова дают лишь номер: берётся мероприятие с этим номером в том же разделе.",
    },
    "R23": {
        "kk": "Сөздер актінің күнін нөмірімен немесе тақырыбымен бірге береді.",
        "en": "The words give the day of an act, with its number or title.",
        "ru": "Слова указывают дату акта вместе с его номером или названием.",
    },
    "R24": {
        "kk": "Сөздер өздері тұрған мәтінді көрсетеді.",
        "en": "The words point to the text in which they stand.",
        "ru": "Слова указывают на текст, в котором они стоят.",
    },
    "R25": {
        "kk": "Мәтін бұл қысқаша атауды анықтайды және содан кейін қолданады.",
        "en": "The text defines this short form and uses it from there on.",
        "ru": "Текст определяет это краткое наименование и далее им пользуется.",
    },
    "R26": {
        "kk": "Сөздер өздері апаратын нәрсенің тақырыбын, атауын немесе сипаттамасын қайталайды.",
        "en": "The words repeat the title, name or description of what they lead to.",
        "ru": "Слова повторяют название, наименование или описание того, к чему ведут.",
    },
    "R27": {
        "kk": "Қаулы осындай атауы бар құжатты бекіткен актіге негізделген.",
        "en": "The resolution is based on the act that approved the document of this name.",
        "ru": "Постановление основано на акте, утвердившем документ с этим наименованием.",
    },
    "R28": {
        "kk": "Сөздер тақырыбы көрсетілмеген жоба туралы айтады; оны сол жол, әйтпесе сол бөлім "
        "атайды.",
        "en": "The words speak of a draft without a title; the same row, or else the same section, "
        "names it.",
        "ru": "Слова говорят о проекте без названия; его называет та же строка, а если нет — тот "
        "же раздел.",
    },
    "R29": {
        "kk": "Сол мәселе жөніндегі кейінгі акт белгілі, бірақ көзделген акт осы деп ешбір "
        "дереккөз айтпайды.",
        "en": "A later act of the same matter is known, and no source says that it is the one "
        "foreseen.",
        "ru": "Известен более поздний акт по тому же предмету, но ни один источник не говорит, "
        "что это и есть предусмотренный.",
    },
    "R30": {
        "kk": "Мәтін қабылданған актінің тақырыбын одан кейінгі жобаға қолданады, сондықтан басқа "
        "акт айтылған болуы мүмкін.",
        "en": "The text uses the title of a passed act for a draft that came after it, so that "
        "another act may be meant.",
        "ru": "Текст употребляет название принятого акта для проекта, появившегося после него, "
        "поэтому может иметься в виду другой акт.",
    },
    "R31": {
        "kk": "Сөздер – акт түрінің мәтін анықтамаған жалаң атауы; мәтін бұрын сілтеме жасаған "
        "немесе осылай аталатын сол түрдегі акт айтылған болуы мүмкін.",
        "en": "The words are the bare name of a kind of act, which the text doesn't define; an act "
        "of that kind which it has cited before, or which is so called, may be meant.",
        "ru": "Слова — одно лишь наименование вида акта, которого текст не определяет; может "
        "иметься в виду акт этого вида, на который текст сослался прежде или который так "
        "называется.",
    },
    "R32": {
        "kk": "Ескерту мәтіннің ол артында тұрған бөлігін атайды.",
        "en": "The note names the part of the text behind which it stands.",
        "ru": "Примечание называет часть текста, за которой стоит.",
    },
    "R33": {
        "kk": "Сөздер жоспарды осы жоспардың тақырыбымен емес, ол іске асыратын нәрсемен атайды: "
        "нөмірі сондай кезең, тұтас жоспар немесе басқа жоспар айтылған болуы мүмкін.",
        "en": "The words name a plan by what it implements and not by the title of this one: the "
        "stage of that number, the whole plan, or another plan may be meant.",
        "ru": "Слова называют план по тому, что он реализует, а не названием этого плана: может "
        "иметься в виду этап с тем же номером, весь план или другой план.",
    },
    "R34": {
        "kk": "Бұл атауда белгілі атаудың кейбір сөздері жоқ.",
        "en": "The name leaves out words of the one that is known.",
        "ru": "В наименовании опущены слова известного наименования.",
    },
    "R35": {
        "kk": "Не айтылғанын мәтінде де, деректерде де ештеңе анықтамайды.",
        "en": "Nothing in the text or the data identifies what is meant.",
        "ru": "Ни в тексте, ни в данных ничто не определяет, что имеется в виду.",
    },
}
"""Why a reference is read as it is, by rule."""

OF_MANY: Texts = {
    "kk": "Сөздер бір түрдегі көп құжат туралы айтады.",
    "en": "The words speak of many documents of one kind.",
    "ru": "Слова говорят о многих документах одного вида.",
}


def explain(rules: tuple[str, ...], *, of_many: bool) -> Texts:
    """Why a reference is resolved, has candidates, or is left open: a sentence for each rule."""
    reasons = [OF_MANY] if of_many else []
    reasons += [REASONS[rule] for rule in rules]
    return {tag: " ".join(filter(None, (reason[tag] for reason in reasons))) for tag in LANGUAGES}
