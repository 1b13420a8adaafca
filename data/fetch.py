"""The fetching of a data set onto this machine: from its official source, or from a local copy in the official layout.

All work happens in a temporary folder beside the final one. Only files that were read successfully are moved into
place, in one rename, so a data set is either complete or absent: a broken download, a cancel or a crash never leaves
half of one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from data import registry
from data.download import Transfer
from data.errors import CancelledError, DataError, DownloadError, SecretRecError, SettingsError, StorageError
from data.install import install, locked, workspace
from data.paths import datasets_dir
from data.registry import DatasetSpec
from data.sentences import Said, say

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_ATTEMPTS: Final = 3
_CHUNK: Final = 1 << 16
_MORE_THAN_OFFICIAL: Final = 50_000_000  # bytes by which an archive may exceed the official one
_NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT)

_log = logging.getLogger(__name__)


def fetch(
    name: str,
    source: Path | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Path:
    """Make the data set `name` ready to read and return its folder.

    A data set that is there already is checked and left alone, unless a source is given, which replaces it.

    Args:
        name: registry name.
        source: the official zip (or csv), a folder holding the files, or a folder holding either of these under its
            official name. None downloads from the official address.
        progress: called with (bytes done, bytes in total); the total is 0 when unknown. A retry starts again from 0.
        cancelled: asked often; once it says True everything temporary is removed and CancelledError raised.

    Raises:
        UnknownNameError: no such data set.
        SettingsError: a source is given for the built-in data set, or the data set is an imported one.
        DownloadError: no connection, refused by the server, or an archive whose checksum is not the official one.
        DataError: the source lacks files, or the files are not as they should be (file and line, or the counts).
        StorageError: no space (how much is needed), no permission, or another fetch of the same data set is under way.
        CancelledError: cancelled.
    """
    spec = registry.spec(name)
    if spec.reader == registry.IMPORTED:
        raise SettingsError(
            say(
                "fetch.your-import-file-again",
                "{name} is your own data set: import its file again instead of fetching it.",
                name=name,
            )
        )
    if spec.builtin:
        if source is not None:
            raise SettingsError(
                say(
                    "fetch.built-takes-no-source",
                    "{title} ({name}) is built in: it takes no source.",
                    title=spec.title,
                    name=name,
                )
            )
        return registry.folder(name)
    job = _Job(spec, progress or (lambda done, total: None), cancelled or (lambda: False))
    with job.storage_errors(), locked(name):
        if source is None and _is_good(spec):
            return registry.folder(name)
        with workspace(name) as work:
            found = job.collect(source, work)
            job.stop_if_cancelled()
            _validate(spec, work / "files", source)
            about = json.dumps(_about(spec, work / "files", *found), indent=2)
            (work / "files" / registry.ABOUT).write_text(about + "\n")
            job.stop_if_cancelled()
            install(work, registry.folder(name))
    return registry.folder(name)


def about(name: str) -> dict[str, Any]:
    """Return what is known of the installed files of `name`: source, date, checksums, whether they are official.

    Return {} when the data set is built in, not fetched, or was put there by hand.
    """
    try:
        made = json.loads((registry.folder(name) / registry.ABOUT).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return made if isinstance(made, dict) else {}


class _Job:
    """One fetch: where the bytes come from, how much room they need, and whether somebody wants it stopped."""

    def __init__(self, spec: DatasetSpec, progress: Progress, cancelled: Cancelled) -> None:
        self.spec = spec
        self.progress = progress
        self.cancelled = cancelled
        self.needed_bytes = spec.download_bytes + spec.installed_bytes

    def stop_if_cancelled(self) -> None:
        if self.cancelled():
            raise CancelledError(
                say(
                    "fetch.fetching-cancelled-nothing",
                    "Fetching {dataset} was cancelled; nothing was kept.",
                    dataset=self.spec.name,
                )
            )

    @contextlib.contextmanager
    def storage_errors(self) -> Iterator[None]:
        """Turn the operating system's refusals into StorageError."""
        try:
            yield
        except SecretRecError:
            raise
        except OSError as error:
            if error.errno in _NO_SPACE:
                raise self._no_space() from error
            where = f" ({error.filename})" if error.filename else ""
            raise StorageError(
                say(
                    "fetch.not-stored",
                    "{title} could not be stored in {folder}: {reason}{where}.",
                    title=self.spec.title,
                    folder=datasets_dir(),
                    reason=error.strerror or error,
                    where=where,
                ),
                say(
                    "fetch.check-permissions-choose",
                    "Check the permissions, or choose another place with SECRETREC_HOME.",
                ),
            ) from error

    def _no_space(self) -> StorageError:
        return StorageError(
            say(
                "fetch.not-enough-disk-space",
                "There is not enough disk space for {title}: about {size} are needed in {folder}.",
                title=self.spec.title,
                size=_megabytes(self.needed_bytes),
                folder=datasets_dir(),
            ),
            say("fetch.free-space-choose-place", "Free some space, or choose another place with SECRETREC_HOME."),
        )

    def need(self, size: int) -> None:
        """Note that `size` bytes will be written. Raise StorageError if they do not fit."""
        self.needed_bytes = size
        if shutil.disk_usage(datasets_dir()).free < size:
            raise self._no_space()

    def collect(self, source: Path | None, work: Path) -> tuple[str, str]:
        """Put the files into work/files. Return (where they came from, md5 of the archive or "")."""
        (work / "files").mkdir()
        if source is None:
            self.need(self.spec.download_bytes + self.spec.installed_bytes)
            return self.spec.url, self._unpack(self._download(work), work / "files")
        place, is_file = _locate(self.spec, source.expanduser().absolute())
        if is_file:
            _check_md5(self.spec, place)
            return str(place), self._unpack(place, work / "files")
        wanted = [place / file.name for file in self.spec.files if (place / file.name).is_file()]
        total = sum(path.stat().st_size for path in wanted)
        self.need(total)
        done = 0
        for path in wanted:
            with path.open("rb") as stream:
                done = self._copy(stream, work / "files" / path.name, done, total)
        return str(place), ""

    def _download(self, work: Path) -> Path:
        """Download the official archive into `work`, and check it against the official checksum where one is known."""
        import pooch  # here, because only a download needs it

        pooch.get_logger().setLevel("WARNING")  # it would announce itself on stderr
        spec = self.spec
        transfer = Transfer(work / "part", spec.download_bytes + _MORE_THAN_OFFICIAL, self._received)
        got = ""

        def attempt(url: str, output_file: str, handler: object) -> None:
            nonlocal got
            self.stop_if_cancelled()
            try:
                transfer.receive(url)
            except OSError as error:
                status = getattr(getattr(error, "response", None), "status_code", None)
                if isinstance(status, int) and 400 <= status < 500:  # asking again would not help
                    raise self._failed(_answered(status)) from error
                raise
            transfer.path.replace(output_file)
            got = pooch.file_hash(output_file, alg="md5")

        store = pooch.create(
            path=work,
            base_url="",
            registry={spec.archive: f"md5:{spec.md5}" if spec.md5 else None},
            urls={spec.archive: spec.url},
            retry_if_failed=_ATTEMPTS - 1,
        )
        try:
            return Path(store.fetch(spec.archive, downloader=attempt))
        except ValueError as error:
            if got and spec.md5 and got != spec.md5:
                raise _wrong_sum(spec, spec.url, got) from error
            raise self._failed(str(error)) from error
        except OSError as error:
            if error.errno in _NO_SPACE or isinstance(error, PermissionError):
                raise
            raise self._failed(_plain(error)) from error

    def _received(self, done: int, total: int) -> None:
        self.stop_if_cancelled()
        self.progress(done, total)

    def _failed(self, reason: str) -> DownloadError:
        return DownloadError(
            say(
                "fetch.not-downloaded",
                "{title} could not be downloaded from {url}: {reason}.",
                title=self.spec.title,
                url=self.spec.url,
                reason=reason,
            ),
            say(
                "fetch.try-again-later-get",
                "Try again later, or get {archive} another way and give it as a local file (--from).",
                archive=self.spec.archive,
            ),
        )

    def _unpack(self, archive: Path, target: Path) -> str:
        """Take the files of the data set, and no others, out of the archive. Return the archive's md5.

        The file names written are the registry's, never the archive's, so no entry can point outside the folder.
        """
        md5 = _digest(archive, "md5")
        if not self.spec.archive.endswith(".zip"):
            self.need(archive.stat().st_size)
            with archive.open("rb") as stream:
                self._copy(stream, target / self.spec.archive, 0, archive.stat().st_size)
            return md5
        try:
            with zipfile.ZipFile(archive) as container:
                members = _members(self.spec, container)
                total = sum(member.file_size for member in members.values())
                if total > self.spec.installed_bytes + _MORE_THAN_OFFICIAL:
                    raise DownloadError(
                        say(
                            "fetch.zip-too-large",
                            "{archive} would unpack to {size}, which is larger than the official files.",
                            archive=archive,
                            size=_megabytes(total),
                        )
                    )
                self.need(total)
                done = 0
                for file, member in members.items():
                    with container.open(member) as stream:
                        done = self._copy(stream, target / file, done, total)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
            raise DownloadError(
                say(
                    "fetch.not-zip-file-read",
                    "{archive} is not a zip file that can be read: {reason}.",
                    archive=archive,
                    reason=error,
                )
            ) from error
        return md5

    def _copy(self, stream: IO[bytes], target: Path, done: int, total: int) -> int:
        with target.open("xb") as output:
            while chunk := stream.read(_CHUNK):
                self.stop_if_cancelled()
                output.write(chunk)
                done += len(chunk)
                self.progress(min(done, total), total)
            output.flush()
            os.fsync(output.fileno())
        return done


