"""Who runs on which node of a cluster, by hand-made nodes: no Ray is started."""

from __future__ import annotations

import pytest

from fl.errors import SessionError
from fl.federation.placement import Node, Placement, place

NAMES = ["server", "party-1", "party-2", "party-3"]


def node(name, free=4.0, *offers, cpus=None):
    return Node(
        f"id-of-{name}", name, f"10.0.0.{ord(name[0])}", free, free if cpus is None else cpus, frozenset(offers)
    )


def names_of(placement):
    return {who: where.name for who, where in placement.nodes.items()}


def test_that_parties_are_spread_evenly_and_the_first_node_has_the_server():
    placed = place([node("a"), node("b")], NAMES)
    assert names_of(placed) == {"server": "a", "party-1": "b", "party-2": "a", "party-3": "b"}
    assert list(placed.nodes) == NAMES


def test_that_a_node_that_offers_a_partys_name_has_that_party_and_others_are_spread_around_it():
    placed = place([node("a"), node("b", 4.0, "party-1", "party-2"), node("c", 4.0, "CPU")], NAMES)
    assert names_of(placed) == {"server": "a", "party-1": "b", "party-2": "b", "party-3": "c"}


def test_that_a_node_has_no_more_of_them_than_free_cpus():
    placed = place([node("a", 1.0), node("b", 3.5)], NAMES)
    assert names_of(placed) == {"server": "a", "party-1": "b", "party-2": "b", "party-3": "b"}


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        ([node("a", 1.0), node("b", 2.9)], "has 3 free CPUs .nodes: 2., and 4 are needed: one for each party"),
        ([node("a"), node("b", 0.0, "party-2")], r"party-2 belongs on b \(10.0.0.98\), .* no CPU is free there"),
    ],
)
def test_that_too_few_cpus_are_told_before_anybody_waits_for_one(nodes, sentence):
    with pytest.raises(SessionError, match=sentence):
        place(nodes, NAMES)


def test_that_a_party_has_its_share_of_the_fewest_cpus_there_are_for_one():
    a, b = node("a", 1.0, cpus=8.0), node("b", 1.0, cpus=6.0)
    assert Placement({"server": a, "party-1": b}, a).threads() == 6
    assert Placement({"server": a, "party-1": b, "party-2": b}, a).threads() == 3
    assert Placement(dict.fromkeys(NAMES, node("c", cpus=1.0)), a).threads() == 1


def test_that_the_placement_is_told_in_words_and_kept_without_ids():
    placed = Placement({"server": node("a"), "party-1": Node("x", "10.0.0.9", "10.0.0.9", 1, 1)}, node("a"))
    assert placed.sentence() == "server: node a (10.0.0.97); party-1: node 10.0.0.9"
    assert placed.facts()["server"] == {"node": "a", "address": "10.0.0.97"}
