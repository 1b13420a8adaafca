"""The file of an import: its kind, and its bytes as one stream of UTF-8, counted, hashed and cancellable."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal, cast

import numpy as np

from data.errors import CancelledError, DataError, StorageError, cannot_read
from data.own.encoding import detect
from data.sentences import say

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Kind = Literal["text", "gzip", "parquet"]

BLOCK: Final = 1 << 20
# What stands in for the delimiter "::", which is two characters, in the stream: the ASCII unit separator.
DOUBLE_COLON: Final = "\x1f"
_QUOTE: Final = ord('"')
_GZIP_ERRORS: Final = (gzip.BadGzipFile, EOFError, zlib.error)

_TABLE_NEEDED: Final = say("import.table-needed", "A CSV, TSV or Parquet file is needed.")
_EXPORT: Final = say("import.export-table", "Export the table as CSV or Parquet.")
# First bytes of files that people take for tables.
_OTHER_KINDS: Final = (
    (
        b"PK\x03\x04",
        say("kind.zip", "a zip archive or an Excel or LibreOffice workbook"),
        say("import.unpack-or-csv", "Unpack it, or save the sheet as CSV (UTF-8)."),
    ),
    (
        b"PK\x05\x06",
        say("kind.empty-zip", "an empty zip archive"),
        say("import.choose-table", "Choose the table itself."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        say("kind.excel", "an old Excel workbook"),
        say("import.save-as-csv", "Save the sheet as CSV (UTF-8)."),
    ),
    (b"\xfd7zXZ", say("kind.xz", "packed with xz"), say("import.unpack-xz", "Unpack it first: xz -d FILE.")),
    (b"BZh", say("kind.bzip2", "packed with bzip2"), say("import.unpack-bzip2", "Unpack it first: bzip2 -d FILE.")),
    (
        b"\x28\xb5\x2f\xfd",
        say("kind.zstd", "packed with zstd"),
        say("import.unpack-zstd", "Unpack it first: zstd -d FILE."),
    ),
    (b"7z\xbc\xaf", say("kind.7-zip", "a 7-Zip archive"), say("import.unpack", "Unpack it first.")),
    (b"%PDF", say("kind.pdf", "a PDF"), _TABLE_NEEDED),
    (
        b"SQLite format 3",
        say("kind.sqlite", "an SQLite database"),
        say("import.export-csv", "Export the table as CSV."),
    ),
    (b"\x89HDF", say("kind.hdf5", "an HDF5 file"), _EXPORT),
    (b"ARROW1", say("kind.arrow", "an Arrow or Feather file"), say("import.save-as-parquet", "Save it as Parquet.")),
    (b"\x93NUMPY", say("kind.numpy", "a NumPy file"), _EXPORT),
)


NO_ROW_BELOW: Final = say("import.header-no-row-below", "there is a header but no row below it.")
IMPORT_CANCELLED: Final = say("import.cancelled", "The import was cancelled; nothing was kept.")


@dataclass(frozen=True)
class TextFormat:
    """The format in which a text table is written.

    Attributes:
        kind: "text", or "gzip" for a packed one.
        encoding: Python name of its encoding.
        delimiter: one character, or "::".
        header: whether the first record holds column names.
        sure: whether it is certain that there is a header, or none.
        names: column names; "column 1", ... where there is no header.
        width: fields of a record: one more than there are names where each ends with a delimiter.
        usual: fields that most of the first records have.
        first_line: line of the first record of the table, from 1.
        skip_lines: lines before the first record of data.
        quotes: whether a field may stand in double quotes.
        comma: whether a comma may stand in front of a number's fraction.
        notes: doubts, in sentences.
    """

    kind: Kind
    encoding: str
    delimiter: str
    header: bool
    sure: bool
    names: tuple[str, ...]
    width: int
    usual: int
    first_line: int
    skip_lines: int
    quotes: bool
    comma: bool
    notes: tuple[str, ...]

    @property
    def inner_delimiter(self) -> str:
        """The delimiter as it stands in the stream that `TextStream` gives."""
        return DOUBLE_COLON if self.delimiter == "::" else self.delimiter


def kind_of(path: Path) -> Kind:
    """Return the kind of a file, by its first bytes and not by its name.

    Raises:
        DataError: missing, a folder, empty, or a kind of file that is no table (which one is said).
        StorageError: it cannot be read.
    """
    if path.is_dir():
        raise DataError(
            say("import.folder-csv-tsv-parquet", "this is a folder; a CSV, TSV or Parquet file is needed."), path=path
        )
    with reading(path), path.open("rb") as stream:
        start = stream.read(16)
    if not start:
        raise DataError(say("import.file-empty-0-bytes", "the file is empty (0 bytes)."), path=path)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"\x1f\x8b"):
        with reading(path), gzip.open(path) as unpacked:
            start = unpacked.read(16)
        if not start:
            raise DataError(say("import.packed-file-empty", "the packed file is empty."), path=path)
        if start.startswith(b"PAR1"):
            raise DataError(
                say("import.parquet-file-packed-gzip", "this is a Parquet file packed with gzip."),
                say("import.unpack-gzip-d-file", "Unpack it first: gzip -d FILE."),
                path=path,
            )
        _refuse_other_kinds(path, start)
        return "gzip"
    _refuse_other_kinds(path, start)
    return "text"


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    for magic, what, hint in _OTHER_KINDS:
        if start.startswith(magic):
            raise DataError(say("import.not-table", "this is not a table but {what}.", what=what), hint, path=path)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what can go wrong with reading a file into our own errors."""
    try:
        yield
    except FileNotFoundError:
        raise DataError(say("import.no-file", "there is no such file."), path=path) from None
    except _GZIP_ERRORS as error:
        raise DataError(
            say("import.gzip-packing-damaged-cut", "the gzip packing is damaged or cut off: {reason}.", reason=error),
            say("import.get-file-again", "Get the file again."),
            path=path,
        ) from error
    except PermissionError as error:
        raise StorageError(
            say("import.not-read-no-permission", "{path} may not be read: no permission.", path=path),
            say("import.check-files-permissions", "Check the file's permissions."),
        ) from error
    except OSError as error:
        raise StorageError(cannot_read(path, error.strerror or error)) from error