def _is_good(spec: DatasetSpec) -> bool:
    """Return whether the data set is installed and can be read."""
    if registry.status(spec.name) == "missing":
        return False
    try:
        _validate(spec, registry.folder(spec.name), registry.folder(spec.name))
    except DataError as error:
        _log.warning("%s is there but cannot be used, so it is fetched again: %s", spec.name, error)
        return False
    return True


def _validate(spec: DatasetSpec, folder: Path, source: Path | None) -> None:
    """Read the data set as a training run would. Raise DataError, which names the file as the person knows it."""
    from data import readers  # here, because pandas is only needed once there is something to read

    try:
        readers.read_folder(spec, folder)
    except DataError as error:
        if error.path is None:
            raise
        # The path is that of a temporary copy that is about to go.
        raise error.renamed((source or Path()) / error.path.name) from None


def _locate(spec: DatasetSpec, source: Path) -> tuple[Path, bool]:
    """Return (the archive or the folder with the files, whether it is the archive).

    Raises:
        DataError: there is nothing usable at `source`.
    """
    if source.is_file():
        return source, True
    if not source.is_dir():
        raise DataError(say("fetch.no-file-folder", "there is no such file or folder."), path=source)
    for folder in (source, source / (spec.subfolder or spec.name), source / spec.name):
        if all((folder / file).is_file() for file in spec.required_files):
            return folder, False
    if (source / spec.archive).is_file():
        return source / spec.archive, True
    missing = [file for file in spec.required_files if not (source / file).is_file()]
    raise DataError(
        say(
            "fetch.not-found-neither-nor",
            "{missing} not found, neither in it nor in a folder {subfolder} below it.",
            missing=" and ".join(missing),
            subfolder=spec.subfolder or spec.name,
        ),
        say(
            "fetch.give-folder",
            "Give {archive}, or a folder with {required_files}.",
            archive=spec.archive,
            required_files=" and ".join(spec.required_files),
        ),
        path=source,
    )


