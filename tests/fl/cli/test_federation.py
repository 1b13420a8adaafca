"""The command `federation` as administrators and members type it."""

from __future__ import annotations

import json
import shutil

import pytest

from fl.organisations.trial import free_ports


def last_object(result):
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, in which the person is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text("item,title,genres\n1,One,A|B\n2,Two,\n", "utf-8")
    return tmp_path


NEW = ("federation", "new", "films", "--server", "127.0.0.1:9500", "--catalogue", "items.csv")


def test_that_three_members_come_together(command_line, here):
    server, alice, bob, meeting = (f"127.0.0.1:{port}" for port in free_ports(4))
    result = command_line(
        *("federation", "new", "films", "--server", server, "--meeting", meeting, "--catalogue", "items.csv"),
        *(
            "--parties",
            "alice",
            f"bob={bob}",
            "--model",
            "pfedrec",
            "--epochs",
            "7",
            "--gone-after",
            "60",
            "--seed",
            "5",
        ),
    )
    assert result.returncode == 0, result.stderr
    assert "Hand out the start-up kits in films/kits to server, alice, bob; nothing in them is secret." in result.stdout
    codes = {}
    for member, more in (("server", ()), ("alice", ("--address", alice)), ("bob", ())):
        shutil.move(here / "films" / "kits" / member, here / member)  # to its own machine
        joined = command_line("federation", "join", "--kit", member, *more, "--json")
        assert joined.returncode == 0, joined.stderr
        codes[member] = last_object(joined)["code"]
    requests = [f"{member}/{member}.request.toml" for member in codes]
    asked = command_line("federation", "admit", *requests, "--folder", "films")
    assert asked.returncode == 2
    assert "Nobody is admitted before the codes above are compared" in asked.stderr
    assert all(code in asked.stdout for code in codes.values())
    admitted = command_line("federation", "admit", *requests, "--folder", "films", "--yes")
    assert "Admitted: server, alice, bob." in admitted.stdout, admitted.stderr
    for member in codes:
        updated = command_line("federation", "update", "films/federation.toml", "--kit", member)
        assert "revision 2 of the federation films now (before: 1)" in updated.stdout, updated.stderr
        assert f"alice was admitted: {alice}" in updated.stdout
    shown = last_object(command_line("federation", "show", "alice", "--json"))
    assert (shown["settings"]["model"], shown["settings"]["epochs"], shown["settings"]["seed"]) == ("pfedrec", 7, 5)
    assert shown["rules"]["gone_after"] == 60
    assert "dataset" not in shown["settings"]
    table = command_line("federation", "show", "films").stdout
    assert "pfedrec, 7 rounds, masked aggregation, leak-free protocol, seed 5; a catalogue of 2 items" in table
    checked = command_line("federation", "check", "--kit", "alice")
    assert checked.returncode == 1
    assert f"FAULT  bob, connection: Nobody listens at {bob}" in checked.stdout
    found = last_object(command_line("federation", "check", "--kit", "alice", "--json"))
    assert found["faults"] == 2
    assert {"subject": "this computer", "what": "kit", "level": "good"}.items() <= found["checks"][0].items()


def test_that_members_come_and_go(command_line, here):
    assert command_line(*NEW, "--parties", "alice=127.0.0.1:9501", "bob=127.0.0.1:9502", "--with-keys").returncode == 0
    added = command_line("federation", "add", "carol", "--folder", "films")
    assert "carol is invited. Hand it the start-up kit films/kits/carol." in added.stdout, added.stderr
    assert "not admitted yet" in command_line("federation", "show", "films").stdout
    assert "Removed: carol." in command_line("federation", "remove", "carol", "--folder", "films").stdout
    renewed = command_line(
        "federation", "renew", "bob", "--days", "9", "--address", "127.0.0.1:9509", "--folder", "films"
    )
    assert "Renewed: bob until " in renewed.stdout
    assert "127.0.0.1:9509" in command_line("federation", "show", "films/kits/bob").stdout
    assert "Renewed: the federation file." in command_line("federation", "renew", "--folder", "films").stdout


def test_that_the_keys_of_a_member_that_runs_here_are_made_here(command_line, here):
    result = command_line(*NEW, "--parties", "alice", "bob", "--with-keys", "server")
    assert "Complete, with keys that were made here: server in films/kits." in result.stdout, result.stderr
    assert "to alice, bob; nothing in them is secret" in result.stdout
    assert {path.parent.name for path in (here / "films" / "kits").rglob("*.key")} == {"server"}


def test_that_presets_are_those_of_the_data_set_whose_items_they_are(command_line, here):
    words = [word if word != "items.csv" else "demo" for word in NEW]
    made = last_object(command_line(*words, "--parties", "a=127.0.0.1:9501", "b=127.0.0.1:9502", "--json"))
    assert made["settings"]["alpha"] == 0.3
    assert made["catalogue"]["items"] == 400


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([*NEW, "--parties", "alice", "alice"], 2, "The party 'alice' stands twice."),
        ([*NEW, "--parties", "alice", "Bob"], 2, "'Bob' cannot be a name here. Use up to 31 small letters"),
        ([*NEW, "--parties", "alice"], 2, "at least 2 parties"),
        ([*NEW, "--parties", "alice=nowhere", "bob"], 2, "'nowhere' is no address. Write HOST:PORT"),
        ([*NEW, "--parties", "alice=h:99999", "bob"], 2, "the port must be a number from 1024 to 65535"),
        ([*NEW, "--parties", "alice", "bob", "--epochs", "0"], 2, "epochs: must be greater than or equal to 1"),
        ([*NEW, "--parties", "alice", "bob", "--gone-after", "0"], 2, "gone after: must be greater than 0"),
        (
            [*NEW, "--parties", "alice", "bob", "--with-keys"],
            2,
            "To make the keys of alice here, name it among the members with its address",
        ),
        ([*NEW[:-1], "nothing", "--parties", "alice", "bob"], 1, "There is no file nothing, and no data set"),
        ([*NEW[:-1], "ml-100k", "--parties", "alice", "bob"], 1, "'ml-100k' has not been fetched yet"),
        (["federation"], 2, "the following arguments are required: ACTION"),
        (["federation", "join", "--kit", "nowhere"], 1, "There is no kit nowhere."),
        (["federation", "join"], 2, "the following arguments are required: --kit"),
        (["federation", "admit", "x", "--folder", "."], 1, ". is no administrator's folder of a federation."),
        (["federation", "show", "nowhere"], 1, "nowhere/authority.pem cannot be read: No such file"),
        (["federation", "renew", "a", "b", "--address", "h:9500"], 2, "--address is for one member"),
    ],
)
def test_that_bad_input_gets_a_sentence(command_line, here, words, code, sentence):
    result = command_line(*words)
    assert sentence in result.stderr
    assert result.returncode == code
    assert "Traceback" not in result.stderr
