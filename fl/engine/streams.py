"""The standard streams: libraries' chatter (Ray, TensorFlow, C++ loggers) goes to a log file, not to a reader."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from pathlib import Path
from typing import TextIO

from data import paths
from fl.federation import watch

_LOG_BYTES = 2_000_000
_LOG_FILES = 3


def divert_to_log(name: str) -> tuple[TextIO, TextIO, Path | None]:
    """Point file descriptors 1 and 2, and logging, at `<logs>/<name>.log`; the guard of Ray goes on to speak to 2.

    Returns:
        (a stream to where standard output went before, the same for standard error, the log's path). The path is None
        when no log can be written: a read-only home must not stop the program.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    err = os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1)
    watch.last_stream = os.dup(2)  # one of its own: whoever has the other may close it
    path = paths.logs_dir() / f"{name}.log"
    try:
        paths.private_folder(path.parent)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
        # Raw output gets a file of its own: a rotated file would keep receiving it under its old name.
        sink = os.open(path.with_suffix(".output"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    except OSError:
        handler, sink, log_path = logging.NullHandler(), os.open(os.devnull, os.O_WRONLY), None
    else:
        log_path = path
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.close(sink)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return out, err, log_path
