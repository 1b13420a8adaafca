"""Tooltips in lines: Qt breaks none of plain text, and one helper sets them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gui.words.text import TIP_WIDTH, wrapped


@pytest.mark.parametrize("words", ["", "short", "two\nlines", " leading and trailing "])
def test_that_short_texts_stay_as_they_are(words: str) -> None:
    assert wrapped(words) == words


def test_that_long_texts_are_broken_between_words_and_lose_none() -> None:
    words = "Users drawn for each round: up to 1 their share, above 1 their number. " * 5
    lines = wrapped(words).split("\n")
    assert all(len(line) <= TIP_WIDTH for line in lines)
    assert max(len(line) for line in lines) > TIP_WIDTH - 10
    assert " ".join(lines).split() == words.split()


def test_that_chinese_is_broken_between_signs_and_no_line_begins_with_a_mark() -> None:
    words = "掩码隐藏单个参与方的消息，但不能阻止结果本身透露的信息，那只能靠噪声。" * 4
    lines = wrapped(words).split("\n")
    assert len(lines) > 2
    assert all(len(line) <= TIP_WIDTH // 2 for line in lines)
    assert not any(line[0] in "，。" for line in lines)
    assert "".join(lines) == words


def test_that_a_word_without_end_has_a_line_of_its_own() -> None:
    assert wrapped("see " + "x" * 100).split("\n") == ["see", "x" * 100]


def test_that_every_tooltip_is_set_by_the_helper() -> None:
    gui = Path(__file__).resolve().parents[3] / "gui"
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(gui.rglob("*.py"))}
    by_hand = re.compile(r"\.setToolTip\(|[(,]\s*Qt\.ToolTipRole\s*[,)]|setData\([^)]*ToolTipRole")
    # A comparison with the role is a model's, whose answers are wrapped; `data(Qt.ToolTipRole)` reads.
    found = [path.name for path, words in texts.items() if by_hand.search(words.replace("ata(Qt.ToolTipRole)", ""))]
    assert found == ["tips.py"]
