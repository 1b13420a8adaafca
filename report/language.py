"""The language of a report: its sentences are said in English, with codes, and shown in another language by the code.

The translations are those of the window, Qt Linguist files in gui/translations; they are read here without Qt.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from data.sentences import JOINED, Said

ENGLISH: Final = "en"
_FOLDER: Final = Path(__file__).resolve().parents[1] / "gui" / "translations"
_SHORTCUT: Final = re.compile(r"\s*\(&\w\)|&")


@dataclass(frozen=True)
class Language:
    """A language to show sentences in.

    Attributes:
        tag: of HTML, such as "zh-CN".
        sentences: template of each code.
        texts: of the English texts that declarations of settings and models have.
    """

    tag: str = "en"
    sentences: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def said(self, words: str) -> str:
        """Return a sentence in this language; a plain text is the same in every language."""
        if not isinstance(words, Said):
            return words
        values = {name: self.said(part) if isinstance(part, str) else part for name, part in words.values.items()}
        if words.code == JOINED:
            separator = values.pop("separator")
            return str(separator).join(str(part) for part in values.values())
        template = self.sentences.get(words.code)
        return template.format(**values) if template else str(words)

    def text(self, english: str) -> str:
        """Return a text of a declaration in this language, without the letter of its shortcut; a sentence likewise."""
        if isinstance(english, Said):
            return self.said(english)
        return _SHORTCUT.sub("", self.texts.get(english, english))


_ENGLISH: Final = Language()
_now: ContextVar[Language] = ContextVar("language")


@lru_cache
def language(name: str) -> Language:
    """Return a language by the name of its file, such as "zh_CN"; English without one."""
    path = _FOLDER / f"secretrec_{name}.ts"
    if name == ENGLISH or not path.is_file():
        return _ENGLISH
    found: dict[str, dict[str, str]] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  # our own file
        texts = found.setdefault(context.findtext("name") or "", {})
        for entry in context.iter("message"):
            source, translation = entry.findtext("source"), entry.find("translation")
            if source and translation is not None and translation.text and not translation.get("type"):
                texts[source] = translation.text
    return Language(name.replace("_", "-"), found.get("Engine", {}), found.get("SecretRec", {}))


@contextmanager
def shown_in(name: str) -> Iterator[Language]:
    """Have all pages made inside be in a language."""
    token = _now.set(language(name))
    try:
        yield now()
    finally:
        _now.reset(token)


def shown(words: str) -> str:
    """Return plain text or a sentence as HTML of the page's language."""
    return escape(now().said(words))


def now() -> Language:
    """Return the language of the page that is being made."""
    return _now.get(_ENGLISH)
