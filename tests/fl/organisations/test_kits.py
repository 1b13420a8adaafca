"""A member's way into a federation, its kit, and what the administrator changes without touching anybody else."""

from __future__ import annotations

import shutil
import stat
from datetime import datetime, timedelta, timezone

import pytest

from data.errors import SettingsError, StorageError
from fl.errors import FederationError
from fl.organisations import certificates, federation_file, kit, requests
from fl.organisations.administration import Administration
from tests.fl.organisations.conftest import PARTIES, found


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def taken(admin, member, folder):
    """Copy a member's kit to its own machine."""
    shutil.copytree(admin.kit_of(member), folder)
    return folder


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_that_members_join_with_keys_that_never_leave_them(tmp_path):
    admin = found(tmp_path / "films", with_keys=False, parties={"alice": "", "bob": "127.0.0.1:9502"})
    assert admin.file.parties == ()
    assert [path.name for path in (tmp_path / "films").rglob("*.key")] == ["authority.key"]
    homes, asked = {}, []
    for member, place in (("server", ""), ("alice", "alice.example.org:9501"), ("bob", "")):
        homes[member] = taken(admin, member, tmp_path / f"at-{member}")
        path, request = requests.join(kit.read_start_up(homes[member]), place)
        assert "PRIVATE" not in path.read_text("utf-8")
        checked = requests.read(path, admin.file.id)
        assert checked.code == request.code
        asked.append(checked)
    with pytest.raises(FederationError, match="alice is not admitted to the federation films yet"):
        kit.read(homes["alice"])
    admin = admin.admit(asked)
    assert admin.file.revision == 2
    assert admin.file.member("alice").address == "alice.example.org:9501"
    for member, home in homes.items():
        kit.update(home, admin.folder / "federation.toml")
        mine = kit.read(home)
        assert mine.member == member
        assert mine.file.digest == admin.file.digest
        assert mine.identity().public.hex() == admin.file.member(member).identity
        assert mine.certificate_path.read_text("ascii") == mine.own.certificate
        assert {mode(home / name) for name in ("member.key", "identity.key")} == {0o600}
    assert len({request.code for request in asked}) == 3


def test_that_a_trial_has_everything_at_once(films):
    for member in ("server", "alice", "bob"):
        assert kit.read(films.kit_of(member)).file == films.file
    assert mode(films.folder / "authority.key") == 0o600
    assert mode(films.folder) == 0o700


def test_that_certificates_say_who_where_and_for_how_long(films):
    certificate = films.file.member("bob").x509
    assert certificates.common_name(certificate) == "bob"
    assert certificates.hosts(certificate) == ("localhost",)
    assert certificates.hosts(films.file.member("alice").x509) == ("127.0.0.1",)
    length = certificate.not_valid_after_utc - datetime.now(timezone.utc)
    assert timedelta(days=364) < length <= timedelta(days=365)


# --- changes ----------------------------------------------------------------------------------------------------------


def fingerprints(file):
    return {member.name: member.fingerprint for member in file.members}


def test_that_adding_and_removing_change_nobody_else(films, tmp_path):
    before = fingerprints(films.file)
    admin = films.add("carol", "127.0.0.1:9503")
    assert admin.file.invited == ("carol",)
    assert admin.file.parties == ("alice", "bob")  # the others can go on meanwhile
    home = taken(admin, "carol", tmp_path / "carol")
    admin = admin.admit([requests.join(kit.read_start_up(home))[1]])
    assert admin.file.parties == ("alice", "bob", "carol")
    after = admin.remove(["alice"]).file
    assert fingerprints(after) == {name: mark for name, mark in fingerprints(admin.file).items() if name != "alice"}
    assert {name: fingerprints(after)[name] for name in ("server", "bob")} == {
        name: before[name] for name in ("server", "bob")
    }
    again = Administration.read(films.folder)
    assert again.file == after
    with pytest.raises(FederationError, match="keeps its server and at least 2 parties"):
        again.remove(["bob"])
    with pytest.raises(FederationError, match="keeps its server"):
        again.remove(["server"])
    with pytest.raises(FederationError, match=r"has no member 'dave'. Its members are server, bob, carol"):
        again.remove(["dave"])


