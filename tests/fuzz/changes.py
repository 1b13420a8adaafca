"""Changes of bytes and of JSON values that nobody would make on purpose, drawn by hypothesis."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

# What programs stumble over: ends of ranges, words for nothing, names that lead elsewhere, halves of letters.
ODD_NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, float("nan"), float("inf"))
ODD_TEXTS = ("", "NaN", "null", "../../x", "a\0b", "\ud800", "﷽", "1e999", "0x10", " 1", "1_0", "{}", "x" * 5000)
ODD_BYTES = (b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b",", b"\t", b"::", b"-", b"9" * 30,
             b"[" * 2000, b"{" * 50, b"\xf0\x9f", b"1e999", b"NaN", b"\x80\x03cos\nsystem\n")  # fmt: skip

values = st.recursive(
    st.none() | st.booleans() | st.sampled_from(ODD_NUMBERS) | st.sampled_from(ODD_TEXTS) | st.integers() | st.floats()
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


def changed_bytes(draw: Any, good: bytes) -> bytes:
    """Return good bytes with one to three changes: flipped, cut, taken out, doubled, or odd ones put in."""
    content = bytearray(good)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 1, 2, 4, 8, 64, 1024))))
        what = draw(st.integers(0, 5))
        if what == 0 and start < len(content):
            content[start] ^= 1 << draw(st.integers(0, 7))
        elif what == 1:
            del content[start:]
        elif what == 2:
            del content[start:end]
        elif what == 3:
            content[start:start] = content[start:end]
        elif what == 4:
            content[start:end] = draw(st.sampled_from(ODD_BYTES))
        else:
            content[start:end] = draw(st.binary(max_size=16))
    return bytes(content)


def changed_value(draw: Any, good: Any) -> Any:
    """Return a JSON value with one part changed, taken out, renamed or added, at any depth."""
    if isinstance(good, dict) and good and draw(st.integers(0, 5)):
        made = dict(good)
        name = draw(st.sampled_from(sorted(made)))
        what = draw(st.integers(0, 7))
        if what == 0:
            del made[name]
        elif what == 1:
            made[draw(st.text(max_size=8))] = made.pop(name)
        elif what == 2:
            made[draw(st.text(max_size=8))] = draw(values)
        else:
            made[name] = changed_value(draw, made[name])
        return made
    if isinstance(good, list) and good and draw(st.integers(0, 5)):
        made_list = list(good)
        place = draw(st.integers(0, len(made_list) - 1))
        what = draw(st.integers(0, 5))
        if what == 0:
            del made_list[place]
        elif what == 1:
            made_list.insert(place, made_list[place])
        else:
            made_list[place] = changed_value(draw, made_list[place])
        return made_list
    return draw(values)


def changed_json(draw: Any, good: bytes) -> bytes:
    """Return a JSON text with a value changed, or, one time in four, its bytes."""
    if not draw(st.integers(0, 3)):
        return changed_bytes(draw, good)
    return json.dumps(changed_value(draw, json.loads(good))).encode("utf-8", "surrogatepass")
