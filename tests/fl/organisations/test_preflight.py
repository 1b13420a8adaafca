"""The preflight says why: each way in which members fail to reach each other has its own sentence."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fl.errors import FederationError
from fl.organisations import certificates, greeting, kit, preflight
from fl.organisations.administration import Administration
from fl.organisations.greeting import Greeter, greet
from fl.organisations.trial import free_ports
from fl.program import this_program
from tests.fl.organisations.conftest import found

QUICK = 1.0  # seconds; everything here is on this computer, which may be busy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A federation at ports that were free."""
    places = [f"127.0.0.1:{port}" for port in free_ports(4)]
    folder = tmp_path_factory.mktemp("made") / "films"
    found(folder, parties={"alice": places[0], "bob": places[1]}, server=places[2], meeting=places[3])
    return folder


@pytest.fixture
def admin(made, tmp_path) -> Administration:
    shutil.copytree(made, tmp_path / "films")
    return Administration.read(tmp_path / "films")


def kits(admin, *names):
    return [kit.read(admin.kit_of(name)) for name in names]


def at(place, other):
    """Return a kit that listens where another member should."""

    class Moved(kit.Kit):
        @property
        def own(self):
            return self.file.member(self.member).model_copy(update={"address": place})

    return Moved(**vars(other))


@contextlib.contextmanager
def answering(port, talk):
    """Run `talk(connection)` for each who connects to a port, one after the other."""
    with socket.create_server(("127.0.0.1", port)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError):
                        talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


# --- greetings --------------------------------------------------------------------------------------------------------


def test_that_members_who_are_there_greet_each_other(admin):
    alice, bob = kits(admin, "alice", "bob")
    with Greeter(alice, lambda: "waiting for data") as greeter:
        answer = greet(bob, "alice")
        assert answer.fault == ""
        assert answer.greeting.state == "waiting for data"
        assert answer.greeting.digest == admin.file.digest
        assert answer.greeting.program == this_program()
        assert answer.greeting.knows_you
        assert abs(answer.skew) <= answer.uncertainty + 1e-6  # of two floats near 2e9
        assert greeter.asked_by == {"bob"}
    with Greeter(alice):  # the port is free again at once
        assert greet(bob, "alice").greeting is not None


def test_that_rubbish_does_not_keep_a_greeter_from_answering(admin):
    alice, bob = kits(admin, "alice", "bob")
    with Greeter(alice):
        for rubbish in (b"", b"\x16\x03\x01\xff\xff" + bytes(300), b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100_000):
            with (
                socket.create_connection(("127.0.0.1", alice.own.place.port), timeout=5) as connection,
                contextlib.suppress(OSError),
            ):
                connection.sendall(rubbish)
        assert greet(bob, "alice").greeting.member == "alice"


def test_that_nobody_without_a_certificate_gets_a_word(admin):
    (alice,) = kits(admin, "alice")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with Greeter(alice), socket.create_connection(("127.0.0.1", alice.own.place.port), timeout=5) as connection:
        secure = context.wrap_socket(connection)
        with pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"):
            secure.recv(100)
        secure.close()


def test_that_nobody_there_is_told(admin):
    (bob,) = kits(admin, "bob")
    assert "Nobody listens at 127.0.0.1:" in greet(bob, "alice").fault
    with pytest.raises(FederationError, match="has no member 'dave'"):
        greet(bob, "dave")


def test_that_an_unknown_host_is_told(admin, monkeypatch):
    (bob,) = kits(admin, "bob")

    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no computer is known as 127.0.0.1 (Name or service not known)" in greet(bob, "alice").fault
    with pytest.raises(FederationError, match="The address of bob cannot be found"):
        Greeter(bob)


def test_that_a_taken_port_is_told(admin):
    (bob,) = kits(admin, "bob")
    with answering(bob.own.place.port, lambda connection: None), pytest.raises(FederationError) as caught:
        Greeter(bob)
    assert (
        f"Port {bob.own.place.port} of this computer, where bob is to listen, cannot be used: Address already"
        in str(caught.value)
    )


def test_that_an_address_of_a_router_is_listened_to_on_all_of_this_computers(admin):
    (bob,) = kits(admin, "bob")
    (port,) = free_ports(1)
    with greeting.listen(at(f"192.0.2.1:{port}", bob).own.place, "bob") as listener:  # RFC 5737: nobody has it
        assert listener.getsockname() == ("0.0.0.0", port)


def test_that_another_federation_at_the_address_is_told(admin, other):
    (bob,) = kits(admin, "bob")
    place = admin.file.member("alice").address
    with Greeter(at(place, kit.read(other.kit_of("alice")))):
        assert "is of another authority than this federation's (made out to 'alice')" in greet(bob, "alice").fault


