"""The translations are complete, agree with the texts in the code, and are what the program shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication, QLocale, QTranslator
from PyQt5.QtGui import QFontDatabase
from PyQt5.QtWidgets import QApplication

from data.errors import DataError
from data.registry import DATASETS
from data.sentences import join, say
from fl.settings.train import TrainSettings
from gui.data import import_faults
from gui.preferences import Preferences
from gui.words import engine_texts, i18n, text
from gui.words.i18n import FOLDER, language_of, tr
from scripts import translations


@pytest.fixture
def language(qapp: QApplication) -> Iterator[QTranslator]:
    """Chinese for the length of a test."""
    translator, before = QTranslator(), QLocale()
    assert translator.load("secretrec_zh_CN", str(FOLDER))
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale("zh_CN"))
    yield translator
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_that_every_text_is_translated_with_its_places_and_the_files_are_in_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = translations.main(["--check"])
    assert code == 0, capsys.readouterr().out


def test_that_texts_only_pass_through_tr() -> None:
    """`self.tr` takes the class as context, where no translation is."""
    found = []
    for path in translations.GUI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "tr":
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("name", ["en", "zh_CN"])
def test_that_qt_reads_the_words_of_the_ts_file_from_the_qm_file(qapp: QApplication, name: str) -> None:
    translator = QTranslator()
    assert translator.load(f"secretrec_{name}", str(FOLDER))
    counts = {"en": [1, 2], "zh_CN": [1]}[name]
    for message in translations.read_ts(FOLDER / f"secretrec_{name}.ts").values():
        for n, form in zip(counts if message.plural else [-1], message.forms, strict=True):
            assert translator.translate(message.context, message.source.encode(), b"", n) == form


def test_that_english_says_one_user_and_two_users(qapp: QApplication) -> None:
    translator, before = QTranslator(), QLocale()
    assert translator.load("secretrec_en", str(FOLDER))
    qapp.installTranslator(translator)
    QLocale.setDefault(QLocale("en_US"))
    try:
        assert [tr("%Ln users", n=n) for n in (0, 1, 2, 12345)] == ["0 users", "1 user", "2 users", "12,345 users"]
    finally:
        qapp.removeTranslator(translator)
        QLocale.setDefault(before)


def test_that_numbers_times_and_engine_sentences_are_chinese_in_chinese(language: QTranslator) -> None:
    assert text.duration(75) == "1 分 15 秒"
    assert text.number(12345) == "12,345"
    view = say("view.global", "global")
    scoring = say("phase.scoring-view", "scoring all users ({view} item embeddings)", view=view)
    assert engine_texts.said(scoring) == "正在为所有用户打分（全局商品嵌入）"
    assert engine_texts.said(join([view, "x", scoring], "; ")) == "全局; x; 正在为所有用户打分（全局商品嵌入）"


def test_that_what_has_no_translation_stays_english(language: QTranslator) -> None:
    assert engine_texts.said("Something new in English.") == "Something new in English."
    assert engine_texts.said(say("t.new", "Something {what}.", what="new")) == "Something new."
    # Another version said it with other values.
    assert engine_texts.said(say("phase.reading", "reading the {set}", set="ml-1m")) == "reading the ml-1m"
    assert engine_texts.said("") == ""


def test_that_a_bad_file_is_explained_with_its_place_in_terms_of_the_dialog(language: QTranslator) -> None:
    bad = say("import.bad-rating", "rating that is not a number")
    fault = say("import.bad-value", "{value} is a {reason}.", value="'x'", reason=bad)
    hint = say("import.correct-it", "Correct it, or leave such rows out: --bad-rows drop.")
    error = DataError(fault, hint, Path("/tmp/a, b.csv"), 3, "rating")
    told = import_faults.explain(error.message, error.hint, "/tmp/a, b.csv")
    assert told == "第 3 行，“rating”列：'x' 不可用：不是数字的评分。 请更正文件，或在下方选择略过坏行。"
    hint = say("import.say-column", "Say which one it is: --{option} COLUMN.", option="item")
    assert "--" not in import_faults.what_helps(hint)


def test_that_the_demo_set_is_called_so_in_the_registry() -> None:
    assert DATASETS["demo"].title == text.DEMO_TITLE


def test_that_an_item_has_one_word_in_chinese() -> None:
    words = Path(FOLDER, "secretrec_zh_CN.ts").read_text(encoding="utf-8")
    assert "商品" in words
    assert "物品" not in words


def test_that_every_setting_is_explained_in_chinese(language: QTranslator) -> None:
    for name, setting in TrainSettings.declared().items():
        assert tr(setting.help) != setting.help, name


@pytest.mark.parametrize(
    ("system", "choice", "expected"),
    [("zh_CN", "system", "zh_CN"), ("zh_TW", "system", "en"), ("de_DE", "system", "en"), ("zh_CN", "en", "en")],
)
def test_that_the_system_language_is_followed_unless_another_is_chosen(
    monkeypatch: pytest.MonkeyPatch, system: str, choice: str, expected: str
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    assert language_of(choice) == expected


def test_that_chinese_is_not_offered_without_a_font(stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from gui.app import main_menu

    assert main_menu.MainMenu("light", "system", stage.window).languages["en"].isEnabled()
    monkeypatch.setattr(main_menu, "has_chinese_font", lambda: False)
    menu = main_menu.MainMenu("light", "system", stage.window)
    assert not menu.languages["zh_CN"].isEnabled()
    assert any("font" in action.text() for action in menu.languages["zh_CN"].parent().actions())


def test_that_a_chosen_language_is_remembered_and_offered_at_once(stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from gui.app import main_window

    asked: list[str] = []
    monkeypatch.setattr(main_window, "restart_now", lambda choice, parent: bool(asked.append(choice)))
    stage.window.menu.languages["zh_CN"].trigger()
    assert asked == ["zh_CN"]
    assert Preferences().text("window/language") == "zh_CN"
    assert not stage.window.restart_wanted
    stage.window.menu.languages["system"].trigger()
    assert asked == ["zh_CN"]  # the window is in the system's language already


def test_that_chinese_has_a_font_on_this_machine(qapp: QApplication) -> None:
    if not i18n.has_chinese_font():
        pytest.skip("no Chinese font is installed here")
    assert QFontDatabase().families(QFontDatabase.SimplifiedChinese)
    assert QCoreApplication.instance() is qapp