def _members(spec: DatasetSpec, container: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the archive's entry for each wanted file, at the top or in the official folder.

    Raises:
        DataError: a required file is not in the archive.
    """
    by_path = {PurePosixPath(info.filename): info for info in container.infolist() if not info.is_dir()}
    members = {}
    for file in spec.files:
        for path in (PurePosixPath(spec.subfolder, file.name), PurePosixPath(file.name)):
            if path in by_path:
                members[file.name] = by_path[path]
                break
        else:
            if file.required:
                raise DataError(
                    say("fetch.archive-not-contain", "the archive does not contain {file}.", file=file.name),
                    path=Path(container.filename or spec.archive),
                )
    return members


def _check_md5(spec: DatasetSpec, archive: Path) -> None:
    if spec.md5 and (got := _digest(archive, "md5")) != spec.md5:
        raise _wrong_sum(spec, str(archive), got)


def _wrong_sum(spec: DatasetSpec, place: str, got: str) -> DownloadError:
    return DownloadError(
        say(
            "fetch.not-official-md5-checksum",
            "{place} is not the official {archive}: its md5 checksum is {got}, the official one {md5}.",
            place=place,
            archive=spec.archive,
            got=got,
            md5=spec.md5,
        ),
        say("fetch.damaged-version-nothing", "It may be damaged or another version. Nothing was stored."),
    )


def _about(spec: DatasetSpec, folder: Path, source: str, archive_md5: str) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    for file in spec.files:
        path = folder / file.name
        if not path.is_file():
            continue
        official = _matches(path, file.checksum)
        if official is False:
            _log.warning("%s has the expected counts but is not the official file.", file.name)
        files[file.name] = {"md5": _digest(path, "md5"), "bytes": path.stat().st_size, "official": official}
    return {
        "name": spec.name,
        "title": spec.title,
        "source": source,
        "archive_md5": archive_md5,
        "fetched": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "files": files,
        "licence": spec.licence,
        "citation": spec.citation,
    }


def _matches(path: Path, checksum: str) -> bool | None:
    """Return whether a file has the official checksum; None when none is known."""
    kind, _, expected = checksum.partition(":")
    if kind == "md5":
        return _digest(path, "md5") == expected
    if kind == "git-blob":  # the id git gives the content: SHA-1 over a header and the bytes
        return _digest(path, "sha1", b"blob %d\0" % path.stat().st_size) == expected
    return None


def _digest(path: Path, algorithm: str, head: bytes = b"") -> str:
    digest = hashlib.new(algorithm, head, usedforsecurity=False)  # recognises the official file; not a defence
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _plain(error: OSError) -> str:
    """Describe a network failure in words; the library's own text names sockets and object addresses."""
    kind = type(error).__name__
    if "Timeout" in kind or "timed out" in str(error):  # the second: in the middle of the file
        return say("fetch.no-answer", "the server did not answer in time")
    if "SSL" in kind:
        return say("fetch.certificate", "the server's certificate was refused")
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status is not None:
        return _answered(status)
    if "ChunkedEncoding" in kind or "IncompleteRead" in str(error):
        return say("fetch.broke-off", "the connection broke off")
    if "ConnectionError" in kind or "ProxyError" in kind:
        return say("fetch.no-connection", "there is no connection to the server")
    return str(error)


def _answered(status: int) -> Said:
    return say("fetch.answered", "the server answered {status}", status=status)


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / 1e6)):,} MB"
