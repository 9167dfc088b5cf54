"""Addresses: what is minted is taken apart again as it was, and what is no address is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris
from kg.namespaces import BASE

ACT = iris.act_iri("resolution", 2013, "78")
DAY = date(2014, 10, 27)

numbers = st.integers(min_value=1, max_value=99)
days = st.dates(min_value=date(1991, 12, 16), max_value=date(2999, 12, 31))
parts = st.sampled_from(["deadline", "funding", "responsibility-1", "output-12"])
acts = st.builds(
    iris.act_iri,
    st.sampled_from(["resolution", "decree", "law", "constitutional-law"]),
    st.integers(min_value=1991, max_value=2999),
    st.from_regex(r"[1-9][0-9]{0,3}(-[IVX]{1,3})?", fullmatch=True),
)
paths = st.one_of(
    st.sampled_from(["", "title", "plan", "plan/column-3", "abbreviation-7", "note-1"]),
    st.builds("paragraph-{}".format, numbers),
    st.builds("plan/stage-{}".format, numbers),
    st.builds("plan/section-{}/measure-{}".format, numbers, numbers),
    st.builds("plan/section-{}/measure-{}/item-{}".format, numbers, numbers, numbers),
)


@given(acts, paths)
def test_a_provisions_address_round_trips(act: str, path: str) -> None:
    """Minting and parsing are each other's inverse, for acts of every kind."""
    address = iris.parse_provision(iris.provision_iri(act, path))
    assert (address.act, address.path, address.day, address.part) == (act, path, None, None)


@given(acts, paths.filter(bool), days, parts)
def test_a_versions_and_a_cells_address_round_trip(
    act: str, path: str, day: date, part: str
) -> None:
    """The day and the cell come back beside act and path."""
    version = iris.version_iri(act, path, day)
    assert iris.parse_provision(version) == iris.ProvisionAddress(act, path, day)
    assert iris.parse_provision(f"{version}/{part}") == iris.ProvisionAddress(act, path, day, part)


@given(numbers, numbers, numbers)
def test_numbers_are_those_of_the_path(section: int, measure: int, item: int) -> None:
    """Section, measure and item are read from the path; a name without a number has none."""
    address = iris.ProvisionAddress(ACT, f"plan/section-{section}/measure-{measure}/item-{item}")
    assert address.numbers() == {"section": section, "measure": measure, "item": item}
    assert iris.ProvisionAddress(ACT, "plan/column-head").numbers() == {}


ADDRESSES = {
    ACT: "eli/kz/resolution/2013/78",
    iris.provision_iri(ACT, ""): "eli/kz/resolution/2013/78",
    iris.provision_iri(ACT, "paragraph-4"): "eli/kz/resolution/2013/78/paragraph-4",
    iris.version_iri(ACT, "paragraph-4", DAY): "eli/kz/resolution/2013/78/paragraph-4@2014-10-27",
    iris.state_iri(ACT, DAY): "eli/kz/resolution/2013/78@2014-10-27",
    iris.state_graph_iri(ACT, DAY): "eli/kz/resolution/2013/78@2014-10-27/graph",
    iris.possible_graph_iri(ACT, DAY): "eli/kz/resolution/2013/78@2014-10-27/possible",
    iris.expression_iri(ACT, DAY, "kaz"): "eli/kz/resolution/2013/78@2014-10-27/kaz",
    iris.span_iri(ACT, 1234, 1301): "span/78/1234-1301",
    iris.rule_iri("R8"): "rule/R8",
    iris.graph_iri("history"): "graph/history",
    iris.attestation_iri(
        iris.version_iri(ACT, "plan", DAY), DAY, "words"
    ): "attestation/resolution/2013/78/plan@2014-10-27/2014-10-27/words",
}


@pytest.mark.parametrize("minted", ADDRESSES, ids=ADDRESSES.values())
def test_addresses_are_those_of_the_design(minted: str) -> None:
    """What others link to doesn't move."""
    assert minted == BASE + ADDRESSES[minted]


@pytest.mark.parametrize(
    "address",
    [
        "",
        f"{BASE}agency/ministry-of-finance",
        f"{BASE}eli/kz/resolution/2013",
        f"{ACT}/Plan",
        f"{ACT}/plan@2014-10-27/Deadline",
        f"{ACT}/plan@27.10.2014",
        f"x{ACT}",
    ],
)
def test_what_is_no_provisions_address_is_refused(address: str) -> None:
    """Nothing is read into an address of another form."""
    with pytest.raises(ValueError, match="not the address of a provision"):
        iris.parse_provision(address)


def test_a_day_that_the_calendar_has_not_is_refused() -> None:
    """An address with the 30th of February names no version."""
    with pytest.raises(ValueError, match="day"):
        iris.parse_provision(f"{ACT}/plan@2014-02-30")


def test_an_unknown_graph_is_refused() -> None:
    """A graph that the data set hasn't gets no address; the message names those it has."""
    with pytest.raises(ValueError, match="no graph is named histroy; there are history, reference"):
        iris.graph_iri("histroy")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (f"{BASE}agency/ministry-of-finance", "ministry-of-finance"),
        (f"{BASE}ontology#Stated", "Stated"),
        (f"{BASE}eli/kz/law/2013/101-V", "101-V"),
    ],
)
def test_a_local_name_is_the_last_part(address: str, name: str) -> None:
    """Slugs and terms are told by their last part."""
    assert iris.local_name(address) == name
