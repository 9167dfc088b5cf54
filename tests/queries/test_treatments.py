"""What an anomaly says of its treatment is so in the graph, where a question can tell.

Treatments that claim a link, or that there is none, are asked for what they claim.
"""

import re

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions

from kg.asking.store import KnowledgeGraph
from kg.namespaces import BASE

PREFIXES = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX zh: <{BASE}ontology#>
PREFIX agency: <{BASE}agency/>
PREFIX concept: <{BASE}concept/>
PREFIX planned: <{BASE}planned-act/>
PREFIX rule: <{BASE}rule/>
BASE <{BASE}eli/kz/resolution/2013/78/>
"""
SHARED = ("reference", "history", "quality", "source")
LAST = f"{BASE}eli/kz/resolution/2013/78@2014-12-30/graph"
ACTS = f"{BASE}eli/kz"
LAW, SECOND_LAW = f"<{ACTS}/law/2013/101-V>", "planned:law-on-the-second-stage"
FIRST_LAW = "planned:law-on-local-self-government"
CONCEPT = f"<{ACTS}/decree/2012/438/concept>"
NO_ACT_CITED = "FILTER NOT EXISTS { <%s> eli:cites ?cited }"


def resolved(path: str, target: str, grade: str = "", rule: str = "") -> str:
    """A reference of a provision leads to one target."""
    graded = f"; zh:grade zh:{grade}" if grade else ""
    ruled = f"; zh:byRule rule:{rule}" if rule else ""
    node = "?r" + re.sub(r"\W", "", path + target)
    where = f"{node} a zh:LegalReference ; zh:inProvision <{path}>"
    return f"{where} ; zh:target {target} {graded} {ruled} ."


def candidates(path: str, rule: str, *targets: str) -> str:
    """A reference of a provision has these candidates, and no other and no target."""
    node = "?r" + re.sub(r"\W", "", path)
    listed = " ".join(
        f"{node} zh:candidateTarget {node}{n} . "
        f"{node}{n} zh:target {target} ; zh:grade zh:Unknown ."
        for n, target in enumerate(targets)
    )
    where = f"{node} a zh:LegalReference ; zh:inProvision <{path}>"
    return f"""{where} ; zh:byRule rule:{rule} . {listed}
        FILTER NOT EXISTS {{ {node} zh:target ?target }}
        FILTER NOT EXISTS {{ {node} zh:candidateTarget/zh:target ?other
            FILTER (?other NOT IN ({", ".join(targets)})) }}"""


TREATED = {
    "a-law-without-a-name": "".join(
        candidates(path, "R31", LAW, f"<{ACTS}/law/2001/148>") + NO_ACT_CITED % path
        for path in ("plan/section-4/measure-3", "plan/section-4/measure-5/item-1")
    ),
    "bodies-of-self-government-undefined": """
        agency:local-self-government-bodies a zh:AgencyGroup .
        <plan/section-5/measure-5> zh:output/zh:recipient agency:local-self-government-bodies .
        FILTER NOT EXISTS { ?membership zh:group agency:local-self-government-bodies }""",
    "concept-by-two-titles": resolved("preamble", f"<{ACTS}/decree/2012/438>", "Stated")
    + "<preamble> eli:cites ?decree . "
    + resolved("preamble", CONCEPT, "Stated", "R27")
    + resolved("title", CONCEPT, "Inferred", "R27")
    + resolved("paragraph-1", CONCEPT, "Inferred", "R27"),
    "concept-without-country": resolved("plan/section-4/measure-3", "?one", "", "R27")
    + resolved("plan/section-4/measure-7", "?two", "", "R27")
    + resolved("plan/section-4/measure-8", "?two", "", "R27")
    + f"FILTER (?one != ?two) ?one eli:is_part_of {CONCEPT} . ?two eli:is_part_of {CONCEPT}",
    "concept-without-development": resolved("plan/section-5/measure-4", CONCEPT, "Inferred", "R27")
    + resolved("plan/section-5/measure-4", CONCEPT, "Inferred", "R34"),
    "decree-named-before-it-exists": resolved(
        "plan/section-2/measure-2", "planned:decree-on-elections-of-akims"
    )
    + f"""?r zh:inProvision <plan/section-2/measure-2> ; zh:candidateTarget ?c .
        ?c zh:target <{ACTS}/decree/2013/555> ; zh:byRule rule:R29 .
        <plan/section-2/measure-2> zh:output/zh:outputType concept:output\\/draft-decree ."""
    + NO_ACT_CITED % "plan/section-2/measure-2",
    "draft-decree-to-nobody": """<plan/section-2/measure-2> zh:output ?output .
        FILTER NOT EXISTS { ?output zh:recipient ?body }""",
    "item-4-of-this-plan": """<plan/section-2/measure-5> zh:funding/zh:refersTo
        <plan/section-2/measure-4> . """
    + resolved("plan/section-2/measure-5", "<plan/section-2/measure-4>", "Inferred", "R19"),
    "law-cited-by-title-only": candidates("plan/section-4/measure-9", "R30", LAW, SECOND_LAW)
    .replace(f"{LAW} ; zh:grade zh:Unknown", f"{LAW} ; zh:grade zh:Inferred ; zh:byRule rule:R26")
    + NO_ACT_CITED % "plan/section-4/measure-9",
    "law-for-the-second-stage": resolved("plan/section-4/measure-7", SECOND_LAW)
    + resolved("plan/section-4/measure-8", SECOND_LAW)
    + candidates("plan/section-4/measure-5/item-4", "R30", FIRST_LAW, SECOND_LAW),
    "local-money-for-ministries": """<plan/section-5/measure-1> zh:funding ?funding .
        ?funding zh:fundingType concept:funding\\/local-budget .
        FILTER NOT EXISTS { ?funding dcterms:spatial ?place }""",
    "maslikhats-and-representative-bodies": """agency:local-representative-bodies a zh:AgencyGroup ;
        skos:note ?note . agency:district-maslikhats a zh:AgencyGroup .""",
    "measures-without-their-prefix": """<paragraph-3> a zh:Paragraph . FILTER NOT EXISTS {
        ?r zh:inProvision ?place ; zh:target|zh:candidateTarget/zh:target ?measure .
        ?measure a zh:Measure . FILTER (?place IN (<paragraph-3>, <plan/section-4/measure-3>)) }""",
    "ministry-of-regional-development-in-paragraphs": """
        <paragraph-2> zh:responsibleAgency agency:ministry-of-regional-development .
        <paragraph-3> zh:output/zh:recipient agency:ministry-of-regional-development .
        FILTER NOT EXISTS {
            ?fact org:originalOrganization agency:ministry-of-regional-development }""",
    "one-law-analysed-twice": f"""<plan/section-4/measure-2> eli:cites {LAW} .
        ?r zh:inProvision <plan/section-4/measure-9> ;
            zh:candidateTarget/zh:target {LAW} , {SECOND_LAW} . """
    + NO_ACT_CITED % "plan/section-4/measure-9",
    "one-title-for-two-laws": resolved("plan/section-1/measure-3", FIRST_LAW, "Stated")
    + resolved("plan/section-1/measure-4", FIRST_LAW, "Stated")
    + resolved("plan/section-4/measure-2", LAW, "Stated", "R23")
    + candidates("plan/section-4/measure-5/item-4", "R30", FIRST_LAW, SECOND_LAW)
    + f"""?r zh:inProvision <plan/section-4/measure-9> ;
            zh:candidateTarget/zh:target {LAW} , {SECOND_LAW} .""",
    "parliament-only-in-words": """<plan/section-1/measure-3> zh:output ?one .
        <plan/section-4/measure-8> zh:output ?two .
        FILTER NOT EXISTS { ?one zh:recipient ?body }
        FILTER NOT EXISTS { ?two zh:recipient ?body }""",
    "plan-for-the-second-stage": candidates(
        "plan/section-4/measure-1", "R33", "<plan>", "<plan/stage-2>"
    ),
    "programmes-of-districts": """?r zh:inProvision <plan/section-1/measure-4> ;
        zh:byRule rule:R35 ; zh:resolution concept:resolution\\/unresolved ;
        dcterms:subject concept:document-kind\\/district-development-programmes .
        FILTER NOT EXISTS { ?r zh:target|zh:candidateTarget ?some }""",
    "property-in-two-words": """<plan/section-4/measure-15> a zh:Measure .
        FILTER NOT EXISTS { <plan/section-4/measure-15> zh:topic ?topic }""",
    "reach-of-by-agreement": """<paragraph-3> zh:responsibility ?agreed .
        ?agreed zh:byAgreement true ; zh:agency agency:state-bodies-under-the-president .
        FILTER NOT EXISTS { <paragraph-3> zh:responsibility ?other .
            ?other zh:byAgreement true FILTER (?other != ?agreed) }""",
    "responsible-groups-without-members": """FILTER NOT EXISTS { ?membership zh:group ?group FILTER
        (?group IN (agency:non-governmental-organisations, agency:local-representative-bodies,
        agency:local-executive-bodies)) }""",
    "round-tables-completed-by-seminars": """<plan/section-5/measure-3> zh:output/zh:outputType
        concept:output\\/seminars .
        FILTER NOT EXISTS {
            <plan/section-5/measure-3> zh:output/zh:outputType concept:output\\/round-tables }""",
    "stage-of-plan-or-of-concept": f"""<plan/stage-2> a zh:Stage .
        <{ACTS}/decree/2012/438/concept/stage-2> eli:is_part_of {CONCEPT} . """
    + "".join(
        resolved(
            f"plan/section-{path}", f"<{ACTS}/decree/2012/438/concept/stage-{stage}>", "", "R27"
        )
        for path, stage in (
            ("4/measure-1", 2), ("4/measure-3", 1), ("4/measure-9", 2), ("4/measure-16", 2),
            ("5/measure-2", 2),
        )
    ),
    "travel-without-money": """<plan/section-4/measure-3> zh:funding/zh:fundingType
        concept:funding\\/not-required .""",
    "two-institutes-of-one-party": """agency:nur-otan-institute-of-parliamentarism a prov:Agent .
        agency:nur-otan-public-policy-institute a prov:Agent . FILTER NOT EXISTS {
        ?fact org:originalOrganization agency:nur-otan-institute-of-parliamentarism }""",
    "two-kinds-of-concept": f"""{CONCEPT} eli:is_part_of <{ACTS}/decree/2012/438> .
        <plan/section-4/measure-5> zh:output/zh:outputType
            concept:output\\/concept-of-draft-law . """
    + resolved("paragraph-1", CONCEPT, "", "R27"),
}  # fmt: skip
"""What must be so, by the anomaly whose treatment says it, as a pattern over all that is known."""

DETECTED = {
    "body-ended-before-amendment": """?case zh:responsibility ?cell .
        ?cell zh:agency agency:ministry-of-culture-and-information .
        FILTER NOT EXISTS { ?a zh:byRule rule:R6 ; zh:attests ?cell ; zh:grade zh:Inferred }""",
    "body-younger-than-act": """
        ?case zh:responsibility ?cell . ?cell zh:agency ?body .
        ?fact org:resultingOrganization ?body ; zh:onDate ?day
        FILTER (?day > "2013-01-31"^^xsd:date)
        FILTER NOT EXISTS { ?a zh:byRule rule:R5 ; zh:attests ?cell ; zh:holds false }""",
    "cited-without-number": "FILTER NOT EXISTS { ?case eli:cites ?act }",
    "cites-younger-act": """FILTER NOT EXISTS { ?version prov:specializationOf ?case .
        ?a zh:byRule rule:R7 ; zh:attests ?version ; zh:holds false }""",
    "deadline-from-planned-act": """FILTER NOT EXISTS { ?case zh:deadline ?due .
        ?due zh:relativeTo ?act ; zh:offset ?offset . ?act a zh:PlannedAct
        FILTER NOT EXISTS { ?due zh:dueBy ?day } }""",
    "deadline-passed-when-amended": """FILTER NOT EXISTS { ?version prov:specializationOf ?case .
        ?a zh:byRule rule:R8 ; zh:attests ?version }
        FILTER NOT EXISTS { ?case zh:printedWith ?other } FILTER NOT EXISTS { ?case a zh:Measure .
        ?item eli:is_part_of ?case ; a zh:SubMeasure }""",
    "deadline-soon-after-adoption": """FILTER NOT EXISTS { ?version prov:specializationOf ?case .
        ?a zh:byRule rule:R8 ; zh:attests ?version }""",
    "deadline-soon-after-act": """FILTER EXISTS { ?version prov:specializationOf ?case .
        ?a zh:byRule rule:R8 ; zh:attests ?version ; zh:inState/zh:validFrom ?first
        FILTER (?first < "2014-10-27"^^xsd:date) }""",
    "no-amount": "?case zh:amount ?sum",
    "recipient-is-responsible": """FILTER NOT EXISTS { ?case zh:responsibleAgency ?body ;
        zh:output/zh:recipient ?body }""",
    "recurrence-without-years": """FILTER NOT EXISTS { ?case zh:deadline ?due .
        ?due zh:recurrence ?r ; zh:recursFrom ?from ; zh:recursUntil ?until ;
            zh:boundsEvidence zh:Inferred }""",
    "superseded-term": """FILTER NOT EXISTS { ?version prov:specializationOf ?case .
        ?a zh:byRule rule:R14 ; zh:attests ?version }""",
    "topic-in-other-words": "FILTER NOT EXISTS { ?case zh:topic ?topic }",
}  # fmt: skip
"""What no provision in which a detector found something may be, by the detector."""

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


def ask(graph: KnowledgeGraph, query: str) -> QueryBoolean | QuerySolutions:
    """The answer from the last state, what states share, the history and what is odd."""
    names = (LAST, *(f"{BASE}graph/{name}" for name in SHARED))
    sources = "".join(f"FROM <{name}> " for name in names)
    asked = re.sub(r"(ASK|SELECT DISTINCT \?\w+)", rf"\1 {sources}", query, count=1)
    found = graph.named.query(PREFIXES + XSD + asked)
    assert isinstance(found, QueryBoolean | QuerySolutions)
    return found


@pytest.mark.parametrize("name", TREATED)
def test_a_curated_treatment_is_so(graph: KnowledgeGraph, name: str) -> None:
    """Each link that it tells of is there, and each that it denies isn't."""
    assert ask(graph, f"ASK {{ <{BASE}anomaly/{name}> a zh:Anomaly . {TREATED[name]} }}")


