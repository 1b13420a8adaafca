"""The window's texts and their translations: gui/translations/*.ts (Qt Linguist) and the .qm files made from them.

    .venv/bin/python scripts/translations.py            collect the texts, keep what is translated, write both
    .venv/bin/python scripts/translations.py --check     only say what is not translated, or not in step

The .ts files are the place to translate: in Qt Linguist or any text editor. Qt's own collector, pylupdate5, takes the
context of a text from the class it stands in, and ours come from functions and tables; so the texts are collected here,
from the syntax tree. The .qm files are written here as well: that spares everybody Qt's developer tools.

What the engine says has a context of its own. There the source of a text is the code of the sentence, and its English
template stands beside it as a comment. A translation whose template has changed since is to be done again.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import struct
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

REPO: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))  # started by its path

from fl.settings.base import Settings  # noqa: E402
from models.registry import MODELS  # noqa: E402

GUI: Final = REPO / "gui"
FOLDER: Final = GUI / "translations"
CONTEXT: Final = "SecretRec"  # as in gui/words/i18n.py
ENGINE: Final = "Engine"  # as in gui/words/engine_texts.py
SPEAKING: Final = ("data", "models", "fl", "report")  # the rooms in which `say` stands
# Plural forms of each language, as the rules Qt evaluates: "n is 1" for English, a single form for Chinese.
PLURALS: Final[dict[str, tuple[int, bytes]]] = {"en": (2, b"\x01\x01"), "zh_CN": (1, b"")}
# The modules whose settings the window shows, or a person reads in a kit.
SETTINGS: Final = ("fl.settings.train", "fl.settings.of_jobs", "fl.settings.federation", "fl.settings.sweep")


@dataclass
class Message:
    """A text: where it is shown, whether a count chooses its form, and its translation, a string for each form.

    `template` is the English text of a sentence of the engine, whose source is its code; "" for texts of the window.
    """

    source: str
    files: list[str] = field(default_factory=list)
    plural: bool = False
    forms: list[str] = field(default_factory=list)
    template: str = ""

    @property
    def english(self) -> str:
        return self.template or self.source

    @property
    def context(self) -> str:
        return ENGINE if self.template else CONTEXT

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source

    @property
    def finished(self) -> bool:
        return bool(self.forms) and all(self.forms)


# --- collecting -------------------------------------------------------------------------------------------------------


def texts_of(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield each literal that passes through `tr` or `mark`, and whether it comes with a count."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        # The older pair names a context first; both end up in the one context there is.
        place = {"tr": 0, "mark": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name)
        if place is None or len(node.args) <= place:
            continue
        words = node.args[place]
        if isinstance(words, ast.Constant) and isinstance(words.value, str) and words.value:
            counted = name == "tr" and (len(node.args) > 1 or any(word.arg == "n" for word in node.keywords))
            yield words.value, counted


def texts_of_settings() -> Iterator[tuple[str, Path]]:
    """Yield each text that a declaration of a setting has, and the file it stands in."""
    for room in SETTINGS:
        for kind in vars(importlib.import_module(room)).values():
            if isinstance(kind, type) and issubclass(kind, Settings) and kind.__module__ == room:
                path = REPO / f"{room.replace('.', '/')}.py"
                for one in kind.declared().values():
                    for words in (
                        one.label,
                        one.help,
                        one.group,
                        one.unit,
                        one.placeholder,
                        *one.words.values(),
                        *one.special.values(),
                    ):
                        if words:
                            yield words, path
    for model in MODELS.values():
        for words in (model.sentence, model.advice, model.loss, model.stays, model.sent):
            yield words, REPO / "models" / f"{model.name}.py"


def sentences_of(tree: ast.AST) -> Iterator[tuple[str, str, list[str | None], int]]:
    """Yield each `say` with its code, its template, the names of its values (None for `**`) and its line.

    Raises:
        ValueError: a code or a template is not a literal.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "say":
            continue
        literals = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if len(literals) != 2 or len(node.args) != 2:
            raise ValueError(f"line {node.lineno}: say() takes a code and a template, both literals")
        yield literals[0], literals[1], [word.arg for word in node.keywords], node.lineno


def collect() -> dict[tuple[str, str], Message]:
    """Return all texts by context and source, in the order of the files and of their places there."""
    found: dict[tuple[str, str], Message] = {}

    def note(words: str, path: Path, plural: bool = False) -> None:
        message = found.setdefault((CONTEXT, words), Message(words))
        message.plural |= plural
        name = path.relative_to(REPO).as_posix()
        if name not in message.files:
            message.files.append(name)

    for path in sorted(GUI.rglob("*.py")):
        for words, plural in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
            note(words, path, plural)
    for words, path in texts_of_settings():
        note(words, path)
    for path in sorted(path for room in SPEAKING for path in (REPO / room).rglob("*.py")):
        for code, template, _, _ in sentences_of(ast.parse(path.read_text(encoding="utf-8"))):
            message = found.setdefault((ENGINE, code), Message(code, template=template))
            message.files.append(path.relative_to(REPO).as_posix())
    return found


# --- .ts --------------------------------------------------------------------------------------------------------------


