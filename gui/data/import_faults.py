"""Faults of an own file, told to a person in front of the import dialog: place, fault, and the field that helps.

The engine's own hints speak of options of the command line.
"""

from __future__ import annotations

from data.sentences import JOINED, Said
from gui.words.engine_texts import said, sentence
from gui.words.i18n import mark, tr

_ROWS = mark("Correct the file, or choose below that bad rows are left out.")
_UNPACK = mark("Unpack it first.")
_COLUMNS = {
    "user": mark("Choose the right column for the user below."),
    "item": mark("Choose the right column for the item below."),
    "rating": mark("Choose the right column for the rating below, or none."),
    "timestamp": mark("Choose the right column for the time below, or read no times."),
}
_FIRST = mark('Say what comes first, under "Times are written as". With no times, the order of the rows counts.')
_LINES = mark('If lines stand before the table, give their number below, under "How the file is read".')
# By the code of the engine's hint.
WHAT_HELPS = {
    "import.correct-it": _ROWS,
    "import.correct-row-leave-rows": _ROWS,
    "import.correct-rating": mark("Correct the file, leave out the rating, or choose that bad rows are left out."),
    "import.correct-time": mark(
        "Numbers since 1970, dates, and ISO text such as 2024-01-31T18:05:00 are understood. Correct the file, read no "
        "times, or choose that bad rows are left out."
    ),
    "import.say-which-first": _FIRST,
    "import.drop-other-dates": mark("With bad rows left out as well, the others go."),
    "import.say-mixed-times": mark(
        'If times are written in several ways, choose that each is read by itself, under "Times are written as". Or '
        "choose that bad rows are left out."
    ),
    "import.say-decimal-comma": mark(
        'If a comma stands in front of the fraction of numbers, say so below, under "How the file is read".'
    ),
    "import.name-last-column": mark("Name that column in the header, or choose that bad rows are left out."),
    "import.header-lacks-name": mark(
        "Every row has one field more than the header: name it there, or skip the header as a line before the table "
        "and choose the columns by their number."
    ),
    "import.other-lines-before": _LINES,
    "import.read-no-times": mark("Choose that no times are read: then the order of the rows counts."),
    "import.close-double-where-belongs": mark("Close it, or double it where it belongs to the text."),
    "import.save-file-utf-8": mark('Save the file as UTF-8, or give its encoding below, under "How the file is read".'),
    "import.columns-separated": mark(
        'If another sign separates the columns, choose it below, under "How the file is read".'
    ),
    "import.choose-name-replace": mark("Choose another name."),
    "import.unpack-gzip-d-file": _UNPACK,
    "import.unpack-xz": _UNPACK,
    "import.unpack-bzip2": _UNPACK,
    "import.unpack-zstd": _UNPACK,
}


def explain(error: str, hint: str, path: str) -> str:
    """Return the engine's error about a file as sentences; `path` is the file, which the dialog names already."""
    if not isinstance(error, Said) or error.values.get("path") != path or "reason" not in error.values:
        return " ".join(part for part in (sentence(error), what_helps(hint)) if part)
    line, column, fault = error.values.get("line"), error.values.get("column"), error.values["reason"]
    if line and column:
        place = tr('Line {line}, column "{column}"').format(line=line, column=column)
    elif line:
        place = tr("Line {line}").format(line=line)
    elif column:
        place = tr('Column "{column}"').format(column=column)
    else:
        return " ".join(part for part in (sentence(fault), what_helps(hint)) if part)
    told = tr("{place}: {fault}").format(place=place, fault=said(fault))
    return " ".join(part for part in (told, what_helps(hint)) if part)


def what_helps(hint: str) -> str:
    """Return the hint in terms of the dialog."""
    if not isinstance(hint, Said):
        return hint
    if hint.code == JOINED:
        return " ".join(what_helps(part) for name, part in hint.values.items() if name != "separator")
    option = hint.values.get("option")
    words = _COLUMNS[option] if option in _COLUMNS else WHAT_HELPS.get(hint.code)
    return said(hint) if words is None else tr(words)
