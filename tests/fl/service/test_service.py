"""The HTTP service: the real program, asked over a real connection, and every input that it must refuse."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from urllib.parse import quote

import numpy as np
import pytest

from data.loading import load
from fl.federation.session import ROOT, party_names
from fl.jobs.own_party import own_run
from fl.protocol.commands import RecommendCommand, RecommendNewCommand
from fl.runs import kept
from fl.runs.run_folder import RunFolder
from fl.runs.storage import round_file, write_arrays
from fl.service.limits import MOST_BODY_BYTES
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.of_jobs import NewUserSettings, RecommendSettings
from fl.settings.train import TrainSettings
from models.registry import MODELS
from tests.fl.asking import ask
from tests.listening import listening
from tests.round_records import a_round

TOKEN = "a-token-of-more-than-twenty-letters"  # noqa: S105  # made up


def add_round(folder, number, seed):
    """A round as training would leave it, the best so far: an invented table, and what users make of it."""
    data = load("demo", "leak-free", 2024)
    settings = folder.settings()
    items = (0.3 * np.random.default_rng(seed).standard_normal((data.interactions.n_items, 4))).astype(np.float32)
    parts, _ = data.divide(party_names(2), settings.seed)
    for part in parts:
        local = MODELS["fcf"].load_local()(part, hyper_parameters(settings))
        local.scores(np.arange(part.n_users), items)
        write_arrays(folder.path / "parties" / part.party / round_file(number), local.private_state())
    write_arrays(folder.path / "server" / round_file(number), {"items": items})
    kept.keep(folder.path, data.interactions, parts, data.counts())
    folder.add_round(a_round(number, number / 10))


def make_run(name="run"):
    settings = TrainSettings(model="fcf", name=name, dim=4, alpha=0.1)
    folder = RunFolder.create(settings, {"fingerprint": load("demo", "leak-free", 2024).interactions.fingerprint})
    add_round(folder, 1, seed=3)
    return folder


class Running:
    """`TheMain.py serve` in a process of its own."""

    def __init__(self, *words):
        command = [sys.executable, str(ROOT / "TheMain.py"), "serve", "--port", "0", "--json", *words]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.address = json.loads(line)["address"]
        scheme, _, place = self.address.partition("://")
        self.scheme, self.host, self.port = scheme, *place.rsplit(":", 1)

    def connection(self, context=None):
        if self.scheme == "https":
            return HTTPSConnection(self.host, int(self.port), timeout=60, context=context)
        return HTTPConnection(self.host, int(self.port), timeout=60)

    def ask(self, path, body=None, headers=None, method=None, context=None):
        """(status, what the answer holds)."""
        line = self.connection(context)
        sent = {"content-type": "application/json", **(headers or {})}
        line.request(method or ("GET" if body is None else "POST"), path, body, sent)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        return answer.status, json.loads(text) if "json" in answer.headers["content-type"] else text

    def end(self):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("SECRETREC_HOME")
    os.environ["SECRETREC_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["SECRETREC_HOME"]
    else:
        os.environ["SECRETREC_HOME"] = before


@pytest.fixture(scope="module")
def service(home):
    make_run()
    running = Running("--run", "run", "--timeout", "3")
    yield running
    assert running.end() == 0, "Ctrl+C is the usual end"


@pytest.fixture(autouse=True)
def _same_home(home, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", str(home))


def some_user():
    return str(own_run("run").rosters[1].user_ids[3])


def test_that_it_listens_at_one_place_of_this_computer(service):
    assert listening(service.process.pid) == {("127.0.0.1", int(service.port))}


def test_that_a_list_is_the_one_of_the_command(service):
    user = some_user()
    status, body = service.ask(f"/recommendations?user={quote(user)}&k=5")
    assert status == 200
    same = ask(RecommendCommand(settings=RecommendSettings(run="run", user=user, top_k=5)))
    assert body["items"] == [json.loads(item.model_dump_json()) for item in same.items]
    assert (body["run"], body["round"], body["reason_kind"]) == ("run", 1, "share")
    assert (body["protocol"], body["fingerprint"]) == ("leak-free", RunFolder.find("run").config()["fingerprint"])
    _, bare = service.ask(f"/recommendations?user={quote(user)}&k=5&reasons=false")
    assert [one["because"] for one in bare["items"]] == [[]] * 5
    everything = service.ask(f"/recommendations?user={quote(user)}&k=1000&scope=all")[1]["items"]
    assert len(everything) == own_run("run").known.n_items


@pytest.mark.parametrize("purpose", ["new-user", "basket"])
def test_that_picks_get_the_list_of_the_command(service, purpose):
    items = own_run("run").known.item_ids[[5, 77]].tolist()
    status, body = service.ask("/recommendations", json.dumps({"items": items, "purpose": purpose, "k": 4}))
    settings = NewUserSettings(run="run", items=items, basket=purpose == "basket", top_k=4)
    same = ask(RecommendNewCommand(settings=settings))
    assert (status, body["reason_kind"]) == (200, same.reason_kind)
    assert body["items"] == [json.loads(item.model_dump_json()) for item in same.items]


BAD = [
    ("/recommendations", None, 400, "user: Field required"),
    ("/recommendations?user=nobody", None, 404, "no user 'nobody' here"),
    ("/recommendations?user=", None, 400, "user: String should have at least 1 character"),
    ("/recommendations?user=" + "x" * 1001, None, 400, "at most 1000 characters"),
    ("/recommendations?user=1&k=0", None, 400, "k: Input should be greater than or equal to 1"),
    ("/recommendations?user=1&k=1001", None, 400, "k: Input should be less than or equal to 1000"),
    ("/recommendations?user=1&k=ten", None, 400, "k: Input should be a valid integer"),
    ("/recommendations?user=1&scope=some", None, 400, "scope: Input should be 'all' or 'unrated'"),
    ("/recommendations?user=1&reasons=perhaps", None, 400, "reasons: Input should be a valid boolean"),
    ("/recommendations", "", 400, "body: Field required"),
    ("/recommendations", "{", 400, "JSON decode error"),
    ("/recommendations", "[1]", 400, "body: Input should be a valid dictionary"),
    ("/recommendations", "{}", 400, "items: Field required"),
    ("/recommendations", '{"items": []}', 400, "items: Tuple should have at least 1 item"),
    ("/recommendations", '{"items": [5]}', 400, "items.0: Input should be a valid string"),
    ("/recommendations", '{"items": ["a"], "more": 1}', 400, "more: Extra inputs are not permitted"),
    ("/recommendations", '{"items": ["zz-none"]}', 404, "no item 'zz-none'"),
    ("/recommendations", '{"items": ["a"], "purpose": "gift"}', 400, "purpose: Input should be"),
    ("/recommendations", '{"items": ["' + "x" * MOST_BODY_BYTES + '"]}', 413, "larger than 65536 bytes"),
    ("/recommendations", '{"items": ' + "[" * 30_000 + "}", 400, "body"),
    ("/users/1", None, 404, "nothing at /users/1"),
    ("/health", "{}", 405, "/health is not for POST"),
]


@pytest.mark.parametrize(("path", "body", "status", "words"), BAD, ids=[f"{one[0][:40]}-{one[3]}" for one in BAD])
def test_that_bad_input_is_refused_in_a_sentence(service, path, body, status, words):
    found, answer = service.ask(path, body)
    assert found == status
    assert set(answer) == {"error", "hint"}
    assert words in answer["error"]
    assert service.ask("/health")[1]["status"] == "ok"


def test_that_a_body_of_unknown_length_is_bounded_too(service):
    line = service.connection()
    line.putrequest("POST", "/recommendations")
    line.putheader("transfer-encoding", "chunked")
    line.endheaders()
    piece = b"x" * 16_000
    for _ in range(5):  # the service may close before the last
        try:
            line.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        except OSError:
            break
    answer = line.getresponse()
    assert answer.status == 413
    line.close()


def raw(service, sent):
    """What comes back for bytes that are no whole request, until the service closes."""
    with socket.create_connection((service.host, int(service.port)), 60) as line:
        line.sendall(sent)
        got = b""
        while piece := line.recv(65536):
            got += piece
    return got


def test_that_nobody_is_waited_for_longer_than_the_timeout(service):
    assert raw(service, b"") == b""
    assert raw(service, b"GET /health HTTP/1.1\r\nhost: local") == b""
    head = b"POST /recommendations HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{"
    assert b"408" in raw(service, head).splitlines()[0]


def test_that_what_is_no_request_is_refused(service):
    assert b"400" in raw(service, b"\x00\x01garbage\r\n\r\n").splitlines()[0]
    assert b"400" in raw(service, b"GET / HTTP/1.1\r\nx: " + b"y" * 40_000).splitlines()[0]


def test_that_a_connection_carries_many_requests_however_they_are_cut_into_packets(service):
    head = b"GET /health HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 6_000 + b"\r\n"
    sent = head + b"\r\n" + head + b"\r\n" + head + b"connection: close\r\n\r\n"  # together more than one head may have
    assert raw(service, sent).count(b"HTTP/1.1 200 OK") == 3
    body = json.dumps({"items": [own_run("run").known.item_ids[5]], "k": 1}).encode()
    with socket.create_connection((service.host, int(service.port)), 60) as line:
        upgrade = b"connection: upgrade, http2-settings\r\nupgrade: h2c\r\n"  # as Java's client asks first
        for more in (upgrade, b"", b""):
            line.sendall(b"POST /recommendations HTTP/1.1\r\nhost: localhost\r\n" + more)
            line.sendall(b"content-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body))
            line.sendall(body)
            answer = HTTPResponse(line)
            answer.begin()
            assert (answer.status, len(json.loads(answer.read())["items"])) == (200, 1)


def test_that_a_page_of_the_web_cannot_ask_by_another_name(service):
    assert service.ask("/health", headers={"host": "evil.example"})[0] == 400
    assert service.ask("/health", headers={"host": "localhost:1"})[0] == 200


def test_that_the_page_needs_nothing_from_elsewhere(service):
    status, page = service.ask("/docs")
    assert status == 200
    assert "://" not in page
    for part in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"/static-offline-docs/{part}" in page
        assert service.ask(f"/static-offline-docs/{part}")[0] == 200
    declared = service.ask("/openapi.json")[1]["paths"]
    assert set(declared) == {"/recommendations", "/health", "/metrics"}
    assert {"400", "401", "404", "413", "503"} <= set(declared["/recommendations"]["post"]["responses"])


def test_that_the_figures_count_and_name_nobody(service):
    user = some_user()
    service.ask(f"/recommendations?user={quote(user)}")
    status, text = service.ask("/metrics")
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert status == 200
    assert float(figures['secretrec_requests_total{status="200",what="GET /recommendations"}']) >= 1
    assert float(figures["secretrec_users"]) == len(own_run("run").rosters[0].users) * 2
    assert float(figures["secretrec_items"]) == own_run("run").known.n_items
    assert "user=" not in text


def test_that_lists_come_from_the_new_round_once_the_run_was_trained_on(service):
    user = quote(some_user())
    before = service.ask(f"/recommendations?user={user}")[1]
    folder = RunFolder.find("run")
    # A state that cannot be read changes nothing, and is told.
    metrics = folder.path / "metrics.jsonl"
    good = metrics.read_text("utf-8")
    metrics.write_text("{damaged\n", "utf-8")
    wait_for(service, lambda health: health["status"] == "stale")
    assert service.ask(f"/recommendations?user={user}")[1] == before
    metrics.write_text(good, "utf-8")
    add_round(folder, 2, seed=4)
    # Between the files of a round the run cannot be read, and is told as such.
    wait_for(service, lambda health: (health["round"], health["status"]) == (2, "ok"))
    after = service.ask(f"/recommendations?user={user}")[1]
    assert after["round"] == 2
    assert [one["item"] for one in after["items"]] != [one["item"] for one in before["items"]]


def wait_for(service, wanted):
    """Ask for the health, over and over, until it is as wanted."""
    for _ in range(3000):
        if wanted(service.ask("/health")[1]):
            return
    raise AssertionError(service.ask("/health"))


# --- beyond this computer -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(home):
    """Certificate, key and token for a service."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "service")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(1))
        .not_valid_after(now + datetime.timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret, token = home / "c.pem", home / "k.pem", home / "token"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    token.write_text(TOKEN + "\n")
    token.chmod(0o600)
    return certificate, secret, token


def test_that_elsewhere_a_token_and_tls_are_asked_for(service, files):
    certificate, key, token = files
    running = Running(
        *("--run", "run", "--host", "0.0.0.0", "--token-file", str(token)),
        *("--certificate", str(certificate), "--key", str(key)),
    )
    try:
        assert running.address.startswith("https://")
        running.host = "localhost"
        context = ssl.create_default_context(cafile=str(certificate))
        path = f"/recommendations?user={quote(some_user())}"
        for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}):
            status, answer = running.ask(path, headers=headers, context=context)
            assert (status, "Authorization: Bearer" in answer["error"]) == (401, True)
        bearer = {"authorization": f"Bearer {TOKEN}"}
        assert running.ask(path, headers=bearer, context=context)[0] == 200
        assert running.ask("/metrics", context=context)[0] == 401
        assert running.ask("/health", context=context)[0] == 200
        with pytest.raises((OSError, ssl.SSLError)):
            HTTPSConnection("localhost", int(running.port), timeout=60).request("GET", "/health")
    finally:
        running.end()