def test_that_a_stranger_is_told_that_it_is_refused(admin, other):
    (alice,) = kits(admin, "alice")
    stranger = kit.read(other.kit_of("bob"))
    with Greeter(alice):
        trusting = kit.Kit(**{**vars(stranger), "file": admin.file, "authority": admin.authority})
        assert greet(trusting, "alice").fault == (
            "alice refuses our certificate: it does not know the authority of our certificate."
        )


def test_that_mixed_up_kits_are_told(admin):
    alice, bob = kits(admin, "alice", "bob")
    with Greeter(at(alice.own.address, bob)):
        assert "At the address of alice answers bob: two kits, or two addresses" in greet(bob, "alice").fault


def test_that_an_expired_certificate_is_told_on_both_sides(admin, monkeypatch):
    past = certificates.now() - timedelta(days=400)
    with monkeypatch.context() as then:
        then.setattr(certificates, "now", lambda: past)
        admin = admin.renew(["alice"], days=365)
    alice, bob = kit.read(admin.kit_of("alice"), past), kit.read(admin.kit_of("bob"))
    with Greeter(alice):
        assert "The certificate of alice expired at" in greet(bob, "alice").fault
    with Greeter(bob):
        assert greet(alice, "bob").fault == (
            "bob refuses our certificate: it finds our certificate expired; compare the clocks."
        )


def test_that_an_old_federation_file_is_told(admin):
    (bob,) = kits(admin, "bob")
    admin = admin.renew(["alice"])
    with Greeter(*kits(admin, "alice")):
        assert "alice shows another certificate" in greet(bob, "alice").fault


def test_that_what_is_no_tls_is_told(admin):
    (bob,) = kits(admin, "bob")
    port = admin.file.member("alice").place.port

    def http(connection):
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with answering(port, http):
        assert "does not speak TLS: it is another program" in greet(bob, "alice").fault
    with answering(port, lambda connection: connection.recv(1 << 20) and connection.recv(1 << 20)):
        assert "does not speak TLS: it is another program" in greet(bob, "alice", patience=QUICK).fault