@pytest.mark.parametrize("name", DETECTED)
def test_a_detectors_treatment_is_so_of_all_it_finds(graph: KnowledgeGraph, name: str) -> None:
    """In each provision in which it found something."""
    found = f"?anomaly zh:detectedBy <{BASE}detector/{name}> "
    assert ask(graph, f"ASK {{ {found} }}"), "it finds something"
    places = f"{found} ; zh:inProvision ?case . FILTER NOT EXISTS {{ ?case a zh:TextUnit }}"
    cases = ask(graph, f"SELECT DISTINCT ?case WHERE {{ {places} {DETECTED[name]} }}")
    assert isinstance(cases, QuerySolutions)
    assert [str(case["case"]) for case in cases] == []


def test_what_speaks_of_links_is_asked(graph: KnowledgeGraph) -> None:
    """A treatment that speaks of a link, a candidate or a rule of references has its question."""
    said = ask(
        graph,
        """SELECT DISTINCT ?anomaly WHERE { ?anomaly a zh:Anomaly ; zh:treatment ?treatment .
        FILTER NOT EXISTS { ?anomaly zh:detectedBy ?detector }
        FILTER (REGEX(?treatment,
            "candidate|leads? to|link|cites|unresolved|R(2[3-9]|3[0-5])")) }""",
    )
    assert isinstance(said, QuerySolutions)
    names = {row["anomaly"].value.rpartition("/")[2] for row in said}
    untold = {"reports-to-one-from-another", "study-and-result-in-one-month", "law-of-the-republic"}
    assert names - set(TREATED) <= untold
    assert len(names) >= 14


def test_no_treatment_denies_a_link_that_there_is(graph: KnowledgeGraph) -> None:
    """Where words of an anomaly are a reference that leads somewhere, it isn't said to be none."""
    said = ask(
        graph,
        """SELECT DISTINCT ?anomaly WHERE {
        ?anomaly a zh:Anomaly ; zh:treatment ?treatment ; oa:hasTarget/oa:hasSelector ?odd .
        FILTER (REGEX(?treatment,
            "not linked|links? to no|[Nn]o planned act|cites no|[Nn]o citation"))
        ?odd oa:start ?start ; oa:end ?end .
        ?r zh:target|zh:candidateTarget ?some ; zh:evidencedBy/oa:hasSelector ?words .
        ?words oa:start ?from ; oa:end ?to . FILTER (?from < ?end && ?start < ?to) }""",
    )
    assert isinstance(said, QuerySolutions)
    assert [row["anomaly"].value for row in said] == []