def test_that_a_member_that_was_removed_is_told(films):
    admin = films.add("carol", "127.0.0.1:9503")
    home = admin.kit_of("carol")
    removed = admin.remove(["carol"])
    shutil.copy(removed.folder / "federation.toml", home / "federation.toml")
    with pytest.raises(FederationError, match="carol is not a member of the federation films"):
        kit.read(home)


def test_that_renewing_keeps_the_key_and_moves_the_end(films):
    before = films.file
    after = films.renew(["alice"], days=30, place="10.0.0.7:9501").file
    old, new = before.member("alice"), after.member("alice")
    assert fingerprints(after) == {**fingerprints(before), "alice": new.fingerprint}
    assert new.fingerprint != old.fingerprint
    assert (new.identity, new.binding) == (old.identity, old.binding)
    assert certificates.hosts(new.x509) == ("10.0.0.7",)
    assert new.x509.not_valid_after_utc < old.x509.not_valid_after_utc
    assert kit.read(films.kit_of("alice")).own.address == "10.0.0.7:9501"


def test_that_a_member_changes_its_keys_without_a_gap(films):
    home = films.kit_of("alice")
    old = kit.read(home)
    with pytest.raises(FederationError, match=r"alice is admitted already. To change its keys, add --new-keys"):
        requests.join(kit.read_start_up(home))
    path, _ = requests.join(kit.read_start_up(home), new_keys=True)
    assert kit.read(home).identity().public == old.identity().public  # until the new ones are admitted
    asked = requests.read(path, films.file.id)
    with pytest.raises(FederationError, match="alice is admitted already"):
        films.admit([asked])
    films.admit([asked], replace=True)
    new = kit.read(home)
    assert new.identity().public != old.identity().public
    assert not (home / "next").exists()
    assert fingerprints(new.file)["bob"] == fingerprints(old.file)["bob"]


def test_that_a_new_version_of_the_program_is_signed_for(films):
    after = films.renew().file
    assert after.revision == films.file.revision + 1
    assert fingerprints(after) == fingerprints(films.file)


def test_that_an_update_goes_forward_only(films, other, tmp_path):
    home = films.kit_of("alice")
    old = tmp_path / "old.toml"
    shutil.copy(home / "federation.toml", old)
    films.add("carol", "127.0.0.1:9503")
    with pytest.raises(FederationError, match="its revision is 2, and this kit has revision 3 already"):
        kit.update(home, old)
    with pytest.raises(FederationError, match="trusts the authority"):
        kit.update(home, other.folder / "federation.toml")
    assert kit.read(home).file.revision == 3


# --- faults of an administrator ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "Films"}, "'Films' cannot be a name here"),
        ({"parties": {"server": "127.0.0.1:9501", **PARTIES}}, "A party cannot be called 'server'"),
        ({"parties": {"alice": "127.0.0.1:9501"}}, "at least 2 parties"),
        ({"parties": {**PARTIES, "bob": "127.0.0.1:9500"}}, "bob and server have the same address 127.0.0.1:9500"),
        ({"parties": {**PARTIES, "bob": "127.0.0.1:9510"}}, "bob and the meeting place have the same address"),
        ({"parties": {**PARTIES, "bob": "127.0.0.1"}}, "'127.0.0.1' is no address"),
        ({"server": "127.0.0.1:9"}, "the port must be a number from 1024"),
        ({"meeting": "nowhere"}, "'nowhere' is no address"),
        ({"parties": {f"p{i}": "" for i in range(65)}}, "at most 64 parties"),
    ],
)
def test_that_what_cannot_be_a_federation_leaves_nothing(tmp_path, changes, sentence):
    with pytest.raises(SettingsError, match=sentence):
        found(tmp_path / "new", with_keys=False, **changes)
    assert not (tmp_path / "new").exists()