def blocks(path: Path, kind: Kind) -> Iterator[bytes]:
    """Yield the unpacked bytes. Raise as `reading` does."""
    with reading(path), open_unpacked(path.open("rb"), kind) as stream:
        while block := stream.read(BLOCK):
            yield block


def open_unpacked(stream: BinaryIO, kind: Kind) -> BinaryIO:
    """Return the stream itself or, for a packed one, a stream of what is in it. Closing the result closes both."""
    return cast(BinaryIO, _Gunzip(stream)) if kind == "gzip" else stream


class _Gunzip(gzip.GzipFile):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._stream = stream

    def close(self) -> None:
        super().close()
        self._stream.close()


def encoding_of(path: Path, kind: Kind) -> tuple[str, str]:
    """Return (encoding, doubt) of a text file, as `data.own.encoding.detect`. Raise DataError if it is no text."""
    encoding, doubt = detect(blocks(path, kind))
    if not encoding:
        raise DataError(
            say("import.not-text-file-zero", "this is not a text file: it has zero bytes."),
            _TABLE_NEEDED,
            path=path,
            line=1,
        )
    return encoding, doubt


class CountingReader(io.RawIOBase):
    """The bytes of a file as they lie on the disk: hashed, reported as progress, and where a cancel is noticed.

    Raises (from `read`):
        CancelledError: the person cancelled.
    """

    def __init__(self, path: Path, progress: Progress, cancelled: Cancelled) -> None:
        self._file = path.open("rb")
        self._total = path.stat().st_size
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._cancelled():
            raise CancelledError(IMPORT_CANCELLED)
        size = self._file.readinto(view)
        self._digest.update(view[:size])
        self._done += size
        self._progress(min(self._done, self._total), self._total)
        return size

    def share(self) -> float:
        """Return the part of the file that was read, 0..1."""
        return self._done / max(1, self._total)

    @property
    def sha256(self) -> str:
        """The hex digest of what was read so far."""
        return self._digest.hexdigest()

    def close(self) -> None:
        self._file.close()
        super().close()


