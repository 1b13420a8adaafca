"""What is wrong with an own file, for a person in front of the import dialog: place, fault, and which
field helps (the engine's own hints speak of options of the command line)."""

from __future__ import annotations

import re

from gui.words.engine_texts import said, sentence
from gui.words.i18n import mark, tr

# By a word of the engine's hint.
WHAT_HELPS = {
    "--bad-rows": mark("Correct the file, or choose below that bad rows are left out."),
    "--no-quotes": mark("Close it, or double it where it belongs to the text."),
    "--encoding": mark('Save the file as UTF-8, or give its encoding below, under "How the file is read".'),
    "--delimiter": mark('If another sign separates the columns, choose it below, under "How the file is read".'),
    "--user": mark("Choose the right column for the user below."),
    "--item": mark("Choose the right column for the item below."),
    "--replace": mark("Choose another name."),
    " -d FILE": mark("Unpack it first."),
}
TIMES = mark("Seconds, milliseconds or ISO text such as 2024-01-31T18:05:00 are understood.")


def explain(error: str, hint: str, path: str) -> str:
    """The engine's error about a file as sentences; `path` is the file, which the dialog names already."""
    place, fault = "", error
    found = re.match(rf"{re.escape(path)}(?:, line (\d+))?(?:, column '(.*?)')?: ", error)
    if found is not None:
        line, column = found.groups()
        fault = error[found.end() :]
        if line and column:
            place = tr('Line {line}, column "{column}"').format(line=line, column=column)
        elif line:
            place = tr("Line {line}").format(line=line)
        elif column:
            place = tr('Column "{column}"').format(column=column)
    told = tr("{place}: {fault}").format(place=place, fault=said(fault)) if place else sentence(fault)
    return " ".join(part for part in (told, what_helps(hint)) if part)


def what_helps(hint: str) -> str:
    """The hint in terms of the dialog."""
    for word, words in WHAT_HELPS.items():
        if word in hint:
            return f"{tr(TIMES)} {tr(words)}" if "ISO text" in hint else tr(words)
    return said(hint)
