"""A larger graph of the real shape: the built one, and further plans made from its own.

Each further plan has every statement of the real one under addresses of its own, with other bodies
in its cells and its own number in its labels; all plans share the states, so that one question runs
against any day. The same input gives the same bytes.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.iris import graph_iri
from kg.namespaces import BASE

__all__ = ["SYNTHETIC_QUADS", "write_synthetic"]

SYNTHETIC_QUADS = 185_000

_PLAN = "eli/kz/resolution/2013/78"
# What is said of the plan itself under other addresses, such as <…/span/78/1234-1301>.
_ROOMS = "amendment|anomaly|attestation|reference|span"
_OWN = re.compile(f"<{re.escape(BASE)}(?:{_PLAN}(?=[/@>])|(?:{_ROOMS})/)")
_AGENCY = re.compile(f"<{re.escape(BASE)}agency/[a-z0-9-]+>")
_LABEL = re.compile(r'(?P<words>Label> ".*)(?P<end>"@\w+)$')
_GRAPH = re.compile(r"^(?P<triple>.*) (?P<graph><[^>]*>) \.\n$")
# The states first: should the last plan be cut off, it stands in full where questions look for it.
_PLAN_GRAPHS = ("state", "quality", "history", "source")


def write_synthetic(nquads: Path, folder: Path, quads: int = SYNTHETIC_QUADS) -> None:
    """Write ``kg.nq`` of exactly ``quads`` quads into ``folder``; the last plan may be cut off.

    Raises ``ValueError`` where the graph in ``nquads`` alone has more.
    """
    lines = nquads.read_text(encoding="utf-8").splitlines(keepends=True)
    if len(lines) > quads:
        raise ValueError(f"{nquads} alone has more than {quads} quads")
    wanted = quads - len(lines)
    plan = sorted(filter(_is_of_plan, lines), key=_room)
    if wanted and not plan:
        raise ValueError(f"{nquads} holds no plan to make others from")
    further = (line for number in _count_from(2) for line in _further_plan(plan, number))
    made = dict.fromkeys(lines)
    for line in further:
        if not wanted:
            break
        if line not in made:
            made[line] = None
            wanted -= 1
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kg.nq").write_text("".join(sorted(made)), encoding="utf-8")


def _count_from(number: int) -> Iterator[int]:
    while True:
        yield number
        number += 1


def _room(line: str) -> int:
    """Where a quad's graph stands in ``_PLAN_GRAPHS``; 4 for a graph that all plans share."""
    match = _GRAPH.match(line)
    graph = match["graph"][1:-1] if match else ""
    if graph.startswith(f"{BASE}{_PLAN}@"):
        return 0
    rooms = [graph_iri(name) for name in _PLAN_GRAPHS[1:]]
    return rooms.index(graph) + 1 if graph in rooms else len(_PLAN_GRAPHS)


def _is_of_plan(line: str) -> bool:
    """Whether the quad says something of the plan: not a vocabulary, and not which states exist."""
    return _room(line) < len(_PLAN_GRAPHS) and _OWN.match(line) is not None


def _further_plan(plan: list[str], number: int) -> Iterator[str]:
    change_body = _rotate_bodies(plan, number)
    for line in plan:
        match = _GRAPH.match(line)
        if match is None:
            raise ValueError(f"not a quad: {line}")
        triple = _OWN.sub(lambda own: _readdress(own[0], number), match["triple"])
        triple = _LABEL.sub(rf"\g<words> ({number})\g<end>", _AGENCY.sub(change_body, triple))
        yield f"{triple} {match['graph']} .\n"


def _readdress(opening: str, number: int) -> str:
    """<…/resolution/2013/78 becomes <…/resolution/2013/78-2; <…/span/ becomes <…/span/plan-2/."""
    return f"{opening}plan-{number}/" if opening.endswith("/") else f"{opening}-{number}"


def _rotate_bodies(plan: list[str], number: int) -> Callable[[re.Match[str]], str]:
    bodies = sorted({body for line in plan for body in _AGENCY.findall(line)})
    places = {body: place for place, body in enumerate(bodies)}
    return lambda body: bodies[(places[body[0]] + number) % len(bodies)]
