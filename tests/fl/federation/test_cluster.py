"""Training on a Ray cluster of two nodes that somebody else started, and what becomes of it when nodes are lost."""

from __future__ import annotations

import socket
import threading
from types import SimpleNamespace

import psutil
import pytest
import ray

from fl.errors import LostSessionError, SessionError
from fl.federation import cluster as clusters
from fl.federation.node_facts import facts_of_this_node
from fl.federation.placement import Node, Placement
from fl.federation.pool import FederationKey
from fl.jobs.federations import key_of
from fl.jobs.training import resume, train
from fl.protocol.commands import ResumeCommand, TrainCommand
from fl.protocol.events import Members, RoundDone, TrainStarted
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings
from tests.listening import LOOPBACK, sockets_of

TOLD_OF_THE_RUN = ("run", "runtime", "median_round_seconds")
LOST_NODE = {"party-2": "its node south (127.0.0.2) was lost"}
SOUTH = Node("1", "south", "10.0.0.6", 4, 4)


def settings_for(cluster=None, **values):
    """Settings of a short training, on the cluster or in this process."""
    where = {"runtime": "in-process"} if cluster is None else {"runtime": "cluster", "address": cluster.address}
    given = {"dataset": "demo", "model": "pfedrec", "dim": 4, "epochs": 2, "parties": 4, "threads": 1}
    return TrainSettings(**{**given, **where, **values})


def figures(run):
    return [(record.round, record.loss, record.valid) for record in RunFolder.find(run).rounds()]


def at_round(context, number, then):
    """Do something once, as soon as a round is told."""
    context.on.append(lambda event: then() if isinstance(event, RoundDone) and event.record.round == number else None)


@pytest.mark.engine
def test_that_a_cluster_gives_the_figures_of_one_computer_and_is_given_back(cluster, context, monkeypatch):
    alone = train(TrainCommand(settings=settings_for(name="alone", parties=2)), context)
    context.events.clear()
    before, opened = sockets_of([psutil.Process()]), {}

    def look():
        opened["driver"] = [sockets_of([psutil.Process()]) - before]
        for name in ("north", "south"):
            opened[name] = [sockets_of([actor]) for actor in cluster.actors(name)]

    at_round(context, 1, look)
    with context.pool.used():
        done = train(TrainCommand(settings=settings_for(cluster, name="far", parties=2)), context)
    assert cluster.actors_left() == set()
    assert all(program.poll() is None for program in cluster.nodes.values())

    assert figures("far") == figures("alone")
    same = {name: value for name, value in alone.result.items() if name not in TOLD_OF_THE_RUN}
    assert {name: done.result[name] for name in same} == same
    north, south = ({"node": name, "address": cluster.hosts[name]} for name in ("north", "south"))
    assert RunFolder.find("far").config()["placement"] == {"server": north, "party-1": north, "party-2": south}
    (started,) = (event for event in context.events if isinstance(event, TrainStarted))
    assert started.notes[-1].endswith("party-2: node south (127.0.0.2)")
    last = [event for event in context.events if isinstance(event, Members)][-1]
    assert [(one.name, one.state, one.round, one.node) for one in last.members] == [
        ("server", "training", 2, "north (127.0.0.1)"),
        ("party-1", "training", 2, "north (127.0.0.1)"),
        ("party-2", "training", 2, "south (127.0.0.2)"),
    ]

    # One port of Ray's for each process of ours; at a node of another address than 127.0.0.1 for whoever reaches it.
    assert {name: [len(found) for found in each] for name, each in opened.items()} == {
        "driver": [1],
        "north": [1, 1],
        "south": [1],
    }
    assert {ip for found in (*opened["driver"], *opened["north"]) for ip, _ in found} <= LOOPBACK
    assert {ip for found in opened["south"] for ip, _ in found} <= {"::", "0.0.0.0"}

    with monkeypatch.context() as other:
        other.setattr(clusters, "compute_version_info", lambda: ("2.43.0", "3.10.1"))
        with pytest.raises(SessionError, match=r"runs Ray 2.42.0; here it is Ray 2.43.0"):
            clusters.own_address(cluster.address)
        other.setattr(clusters, "compute_version_info", lambda: ("2.42.0", "3.10.1"))
        with pytest.raises(SessionError, match=r"runs Ray 2.42.0 on Python 3.10.[0-9]+; here .* on Python 3.10.1"):
            clusters.own_address(cluster.address)
        other.undo()
        other.setattr(clusters.psutil, "net_if_addrs", dict)
        with pytest.raises(SessionError, match=r"This computer is no node of .* ray start --address"):
            clusters.own_address(cluster.address)


@pytest.mark.engine
def test_that_a_lost_node_is_a_lost_party(cluster, context):
    at_round(context, 1, lambda: cluster.kill("south"))
    with context.pool.used():
        train(TrainCommand(settings=settings_for(cluster, name="cut")), context)
    assert [record.dropped for record in RunFolder.find("cut").rounds()] == [{}, LOST_NODE]
    last = [event for event in context.events if isinstance(event, Members)][-1]
    assert [member.name for member in last.members if member.state == "lost"] == ["party-2"]

    with pytest.raises(SessionError, match=r"has 4 free CPUs .nodes: 1., and 5 are needed"):
        resume(ResumeCommand(run="cut", epochs=3), context)


