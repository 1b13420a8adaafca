"""The encoding of a text file: told by its first bytes, else by what its bytes that are not ASCII look like."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

from data.sentences import Said, say

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENOUGH: Final = 1 << 20  # bytes of blocks with other than ASCII that decide
# Two, three and four bytes of well-formed UTF-8 (the Unicode Standard, table 3-7, slightly loosened).
_UTF8: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
# Chinese characters and punctuation of GB 2312, the part of GB 18030 nearly all text stays in.
_GB2312: Final = re.compile(rb"[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]")


def detect(blocks: Iterable[bytes]) -> tuple[str, str]:
    """Detect the encoding of a file given as blocks: return (Python encoding name, "" or a sentence of doubt).

    The name is "" for a file that is no text.

    ASCII and UTF-8 give "utf-8", also where a few bytes are damaged: reading then names the line. UTF-16 is also found
    without its mark, by the zero bytes of its ASCII characters. Anything else is GB 18030 if most of its high bytes
    pair up as Chinese characters of GB 2312, else Windows-1252; both are guesses and said to be.
    """
    evidence = bytearray()
    first = True
    for block in blocks:
        if first:
            for mark, name in _MARKS:
                if block.startswith(mark):
                    return name, ""
            if b"\0" in block:
                return _utf16(block), ""
            first = False
        if not block.isascii():
            evidence += block
            if len(evidence) >= _ENOUGH:
                break
    if not evidence:
        return "utf-8", ""
    return _by_evidence(bytes(evidence))


def _utf16(block: bytes) -> str:
    """Tell UTF-16 without a mark: its ASCII has zeros, always on the same side; other zeros mean no text."""
    even, odd = block[0::2].count(0), block[1::2].count(0)
    if odd > 20 * even and odd * 20 > len(block):
        return "utf-16-le"
    if even > 20 * odd and even * 20 > len(block):
        return "utf-16-be"
    return ""


def _by_evidence(evidence: bytes) -> tuple[str, str]:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(evidence, final=False)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", ""
    n_high = len(_HIGH.findall(evidence))
    if sum(map(len, _UTF8.findall(evidence))) > 0.7 * n_high:
        return "utf-8", ""
    if sum(map(len, _GB2312.findall(evidence))) > 0.7 * n_high and _decodes(evidence, "gb18030"):
        return "gb18030", _guessed(say("encoding.gb18030", "GB 18030 (Chinese)"))
    if _decodes(evidence, "cp1252"):
        return "cp1252", _guessed(say("encoding.cp1252", "Windows-1252 (Western European)"))
    return "latin-1", _guessed(say("encoding.latin-1", "ISO-8859-1 (Western European)"))


def _guessed(encoding: Said) -> Said:
    return say(
        "import.encoding-guessed",
        "The text is not UTF-8 and was read as {encoding}, which is a guess: look at the titles and ids.",
        encoding=encoding,
    )


def _decodes(evidence: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(evidence, final=False)
    except UnicodeDecodeError:
        return False
    return True