class QuotedFields:
    """The fields of a text that stand in double quotes."""

    def __init__(self, delimiter: str) -> None:
        sign = delimiter.encode()
        self._quoted = re.compile(rb"(?:^|(?<=[\r\n" + re.escape(sign) + rb']))"(?:[^"]|"")*"')
        self._ends = b'\r\n"' + sign

    def torn(self, block: bytes) -> tuple[int, int]:
        """Return (how many quoted fields go on after their quote, line ends before the first of them plus 1).

        A field that the block cuts in two is not looked at. A block without a quote between two characters of text,
        as nearly all have none, costs next to nothing.
        """
        if b'"' not in block:
            return 0, 0
        text = np.frombuffer(block, np.uint8)
        quotes = np.flatnonzero(text[1:-1] == _QUOTE) + 1
        ends = np.frombuffer(self._ends, np.uint8)
        if not (~np.isin(text[quotes - 1], ends) & ~np.isin(text[quotes + 1], ends)).any():
            return 0, 0
        torn = [
            match.start()
            for match in self._quoted.finditer(block)
            if match.end() < len(block) and block[match.end()] not in self._ends
        ]
        return len(torn), block.count(b"\n", 0, torn[0]) + 1 if torn else 0


class UndecodableError(Exception):
    """The text is not in the encoding it is read in; `data.own.diagnose` finds the place."""


class TextStream:
    """A text table as UTF-8 bytes, for pyarrow to read from: decoded, its byte mark gone, "::" as one character.

    Attributes:
        lines: line ends given out so far.
        torn: fields that begin with a quoted part and go on after it, whose quotes pyarrow drops.
        torn_line: line of the first of them, 0 for none.
    """

    def __init__(self, stream: BinaryIO, text: TextFormat, path: Path) -> None:
        self.lines = self.torn = self.torn_line = 0
        self._quotes = QuotedFields(text.inner_delimiter) if text.quotes else None
        self.closed = False
        self._stream = stream
        self._path = path
        self._recode = text.encoding not in ("utf-8", "utf-8-sig")
        self._mark = text.encoding == "utf-8-sig"
        self._decoder = codecs.getincrementaldecoder(text.encoding)()
        self._double = text.delimiter == "::"
        self._rest = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return at least one byte unless the end is reached, at most about `size`.

        Raises:
            DataError: damaged packing or a zero byte.
            UndecodableError: a byte that the encoding does not allow.
            CancelledError: the person cancelled.
        """
        while not self._ended:
            with reading(self._path):
                block = self._stream.read(max(size - 8, 1) if size > 0 else -1)
            self._ended = not block
            block = self._converted(block)
            if b"\0" in block:
                line = self.lines + block.count(b"\n", 0, block.index(b"\0")) + 1
                raise DataError(
                    say("import.zero-byte-not-text", "there is a zero byte: this is not a text file."),
                    path=self._path,
                    line=line,
                )
            if block and self._quotes is not None:
                found, line = self._quotes.torn(block)
                self.torn += found
                self.torn_line = self.torn_line or (self.lines + line if found else 0)
            if block:
                self.lines += block.count(b"\n")
                return block
        return b""

    def _converted(self, block: bytes) -> bytes:
        if self._mark and block:
            block = block.removeprefix(codecs.BOM_UTF8)
            self._mark = False
        if self._recode:
            try:
                block = self._decoder.decode(block, self._ended).encode("utf-8")
            except UnicodeDecodeError:
                raise UndecodableError from None
        if self._double:
            block = self._rest + block
            # A colon at the very end may be half of a delimiter.
            self._rest = b":" if block.endswith(b":") and not block.endswith(b"::") and not self._ended else b""
            block = block[: len(block) - len(self._rest)].replace(b"::", DOUBLE_COLON.encode())
        return block

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self._stream.close()
        self.closed = True
