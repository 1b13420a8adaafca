"""Fetching: from a server on this machine that misbehaves on request, from zips and from folders. No network."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import http.server
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import download, readers, registry
from data import fetch as fetching
from data.errors import CancelledError, DataError, DownloadError, SettingsError, StorageError, UnknownNameError
from data.fetch import about, fetch
from data.registry import DatasetSpec
from tests.data.factory import md5_of, zip_of

Small = tuple[Path, DatasetSpec]


class Server:
    """An HTTP server on 127.0.0.1 that answers each request as the next word in `plan` says.

    ok: the whole body; cut: half of it, then the connection closes; damaged: right length, wrong bytes; unsized: the
    whole body without a Content-Length; silent: half of it, then nothing for as long as the test runs; endless: zeros
    for as long; dripping: a byte now and then; a number: that status. The last word is used for all further requests.

    With a tag, the server sends a part of the body that is asked for; "elsewhere" another part of it.
    """

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.plan = ["ok"]
        self.requests = 0
        self.tag = ""
        self.ranges: list[str] = []
        self.over = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests += 1
                word = outer.plan.pop(0) if len(outer.plan) > 1 else outer.plan[0]
                self.close_connection = True
                if word.isdigit():
                    self.send_error(int(word))
                    return
                start, asked = 0, self.headers.get("Range", "")
                outer.ranges.append(asked)
                if asked and self.headers.get("If-Range") == outer.tag:
                    start = int(asked.removeprefix("bytes=").removesuffix("-")) // (2 if word == "elsewhere" else 1)
                body = outer.body[start:]
                half = body[: len(body) // 2]
                sent = {"cut": half, "silent": half, "damaged": b"\0" * len(body), "endless": b"", "dripping": b""}
                self.send_response(206 if start else 200)
                if start:
                    end = len(outer.body)
                    self.send_header("Content-Range", f"bytes {start}-{end - 1}/{end}")
                if outer.tag:
                    self.send_header("ETag", outer.tag)
                if word not in ("unsized", "endless"):
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(sent.get(word, body))
                self.wfile.flush()
                with contextlib.suppress(ConnectionError):
                    while word == "endless" and not outer.over.is_set():
                        self.wfile.write(bytes(1 << 16))
                    while word == "dripping" and not outer.over.wait(0.02):
                        self.wfile.write(b"\0")
                if word == "silent":
                    outer.over.wait(60)

            def log_message(self, *words: Any) -> None:
                pass

        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = False  # so that closing it waits for them
        self.url = f"http://127.0.0.1:{self.httpd.server_port}/ml-100k.zip"


@pytest.fixture
def server(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Serves the generated set as ml-100k.zip; the registry points to it, with the right checksum."""
    folder, row = small
    archive = zip_of(folder, tmp_path / "served.zip")
    made = Server(archive.read_bytes())
    monkeypatch.setitem(registry.DATASETS, "ml-100k", dataclasses.replace(row, url=made.url, md5=md5_of(archive)))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("pooch.core.time.sleep", lambda seconds: None)  # the pause before a retry
    thread = threading.Thread(target=made.httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.over.set()
    made.httpd.shutdown()
    made.httpd.server_close()
    thread.join(10)


def nothing_but(home: Path, *names: str) -> bool:
    """Whether the data folder holds exactly these data sets and no temporary folder."""
    there = home / "datasets"
    found = {p.name for p in there.iterdir() if not p.name.endswith(".lock")} if there.exists() else set()
    return found == set(names)


# --- download ----------------------------------------------------------------------------------------------------


def test_that_a_download_becomes_ready(server: Server, own_home: Path) -> None:
    steps: list[tuple[int, int]] = []
    where = fetch("ml-100k", progress=lambda done, total: steps.append((done, total)))
    assert where == registry.folder("ml-100k")
    assert registry.status("ml-100k") == "ready"
    assert readers.read("ml-100k").n_users == 12
    assert nothing_but(own_home, "ml-100k")
    assert sorted(p.name for p in where.iterdir()) == ["README", "about.json", "u.data", "u.item", "u.user"]
    assert steps[0] == (0, len(server.body))
    assert (len(server.body), len(server.body)) in steps
    assert all(0 <= done <= total for done, total in steps)


def test_that_about_json_tells_where_the_files_came_from(server: Server) -> None:
    fetch("ml-100k")
    told = about("ml-100k")
    assert told["source"] == server.url
    assert told["archive_md5"] == registry.spec("ml-100k").md5
    assert told["fetched"].endswith("+00:00")
    path = registry.folder("ml-100k") / "u.data"
    assert told["files"]["u.data"] == {"md5": md5_of(path), "bytes": path.stat().st_size, "official": False}
    assert told["files"]["u.item"]["official"] is None  # no checksum is known
    assert json.loads((registry.folder("ml-100k") / "about.json").read_text()) == told
    assert about("demo") == {}


def test_that_a_dropped_connection_is_tried_again(server: Server) -> None:
    server.plan = ["cut", "503", "ok"]
    fetch("ml-100k")
    assert server.requests == 3
    assert registry.status("ml-100k") == "ready"


def test_that_a_download_goes_on_where_the_connection_broke(server: Server) -> None:
    server.plan, server.tag = ["cut", "cut", "ok"], '"one"'
    steps: list[int] = []
    fetch("ml-100k", progress=lambda done, total: steps.append(done))
    half = len(server.body) // 2
    quarter = half + (len(server.body) - half) // 2
    assert server.ranges == ["", f"bytes={half}-", f"bytes={quarter}-"]
    assert steps.count(0) == 1
    assert registry.spec("ml-100k").md5 == about("ml-100k")["archive_md5"]


@pytest.mark.parametrize("change", ["another file", "elsewhere", "416", "no mark", "weak mark"])
def test_that_a_download_that_cannot_go_on_begins_anew(server: Server, change: str) -> None:
    server.tag = {"no mark": "", "weak mark": 'W/"one"'}.get(change, '"one"')
    server.plan = ["cut", change, "ok"] if change in ("elsewhere", "416") else ["cut", "ok"]

    def new_tag(done: int, total: int) -> None:
        if change == "another file":
            server.tag = '"two"'

    fetch("ml-100k", progress=new_tag)
    assert registry.status("ml-100k") == "ready"
    assert about("ml-100k")["archive_md5"] == hashlib.md5(server.body).hexdigest()


def test_that_what_was_kept_of_another_file_fails_the_checksum_and_begins_anew(server: Server) -> None:
    whole = server.body
    server.tag, server.plan, server.body = '"one"', ["cut", "ok", "ok"], bytes(len(whole))

    def right_from_now_on(done: int, total: int) -> None:
        server.body = whole

    fetch("ml-100k", progress=right_from_now_on)
    assert [bool(asked) for asked in server.ranges] == [False, True, False]
    assert registry.status("ml-100k") == "ready"


def test_that_an_endless_download_is_refused_before_it_fills_the_disk(
    server: Server, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_MORE_THAN_OFFICIAL", 1_000_000)
    server.plan = ["endless"]
    seen: list[int] = []
    with pytest.raises(DownloadError, match="The server sends more than 6 MB"):
        fetch("ml-100k", progress=lambda done, total: seen.append(done))
    assert max(seen) <= 6_000_000
    assert server.requests == 1
    assert nothing_but(own_home)


@pytest.mark.timeout(60)  # a full piece would take hours
def test_that_a_cancel_need_not_wait_for_a_slow_server(server: Server, own_home: Path) -> None:
    server.plan, server.body = ["dripping"], bytes(5_000_000)
    seen: list[int] = []
    with pytest.raises(CancelledError):
        fetch("ml-100k", progress=lambda done, total: seen.append(done), cancelled=lambda: max(seen, default=0) >= 3)
    assert nothing_but(own_home)


def test_that_damage_on_the_way_is_tried_again(server: Server) -> None:
    server.plan = ["damaged", "ok"]
    fetch("ml-100k")
    assert server.requests == 2


def test_that_a_download_without_a_length_works(server: Server) -> None:
    server.plan = ["unsized"]
    steps: list[tuple[int, int]] = []
    fetch("ml-100k", progress=lambda done, total: steps.append((done, total)))
    assert (0, 0) in steps
    assert registry.status("ml-100k") == "ready"


@pytest.mark.parametrize(
    ("plan", "requests", "words"),
    [
        ("cut", 3, "the connection broke off"),
        ("404", 1, "the server answered 404"),
        ("500", 3, "the server answered 500"),
    ],
)
def test_that_a_failed_download_says_why_and_leaves_nothing(
    server: Server, own_home: Path, plan: str, requests: int, words: str
) -> None:
    server.plan = [plan]
    with pytest.raises(DownloadError, match=words) as caught:
        fetch("ml-100k")
    assert server.url in str(caught.value)
    assert "--from" in caught.value.hint
    assert server.requests == requests
    assert nothing_but(own_home)


def test_that_a_server_that_falls_silent_is_given_up(
    server: Server, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_TIMEOUT", (0.2, 0.2))
    server.plan = ["silent"]
    with pytest.raises(DownloadError, match="the server did not answer in time"):
        fetch("ml-100k")
    assert server.requests == 3
    assert nothing_but(own_home)
    server.plan = ["silent", "ok"]
    fetch("ml-100k")
    assert registry.status("ml-100k") == "ready"


def test_that_a_wrong_checksum_states_both_sums(server: Server, own_home: Path) -> None:
    server.plan = ["damaged"]
    with pytest.raises(DownloadError) as caught:
        fetch("ml-100k")
    assert registry.spec("ml-100k").md5 in str(caught.value)
    assert hashlib.md5(b"\0" * len(server.body)).hexdigest() in str(caught.value)
    assert nothing_but(own_home)


def test_that_no_server_is_told_in_words(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dataclasses.replace(registry.spec("ml-100k"), url="http://127.0.0.1:9/ml-100k.zip")  # nobody listens there
    monkeypatch.setitem(registry.DATASETS, "ml-100k", row)
    with pytest.raises(DownloadError, match="there is no connection to the server"):
        fetch("ml-100k")


def test_that_what_is_there_and_good_is_not_downloaded_again(server: Server) -> None:
    fetch("ml-100k")
    fetch("ml-100k")
    assert server.requests == 1


def test_that_what_is_there_and_broken_is_downloaded_again(server: Server, own_home: Path) -> None:
    where = fetch("ml-100k")
    whole = (where / "u.data").read_bytes()
    (where / "u.data").write_bytes(whole[: len(whole) // 2])
    fetch("ml-100k")
    assert server.requests == 2
    assert (where / "u.data").read_bytes() == whole
    assert nothing_but(own_home, "ml-100k")


def test_that_a_cancel_stops_the_download_and_leaves_nothing(server: Server, own_home: Path) -> None:
    server.body = b"\0" * 2_000_000
    calls: list[int] = []
    with pytest.raises(CancelledError):
        fetch("ml-100k", progress=lambda done, total: calls.append(done), cancelled=lambda: len(calls) > 3)
    assert len(calls) == 4
    assert server.requests == 1
    assert nothing_but(own_home)


def test_that_an_interrupt_leaves_nothing(server: Server, own_home: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch("ml-100k", progress=interrupt)
    assert nothing_but(own_home)


def test_that_leftovers_of_a_killed_fetch_are_removed_and_never_used(server: Server, own_home: Path) -> None:
    left = own_home / "datasets" / ".fetch-ml-100k.killed"
    (left / "files").mkdir(parents=True)
    (left / "ml-100k.zip").write_bytes(server.body[:100])
    fetch("ml-100k")
    assert nothing_but(own_home, "ml-100k")
    assert readers.read("ml-100k").n_users == 12


# --- local sources -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "parent", "zip", "flat zip", "folder of zip"])
def test_that_each_kind_of_source_works(small: Small, tmp_path: Path, own_home: Path, kind: str) -> None:
    folder, _ = small
    source = {
        "folder": lambda: folder,
        "parent": lambda: folder.parent,
        "zip": lambda: zip_of(folder, tmp_path / "any name.zip"),
        "flat zip": lambda: zip_of(folder, tmp_path / "flat.zip", top=""),
        "folder of zip": lambda: zip_of(folder, mkdir(tmp_path / "downloads") / "ml-100k.zip").parent,
    }[kind]()
    last: list[tuple[int, int]] = []
    fetch("ml-100k", source, progress=lambda done, total: last.append((done, total)))
    assert readers.read("ml-100k").n_users == 12
    assert nothing_but(own_home, "ml-100k")
    assert last[-1][0] == last[-1][1] > 0
    assert str(tmp_path) in about("ml-100k")["source"]


def mkdir(path: Path) -> Path:
    path.mkdir()
    return path


def test_that_only_known_files_are_taken(small: Small) -> None:
    folder, _ = small
    (folder / "u1.base").write_text("not needed")
    where = fetch("ml-100k", folder)
    assert not (where / "u1.base").exists()


def test_that_a_local_zip_with_a_wrong_checksum_is_refused(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, row = small
    archive = zip_of(folder, tmp_path / "mine.zip")
    registry.DATASETS["ml-100k"] = dataclasses.replace(row, md5="0" * 32)
    with pytest.raises(DownloadError) as caught:
        fetch("ml-100k", archive)
    assert f"its md5 checksum is {md5_of(archive)}, the official one {'0' * 32}" in str(caught.value)
    assert nothing_but(own_home)


def test_that_a_zip_cannot_write_outside(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, _ = small
    archive = zip_of(folder, tmp_path / "evil.zip")
    with zipfile.ZipFile(archive, "a") as container:
        for name in ("../escaped", "ml-100k/../../escaped", "/tmp/secretrec-escaped", "ml-100k/../../u.data"):
            container.writestr(name, "evil")
    fetch("ml-100k", archive)
    assert nothing_but(own_home, "ml-100k")
    assert not list(tmp_path.rglob("*escaped*"))
    assert not Path("/tmp/secretrec-escaped").exists()
    assert readers.read("ml-100k").n_users == 12


def test_that_a_link_in_a_zip_is_no_link_here(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, _ = small
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (folder / "README").unlink()
    archive = zip_of(folder, tmp_path / "links.zip")
    link = zipfile.ZipInfo("ml-100k/README")
    link.create_system, link.external_attr = 3, 0o120777 << 16  # as zip stores a symbolic link
    with zipfile.ZipFile(archive, "a") as container:
        container.writestr(link, str(secret))
    where = fetch("ml-100k", archive)
    assert not (where / "README").is_symlink()
    assert (where / "README").read_text() == str(secret)


def bomb(archive: Path) -> None:
    """Give a zip a README of 100 kB that unpacks to 96 MB."""
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as container, container.open("README", "w") as file:
        for _ in range(6):
            file.write(bytes(2**24))


@pytest.mark.parametrize("lies", [False, True])
def test_that_a_zip_bomb_is_refused_before_it_fills_the_disk(
    small: Small, tmp_path: Path, own_home: Path, lies: bool
) -> None:
    folder, _ = small
    (folder / "README").unlink()
    archive = zip_of(folder, tmp_path / "bomb.zip", top="")
    bomb(archive)
    if lies:  # about the size that the file unpacks to
        content = archive.read_bytes().replace((6 * 2**24).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
        archive.write_bytes(content)
    written: list[int] = []
    with pytest.raises(DownloadError, match=r"larger than|not a zip file that can be read"):
        fetch("ml-100k", archive, progress=lambda done, total: written.append(done))
    assert max(written, default=0) < 10_000_000
    assert nothing_but(own_home)


@pytest.mark.parametrize(
    ("content", "words"), [(b"PK\x03\x04 rubbish", "not a zip file that can be read"), (b"text", "not a zip file")]
)
def test_that_rubbish_for_a_zip_is_refused(
    small: Small, tmp_path: Path, own_home: Path, content: bytes, words: str
) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(DownloadError, match=words):
        fetch("ml-100k", tmp_path / "x.zip")
    assert nothing_but(own_home)


def test_that_damage_inside_a_zip_is_refused(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, _ = small
    archive = zip_of(folder, tmp_path / "x.zip")
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as container:
        start = container.getinfo("ml-100k/u.data").header_offset + 60
    content[start : start + 40] = b"\xff" * 40
    archive.write_bytes(content)
    with pytest.raises(DownloadError, match="not a zip file that can be read"):
        fetch("ml-100k", archive)
    assert nothing_but(own_home)


def test_that_a_zip_without_a_needed_file_is_refused(small: Small, tmp_path: Path) -> None:
    folder, _ = small
    (folder / "u.item").unlink()
    with pytest.raises(DataError, match=r"does not contain u\.item"):
        fetch("ml-100k", zip_of(folder, tmp_path / "x.zip"))


def test_that_a_folder_without_the_files_names_them(small: Small, tmp_path: Path) -> None:
    folder, _ = small
    (folder / "u.item").unlink()
    with pytest.raises(DataError, match=r"u\.item not found, neither in it nor in a folder ml-100k below it"):
        fetch("ml-100k", folder)
    with pytest.raises(DataError, match="there is no such file or folder"):
        fetch("ml-100k", tmp_path / "nowhere")


def test_that_a_truncated_file_never_becomes_ready(small: Small, own_home: Path) -> None:
    folder, _ = small
    whole = (folder / "u.data").read_bytes()
    lines = whole.splitlines(keepends=True)
    for content, words in (
        (b"".join(lines[:-5]), "expected: the file is cut off or is not the official one"),
        (whole[:-4], f"line {len(lines)}: the last line has no line end"),
        (b"", "the file is empty"),
        (whole.replace(b"\t", b" ", 3), "line 1: 1 fields where 4 are needed"),
    ):
        (folder / "u.data").write_bytes(content)
        with pytest.raises(DataError, match=words) as caught:
            fetch("ml-100k", folder)
        assert str(caught.value).startswith(str(folder / "u.data"))  # the person's file, not our temporary copy
        assert registry.status("ml-100k") == "missing"
        assert nothing_but(own_home)


def test_that_a_bad_source_leaves_the_good_one_in_place(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, _ = small
    fetch("ml-100k", folder)
    before = readers.read("ml-100k").fingerprint
    bad = tmp_path / "bad"
    shutil.copytree(folder, bad)
    (bad / "u.data").write_text("1\t1\t1\n")
    with pytest.raises(DataError):
        fetch("ml-100k", bad)
    assert readers.read("ml-100k").fingerprint == before
    assert nothing_but(own_home, "ml-100k")


def test_that_a_source_replaces_what_is_there(small: Small, tmp_path: Path, own_home: Path) -> None:
    folder, _ = small
    fetch("ml-100k", folder)
    newer = tmp_path / "newer"
    shutil.copytree(folder, newer)
    (newer / "u.data").write_text((folder / "u.data").read_text().replace("\t880", "\t890"))
    fetch("ml-100k", newer)
    assert readers.read("ml-100k").timestamp.min() >= 890_000_000
    assert nothing_but(own_home, "ml-100k")


def test_that_the_installed_folder_itself_can_be_the_source(small: Small, own_home: Path) -> None:
    folder, _ = small
    where = fetch("ml-100k", folder)
    fetch("ml-100k", where)
    assert readers.read("ml-100k").n_users == 12
    assert nothing_but(own_home, "ml-100k")


def test_that_a_csv_data_set_can_be_given_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = dataclasses.replace(registry.spec("amazon-video"), n_users=1, n_items=5, n_rows=5)
    monkeypatch.setitem(registry.DATASETS, "amazon-video", row)
    (tmp_path / "my.csv").write_text("".join(f"A,B{i},5.0,{i}\n" for i in range(5)))
    fetch("amazon-video", tmp_path / "my.csv")
    assert readers.read("amazon-video").n_items == 5


# --- the rest ----------------------------------------------------------------------------------------------------


def test_that_the_builtin_set_needs_no_fetch(own_home: Path, tmp_path: Path) -> None:
    fetch("demo")
    assert not own_home.exists()
    with pytest.raises(SettingsError, match="built in"):
        fetch("demo", tmp_path)


def test_that_an_unknown_data_set_is_refused(own_home: Path) -> None:
    with pytest.raises(UnknownNameError, match="no data set called 'netflix'"):
        fetch("netflix")
    assert not own_home.exists()


def test_that_no_disk_space_is_told_before_anything_is_written(
    server: Server, small: Small, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(own_home.parent)
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda path: usage._replace(free=1000))
    with pytest.raises(
        StorageError, match=r"not enough disk space for MovieLens 100K: about 7 MB are needed in .*datasets"
    ):
        fetch("ml-100k")
    assert server.requests == 0
    with pytest.raises(StorageError, match="about 1 MB are needed"):
        fetch("ml-100k", small[0])
    assert nothing_but(own_home)


def test_that_a_disk_that_fills_up_on_the_way_is_told(
    small: Small, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetching.os, "fsync", full)
    with pytest.raises(StorageError, match="not enough disk space"):
        fetch("ml-100k", small[0])
    assert nothing_but(own_home)


def test_that_a_place_that_cannot_be_written_is_told(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SECRETREC_HOME", str(tmp_path / "file"))  # also root cannot make a folder below a file
    with pytest.raises(StorageError, match="could not be stored in"):
        fetch("ml-100k", small[0])


def test_that_two_fetches_at_once_do_not_mix(small: Small, own_home: Path) -> None:
    seen: list[str] = []

    def second(done: int, total: int) -> None:
        with pytest.raises(StorageError, match="Another fetch, import or removal of ml-100k is under way"):
            fetch("ml-100k", small[0])
        seen.append("refused")

    fetch("ml-100k", small[0], progress=second)
    assert seen
    assert registry.status("ml-100k") == "ready"


def test_that_a_cancel_before_installing_keeps_nothing(small: Small, own_home: Path) -> None:
    with pytest.raises(CancelledError, match="nothing was kept"):
        fetch("ml-100k", small[0], cancelled=lambda: True)
    assert nothing_but(own_home)


def test_that_a_failed_replacement_puts_the_old_one_back(
    small: Small, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch("ml-100k", small[0])
    real = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "files":
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(StorageError, match="Permission denied"):
        fetch("ml-100k", small[0])
    assert readers.read("ml-100k").n_users == 12
