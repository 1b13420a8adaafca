"""Sentences of the engine in the language of the window: found by their codes, with their values put in.

The translations are in the .ts files, in a context of their own. What has none stays English, and so does plain text,
such as a message of the operating system: a sentence in another language is better than none.
"""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from data.sentences import JOINED, Said
from fl.protocol import events as ev
from gui.words import text
from gui.words.i18n import tr

CONTEXT = "Engine"  # of the engine's sentences in the .ts files: their sources are codes


def said(sentence: str) -> str:
    """Return a sentence of the engine in the language of the window."""
    if not isinstance(sentence, Said):
        return sentence
    values = {name: said(value) if isinstance(value, str) else value for name, value in sentence.values.items()}
    if sentence.code == JOINED:
        separator = values.pop("separator")
        return separator.join(values.values())
    template = QCoreApplication.translate(CONTEXT, sentence.code)
    if template == sentence.code:
        return str(sentence)
    try:
        return template.format(**values)
    except (KeyError, ValueError):  # a run folder holds what another version of the program said
        return str(sentence)


def with_hint(message: str, hint: str) -> str:
    """Return what went wrong, and what to do about it, as the sentences that a message shows."""
    return f"{said(message)} {said(hint)}".strip()


def sentence(words: str) -> str:
    """Return what the engine says, with a capital."""
    spoken = said(words)
    return spoken[:1].upper() + spoken[1:]


def progress(event: ev.Progress) -> str:
    """Return how far a phase is: "3 of 50 users", "1.3 MB of 4.9 MB"."""
    if event.unit == "bytes":
        if not event.total:
            return text.size(event.done)
        return tr("{done} of {total}").format(done=text.size(event.done), total=text.size(event.total))
    if event.unit == "users":
        return tr("{done} of %Ln users", n=event.total).format(done=text.number(event.done))
    return tr("{done} of %Ln parties", n=event.total).format(done=text.number(event.done))