def read_ts(path: Path) -> dict[tuple[str, str], Message]:
    """Return the messages of a .ts file by context and source; those marked unfinished have no forms."""
    found: dict[tuple[str, str], Message] = {}
    if not path.exists():
        return found
    for node in ET.parse(path).getroot().iter("message"):  # noqa: S314  # our own file
        words = node.findtext("source") or ""
        translation = node.find("translation")
        template = node.findtext("extracomment") or ""
        message = Message(words, plural=node.get("numerus") == "yes", template=template)
        message.files = [str(place.get("filename", "")).removeprefix("../../") for place in node.iter("location")]
        if translation is not None and translation.get("type") is None:
            if message.plural:
                message.forms = [form.text or "" for form in translation.iter("numerusform")]
            else:
                message.forms = [translation.text or ""]
        found[message.key] = message
    return found


def merged(
    language: str, texts: dict[tuple[str, str], Message], known: dict[tuple[str, str], Message]
) -> list[Message]:
    """Return the collected texts with what was translated before. English has its plural forms only."""
    result = []
    for key, message in texts.items():
        if language == "en" and not message.plural:
            continue
        old = known.get(key)
        forms = PLURALS[language][0] if message.plural else 1
        fits = old is not None and len(old.forms) == forms and old.template == message.template
        kept = old.forms if old is not None and fits else []
        result.append(Message(message.source, message.files, message.plural, kept, message.template))
    return result


def ts_text(language: str, messages: list[Message]) -> str:
    """Return a .ts file. Its places have no line numbers, which would change with every edit of the code."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in messages:
        if message.context not in contexts:
            contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[message.context], "name").text = message.context
        context = contexts[message.context]
        node = ET.SubElement(context, "message", {"numerus": "yes"} if message.plural else {})
        for name in message.files:
            ET.SubElement(node, "location", filename=f"../../{name}")
        ET.SubElement(node, "source").text = message.source
        if message.template:
            ET.SubElement(node, "extracomment").text = message.template
        translation = ET.SubElement(node, "translation", {} if message.finished else {"type": "unfinished"})
        if message.plural:
            for i in range(PLURALS[language][0]):
                ET.SubElement(translation, "numerusform").text = message.forms[i] if message.finished else ""
        elif message.finished:
            translation.text = message.forms[0]
    ET.indent(root, "    ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


# --- .qm --------------------------------------------------------------------------------------------------------------

# The layout is that of Qt's QTranslator: sections of a tag and a length; everything big-endian.
_MAGIC: Final = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES, _RULES, _LANGUAGE = 0x42, 0x69, 0x88, 0xA7
_END, _TRANSLATION, _SOURCE, _CONTEXT, _COMMENT = 1, 3, 6, 7, 8


def elf_hash(words: bytes) -> int:
    """Return the hash of the System V object format, by which Qt looks texts up; never 0."""
    h = 0
    for byte in words:
        h = (h << 4) + byte
        high = h & 0xF0000000
        h = (h ^ high >> 24) & ~high & 0xFFFFFFFF
    return h or 1


def qm_bytes(language: str, messages: list[Message]) -> bytes:
    """Return a .qm file of the finished messages."""

    def item(tag: int, value: bytes) -> bytes:
        return struct.pack(">BI", tag, len(value)) + value

    places, body = [], b""
    for message in messages:
        if message.finished:
            source = message.source.encode()
            places.append((elf_hash(source), len(body)))
            body += b"".join(item(_TRANSLATION, form.encode("utf-16-be")) for form in message.forms)
            body += item(_COMMENT, b"") + item(_SOURCE, source) + item(_CONTEXT, message.context.encode())
            body += bytes([_END])
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    sections = [(_LANGUAGE, language.encode()), (_HASHES, hashes), (_MESSAGES, body), (_RULES, PLURALS[language][1])]
    return _MAGIC + b"".join(item(tag, value) for tag, value in sections if value)


# --- checking ---------------------------------------------------------------------------------------------------------


def places(words: str) -> list[str]:
    """Return the `{...}` places and count marks of a text, sorted."""
    return sorted(re.findall(r"\{[^{}]*\}|%L?n", words))


def mnemonics(words: str) -> int:
    """Return how many letters are marked as shortcuts."""
    return len(re.findall(r"&(?=[^\s&])", words.replace("&&", "")))


def problems(language: str, messages: list[Message]) -> list[str]:
    """Return what a translator has to look at, a line each."""
    found = []
    for message in messages:
        if not message.finished:
            found.append(f"not translated: {message.english!r}")
            continue
        for form in message.forms:
            # The form for one may say "one" instead of the number.
            if places(form) != places(message.english):
                found.append(f"places differ: {message.english!r} -> {form!r}")
            if mnemonics(form) != mnemonics(message.english):
                found.append(f"shortcut letters differ: {message.english!r} -> {form!r}")
    return [f"{language}: {line}" for line in found]


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; the exit code says whether everything is translated and in step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    texts, found = collect(), []
    for language in PLURALS:
        ts, qm = (FOLDER / f"secretrec_{language}.{kind}" for kind in ("ts", "qm"))
        messages = merged(language, texts, read_ts(ts))
        found += problems(language, messages)
        for path, content in ((ts, ts_text(language, messages).encode()), (qm, qm_bytes(language, messages))):
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                found.append(f"{path.relative_to(REPO)} is not in step: run scripts/translations.py")
    print("\n".join(found) or "Everything is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