@pytest.mark.campaign
@pytest.mark.engine
def test_that_the_servers_lost_node_and_a_lost_cluster_are_told_and_a_run_goes_on_elsewhere(cluster, context):
    cluster.more("east", "--num-cpus=1", '--resources={"server": 1}')
    at_round(context, 1, lambda: cluster.kill("east"))
    settings = settings_for(cluster, name="headless", parties=2, epochs=100_000)
    with (
        context.pool.used(),
        pytest.raises(SessionError, match=r"The process of server died with its node east \(127.0.0.3\)\."),
    ):
        train(TrainCommand(settings=settings), context)

    at_round(context, 2, lambda: cluster.kill("north"))
    with (
        pytest.raises(LostSessionError, match=r"The Ray cluster at .* does not answer|Ray's node .* ended"),
        context.pool.used(),
    ):
        resume(ResumeCommand(run="headless"), context)
    assert RunFolder.find("headless").config()["placement"]["server"]["node"] == "north"
    context.on.clear()
    train(TrainCommand(settings=settings_for(name="whole", parties=2)), context)
    assert figures("headless")[:2] == figures("whole")


@pytest.fixture
def listening_node():
    """A node whose Ray listens, and what ends that."""
    with socket.create_server(("127.0.0.1", 0)) as lives:
        yield Node("2", "east", "127.0.0.1", 1, 1, port=lives.getsockname()[1]), lives.close


def test_that_a_process_that_died_is_told_with_its_lost_node(federate, listening_node):
    east, end = listening_node
    federation, _ = federate(2, "plain")
    parties = federation.parties
    parties.server = SimpleNamespace(data=SimpleNamespace(_actor_id=ray.ActorID(bytes(16))))
    parties.placement = Placement({"server": east, "party-1": SOUTH, "party-2": SOUTH}, SOUTH)
    for what in (r"died\.", r"died with its node east \(127.0.0.1\)\."):
        with pytest.raises(SessionError, match=f"The process of server {what}"), parties.named_failures():
            raise ray.exceptions.RayActorError(ray.ActorID(bytes(16)).hex())
        end()


def end_and_wait(end):
    end()
    threading.Event().wait(60)


@pytest.mark.parametrize("lost", ["The Ray cluster at .* does not answer", "Ray's node on this computer ended"])
def test_that_a_silent_directory_or_own_node_is_told(listening_node, monkeypatch, lost):
    monkeypatch.setattr(clusters, "_SILENT_SECONDS", 0.3)
    monkeypatch.setattr(clusters, "_LOOK_SECONDS", 0.05)
    own, end_of_own = listening_node
    with socket.create_server(("127.0.0.1", 0)) as directory:
        watch = clusters.watch_over(f"127.0.0.1:{directory.getsockname()[1]}", own)
        with pytest.raises(LostSessionError, match=lost), watch.used():
            end_and_wait(directory.close if "cluster" in lost else end_of_own)


def test_that_only_training_takes_a_run_to_its_cluster():
    settings = TrainSettings(runtime="cluster", address="10.0.0.5:6379", parties=3, threads=2)
    assert key_of(settings, trains=True) == FederationKey("cluster", 3, 2, "10.0.0.5:6379")
    assert key_of(settings, trains=False) == FederationKey("simulation", 3, 2)


# --- what cannot be used ----------------------------------------------------------------------------------------------


def test_that_an_address_where_nobody_listens_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(SessionError, match=f"Nobody listens at {nowhere}: Connection refused.*ray status"):
            clusters.own_address(nowhere)


def test_that_what_listens_and_is_no_ray_is_told_within_ten_seconds(monkeypatch):
    assert 2 * clusters._CONNECT_SECONDS < 10  # one to connect, one for an answer
    monkeypatch.setattr(clusters, "_CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(SessionError, match=f"What listens at {address} is no Ray cluster.*6379"):
            clusters.own_address(address)


def facts(tmp_path, **others):
    mark = tmp_path / "mark"
    mark.write_text("content")
    return {**facts_of_this_node(clusters.PACKAGES, str(clusters._ROOT), str(mark), "content"), **others}


def test_that_a_node_of_the_same_installation_is_fit(tmp_path):
    assert clusters.check_node(SOUTH, facts(tmp_path)) == str(clusters._ROOT)


def test_that_a_node_that_is_installed_otherwise_is_told_with_what_differs(tmp_path):
    found = facts(tmp_path, python="3.10.1")
    found["packages"] |= {"numpy": "1.24.0", "spu": ""}
    with pytest.raises(SessionError, match=r"Node south \(10.0.0.6\) .*spu is missing, Python 3.10.1 .*, numpy 1.24.0"):
        clusters.check_node(SOUTH, found)
    with pytest.raises(SessionError, match="SecretRec is missing"):
        clusters.check_node(SOUTH, facts(tmp_path, root=""))
    found = facts(tmp_path)
    found["program"] = {**found["program"], "code": "0" * 64}
    with pytest.raises(SessionError, match=r"Node south \(10.0.0.6\) has version .* too, but its files differ"):
        clusters.check_node(SOUTH, found)


@pytest.mark.parametrize("lacks", ["sees", "writes"])
def test_that_a_node_that_cannot_keep_its_part_of_a_run_is_told(tmp_path, lacks):
    with pytest.raises(SessionError, match=r"does not share the folder .* SECRETREC_HOME"):
        clusters.check_node(SOUTH, facts(tmp_path, **{lacks: False}))


def test_that_a_folder_of_another_computer_is_not_the_same(tmp_path):
    (tmp_path / "mark").write_text("of another training")
    found = facts_of_this_node((), "/nowhere", str(tmp_path / "mark"), "content")
    assert (found["sees"], found["writes"]) == (False, True)
    found = facts_of_this_node((), "/nowhere", str(tmp_path / "missing" / "mark"), "content")
    assert (found["sees"], found["writes"]) == (False, False)
