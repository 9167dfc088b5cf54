"""Zhospar's own terms and the address they begin with, as a closed namespace: a misspelt one fails
where it is used.

They are those of ``ontology/zhospar.ttl``; a test holds the two lists equal.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["BASE", "ZH"]

BASE = "https://w3id.org/zhospar/"


class ZH(DefinedNamespace):
    """Zhospar's own terms."""

    _fail = True
    _NS = Namespace(f"{BASE}ontology#")

    # Classes of the plan and its parts
    Resolution: URIRef
    Provision: URIRef
    Paragraph: URIRef
    Plan: URIRef
    Stage: URIRef
    Section: URIRef
    Measure: URIRef
    SubMeasure: URIRef
    TextUnit: URIRef
    Responsibility: URIRef
    Output: URIRef
    Deadline: URIRef
    Funding: URIRef
    PlannedAct: URIRef
    # Classes of time and evidence
    ProvisionVersion: URIRef
    State: URIRef
    EffectDate: URIRef
    Attestation: URIRef
    SourcedFact: URIRef
    Amendment: URIRef
    PossibleAmendment: URIRef
    ChangeKind: URIRef
    Tenure: URIRef
    OpenQuestion: URIRef
    QuestionKind: URIRef
    # Classes of agents and concepts
    AgencyGroup: URIRef
    GroupMembership: URIRef
    Rule: URIRef
    Grade: URIRef
    TextStatus: URIRef
    Facet: URIRef
    Confidence: URIRef
    TextUnitKind: URIRef
    OutputType: URIRef
    FundingType: URIRef
    Topic: URIRef
    DutyType: URIRef
    Capacity: URIRef
    Month: URIRef
    SupersededTerm: URIRef
    GlossaryTerm: URIRef
    RenderingException: URIRef
    # Classes of anomalies
    Anomaly: URIRef
    AnomalyKind: URIRef
    Detector: URIRef
    # Individuals
    Stated: URIRef
    Inferred: URIRef
    Unknown: URIRef
    Verbatim: URIRef
    AttestedLater: URIRef
    NotPreserved: URIRef
    ExistenceFacet: URIRef
    NumberFacet: URIRef
    WordsFacet: URIRef
    PartsFacet: URIRef
    StartFacet: URIRef
    TermFacet: URIRef
    IdentificationFacet: URIRef
    BoundsFacet: URIRef
    ConfidenceA: URIRef
    ConfidenceB: URIRef
    # Properties of provisions and cells
    number: URIRef
    position: URIRef
    text: URIRef
    translation: URIRef
    labelFromSource: URIRef
    uncertainName: URIRef
    textUnitKind: URIRef
    responsibility: URIRef
    responsibleAgency: URIRef
    effectiveResponsibility: URIRef
    output: URIRef
    deadline: URIRef
    funding: URIRef
    topic: URIRef
    duty: URIRef
    printedWith: URIRef
    standsFor: URIRef
    signatory: URIRef
    agency: URIRef
    byAgreement: URIRef
    capacity: URIRef
    heldBy: URIRef
    outputType: URIRef
    recipient: URIRef
    outputAuthor: URIRef
    outputConcerns: URIRef
    dueFrom: URIRef
    dueBy: URIRef
    recurrence: URIRef
    month: URIRef
    monthDay: URIRef
    recursFrom: URIRef
    recursUntil: URIRef
    boundsEvidence: URIRef
    relativeTo: URIRef
    offset: URIRef
    fundingType: URIRef
    refersTo: URIRef
    # Properties of time and evidence
    validFrom: URIRef
    validUntil: URIRef
    effectDate: URIRef
    earliest: URIRef
    latest: URIRef
    stateGraph: URIRef
    possibleGraph: URIRef
    openBy: URIRef
    evidence: URIRef
    textEvidence: URIRef
    agencyEvidence: URIRef
    textStatus: URIRef
    partsStatus: URIRef
    evidencedBy: URIRef
    attests: URIRef
    inState: URIRef
    facet: URIRef
    grade: URIRef
    holds: URIRef
    byRule: URIRef
    byAct: URIRef
    amends: URIRef
    changeKind: URIRef
    mayHaveGenerated: URIRef
    premise: URIRef
    line: URIRef
    sha256: URIRef
    # Properties of facts, groups and rules
    onDate: URIRef
    confidence: URIRef
    decidedBy: URIRef
    plannedAct: URIRef
    becameAct: URIRef
    replacedTerm: URIRef
    group: URIRef
    member: URIRef
    presentBody: URIRef
    transferredFrom: URIRef
    transferredTo: URIRef
    transferredFunction: URIRef
    renamedBody: URIRef
    newName: URIRef
    # Tenures
    bodyNamed: URIRef
    holder: URIRef
    possibleHolder: URIRef
    lastKnownHolder: URIRef
    lastKnownDay: URIRef
    # Open questions
    asksAbout: URIRef
    questionKind: URIRef
    questionPattern: URIRef
    selects: URIRef
    settledBy: URIRef
    premiseText: URIRef
    conclusion: URIRef
    limit: URIRef
    # Properties of anomalies
    anomalyKind: URIRef
    detectedBy: URIRef
    inProvision: URIRef
    quote: URIRef
    reading: URIRef
    treatment: URIRef
    # Forms of words, for reading
    genitiveForm: URIRef
    dativeForm: URIRef
    attributiveForm: URIRef
    inferredForm: URIRef
    sharedModifier: URIRef
    sharedHead: URIRef
    phrase: URIRef
    stem: URIRef
    # The glossary
    rendering: URIRef
    notToBeConfusedWith: URIRef
    glossaryTerm: URIRef
    # Legal references
    LegalReference: URIRef
    CandidateTarget: URIRef
    ReferenceKind: URIRef
    ResolutionStatus: URIRef
    DocumentKind: URIRef
    referenceKind: URIRef
    target: URIRef
    candidateTarget: URIRef
    resolution: URIRef
    reason: URIRef
    mayHaveBecome: URIRef
    referenceForm: URIRef
    # Names in other conventions
    aknIri: URIRef
    # Links: identifiers, relations between acts, posts
    Identifier: URIRef
    IdentifierScheme: URIRef
    IdentifierStatus: URIRef
    ActRelation: URIRef
    ActRelationKind: URIRef
    CandidateAct: URIRef
    identifies: URIRef
    scheme: URIRef
    identifierStatus: URIRef
    externalResource: URIRef
    relatingAct: URIRef
    relatedTo: URIRef
    relationKind: URIRef
    shortProperty: URIRef
    candidateAct: URIRef
    post: URIRef
    namedIn: URIRef
    # Links: what was reported of the plan's execution
    ReportedOutcome: URIRef
    Completion: URIRef
    ReportedFigure: URIRef
    Quantity: URIRef
    outcomeOf: URIRef
    reportedAct: URIRef
    doneFrom: URIRef
    doneBy: URIRef
    completion: URIRef
    inOutcome: URIRef
    quantity: URIRef
    count: URIRef