def test_that_a_folder_with_something_in_it_is_left_alone(films):
    with pytest.raises(StorageError, match="is there already"):
        found(films.folder)


def test_that_adding_what_is_there_is_refused(films):
    with pytest.raises(SettingsError, match="There is a member 'alice' already"):
        films.add("alice", "127.0.0.1:9503")
    with pytest.raises(SettingsError, match="carol and bob have the same address"):
        films.add("carol", "localhost:9502")
    with pytest.raises(SettingsError, match="1 to 825 days"):
        films.renew(["alice"], days=0)


def test_that_a_folder_that_is_no_administrators_is_refused(films, other, tmp_path):
    with pytest.raises(FederationError, match="no administrator's folder"):
        Administration.read(films.kit_of("alice"))
    shutil.copy(other.folder / "authority.key", films.folder / "authority.key")
    with pytest.raises(FederationError, match=r"authority.key is not the key of"):
        Administration.read(films.folder)


# --- faults of a request ----------------------------------------------------------------------------------------------


def test_that_requests_of_others_are_refused(films, other, tmp_path):
    path, _ = requests.join(kit.read_start_up(other.kit_of("alice")), new_keys=True)
    with pytest.raises(FederationError, match="alice asks to join another federation"):
        requests.read(path, films.file.id)
    shutil.rmtree(other.kit_of("alice") / "next")
    mine = films.kit_of("alice")
    key, identity = certificates.read_key(mine / "member.key"), certificates.read_identity(mine / "identity.key")
    stranger = requests.write(tmp_path / "r", films.file.id, "dave", "", key, identity)
    with pytest.raises(FederationError, match="dave is not invited"):
        films.admit([stranger])
    admin = films.add("carol", "127.0.0.1:9503")
    twin = requests.write(tmp_path / "r", films.file.id, "carol", "", key, identity)
    with pytest.raises(FederationError, match="The request of carol has the keys of another member"):
        admin.admit([twin])


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('member = "alice"', 'member = "bob"', "its signatures do not fit"),
        ('address = ""', 'address = "evil:9501"', "its signatures do not fit"),
        ('identity = "', 'identity = "00', "its signatures do not fit"),
        ('binding = "', 'binding = "AA', "its signatures do not fit"),
        ('consent = "M', 'consent = "N', "its signatures do not fit|no request"),
        ("format = 1", "format = 2", "this is no request"),
        ("-----BEGIN", "-----BEGUN", "this is no request"),
    ],
)
def test_that_a_changed_request_is_refused(films, tmp_path, old, new, sentence):
    path, _ = requests.join(kit.read_start_up(films.kit_of("alice")), new_keys=True)
    text = path.read_text("utf-8")
    if old == 'consent = "M':  # the signature begins with any letter
        old = text[text.index("consent = ") : text.index("consent = ") + 12]
        new = old[:-1] + ("A" if old[-1] != "A" else "B")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FederationError, match=sentence) as caught:
        requests.read(path, films.file.id)
    assert str(path) in str(caught.value)


def test_that_a_member_without_an_address_says_it(tmp_path):
    admin = found(tmp_path / "films", with_keys=False, parties={"alice": "", "bob": ""})
    start_up = kit.read_start_up(admin.kit_of("alice"))
    with pytest.raises(SettingsError, match="does not know yet where alice will listen"):
        requests.join(start_up)
    with pytest.raises(SettingsError, match="is no address"):
        requests.join(start_up, "here")
    assert not (admin.kit_of("alice") / "member.key").exists()
    _, one = requests.join(start_up, "10.0.0.1:9501")
    _, two = requests.join(start_up, "10.0.0.1:9501")
    assert one.code == two.code  # the keys are kept
    (admin.kit_of("alice") / "identity.key").unlink()
    with pytest.raises(FederationError, match=r"has one of member.key, identity.key, and not the other"):
        requests.join(start_up, "10.0.0.1:9501")


