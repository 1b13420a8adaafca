"""One file over HTTP, in as many connections as it takes: what came before one broke is kept, and the next goes on.

It goes on only where the server says by a mark (ETag or Last-Modified) that the file is the same as before; otherwise
the file is sent anew. Whether it is the right one is for the caller to check.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from data.errors import DownloadError
from data.sentences import say

_TIMEOUT: Final = (15, 30)  # seconds to connect, seconds without a byte; also the longest a cancel has to wait
_CHUNK: Final = 1 << 16


class Transfer:
    """The way of one file onto the disk.

    Attributes:
        path: what has come so far.
    """

    def __init__(self, path: Path, most: int, told: Callable[[int, int], object]) -> None:
        """Begin with nothing.

        Args:
            path: of the file to write.
            most: bytes that the file may have.
            told: called with (bytes done, bytes in total, 0 when unknown) for every piece; what it raises ends it.
        """
        self.path, self._most, self._told = path, most, told
        self._mark = ""

    def receive(self, url: str) -> None:
        """Get all of the file, or what is missing of it.

        Raises:
            DownloadError: it is larger than it may be.
            OSError: no connection, or it broke; the status is an error's; no space.
        """
        import requests  # here, because only a download needs it
        from urllib3.exceptions import HTTPError

        done = self.path.stat().st_size if self._mark and self.path.exists() else 0
        asked = {"Accept-Encoding": "identity"}  # else the bytes that came would not be a part of the file
        if done:
            asked |= {"Range": f"bytes={done}-", "If-Range": self._mark}
        with requests.get(url, stream=True, timeout=_TIMEOUT, headers=asked) as answer:
            if done and not answer.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
                done = 0
                if answer.status_code in (206, 416):  # a part that was not asked for, or none
                    self._mark = ""
                    raise requests.ConnectionError("IncompleteRead: the server cannot go on")
            answer.raise_for_status()
            self._mark = _mark(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
            length = int(answer.headers.get("Content-Length", 0))
            total = done + length if length else 0
            self._check(total)
            self._told(done, total)
            with self.path.open("ab" if done else "wb") as file:
                try:
                    # What is there is taken at once: a slow server must not keep a cancel waiting for a full piece.
                    while chunk := answer.raw.read1(_CHUNK, decode_content=True):
                        file.write(chunk)
                        done += len(chunk)
                        self._check(done)
                        self._told(min(done, total) if total else done, total)
                except HTTPError as error:
                    raise requests.ConnectionError(str(error)) from error

    def _check(self, size: int) -> None:
        if size > self._most:
            raise DownloadError(
                say(
                    "download.too-large",
                    "The server sends more than {most} MB, which is more than the file should have.",
                    most=f"{self._most / 1e6:,.0f}",
                )
            )


def _mark(etag: str, modified: str) -> str:
    """Return by what a server knows whether a file is still the same; "" where it says nothing of that kind."""
    return etag if etag and not etag.startswith("W/") else modified
