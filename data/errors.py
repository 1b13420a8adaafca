"""Exception classes of the whole program, at the root of the import graph so that every room can raise them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.sentences import Said, join, say

CHOOSE_ANOTHER_NAME: Final = say("hint.choose-name", "Choose another name.")


class SecretRecError(Exception):
    """A foreseeable failure, explained to the person in one or two sentences of `data.sentences`.

    Attributes:
        message: what is wrong and where.
        hint: what to do about it ("" when the message already says so).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def sentence(self) -> str:
        """Message and hint in one, for another sentence that quotes this error."""
        return join((self.message, self.hint))

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UnknownNameError(SecretRecError):
    """A data set, model, run, user or party was named that does not exist."""


class DataError(SecretRecError):
    """A data file cannot be used as it is.

    Attributes:
        reason: what is wrong, without the place.
        path: the file at fault, where one file is.
        line: 1-based line number, where one line is at fault.
        column: name of the column at fault, or "" where it is not one column.
    """

    def __init__(
        self, message: str, hint: str = "", path: Path | None = None, line: int | None = None, column: str = ""
    ) -> None:
        super().__init__(_placed(message, path, line, column), hint)
        self.reason = message
        self.path = path
        self.line = line
        self.column = column

    def renamed(self, path: Path) -> DataError:
        """Return the same error about the file under another name."""
        return DataError(self.reason, self.hint, path, self.line, self.column)


def fault_in(path: Path, reason: str) -> Said:
    """Return a fault with the file in front of it."""
    return say("file.fault", "{path}: {reason}", path=path, reason=reason)


def cannot_read(path: Path, reason: object) -> Said:
    """Return that a file cannot be read."""
    return say("file.cannot-read", "{path} cannot be read: {reason}.", path=path, reason=reason)


def cannot_write(path: Path, reason: object) -> Said:
    """Return that a file cannot be written."""
    return say("file.cannot-write", "Cannot write {path}: {reason}.", path=path, reason=reason)


def _placed(reason: str, path: Path | None, line: int | None, column: str) -> str:
    """Return the reason with the place in front of it."""
    if path is None:
        return reason
    if line is None:
        if not column:
            return fault_in(path, reason)
        return say(
            "file.fault-in-column", "{path}, column {column!r}: {reason}", path=path, column=column, reason=reason
        )
    if not column:
        return say("file.fault-in-line", "{path}, line {line}: {reason}", path=path, line=line, reason=reason)
    return say(
        "file.fault-in-line-and-column",
        "{path}, line {line}, column {column!r}: {reason}",
        path=path,
        line=line,
        column=column,
        reason=reason,
    )


class DownloadError(SecretRecError):
    """A data set could not be fetched, or what came is not what was asked for (checksum)."""


class SettingsError(SecretRecError):
    """A setting has a value that cannot work."""


class StorageError(SecretRecError):
    """Reading or writing the data or run folder failed (no space, no permission, other version)."""


class CancelledError(SecretRecError):
    """The person cancelled what was going on; nothing half-done was left behind."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or say("job.cancelled", "Cancelled."))
