"""The RDF patch: applied to one state it gives the other, for every pair and both ways."""

from datetime import date
from itertools import permutations

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from kg.asking.diff import compare_days
from kg.asking.diff_formats import answer_diff
from kg.asking.patch import apply_patch, make_patch
from kg.asking.store import KnowledgeGraph
from kg.build import Making
from tests.asking.compared import FIRST, SECOND, THIRD, load_changes, load_made


@pytest.fixture(scope="module", params=["real", "made up", "small"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Each of the three graphs."""
    if request.param == "small":
        return load_changes()
    making: Making = request.getfixturevalue(
        "making" if request.param == "real" else "made_up_making"
    )
    return load_made(making)


def content(graph: KnowledgeGraph, name: str) -> set[Triple]:
    return {q.triple for q in graph.named.quads_for_pattern(None, None, None, NamedNode(name))}


def test_a_patch_turns_each_state_into_each_other(graph: KnowledgeGraph) -> None:
    """diff(a, b) applied to a gives b, triple for triple, in the graph and in what is possible."""
    states = graph.states
    assert len(states) >= 2
    assert any(
        content(graph, a.graph) != content(graph, b.graph) for a, b in permutations(states, 2)
    )
    for a, b in permutations(states, 2):
        turtle = answer_diff(graph, a.valid_from, b.valid_from, "ttl")
        given = {name: content(graph, name) for name in (a.graph, a.possible)}
        made = apply_patch(turtle, given)
        assert made == {name: content(graph, name) for name in (b.graph, b.possible)}


def test_there_and_back_again_is_where_it_began(graph: KnowledgeGraph) -> None:
    """The patch of the reversed days is the inverse of the patch."""
    first, last = graph.states[0], graph.states[-1]
    forth = make_patch(graph, compare_days(graph, first.valid_from, last.valid_from))
    back = make_patch(graph, compare_days(graph, last.valid_from, first.valid_from))
    assert len(forth) == len(back) == 2
    for one, other in zip(forth, back, strict=True):
        assert (one.removals, one.additions) == (other.additions, other.removals)


def test_a_patch_is_refused_by_a_graph_it_was_not_made_for(making: Making) -> None:
    """A patch applied to another text would give a text that never was."""
    graph = load_made(making)
    turtle = answer_diff(graph, FIRST, SECOND, "ttl")
    first, second = graph.state_on(FIRST), graph.state_on(SECOND)
    swapped = {name: content(graph, second.graph) for name in (first.graph, first.possible)}
    with pytest.raises(ValueError, match="statements to"):
        apply_patch(turtle, swapped)


@pytest.mark.parametrize("days", [(FIRST, SECOND), (THIRD, FIRST)])
def test_a_patch_has_no_blank_nodes_and_is_the_same_each_time(
    making: Making, days: tuple[date, date]
) -> None:
    """Its statements are named by what they say, so they can be cited and compared."""
    graph = load_made(making)
    turtle = answer_diff(graph, *days, "ttl")
    assert turtle == answer_diff(graph, *days, "ttl")
    triples = [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]
    assert len(triples) > 1000
    terms = {term for triple in triples for term in (triple.subject, triple.object)}
    assert not [term for term in terms if isinstance(term, BlankNode)]
    assert len(triples) == len(set(triples))
