"""Zhospar's addresses: minted and taken apart here, and nowhere else.

The scheme is that of ``docs/model.md``: an act is ``eli/kz/{kind}/{year}/{number}``; a provision is
a path below its act (``plan/section-4/measure-5/item-2``); ``@`` and a day mark a version or a
state.
"""

import re
from dataclasses import dataclass
from datetime import date

from kg.namespaces import BASE, PREFIXES

GRAPHS = ("history", "reference", "source", "quality", "catalogue", "queries", "ontology")
"""The named graphs that belong to no state, by the last part of ``BASE graph/…``."""

_PROVISION = re.compile(
    rf"""
    ^{re.escape(BASE)}(?P<act>eli/kz/[a-z-]+/\d{{4}}/[^/@]+)   # eli/kz/resolution/2013/78
    (?:/(?P<path>[a-z0-9/-]+))?                                # /plan/section-4/measure-5/item-2
    (?:@(?P<day>\d{{4}}-\d\d-\d\d)                             # @2014-10-27
    (?:/(?P<part>[a-z0-9-]+))?)?$                              # /responsibility-1, after a day only
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ProvisionAddress:
    """The parts of a provision's address; ``day`` and ``part`` are those of a version and its
    cell.
    """

    act: str
    path: str
    day: date | None = None
    part: str | None = None

    def numbers(self) -> dict[str, int]:
        """The numbers in the path by the name before each: ``{"section": 4, "measure": 5}``."""
        pairs = (step.rpartition("-") for step in self.path.split("/"))
        return {name: int(number) for name, _, number in pairs if number.isdigit()}


def parse_provision(iri: str) -> ProvisionAddress:
    """Take a provision's, version's or cell's address apart.

    >>> parse_provision(BASE + "eli/kz/resolution/2013/78/plan/section-4/measure-5").numbers()
    {'section': 4, 'measure': 5}

    Raises ``ValueError`` where the address isn't of that form.
    """
    match = _PROVISION.match(iri)
    if match is None:
        raise ValueError(f"not the address of a provision: {iri}")
    day = date.fromisoformat(match["day"]) if match["day"] else None
    return ProvisionAddress(BASE + match["act"], match["path"] or "", day, match["part"])


def act_iri(kind: str, year: int, number: str) -> str:
    """The address of an act: ``act_iri("resolution", 2013, "78")``."""
    return f"{BASE}eli/kz/{kind}/{year}/{number}"


def provision_iri(act: str, path: str) -> str:
    """The address of a provision of the act at ``act``; an empty path is the act itself."""
    return f"{act}/{path}" if path else act


def version_iri(act: str, path: str, day: date) -> str:
    """The address of a provision's version that became valid on ``day``."""
    return f"{provision_iri(act, path)}@{day.isoformat()}"


def state_iri(act: str, day: date) -> str:
    """The address of the act's state that began on ``day``."""
    return f"{act}@{day.isoformat()}"


def state_graph_iri(act: str, day: date) -> str:
    """The named graph of what stands in a state."""
    return f"{state_iri(act, day)}/graph"


def possible_graph_iri(act: str, day: date) -> str:
    """The named graph of what may stand in a state."""
    return f"{state_iri(act, day)}/possible"


def expression_iri(act: str, day: date, language: str) -> str:
    """The address of a state in a language (``kaz``)."""
    return f"{state_iri(act, day)}/{language}"


def akn_work(act: str, day: date) -> str:
    """The name of an act of ``day`` by the Akoma Ntoso Naming Convention 1.0, section 4.4.

    The kind of act is its subtype; no body is named, since the kind tells it.

    >>> akn_work(BASE + "eli/kz/resolution/2013/78", date(2013, 1, 31))
    '/akn/kz/act/resolution/2013-01-31/78'
    """
    kind, _, number = act.removeprefix(f"{BASE}eli/kz/").split("/")
    return f"/akn/kz/act/{kind}/{day.isoformat()}/{number}"


def akn_expression(work: str, day: date, language: str = "und") -> str:
    """The name of a work as it stands on ``day``, in a language or in all (``und``).

    The colon marks it as virtual (section 4.6.2 of the convention): it leads to the version of the
    closest day before, since the day of the version itself may be a bound.

    >>> akn_expression("/akn/kz/act/resolution/2013-01-31/78", date(2014, 12, 30), "kaz")
    '/akn/kz/act/resolution/2013-01-31/78/kaz:2014-12-30'
    """
    return f"{work}/{language}:{day.isoformat()}"


def span_iri(act: str, start: int, end: int) -> str:
    """The address of a span of an act's text, in code points, ``end`` exclusive."""
    return f"{BASE}span/{act.rpartition('/')[2]}/{start}-{end}"


def attestation_iri(subject: str, state_day: date, facet: str) -> str:
    """The address of what is known of ``subject`` (a version or cell) in a state, in one facet."""
    path = subject.removeprefix(f"{BASE}eli/kz/")
    return f"{BASE}attestation/{path}/{state_day.isoformat()}/{facet}"


def amendment_iri(act: str, day: date, what: str) -> str:
    """The address of an act's amendment that counts from a day: ``what`` is target and kind.

    ``act`` is the act's address below ``eli/kz/``.
    """
    return f"{BASE}amendment/{act}/{day.isoformat()}/{what}"


def reference_iri(act: str, path: str, place: str, start: int, end: int) -> str:
    """The address of a reference: its provision, words or cell (``place``), and its code points
    there.
    """
    own = provision_iri(act, path).removeprefix(f"{BASE}eli/kz/")
    return f"{BASE}reference/{own}/{place}-{start}-{end}"


def candidate_iri(reference: str, target: str) -> str:
    """The address of ``target`` as a candidate of a reference."""
    return f"{reference}/candidate/{target.removeprefix(BASE)}"


def tenure_iri(named: str, day: date, holder: str | None = None) -> str:
    """The address of a tenure: the body named, a member of it where it is a group, the first day.

    Bodies are given by their addresses.
    """
    parts = [body.removeprefix(f"{BASE}agency/") for body in (named, holder) if body]
    return f"{BASE}tenure/{'/'.join(parts)}/{day.isoformat()}"


def question_iri(kind: str, thing: str) -> str:
    """The address of the open question of a kind (its local name) about a thing (its address)."""
    return f"{BASE}question/{kind}/{thing.removeprefix(BASE)}"


def rule_iri(rule: str) -> str:
    """The address of a rule by its short name, ``R8``."""
    return f"{BASE}rule/{rule}"


def graph_iri(name: str) -> str:
    """The address of a named graph that belongs to no state; ``name`` is one of ``GRAPHS``."""
    if name not in GRAPHS:
        raise ValueError(f"no graph is named {name}; there are {', '.join(GRAPHS)}")
    return f"{BASE}graph/{name}"


def linkset_iri(target: str, predicate: str) -> str:
    """The address of the links by ``predicate`` into the data set ``target``.

    >>> linkset_iri(BASE + "linked/wikidata", PREFIXES["skos"] + "exactMatch").removeprefix(BASE)
    'linkset/wikidata/skos-exactMatch'
    """
    known = ((p, n) for p, n in PREFIXES.items() if predicate.startswith(n))
    prefix, namespace = next(known, ("", ""))
    name = f"{prefix}-{predicate.removeprefix(namespace)}" if prefix else local_name(predicate)
    return f"{BASE}linkset/{local_name(target)}/{name}"


def local_name(iri: str) -> str:
    """The last part of an address, after ``#`` or the last ``/``: a slug or a term's name."""
    return re.split(r"[#/]", iri)[-1]