def silent_tls(member):
    """Return what a training session does with a greeting: TLS with the right certificate, and not a word."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(member.certificate_path, member.key_path)

    def talk(connection):
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1)

    return talk


def test_that_a_running_session_is_seen(admin):
    alice, bob = kits(admin, "alice", "bob")
    with answering(alice.own.place.port, silent_tls(alice)):
        answer = greet(bob, "alice", patience=QUICK)
    assert (answer.fault, answer.greeting) == ("", None)
    assert certificates.fingerprint(answer.certificate) == alice.own.fingerprint


# --- the whole check --------------------------------------------------------------------------------------------------


def faults(checks):
    return {(one.subject, one.what): one.sentence for one in checks if one.level == "fault"}


def test_that_a_check_among_members_that_are_all_there_is_good(admin):
    server, bob = kits(admin, "server", "bob")
    with Greeter(server), Greeter(bob):
        checks = list(preflight.check(admin.kit_of("alice")))
    assert faults(checks) == {}
    told = {(one.subject, one.what): (one.level, str(one.sentence)) for one in checks}
    assert told["this computer", "port"][0] == told["bob", "clock"][0] == told["server", "connection"][0] == "good"
    assert "alice in the federation films is whole: revision 2 is signed" in told["this computer", "kit"][1]
    assert told["server", "meeting place"] == (
        "doubt",
        f"Nobody listens at {admin.file.meeting}: server has not started yet, or listens at another port.",
    )


def test_that_members_that_check_at_the_same_time_find_each_other(admin):
    reports = {}

    def check(name):
        reports[name] = list(preflight.check(admin.kit_of(name), wait=20))

    threads = [threading.Thread(target=check, args=(name,)) for name in ("alice", "bob", "server")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [faults(report) for report in reports.values()] == [{}, {}, {}]


def test_that_a_check_names_what_is_wrong_with_each_peer(admin):
    home = admin.kit_of("alice")
    kept = shutil.copytree(home, admin.folder / "old")
    admin.add("carol", "127.0.0.1:9503")
    server, bob = kits(admin, "server", "bob")
    with Greeter(server):
        found_now = faults(preflight.check(kept))
    assert found_now == {
        (
            "server",
            "federation file",
        ): "server has revision 3 of federation.toml, here is revision 2: take the newest on both sides.",
        (
            "bob",
            "connection",
        ): f"Nobody listens at {bob.own.address}: bob has not started yet, or listens at another port.",
    }
    invited = [one for one in preflight.check(home) if one.what == "members"]
    assert [str(one.sentence) for one in invited] == ["Not admitted yet: carol."]


def test_that_who_was_removed_is_not_known_any_more(admin):
    home = admin.kit_of("bob")
    kept = shutil.copytree(home, admin.folder / "old")
    admin = admin.add("carol", "127.0.0.1:9503").remove(["bob"])
    with Greeter(*kits(admin, "server")) as greeter:
        told = faults(preflight.check(kept))
    assert "server does not know our certificate: it has revision 4" in told["server", "federation file"]
    assert greeter.asked_by == set()


def test_that_another_program_is_told(admin, monkeypatch):
    ours = this_program()
    theirs = ours.model_copy(update={"lock": "0" * 64, "code": "1" * 64})
    (server,) = kits(admin, "server")
    monkeypatch.setattr(greeting, "this_program", lambda: theirs)
    with Greeter(server):
        told = [str(one.sentence) for one in preflight.check(admin.kit_of("alice")) if one.what == "program"]
    assert told == [
        f"The program is version {ours.version}, as the federation wants it.",
        f"server has version {ours.version} of the program too, but its files differ from those here.",
        f"server has another lock file (requirements.txt 000000000000, here {ours.lock[:12]}), so libraries may "
        "differ.",
    ]


@pytest.mark.parametrize(
    ("seconds", "level", "sentence"),
    [
        (4, "good", "The clock of server agrees with ours."),
        (30, "doubt", "The clock of server is 30 seconds ahead of ours: set both by the network (NTP)."),
        (-90, "fault", "The clock of server is 90 seconds behind ours: set both by the network (NTP)."),
    ],
)
def test_that_a_clock_that_is_wrong_is_told(admin, monkeypatch, seconds, level, sentence):
    (server,) = kits(admin, "server")
    true = Greeter._greeting
    monkeypatch.setattr(
        Greeter,
        "_greeting",
        lambda self, asker: (said := true(self, asker)).model_copy(update={"time": said.time + seconds}),
    )
    with Greeter(server):
        (clock,) = [one for one in preflight.check(admin.kit_of("alice")) if one.what == "clock"]
    assert (clock.level, str(clock.sentence)) == (level, sentence)


def test_that_too_little_memory_and_disk_are_told(admin, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: shutil._ntuple_diskusage(100, 90, 10))
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("Memory", (), {"available": 2**29}))
    told = faults(preflight.check(admin.kit_of("alice")))
    assert told["this computer", "memory"] == (
        "There are 0.5 GiB of free memory, and a member needs about 0.7 GiB beside its own data."
    )
    assert "There are 0.0 GiB of free disk space" in told["this computer", "disk"]


def test_that_the_memory_a_member_needs_follows_its_item_table(admin, monkeypatch):
    """By hand: with a table of a tenth of a GiB, 54 of them at a server of two parties, 18 at a party."""
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("Memory", (), {"available": 0}))
    monkeypatch.setattr(preflight, "_MEMORY", 0.0)
    for member, gib in (("server", 5.4), ("alice", 1.8)):
        own = kit.read(admin.kit_of(member))
        dim = 2**30 / 10 / 4 / own.file.catalogue.items
        wide = own.file.model_copy(update={"settings": {**own.file.settings, "dim": dim}})
        (memory, _) = preflight._of_machine(replace(own, file=wide))
        assert f"needs about {gib} GiB" in memory.sentence


def test_that_data_that_do_not_fit_the_catalogue_are_told(admin):
    checks = [one for one in preflight.check(admin.kit_of("alice"), "demo") if one.what == "data"]
    assert [one.level for one in checks] == ["fault"]
    assert "none of the 400 items of 'demo' is in the federation's catalogue" in checks[0].sentence
    (nothing,) = [one for one in preflight.check(admin.kit_of("alice"), "nothing") if one.what == "data"]
    assert "There is no data set called 'nothing'" in nothing.sentence


def test_that_a_kit_that_cannot_be_used_is_all_that_is_said(admin):
    (admin.kit_of("alice") / "member.key").chmod(0o644)
    (only,) = preflight.check(admin.kit_of("alice"))
    assert (only.level, only.what) == ("fault", "kit")
    assert "other accounts of this computer can read" in only.sentence


def test_that_a_certificate_near_its_end_is_a_doubt_and_for_another_host_a_fault(admin):
    admin = admin.renew(["alice"], days=20)
    doubts = [one for one in preflight.check(admin.kit_of("alice")) if one.what == "certificate"]
    assert [one.level for one in doubts] == ["doubt"]
    assert "expires soon" in doubts[0].sentence
    port = admin.file.member("alice").place.port
    members = [
        one.model_copy(update={"address": f"localhost:{port}"}) if one.name == "alice" else one
        for one in admin.file.members
    ]
    moved = admin.file.model_copy(update={"members": tuple(members)}).sign(admin.key)
    moved.write(admin.kit_of("alice") / "federation.toml")
    told = faults(preflight.check(admin.kit_of("alice")))
    assert "The certificate is for 127.0.0.1, and the address is localhost:" in told["this computer", "certificate"]