def test_that_a_start_that_would_be_open_or_cannot_work_is_refused(command_line, files, service, home):
    certificate, key, token = map(str, files)
    protected = ("--token-file", token, "--certificate", certificate, "--key", key)

    def said(*words):
        done = command_line("serve", "--run", "run", *words)
        assert done.returncode == 2
        return done.stderr

    assert "--token-file" in said("--host", "0.0.0.0")
    assert "--certificate" in said("--host", "192.0.2.1", "--token-file", token)
    assert "--token-file" in said("--host", "::", "--certificate", certificate, "--key", key)
    assert "given together" in said("--certificate", certificate)
    assert "Cannot listen at 192.0.2.1" in said("--host", "192.0.2.1", *protected)
    assert "--port 0" in said("--port", service.port)
    assert "cannot be used for TLS" in said("--certificate", key, "--key", certificate)
    assert "cannot be read" in said("--token-file", str(home / "none"))
    weak, open_ = home / "weak", home / "open"
    weak.write_text("short")
    weak.chmod(0o600)
    open_.write_text(TOKEN)
    open_.chmod(0o644)
    assert "at least 20 characters" in said("--token-file", str(weak))
    assert "chmod 600" in said("--token-file", str(open_))
    done = command_line("serve", "--run", "none", "--port", "0")
    assert (done.returncode, "no run called 'none'" in done.stderr) == (1, True)
