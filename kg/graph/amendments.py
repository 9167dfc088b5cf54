"""Amendments to quads: certain and possible ones, in ``graph/history``.

Certain ones generate and invalidate versions; of what an act may have touched nothing is generated.
"""

from rdflib import URIRef

from kg.graph.history import GRAPH
from kg.graph.naming.changes import name_amendment, name_effect_of
from kg.graph.naming.names import Texts, as_labels
from kg.graph.provisions import Writer
from kg.graph.quads import Quads, typed
from kg.history.amendments import Amendment, effect_of
from kg.history.known import Version
from kg.iris import amendment_iri, rule_iri
from kg.model import AmendingAct, Change
from kg.namespaces import BASE, DCTERMS, PROV, RDF, SKOS, XSD, ZH

UNDONE: Texts = {
    "kk": "Ол сол күні-ақ кері қайтарылды, сондықтан ешбір редакция онымен басталмайды да, "
    "аяқталмайды да.",
    "en": "It was undone on the same day, so that no version begins or ends by it.",
    "ru": "Оно отменено в тот же день, поэтому ни одна редакция им не начинается и не кончается.",
}
"""Why an amendment touches no version."""


def write_amendments(quads: Quads, writer: Writer, amendments: tuple[Amendment, ...]) -> None:
    """Add all amendments, and a node for each act's day of effect."""
    for amendment in amendments:
        _write_amendment(quads, writer, amendment)
    # The note that says more of an act's day of effect speaks for all that cite the act.
    acts = sorted((a.act for a in amendments), key=lambda act: act.effect is not None)
    for act in {_effect(act): act for act in acts}.values():
        _write_effect(quads, writer, act)


def _address(act: AmendingAct) -> str:
    return f"{act.kind}/{act.day.year}/{act.number}"


def _effect(act: AmendingAct) -> str:
    return amendment_iri(_address(act), act.counts_from, "effect-date")


def _write_amendment(quads: Quads, writer: Writer, amendment: Amendment) -> None:
    act = amendment.act
    by_act = f"{BASE}eli/kz/{_address(act)}"
    iri = amendment_iri(_address(act), amendment.day, f"{amendment.target}/{amendment.change}")
    kind = ZH.Amendment if amendment.certain else ZH.PossibleAmendment
    quads.add(GRAPH, iri, RDF.type, kind, PROV.Activity)
    quads.add(GRAPH, iri, ZH.byAct, URIRef(by_act))
    quads.add(GRAPH, iri, ZH.amends, writer.iri(amendment.target))
    quads.add(GRAPH, iri, ZH.changeKind, URIRef(f"{BASE}concept/change/{amendment.change}"))
    quads.add(GRAPH, iri, ZH.effectDate, URIRef(_effect(act)))
    quads.add(GRAPH, iri, ZH.evidencedBy, *writer.spans([amendment.note.quote, act.quote]))
    target = writer.plan.provision(amendment.target)
    names = name_amendment(
        target, amendment.change, by_act, writer.naming, certain=amendment.certain
    )
    quads.add(GRAPH, iri, SKOS.prefLabel, *as_labels(names))
    before, after = _version(writer, amendment.before), _version(writer, amendment.after)
    if before is None and after is None:
        quads.add(GRAPH, iri, DCTERMS.description, *as_labels(UNDONE))
    elif amendment.change is Change.AMENDED:
        quads.add(GRAPH, iri, PROV.used, after)
    elif amendment.certain:
        quads.add(GRAPH, iri, PROV.invalidated, before)
        quads.add(GRAPH, iri, PROV.generated, after)
    elif amendment.after and amendment.after.day < amendment.day:
        # It may have stood before, so its version begins earlier than this act.
        quads.add(GRAPH, iri, PROV.used, after)
    else:
        quads.add(GRAPH, iri, ZH.mayHaveGenerated, after)


def _version(writer: Writer, version: Version | None) -> URIRef | None:
    return writer.version(version) if version else None


def _write_effect(quads: Quads, writer: Writer, act: AmendingAct) -> None:
    iri, effect = _effect(act), effect_of(act)
    quads.add(GRAPH, iri, RDF.type, ZH.EffectDate)
    quads.add(GRAPH, iri, ZH.earliest, typed(effect.earliest.isoformat(), XSD.date))
    if effect.latest:
        quads.add(GRAPH, iri, ZH.latest, typed(effect.latest.isoformat(), XSD.date))
    names = name_effect_of(f"{BASE}eli/kz/{_address(act)}", effect, writer.naming)
    quads.add(GRAPH, iri, SKOS.prefLabel, *as_labels(names))
    quads.add(GRAPH, iri, ZH.evidence, URIRef(ZH[effect.inference.grade]))
    rules = [URIRef(rule_iri(rule)) for rule in effect.inference.rules]
    quads.add(GRAPH, iri, ZH.byRule, *rules)
    quads.add(GRAPH, iri, ZH.evidencedBy, *writer.spans([act.quote]))
