"""Strangers and members that are not as they should be, at the door of the meeting: refused, said why, and noted."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
import ssl
from datetime import datetime, timedelta, timezone

import pytest

from fl.errors import FederationError
from fl.organisations import certificates, kit
from fl.organisations.administration import Administration
from fl.organisations.audit_log import AuditLog
from fl.organisations.meeting import Meeting
from fl.organisations.meeting_client import MeetingClient, UnreachableError, client_context
from fl.organisations.meeting_place import MOST_BYTES, MeetingPlace
from fl.organisations.plan import Hello, HelloRequest
from fl.organisations.trial import free_ports
from fl.program import this_program
from fl.settings.addresses import address
from tests.fl.organisations.conftest import found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("met") / "films"
    found(folder, meeting=f"127.0.0.1:{free_ports(1)[0]}")
    return folder


@pytest.fixture
def admin(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "films")
    return Administration.read(tmp_path / "films")


@pytest.fixture
def place(admin, tmp_path):
    """An open meeting; what it refused is in `place.refused()`."""
    server = kit.read(admin.kit_of("server"))
    log = AuditLog(tmp_path / "audit" / "audit.jsonl")
    meeting = Meeting(server.file, "run", dict)
    made = MeetingPlace(server, meeting, log)
    made.open()
    made.meeting = meeting
    made.refused = lambda: list(map(json.loads, log.path.read_text().splitlines()))
    yield made
    made.close()


def hello_of(member_kit, **changes):
    return Hello(**{"digest": member_kit.file.digest, "life": "1", "state": "ready", **changes})


def answered(connection):
    connection.request("POST", "/hello", "{}")
    return connection.getresponse()


def alice(admin):
    return kit.read(admin.kit_of("alice"))


def test_that_members_are_heard_and_told_of_each_other(admin, place):
    clients = {name: MeetingClient(kit.read(admin.kit_of(name))) for name in ("alice", "bob")}
    for client in clients.values():
        client.say(hello_of(client._kit), 0)
    answer = clients["alice"].say(hello_of(alice(admin)), 0)
    assert [(member.name, member.state) for member in answer.members] == [
        ("server", "gone"),
        ("alice", "ready"),
        ("bob", "ready"),
    ]
    assert answer.session is None  # the server's own program did not say hello
    place.meeting.hear("server", hello_of(alice(admin)))
    told = [client.say(hello_of(client._kit), 0).session for client in clients.values()]
    assert told[0] == told[1] == place.meeting.session
    assert told[0].parties == ("alice", "bob")
    for client in clients.values():
        client.close()


def test_that_a_certificate_of_another_authority_is_refused(admin, place, other):
    stranger = kit.read(other.kit_of("alice"))
    theirs = kit.Kit(**{**vars(stranger), "file": place._kit.file})  # it knows where to knock
    with pytest.raises(FederationError, match=r"No TLS between alice and the server at 127\.0\.0\.1:\d+"):
        MeetingClient(theirs).say(hello_of(theirs), 0)
    # The other way round: it trusts our authority, so only the server can say no.
    context = client_context(alice(admin))
    context.load_cert_chain(stranger.certificate_path, stranger.key_path)
    where = address(place._kit.file.meeting)
    connection = http.client.HTTPSConnection(where.host, where.port, context=context, timeout=5)
    with pytest.raises((ssl.SSLError, ConnectionError)):
        answered(connection)
    assert any("no TLS of this federation" in line["why"] for line in place.refused())
    theirs = kit.Kit(**{**vars(alice(admin)), "folder": stranger.folder, "authority": stranger.authority})
    client = MeetingClient(theirs)
    client._context.load_verify_locations(alice(admin).ca_path)
    with pytest.raises(UnreachableError, match="does not accept the certificate of alice"):
        client.say(hello_of(theirs), 0)


def test_that_an_expired_certificate_is_refused(admin, place):
    own = alice(admin)
    key = certificates.read_key(own.key_path)
    long_ago = datetime.now(timezone.utc) - timedelta(days=400)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(certificates, "now", lambda: long_ago)
        expired = certificates.issue(admin.authority, admin.key, "alice", own.own.place, key.public_key(), days=30)
    path = own.folder / "expired.pem"
    path.write_text(certificates.pem(expired))
    context = client_context(own)
    context.load_cert_chain(path, own.key_path)
    where = address(own.file.meeting)
    connection = http.client.HTTPSConnection(where.host, where.port, context=context, timeout=5)
    with pytest.raises((ssl.SSLError, ConnectionError)):
        answered(connection)
    assert any("certificate verify failed" in line["why"].lower().replace("_", " ") for line in place.refused())


def test_that_a_certificate_of_the_authority_that_is_not_in_the_file_is_refused(admin, place):
    own = alice(admin)
    key = certificates.make_key()
    issued = certificates.issue(admin.authority, admin.key, "alice", own.own.place, key.public_key())
    (own.folder / "second.pem").write_text(certificates.pem(issued))
    certificates.write_key(own.folder / "second.key", key)
    context = client_context(own)
    context.load_cert_chain(own.folder / "second.pem", own.folder / "second.key")
    where = address(own.file.meeting)
    connection = http.client.HTTPSConnection(where.host, where.port, context=context, timeout=5)
    response = answered(connection)
    assert response.status == 403
    assert "is not in the federation file" in json.loads(response.read())["message"]
    assert any("is not in the federation file" in line["why"] for line in place.refused())


def test_that_another_member_in_the_servers_place_is_noticed(admin):
    bob = kit.read(admin.kit_of("bob"))
    pretender = MeetingPlace(bob, Meeting(bob.file, "run", dict), AuditLog(bob.folder / "a" / "a.jsonl"))
    pretender.open()
    try:
        with pytest.raises(FederationError, match="server was to be reached, but another certificate answers"):
            MeetingClient(alice(admin)).say(hello_of(alice(admin)), 0)
    finally:
        pretender.close()


def test_that_another_file_and_another_program_are_refused_by_name(admin, place, monkeypatch):
    own = alice(admin)
    with pytest.raises(FederationError, match="alice has another federation file than the server"):
        MeetingClient(own).say(hello_of(own, digest="0" * 64), 0)
    newer = this_program().model_copy(update={"version": "99.0"})
    monkeypatch.setattr("fl.organisations.meeting_place.this_program", lambda: newer)
    client = MeetingClient(own)
    request = HelloRequest(hello=hello_of(own), program=this_program())
    connection = client._connected(0)
    connection.request("POST", "/hello", request.model_dump_json())
    response = connection.getresponse()
    assert response.status == 409
    assert "alice has version" in json.loads(response.read())["message"]
    assert [line["sender"] for line in place.refused()] == ["alice", "alice"]


def test_that_long_and_senseless_hellos_are_refused_unread(admin, place):
    own = alice(admin)
    for headers, body, status in (
        ({"Content-Length": str(10 * 1024**3)}, b"{", 413),
        ({}, b"{" * (MOST_BYTES + 1), 413),
        ({}, b"\x00\xff\x80 senseless", 400),
        ({}, json.dumps({"hello": {"state": "king"}}).encode(), 400),
    ):
        connection = MeetingClient(own)._connected(0)
        with contextlib.suppress(BrokenPipeError):  # the answer came before all of it was sent
            connection.request("POST", "/hello", body, headers)
        assert connection.getresponse().status == status
        connection.close()
    MeetingClient(own).say(hello_of(own), 0)  # and members are heard as before


def test_that_random_bytes_without_tls_harm_nobody(admin, place):
    where = address(place._kit.file.meeting)
    for raw in (b"\x16\x03\x01\xff\xff", b"GET / HTTP/1.1\r\n\r\n", bytes(range(256)) * 40):
        with socket.create_connection((where.host, where.port), timeout=5) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    MeetingClient(alice(admin)).say(hello_of(alice(admin)), 0)
    assert any("no TLS of this federation" in line["why"] for line in place.refused())


def test_that_nobody_at_home_is_a_sentence(admin):
    with pytest.raises(UnreachableError, match=r"The server cannot be reached at 127\.0\.0\.1:\d+"):
        MeetingClient(alice(admin)).say(hello_of(alice(admin)), 0)
