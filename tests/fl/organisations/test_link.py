"""The link of a session: every message is its sender's, of this session, for its reader; else the session ends."""

from __future__ import annotations

import json
import os
import pickle
import queue
import socket
import struct
import threading
from types import SimpleNamespace

import pytest
from secretflow.distributed.fed.exception import FedRemoteError

from data.errors import StorageError
from fl.aggregation.masking.keys import Identity
from fl.errors import BrokenSessionError, SessionError
from fl.organisations import kit
from fl.organisations.audit_log import AuditLog
from fl.organisations.link import Connecting, LinkTerms, SignedLink, terms_of
from fl.organisations.plan import Session
from fl.organisations.trial import free_ports
from tests.fl.organisations.conftest import found

NAMES = ("server", "alice", "bob")
IDENTITIES = {name: Identity() for name in NAMES}


class Mail:
    """What libspu does, in memory: bytes from one rank to another, in order."""

    def __init__(self):
        self.boxes = {}

    def of(self, rank):
        def send_async(to, message):
            self.boxes.setdefault((rank, to), queue.SimpleQueue()).put(bytes(message))

        def recv(sender):
            try:
                return self.boxes[sender, rank].get_nowait()
            except (KeyError, queue.Empty):
                raise RuntimeError("Get data timeout") from None

        return SimpleNamespace(send_async=send_async, recv=recv, stop_link=lambda: None)


@pytest.fixture
def mail():
    return Mail()


@pytest.fixture
def member(mail, tmp_path):
    def make(name, session=b"one", identity=None, most=1 << 20):
        keys = {other: one.public for other, one in IDENTITIES.items()}
        terms = LinkTerms(name, dict.fromkeys(NAMES, "127.0.0.1:1"), keys, session, None, 1.0, 2.0, most)
        connecting = SimpleNamespace(terms=terms, result=lambda: mail.of(NAMES.index(name)))
        log = AuditLog(tmp_path / name / "audit.jsonl")
        link = SignedLink(connecting, identity or IDENTITIES[name], log)
        link.start()
        link.log = lambda: [json.loads(line) for line in log.path.read_text().splitlines()]
        return link

    return make


def test_that_values_arrive_by_their_numbers_in_any_order(member):
    alice, bob = member("alice"), member("bob")
    alice.send("bob", "first", 1)
    alice.send("bob", [2.5], 2)
    assert bob.recv("alice", 2) == [2.5]
    assert bob.recv("alice", 1) == "first"
    assert alice.sent_bytes == bob.received_bytes > 0
    assert [line["to"] for line in alice.log()] == ["bob", "bob"]


@pytest.mark.parametrize("wrong", ["another member's identity", "another session", "another reader"])
def test_that_a_message_that_is_not_signed_for_here_is_refused(member, mail, wrong):
    bob = member("bob")
    if wrong == "another member's identity":
        member("alice", identity=IDENTITIES["server"]).send("bob", 1, 1)
    elif wrong == "another session":
        member("alice", session=b"two").send("bob", 1, 1)
    else:
        member("alice").send("server", 1, 1)
        mail.boxes[1, 2] = mail.boxes.pop((1, 0))
    with pytest.raises(BrokenSessionError, match="A message that came as alice's is not signed by it in this session"):
        bob.recv("alice", 1)
    assert bob.log()[-1]["what"] == "refused"
    assert bob.log()[-1]["sender"] == "alice"


def test_that_a_member_that_signs_a_pickle_with_a_command_is_named_with_the_class(member, mail, tmp_path):
    class Harmful:
        def __reduce__(self):
            return os.system, (f"touch {tmp_path}/ran",)

    alice, bob = member("alice"), member("bob")
    stream = pickle.dumps((1, Harmful()))
    parts = [struct.pack("<IQ", 1, len(stream)), stream]
    signature = IDENTITIES["alice"].sign(alice._body("alice", "bob", parts))
    mail.of(1).send_async(2, b"".join([signature, *parts]))
    with pytest.raises(BrokenSessionError, match=r"alice sent an object of posix\.system"):
        bob.recv("alice", 1)
    assert not (tmp_path / "ran").exists()
    assert "posix.system" in bob.log()[-1]["why"]


def test_that_random_bytes_and_long_messages_end_the_session(member, mail):
    bob = member("bob", most=1000)
    for raw in (b"", b"x", os.urandom(5000)):
        mail.of(1).send_async(2, raw)
        with pytest.raises(BrokenSessionError, match="is not signed"):
            bob.recv("alice", 1)
    member("alice").send("bob", b"z" * 2000, 1)
    with pytest.raises(BrokenSessionError, match="at most 1,000 are allowed"):
        bob.recv("alice", 1)


def test_that_a_failure_travels_as_a_sentence_and_an_unforeseen_one_by_its_kind_only(member):
    alice, bob = member("alice"), member("bob")
    alice.send("bob", FedRemoteError("alice", StorageError("The disk is full.", "Free some space.")), 1)
    failed = bob.recv("alice", 1)
    assert isinstance(failed, FedRemoteError)
    assert isinstance(failed, BrokenSessionError)
    assert (failed.member, failed.message, failed.hint) == ("alice", "alice: The disk is full.", "Free some space.")
    alice.send("bob", FedRemoteError("alice", ValueError("customer 17 rated 4")), 2)
    unforeseen = str(bob.recv("alice", 2))
    assert "customer" not in unforeseen
    assert "ValueError" in unforeseen


def test_that_silence_names_who_was_waited_for(member):
    with pytest.raises(BrokenSessionError, match="Nothing came from server for 2 seconds") as silence:
        member("bob").recv("server", 1)
    assert silence.value.member == "server"


def test_that_a_port_that_is_taken_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        keys = {name: one.public for name, one in IDENTITIES.items()}
        addresses = {"server": place, "alice": place}
        terms = LinkTerms("server", addresses, keys, b"one", None, 0.2, 1.0, 100)
        with pytest.raises(SessionError, match=r"Port \d+ of this computer, where server is to listen, cannot be used"):
            Connecting(terms).result()


def places():
    ports = free_ports(4)
    parties = {"alice": f"127.0.0.1:{ports[1]}", "bob": f"127.0.0.1:{ports[2]}"}
    return {"parties": parties, "server": f"127.0.0.1:{ports[0]}", "meeting": f"127.0.0.1:{ports[3]}"}


PLAN = Session(number=1, key="aa", run="run", parties=("alice", "bob"))


def test_that_links_with_certificates_of_one_authority_connect(tmp_path):
    made = found(tmp_path / "made", **places())
    begun = [Connecting(terms_of(kit.read(made.kit_of(name)), PLAN)) for name in NAMES]
    links = [one.result() for one in begun]
    links[1].send_async(2, b"hello")
    assert links[2].recv(1) == b"hello"
    ends = [threading.Thread(target=link.stop_link) for link in links]  # each waits for the others'
    for end in ends:
        end.start()
    for end in ends:
        end.join()


def test_that_a_certificate_of_another_authority_connects_with_nobody(tmp_path):
    common = places()
    made, other = found(tmp_path / "made", **common), found(tmp_path / "other", **common)
    kits = [kit.read((other if name == "bob" else made).kit_of(name)) for name in NAMES]
    terms = [LinkTerms(**{**vars(terms_of(each, PLAN)), "connect_seconds": 1.0}) for each in kits]
    for attempt in [Connecting(each) for each in terms]:
        with pytest.raises(SessionError, match=r"did not all connect within 1 seconds"):
            attempt.result()
