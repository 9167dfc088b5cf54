"""Kazakh nouns in all their endings: a form in the nominative goes in, a pattern comes out.

    noun   = stem [ plural ] [ possessive of the third person ] [ case [ attributive ] ]
    plural = "лар" | "дер" | …     case = "ның" | "ға" | "да" | "дан" | "мен" | …

A stem's last "қ", "к" or "п" is voiced before a vowel: Жарлық, Жарлығы. The pattern takes endings
of either harmony, since a text has only the right ones; what no ending explains, such as "Заңнама"
beside "Заң", is another word.
"""

import re

ENDINGS = (
    r"(?:[лдт][ае]р)?"
    r"(?:с?[ыі])?"
    r"(?:[ндт][ыі]ң|[ғгқк][ае]|н?[ае]|[ндт][ыі]|н|н?[дт][ае](?:ғы|гі)?|[ндт][ае]н|[мбп]ен)?"
    r"(?!\w)"
)
VOICED = {"қ": "ғ", "к": "г", "п": "б"}


def inflected(form: str, *, any_initial: bool = False) -> str:
    """A pattern for a run of words whose last one may have any ending; blanks are any white space.

    With ``any_initial`` the first letter may be a capital or not.
    """
    words = form.split()
    stem = words[-1]
    last = re.escape(stem)
    if stem[-1] in VOICED:
        last = f"{re.escape(stem[:-1])}[{stem[-1]}{VOICED[stem[-1]]}]"
    pattern = r"\s+".join([*map(re.escape, words[:-1]), last])
    if any_initial:
        initial = form.split()[0][0]
        pattern = f"[{initial.upper()}{initial.lower()}]{pattern.removeprefix(re.escape(initial))}"
    return rf"(?<!\w){pattern}{ENDINGS}"
