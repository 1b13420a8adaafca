"""The way from a run to a file: HTML as it is, or printed to PDF. Afterwards the whole file is there, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from data.errors import StorageError
from data.sentences import say
from fl.runs.records import RunDetail
from fl.runs.run_folder import now
from fl.runs.storage import write_bytes
from report.page import page

ROOT = Path(__file__).resolve().parents[1]
# Printing takes a second; a cold and busy machine gets time to load Qt.
PDF_SECONDS = 120


_CHOOSE_HTML: Final = say("report.choose-html", "Choose a .html file instead.")


def write(detail: RunDetail, path: Path, language: str = "en") -> tuple[str, ...]:
    """Write the report of a run to a .html or .pdf file, in English or in another language of the window.

    Returns:
        A sentence for each thing the report could not show.

    Raises:
        StorageError: the file cannot be written, or printing failed.
    """
    made = page(detail, now(), language)
    content = made.html.encode()
    write_bytes(path, pdf(content) if path.suffix.lower() == ".pdf" else content, private=False)
    return made.missing


def pdf(html: bytes) -> bytes:
    """Print a page, in a process of its own that needs no screen.

    Raises:
        StorageError: Qt is not there, or did not end in time.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "report.pdf_process"],
            input=html,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            timeout=PDF_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise StorageError(
            say("report.pdf-not-ready-after", "The PDF was not ready after {seconds} s.", seconds=PDF_SECONDS),
            _CHOOSE_HTML,
        ) from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1] if lines else f"exit code {error.returncode}"
        raise StorageError(
            say("report.pdf-not-made", "The PDF could not be made: {reason}.", reason=reason), _CHOOSE_HTML
        ) from error
    return done.stdout
