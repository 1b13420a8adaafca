"""The federation file: what is signed is what is used, and anything else is refused with a sentence."""

from __future__ import annotations

import re

import pytest

from data.errors import SettingsError
from fl.errors import FederationError
from fl.organisations import certificates, federation_file
from fl.organisations.names import check_party_name
from fl.settings.addresses import Address, address
from fl.settings.train import TrainSettings


def test_that_the_file_reads_back_as_it_was_signed(films):
    path = films.folder / "federation.toml"
    again = federation_file.read(path, films.authority)
    assert again == films.file
    assert again.digest == films.file.digest
    assert again.parties == ("alice", "bob")
    assert again.server.place == Address("127.0.0.1", 9500)
    assert len(set(again.roster_keys)) == 2
    assert re.search(r'^address = "localhost:9502"$', path.read_text("utf-8"), re.MULTILINE)


def test_that_settings_of_a_member_are_the_federations_and_its_own_affairs(films):
    settings = films.file.train_settings("demo", name="mine", threads=3)
    assert settings == TrainSettings(epochs=3, dataset="demo", name="mine", threads=3, parties=2)


def test_that_a_comment_or_another_order_changes_nothing(films):
    path = films.folder / "federation.toml"
    text = path.read_text("utf-8")
    path.write_text("# hello\n" + text.replace("\n[program]", "\n\n# theirs\n[program]").replace("\n", "\r\n"), "utf-8")
    assert federation_file.read(path, films.authority).digest == films.file.digest


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("epochs = 3", "epochs = 4", "the signature does not fit: the file was changed after it was signed"),
        ("localhost:9502", "localhost:9503", "the signature does not fit"),
        ("gone_after = 600.0", "gone_after = 900.0", "the signature does not fit"),
        ('signature = "', 'signature = "!', "the signature does not fit"),
        ("format = 1", "format = 2", "no federation file of format 1"),
        ("format = 1", "format 1", "no TOML file"),
        ("revision = 2", "revision = 0", "revision: must be greater than or equal to 1"),
        ("[program]", "[programme]", "Extra inputs are not permitted"),
    ],
)
def test_that_a_changed_file_is_refused_with_a_sentence(films, old, new, sentence):
    path = films.folder / "federation.toml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(FederationError, match=sentence) as caught:
        federation_file.read(path, films.authority)
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_that_the_file_of_another_federation_is_refused(films, other):
    with pytest.raises(FederationError, match="trusts the authority"):
        federation_file.read(other.folder / "federation.toml", films.authority)


def test_that_a_binary_file_and_a_missing_one_are_refused(films, tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\xfe\0")
    with pytest.raises(FederationError, match="no TOML file"):
        federation_file.read(tmp_path / "x", films.authority)
    with pytest.raises(FederationError, match="cannot be read: No such file"):
        federation_file.read(tmp_path / "y", films.authority)


def forged(films, member="alice", **changes):
    """Return the file with a member changed, signed by the authority all the same."""
    members = [one.model_copy(update=changes) if one.name == member else one for one in films.file.members]
    made = films.file.model_copy(update={"members": tuple(members)}).sign(films.key)
    made.write(films.folder / "federation.toml")


def test_that_even_an_authority_cannot_mix_up_members(films, other):
    bob, path = films.file.member("bob"), films.folder / "federation.toml"
    strange = certificates.make_key().public_key()
    stranger = certificates.issue(other.authority, other.key, "alice", Address("a", 9500), strange)
    for changes, sentence in (
        ({"fingerprint": "00"}, "the fingerprint of alice is not that of its certificate"),
        ({"identity": bob.identity}, "two of its members have the same key"),
        ({"identity": "11" * 32}, "alice did not sign its identity with the key of its certificate"),
        ({"identity": "no hex"}, "the certificate or identity of alice is damaged"),
        ({"certificate": "no certificate"}, "the certificate or identity of alice is damaged"),
        ({"certificate": bob.certificate, "fingerprint": bob.fingerprint}, "two of its members have the same key"),
        (
            {"certificate": certificates.pem(stranger), "fingerprint": certificates.fingerprint(stranger)},
            "the certificate of alice is not of this federation",
        ),
        ({"name": "../alice"}, "'../alice' cannot be a name here"),
        ({"address": "alice"}, "'alice' is no address"),
        ({"address": ""}, "a member of it has no address"),
        ({"name": "bob"}, "not one server and parties with different names"),
    ):
        forged(films, **changes)
        with pytest.raises(FederationError, match=sentence):
            federation_file.read(path, films.authority)


@pytest.mark.parametrize("name", ["", "Alice", "1st", "a" * 32, "a b", "a/b", "..", "爱丽丝", "server"])
def test_that_a_name_that_is_none_is_refused(name):
    with pytest.raises(SettingsError, match="cannot be"):
        check_party_name(name)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("alice.example.org:9500", "alice.example.org", 9500),
        ("10.0.0.1:65535", "10.0.0.1", 65535),
        ("[2001:db8::7]:9500", "2001:db8::7", 9500),
        ("party_1:1024", "party_1", 1024),
    ],
)
def test_that_addresses_are_read_and_written_alike(text, host, port):
    assert address(text) == Address(host, port)
    assert str(address(text)) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("alice", "'alice' is no address"),
        (":9500", "is no address"),
        ("2001:db8::7:9500", "is no address"),
        ("alice:http", "the port must be a number from 1024 to 65535"),
        ("alice:80", "the port must be"),
        ("alice:70000", "the port must be"),
        ("alice:9999999999999", "the port must be"),
        ("alice:٩٥٠٠", "the port must be"),
        ("0.0.0.0:9500", "no address that others can connect to"),
        ("[::]:9500", "no address that others can connect to"),
        ("10.0.0.300:9500", "neither the name of a computer nor an IP address"),
        ("http://alice:9500", "is no address|neither the name"),
        ("al ice:9500", "neither the name"),
    ],
)
def test_that_an_address_that_is_none_is_refused(text, sentence):
    with pytest.raises(SettingsError, match=sentence):
        address(text)
