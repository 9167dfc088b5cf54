"""Names that people curate, looked up for labels that are made of them."""

from collections.abc import Iterator, Mapping

from rdflib import Graph, Literal, URIRef

from kg.namespaces import ORG, RDF, SKOS, ZH

__all__ = ["LANGUAGES", "Names", "Texts", "as_labels", "capitalise"]

LANGUAGES = ("kk", "en", "ru")
"""The languages of every label."""

Texts = Mapping[str, str | None]
"""A text by its language; ``None`` where a name it is made of isn't known."""

_WITH_ARTICLE = {ORG.FormalOrganization, ORG.Post, ZH.OutputType}


class Names:
    """The labels that ``curated`` gives, by address and language."""

    def __init__(self, curated: Graph) -> None:
        self._curated = curated

    def of(self, iri: str, language: str) -> str | None:
        """The label of a thing in a language."""
        labels = self._curated.objects(URIRef(iri), SKOS.prefLabel)
        found = [str(one) for one in labels if getattr(one, "language", None) == language]
        return min(found, default=None)

    def forms(self, iri: str) -> set[str]:
        """The words by which texts name a thing in the nominative."""
        terms = (SKOS.prefLabel, SKOS.altLabel, ZH.inferredForm)
        return {
            str(form)
            for term in terms
            for form in self._curated.objects(URIRef(iri), term)
            if isinstance(form, Literal) and form.language == "kk"
        }

    def uncertain(self, iri: str) -> Iterator[Literal]:
        """The languages (``xsd:language``) in which no source held gives the name of a thing."""
        for language in self._curated.objects(URIRef(iri), ZH.uncertainName):
            if isinstance(language, Literal):
                yield language

    def within(self, iri: str) -> str | None:
        """The English label as it stands within a sentence: "the Ministry of Finance", "akims of
        the oblasts".

        English labels begin with a capital, Russian ones only where the name is a proper one: so
        the Russian label tells which English one is. Groups are many and bear no article.
        """
        name = self.of(iri, "en")
        if not name:
            return None
        if name.startswith("The "):
            return f"the {name.removeprefix('The ')}"
        if (self.of(iri, "ru") or "А")[0].islower():
            name = name[0].lower() + name[1:]
        kinds = set(self._curated.objects(URIRef(iri), RDF.type))
        return f"the {name}" if kinds & _WITH_ARTICLE else name


def as_labels(texts: Texts) -> Iterator[Literal]:
    """The texts that are there as literals with their languages."""
    for language, text in texts.items():
        if text:
            yield Literal(text, lang=language)


def capitalise(texts: Texts) -> Texts:
    """Our own texts with a capital at their beginning; Kazakh ones are the plan's and stay."""
    return {
        language: text[0].upper() + text[1:] if text and language != "kk" else text
        for language, text in texts.items()
    }
