"""A party's memory of which of its messages were summed, and over whom.

Two sums of the same messages over different parties differ by what the parties in only one of them sent. So a party
helps to sum a message once; the same values again, in a round that is tried again or after a resume, only over the same
survivors (`MaskingClient.agree`). A message of zeros is left out: what it adds to a sum tells nothing of anybody. And
figures of a finished model are left out, which are asked for with whoever is there: a run that ended without a party
can be resumed and evaluated with it.

It holds against sums of equal values, not of similar ones: the updates of two rounds on almost the same item table are
almost equal, so a party that is missing in the later one (or is said to be) can be guessed at from their difference.
Only noise bounds that (docs/privacy.md).
"""

from __future__ import annotations

import json
from pathlib import Path

from data.errors import StorageError, cannot_write
from data.json_text import json_of
from data.paths import private_folder
from data.sentences import say
from fl.aggregation.masking.errors import SummedBeforeError
from fl.runs.storage import FREE_SPACE, append_record, read_records


class Ledger:
    """Survivors by the digest of a message's values before they were masked."""

    def __init__(self) -> None:
        self._survivors: dict[str, tuple[str, ...]] = {}
        self._path: Path | None = None

    def keep_in(self, path: Path) -> None:
        """Keep what is noted from now on in a file of this party, and take what an earlier process left there.

        Args:
            path: one JSON object a line.

        Raises:
            StorageError: the file cannot be read, or holds something else.
        """
        if path == self._path:
            return
        self._path = path
        # A line that a crash cut short is left out; its shares were not given.
        lines = read_records(path)
        for number, line in enumerate(lines, start=1):
            try:
                entry = json_of(line)
                self._survivors[str(entry["values"])] = tuple(str(name) for name in entry["survivors"])
            except (ValueError, KeyError, TypeError) as error:
                raise StorageError(
                    say(
                        "ledger.no-record",
                        "{path}, line {line}: not a record of a summed message.",
                        path=path,
                        line=number,
                    )
                ) from error

    def check(self, values: bytes, survivors: tuple[str, ...]) -> None:
        """Refuse to sum values over another list of survivors than before.

        Args:
            values: digest of a message's values; empty for a message of zeros.
            survivors: as the server names them now.

        Raises:
            SummedBeforeError: naming both lists.
        """
        before = self._survivors.get(values.hex(), survivors)
        if before != survivors:
            raise SummedBeforeError(
                say(
                    "masking.same-message-two-sums",
                    "The same message was summed over {before} before, and the server now names {now}: the difference "
                    "of the two sums would show a party's own message.",
                    before=", ".join(before),
                    now=", ".join(survivors),
                )
            )

    def note(self, values: bytes, survivors: tuple[str, ...]) -> None:
        """Remember that values are summed; on disk before it returns, where there is a file.

        Raises:
            StorageError: the file cannot be written, and so no share may be given.
        """
        key = values.hex()
        if not key or key in self._survivors:
            return
        self._survivors[key] = survivors
        if self._path is None:
            return
        try:
            private_folder(self._path.parent)
            append_record(self._path, json.dumps({"values": key, "survivors": survivors}))
        except OSError as error:
            raise StorageError(cannot_write(self._path, error.strerror or error), FREE_SPACE) from error
