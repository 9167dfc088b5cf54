"""Three ways to what stood on a day agree: history by interval, the state's graphs, replay."""

import ast
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from rdflib import URIRef

from kg.build import Making
from kg.graph.check import check_dataset
from kg.graph.partition import Graphs, find_states
from kg.graph.replay import REPLAY_RULES, find_replay_differences
from kg.graph.report import SHAPES
from kg.history.events import HistoryError
from kg.iris import graph_iri
from kg.namespaces import BASE, PROV, RDF, ZH
from tests.graph.small import ACT, SECOND, change, load_small
from tests.graph.ways import Ways, days_around, days_of, graphs_of, write
from tests.histories import MadeUp, made_up_plans
from tests.kinds import KINDS, kinds_of
from tests.roots import ROOT

HISTORY = URIRef(graph_iri("history"))


def assert_agreement(graphs: Graphs) -> None:
    """On each day of change, the day before and the day after, all three give the same."""
    ways = Ways(graphs)
    days = days_around(graphs)
    assert {day in days for day in ways.days} == {True}
    for day in days:
        stood = ways.by_state(day)
        assert stood[0], f"something stands on {day}"
        assert ways.by_interval(day) == stood, f"interval on {day}"
        assert ways.by_replay(day) == stood, f"replay on {day}"


@pytest.fixture(scope="module")
def graphs(making: Making) -> Graphs:
    """The named graphs of the project's own plan; not to be changed."""
    return graphs_of(making.quads)


def test_the_plan_agrees_around_each_change(graphs: Graphs) -> None:
    """Two amendments, and the first day: eight days, of which none is before the first."""
    assert days_around(graphs) == [
        "2013-01-31", "2013-02-01", "2014-10-26", "2014-10-27", "2014-10-28", "2014-12-29",
        "2014-12-30", "2014-12-31",
    ]  # fmt: skip
    assert_agreement(graphs)


def test_the_made_up_plan_agrees_around_each_change(made_up_making: Making) -> None:
    """Three amendments of every kind that its text has."""
    graphs = graphs_of(made_up_making.quads)
    assert len(days_of(graphs)) == 4
    assert_agreement(graphs)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up_plans())
def test_any_history_agrees_around_each_change(made_up: MadeUp) -> None:
    """Many acts, in whatever order and on whatever days, to one provision or to all."""
    try:
        graphs = write(made_up)
    except HistoryError as error:
        event(f"refused: {error.rule}")
        assume(False)
    for kind in kinds_of(made_up):
        event(kind)
    assert_agreement(graphs)


def test_the_histories_are_of_all_kinds() -> None:
    """Each kind is made, in histories that aren't refused; few are refused."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(made_up_plans())
    def count(made_up: MadeUp) -> None:
        try:
            write(made_up)
        except HistoryError:
            seen["refused"] += 1
            return
        seen["made"] += 1
        seen.update(set(kinds_of(made_up)))

    count()
    assert [kind for kind in KINDS if not seen[kind]] == []
    assert seen["refused"] < seen["made"] / 4


@pytest.mark.parametrize(
    ("kind", "link", "target"),
    [
        (ZH.Amendment, PROV.generated, "paragraph-4"),
        (ZH.Amendment, PROV.invalidated, "plan/section-3"),
        (ZH.PossibleAmendment, PROV.used, "plan/section-4/measure-10"),
        (ZH.PossibleAmendment, ZH.mayHaveGenerated, "plan/section-5"),
    ],
)
def test_an_amendment_left_out_is_missed(
    graphs: Graphs, kind: URIRef, link: URIRef, target: str
) -> None:
    """Without it, replay keeps what it removed, and doesn't reach what it brought."""
    history = graphs[HISTORY]
    provision = next(o for _, p, o in history if p == ZH.amends and str(o).endswith(f"78/{target}"))
    amendments = {s for s, p, o in history if (p, o) == (ZH.amends, provision)}
    amendments &= {s for s, p, o in history if (p, o) == (RDF.type, kind)}
    amendments &= {s for s, p, o in history if p == link}
    assert amendments
    without = {triple for triple in history if triple[0] not in amendments}
    found = list(find_replay_differences({**graphs, HISTORY: without}, find_states(graphs)))
    assert str(provision) in {problem.focus_node for problem in found}
    assert {p.constraint.removeprefix(SHAPES) for p in found} <= set(REPLAY_RULES)


def test_replay_knows_no_intervals(graphs: Graphs) -> None:
    """Versions without their days lead to the same states: it is amendments that count."""
    without = {t for t in graphs[HISTORY] if t[1] not in {ZH.validFrom, ZH.validUntil}}
    assert len(without) < len(graphs[HISTORY])
    found = find_replay_differences({**graphs, HISTORY: without}, find_states(graphs))
    assert list(found) == []


def test_the_days_are_those_of_the_states(graphs: Graphs) -> None:
    """What is asked for a day is answered by the state in force on it."""
    ways = Ways(graphs)
    assert [date.fromisoformat(day).year for day in ways.days] == [2013, 2014, 2014]
    assert ways.state_on("2014-12-29").iri.endswith("@2014-10-27")


def test_the_check_asks_replay_where_the_states_follow_the_history() -> None:
    """An amendment that no longer touches what it touched: states and intervals still agree."""
    dataset = load_small()
    amendment = f"<{BASE}amendment/resolution/2020/9/2020-06-01/paragraph-3/amended>"
    used = f"{amendment} prov:used <{ACT}/paragraph-3@2020-01-01> ."
    said = '"Nobody knows."@en , "Ешкім білмейді."@kk , "Никто не знает."@ru'
    reason = f"{amendment} dcterms:description {said} ."
    change(dataset, str(HISTORY), without=used, plus=reason)
    found = {
        (p.graph, p.focus_node, p.constraint.removeprefix(SHAPES))
        for p in check_dataset(dataset).problems
    }
    third = (f"{ACT}/paragraph-3", f"{ACT}/paragraph-3@2020-01-01/responsibility-1")
    assert found == {
        (f"{SECOND}/{part}", node, f"state-replay-{rule}")
        for part, rule in (("graph", "unfounded"), ("possible", "lost"))
        for node in third
    }


def test_the_ways_share_no_code() -> None:
    """Each imports of the project the ground, the division into graphs, and its own helpers."""
    shared = {"kg.graph.partition", "kg.graph.report", "kg.iris", "kg.namespaces"}
    assert imports_of("agreement") == shared
    assert imports_of("replay") | imports_of("standing") == shared | {"kg.graph.standing"}
    assert not imports_of("states") & {"kg.graph.agreement", "kg.graph.replay", "kg.graph.standing"}


def imports_of(name: str) -> set[str]:
    """The project's modules that a module of ``kg/graph`` imports."""
    tree = ast.parse((ROOT / f"kg/graph/{name}.py").read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {node.module for node in nodes if node.module and node.module.startswith("kg.")}
