"""The three cases of the service description manifest, run over HTTP.

The manifest gives their names alone. The schema of the third is that of SPARQL 1.1 Service
Description, section 3: the terms there are, and the domain and range of each property.
"""

import httpx
from rdflib import RDF, Graph, Literal, Namespace, Node, URIRef

from tests.conformance.outcomes import Outcome
from tests.conformance.suite import Case

__all__ = ["find_faults", "run_description_case"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

_PROPERTIES = {
    "endpoint": ("Service", ""),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
}
"""Each property with the class of its subjects and of its values; empty is any IRI."""

_INSTANCES = {
    "Feature": {
        *("DereferencesURIs", "UnionDefaultGraph", "RequiresDataset"),
        *("EmptyGraphs", "BasicFederatedQuery"),
    },
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}
_CLASSES = {SD[name] for name in ("Service", "Dataset", "Graph", "NamedGraph", "GraphCollection")}
_BROADER = {"Dataset": "GraphCollection"}
_EXACTLY_ONE = {"endpoint": "Service", "name": "NamedGraph"}


def run_description_case(client: httpx.Client, case: Case) -> Outcome:
    """What became of a case, by its name in the manifest."""
    response = client.get("/sparql")
    local = case.name.rpartition("/")[2]
    found = {
        "returns-rdf": _check_rdf,
        "has-endpoint-triple": _check_endpoint,
        "conforms-to-schema": _check_schema,
    }[local](response)
    return Outcome(case.suite, case.name, "failed" if found else "passed", found)


def _parse(response: httpx.Response) -> Graph:
    media_type = response.headers["content-type"].partition(";")[0]
    return Graph().parse(data=response.content, format=media_type)


def _check_rdf(response: httpx.Response) -> str:
    if response.status_code != 200:
        return f"status {response.status_code}"
    return "" if len(_parse(response)) else "there are no triples"


def _check_endpoint(response: httpx.Response) -> str:
    found = set(_parse(response).objects(None, SD.endpoint))
    return "" if found == {URIRef(str(response.url))} else f"the endpoint is {found}"


def _check_schema(response: httpx.Response) -> str:
    return "; ".join(find_faults(_parse(response)))


def find_faults(graph: Graph) -> list[str]:
    """Where a service description departs from the vocabulary's schema, a clause for each place."""
    faults = []
    if len(set(graph.subjects(RDF.type, SD.Service))) != 1:
        faults.append("there is not one sd:Service")
    for subject, predicate, value in graph:
        if str(predicate).startswith(str(SD)):
            faults += _check_property(graph, subject, str(predicate).removeprefix(str(SD)), value)
    classes = {str(kind) for kind in graph.objects(None, RDF.type)} - set(map(str, _CLASSES))
    faults += [f"{name} is no class" for name in classes if name.startswith(str(SD))]
    for name, bearer in _EXACTLY_ONE.items():
        faults += [
            f"{subject} has not one sd:{name}"
            for subject in graph.subjects(RDF.type, SD[bearer])
            if len(list(graph.objects(subject, SD[name]))) != 1
        ]
    return sorted(faults)


def _check_property(graph: Graph, subject: Node, name: str, value: Node) -> list[str]:
    if name not in _PROPERTIES:
        return [f"sd:{name} is no property"]
    domain, range_ = _PROPERTIES[name]
    faults = []
    if not _is_a(graph, subject, domain):
        faults.append(f"{subject} has sd:{name} and is no sd:{domain}")
    if isinstance(value, Literal):
        faults.append(f"sd:{name} has the literal {value}")
    elif range_ in _INSTANCES:
        named = str(value).removeprefix(str(SD)) in _INSTANCES[range_]
        if not named and not _is_a(graph, value, range_):
            faults.append(f"{value} is no sd:{range_}")
    elif SD[range_] in _CLASSES and not _is_a(graph, value, range_):
        faults.append(f"{value} is no sd:{range_}")
    return faults


def _is_a(graph: Graph, node: Node, kind: str) -> bool:
    kinds = {kind, *(narrow for narrow, broad in _BROADER.items() if broad == kind)}
    return any((node, RDF.type, SD[name]) in graph for name in kinds)