# --- faults of a kit --------------------------------------------------------------------------------------------------


def open_to_all(films, home):
    (home / "member.key").chmod(0o644)


def identity_open_to_the_group(films, home):
    (home / "identity.key").chmod(0o640)


def key_of_another(films, home):
    shutil.copy(films.kit_of("bob") / "member.key", home / "member.key")


def identity_of_another(films, home):
    shutil.copy(films.kit_of("bob") / "identity.key", home / "identity.key")


def keys_swapped(films, home):
    shutil.copy(home / "identity.key", home / "member.key")


def no_key(films, home):
    (home / "member.key").unlink()


def damaged_key(films, home):
    (home / "member.key").write_text("-----BEGIN PRIVATE KEY-----\nx\n")


def owner_is_another(films, home):
    shutil.copy(films.kit_of("bob") / "kit.toml", home / "kit.toml")


def no_owner(films, home):
    (home / "kit.toml").write_text("member = 3\n")


def other_catalogue(films, home):
    (home / "catalogue.csv").write_text("item\na\nb\n")


def no_authority(films, home):
    (home / "authority.pem").write_text("no certificate")


def huge_file(films, home):
    (home / "federation.toml").write_bytes(b"#" * 2_000_000)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (open_to_all, r"member.key: other accounts of this computer can read this private key \(mode 0644\). Close it"),
        (identity_open_to_the_group, r"identity.key: other accounts .* \(mode 0640\)"),
        (key_of_another, "member.key: this key is not the one with which alice was admitted"),
        (identity_of_another, "identity.key: this key is not the one with which alice was admitted"),
        (keys_swapped, "member.key: this is no private key of the kind"),
        (no_key, "member.key cannot be read: No such file"),
        (damaged_key, "member.key: this is no private key"),
        (owner_is_another, "member.key: this key is not the one with which bob was admitted"),
        (no_owner, "kit.toml: it does not say whose kit this is"),
        (other_catalogue, "catalogue.csv: this is not the catalogue of the federation: it has 2 items"),
        (no_authority, "authority.pem: this is no certificate of an authority"),
        (huge_file, "federation.toml: the file is far too large"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_that_a_spoilt_kit_is_refused_with_a_sentence(films, spoil, sentence):
    home = films.kit_of("alice")
    spoil(films, home)
    with pytest.raises(FederationError, match=sentence):
        kit.read(home)


def test_that_the_kit_of_another_federation_is_told(films, other, tmp_path):
    home = taken(films, "alice", tmp_path / "alice")
    shutil.copy(other.kit_of("alice") / "kit.toml", home / "kit.toml")
    with pytest.raises(FederationError, match="is a kit of another federation"):
        kit.read(home)
    with pytest.raises(FederationError, match="There is no kit"):
        kit.read(tmp_path / "nowhere")


def test_that_an_expired_certificate_and_a_wrong_clock_are_told(films):
    home, now = films.kit_of("alice"), datetime.now(timezone.utc)
    with pytest.raises(FederationError, match=r"The certificate of alice expired at .* federation renew"):
        kit.read(home, now + timedelta(days=366))
    with pytest.raises(FederationError, match=r"begins to be good at .*: a clock is wrong"):
        kit.read(home, now - timedelta(days=2))


def test_that_a_whole_kit_is_only_read(films):
    home = films.kit_of("alice")
    kit.read(home)
    before = {path: path.stat().st_mtime_ns for path in home.iterdir()}
    kit.read(home)
    assert {path: path.stat().st_mtime_ns for path in home.iterdir()} == before


def test_that_the_file_says_the_same_at_everybody(films):
    digests = {federation_file.read(films.kit_of(name) / "federation.toml", films.authority).digest
               for name in ("server", "alice", "bob")}  # fmt: skip
    assert digests == {films.file.digest}
